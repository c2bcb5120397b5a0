"""The form of a yearly review: a verdict on everybody in the plan, and people to add."""

from collections.abc import Sequence
from functools import cached_property

from django import forms
from django.http import QueryDict

from organizations.models import Organization, Position
from personnel.forms.choices import Choices
from personnel.forms.fields import OfferedField, filled
from planning.actions import VerdictDraft
from planning.facts import PlanFacts, facts_of_plan
from planning.forms.introduce import IntroduceForm, RowForm
from planning.models import PlanEntry, PlanningRound, PositionGroup, ReviewVerdict
from planning.reviewing import LEAVING_REASONS, Reviewed, said_of

Verdict = ReviewVerdict.Verdict
REASONS = [(reason.value, reason.label) for reason in LEAVING_REASONS]


def explain_other(form: forms.Form, reason: str | None) -> None:
    """Ask for a note where the reason is none of those listed."""
    if reason == PlanEntry.RemovalReason.OTHER and not form.cleaned_data.get("note"):
        form.add_error("note", "Hãy ghi rõ lý do khác là gì.")


class VerdictForm(forms.Form):
    """What is said of one person in the plan. What facts demand is chosen beforehand; saving it is left to the user."""

    verdict = forms.ChoiceField(
        label="Kết luận",
        choices=Verdict.choices,
        widget=forms.RadioSelect({"class": "form-check-input"}),
        error_messages={"required": "Hãy chọn Giữ hoặc Đưa ra."},
    )
    reason = OfferedField(REASONS, label="Lý do đưa ra")
    note = forms.CharField(label="Ghi chú", max_length=300, required=False)
    seen = forms.CharField(max_length=16, required=False, widget=forms.HiddenInput)  # what was said when it was opened

    reviewed: Reviewed

    def clean(self) -> dict[str, object]:
        given = self.cleaned_data
        if given.get("verdict") == Verdict.REMOVE and "reason" in given:
            if not given["reason"]:
                self.add_error("reason", f"Hãy chọn lý do đưa {self.reviewed.entry.person} ra khỏi quy hoạch.")
            explain_other(self, given.get("reason"))
        return given

    @property
    def takes_out(self) -> bool:
        """Whether the person leaves, as the form stands."""
        return self["verdict"].value() == Verdict.REMOVE

    @property
    def draft(self) -> VerdictDraft:
        given = self.cleaned_data
        seen = given["seen"] if self.add_prefix("seen") in self.data else None
        return VerdictDraft(self.reviewed.entry, given["verdict"], given["reason"], given["note"], seen)

    @property
    def unsaved(self) -> ReviewVerdict:
        """What the form says as it stands, whether it is whole or not."""
        verdict = Verdict.REMOVE if self.takes_out else Verdict.KEEP
        return ReviewVerdict(entry=self.reviewed.entry, verdict=verdict, reason=self["reason"].value() or "")


def proposed(reviewed: Reviewed) -> dict[str, str]:
    """Return what the form says at first: as was said before, else what facts demand, else that one stays."""
    if reviewed.verdict:
        said = reviewed.verdict
        return {"verdict": said.verdict, "reason": said.reason, "note": said.note, "seen": said_of(said)}
    if reviewed.proposal:
        return {"verdict": Verdict.REMOVE, "reason": reviewed.proposal.reason}
    return {"verdict": Verdict.KEEP}


def seen_anew(typed: QueryDict, people: Sequence[Reviewed]) -> QueryDict:
    """Return what was typed, as by somebody who has seen what is said of everybody now."""
    typed = typed.copy()
    for reviewed in people:
        typed[f"entry-{reviewed.entry.pk}-seen"] = said_of(reviewed.verdict)
    return typed


class AdditionsForm(IntroduceForm):
    """The people whom a review introduces into the plan of its group. It may introduce nobody."""

    def __init__(self, *args, group: PositionGroup, **options) -> None:
        self.group = group
        super().__init__(*args, first_group=group, **options)

    @cached_property
    def positions(self) -> dict[str, Position]:
        return {each.pk: each for each in Position.objects.filter(pk__in=self.group.positions)}

    @property
    def entered(self) -> list[RowForm]:
        return [row for row in self.rows if not row.is_blank]

    def _taken(self) -> set[tuple[int, str]]:
        """Leave out whom the round has introduced already: such a page was sent twice, and they are not again."""
        here = self.round.entries.filter(organization=self.organization, valid_from__isnull=True)
        return super()._taken() - set(here.filter(valid_to__isnull=True).values_list("person", "position"))


class ReviewForm:
    """The whole page as it is typed: `rows` of those in the plan, and `additions`."""

    def __init__(
        self,
        planning_round: PlanningRound,
        organization: Organization,
        group: PositionGroup,
        people: Sequence[Reviewed],
        choices: Choices,
        typed: QueryDict,
        *,
        is_sent: bool = False,
    ) -> None:
        self.round, self.organization, self.group = planning_round, organization, group
        self.typed, self.is_sent, self.day = typed, is_sent, choices.day
        self.problem = ""  # what an act said
        self.rows = [self._row(each) for each in people]
        self.additions = AdditionsForm(planning_round, organization, choices, typed, group=group, is_sent=is_sent)

    def _row(self, reviewed: Reviewed) -> VerdictForm:
        prefix = f"entry-{reviewed.entry.pk}"
        if self.is_sent or f"{prefix}-verdict" in self.typed:
            row = filled(VerdictForm, self.typed, is_sent=self.is_sent, prefix=prefix)
        else:
            row = VerdictForm(prefix=prefix, initial=proposed(reviewed))
        row.reviewed = reviewed
        return row

    def is_valid(self) -> bool:
        """Judge every row."""
        return self.additions.is_valid() and not self.broken

    @property
    def broken(self) -> list[VerdictForm]:
        """The rows of people in the plan with something wrong in them."""
        return [row for row in self.rows if self.is_sent and row.errors]

    @property
    def has_errors(self) -> bool:
        return bool(self.problem or self.broken) or self.additions.has_errors

    @property
    def going(self) -> int:
        """How many places in the plan are to be left, as the form stands."""
        return sum(row.takes_out for row in self.rows)

    @property
    def verdicts(self) -> list[VerdictDraft]:
        return [row.draft for row in self.rows]

    def foreseen(self) -> PlanFacts:
        """Return the plan as it would be if this were saved and approved on the day looked at."""
        typed = [
            PlanEntry(
                round=self.round,
                person=each.person,
                organization=self.organization,
                position=each.position,
                plan_term=self.round.plan_term,
                introduced_on=self.additions.on,
            )
            for each in self.additions.additions
        ]
        verdicts = [row.unsaved for row in self.rows]
        return facts_of_plan(self.round, self.organization, self.group, self.day, typed=typed, verdicts=verdicts)
