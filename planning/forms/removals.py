"""Forms by which somebody leaves a plan outside a review, or is introduced again."""

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

from django import forms

from common.formats import short_day
from organizations.models import Closing, Document, DocumentType
from organizations.scope import Scope
from personnel.forms.fields import DayField, OfferedField, demanded
from personnel.forms.papers import MOST_PAPERS, ActForm
from planning.books import books_counting, check_leaving
from planning.forms.reviews import REASONS, explain_other
from planning.models import PlanEntry, PlanningRound
from planning.proposals import Proposal, reentries_among
from regulations.findings import Finding

Reason = PlanEntry.RemovalReason
# Of somebody who is introduced and not approved yet there is one more.
REASONS_BEFORE_APPROVAL = [(Reason.NOT_INTRODUCED.value, Reason.NOT_INTRODUCED.label), *REASONS]
PAPERS = (DocumentType.DECISION, DocumentType.CONCLUSION, DocumentType.NOTICE, DocumentType.LETTER)


class PaperField(OfferedField):
    """A paper that somebody leaves a plan by, of those entered before; cleans to the document, or to None."""

    def __init__(self) -> None:
        super().__init__(
            label="Văn bản (nếu có)", empty="– Không ghi văn bản –", widget=forms.Select({"data-search": ""})
        )
        self.documents: dict[str, Document] = {}

    def offer(self, scope: Scope) -> None:
        papers = Document.objects.visible_to(scope).filter(type__in=PAPERS).newest_first()[:MOST_PAPERS]
        self.documents = {str(each.pk): each for each in papers}
        known = [(key, f"{each}: {each.summary}") for key, each in self.documents.items()]
        self.choices = [self.choices[0], *known]

    def clean(self, value: object) -> Document | None:
        return self.documents.get(super().clean(value))


class LeavingForm(ActForm):
    """From which day and by which paper people leave; why so late, where closed books count them."""

    asks_for_explanation = "Ngày ra nằm trong kỳ đã khóa sổ. Hãy ghi lý do vẫn đưa ra."

    on = demanded(DayField(label="Ra khỏi quy hoạch từ ngày"), "Hãy nhập ngày ra khỏi quy hoạch.")
    document = PaperField()
    explanation = forms.CharField(
        label="Lý do vẫn đưa ra khi kỳ đã khóa sổ",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, entries: Collection[PlanEntry], scope: Scope, data=None, **options) -> None:
        super().__init__(data, **options)
        self.fields["document"].offer(scope)
        self.entries = entries
        self.books = books_counting(entries)
        if self.books:
            self.fields["explanation"].help_text = _told(self.books)
        else:
            del self.fields["explanation"]

    @cached_property
    def warnings(self) -> list[Finding]:
        """What is said of closed books when those chosen leave on the day typed; asked of a valid form."""
        return check_leaving(self.leaving, self.cleaned_data["on"])

    @property
    def lacks_explanation(self) -> bool:
        """Whether closed books want a reason that is not given yet; asked of a valid form."""
        return not self.cleaned_data.get("explanation") and bool(self.warnings)

    @property
    def leaving(self) -> Collection[PlanEntry]:
        """Who leaves; asked of a valid form."""
        return self.entries


def _told(books: Sequence[Closing]) -> str:
    """Say before which day a reason is wanted: the books are in the order of their ends, the last first."""
    last, periods = books[0], ", ".join(str(each.period) for each in books)
    return (
        f"Chỉ ghi khi ngày ra trước ngày {short_day(last.end)}: sổ {periods} đã khóa, số đã báo cáo giữ nguyên và thay "
        "đổi này sẽ được nêu khi so sổ đã khóa với hôm nay."
    )


class RemovalForm(LeavingForm):
    """One person leaves: why, from which day, by which paper."""

    reason = demanded(OfferedField(REASONS, label="Lý do đưa ra"), "Hãy chọn lý do đưa ra khỏi quy hoạch.")
    note = forms.CharField(label="Ghi chú", max_length=300, required=False)
    field_order = ["reason", "on", "document", "note", "explanation"]

    def __init__(self, entry: PlanEntry, scope: Scope, data=None, **options) -> None:
        super().__init__([entry], scope, data, **options)
        self.entry = entry
        if entry.valid_from is None:
            self.fields["reason"].choices = [("", "– Chọn –"), *REASONS_BEFORE_APPROVAL]

    def clean_reason(self) -> PlanEntry.RemovalReason:
        return Reason(self.cleaned_data["reason"])

    def clean(self) -> dict[str, object]:
        explain_other(self, self.cleaned_data.get("reason"))
        return self.cleaned_data


class AcceptanceForm(LeavingForm):
    """Those proposed who are to leave, in one act."""

    chosen = forms.MultipleChoiceField(
        label="Đồng chí được đề nghị đưa ra",
        error_messages={
            "required": "Chưa chọn ai. Hãy đánh dấu những đồng chí cần đưa ra khỏi quy hoạch.",
            "invalid_choice": "Danh sách đề nghị vừa thay đổi. Hãy xem lại rồi chọn lại.",
        },
    )

    def __init__(self, proposals: Sequence[Proposal], scope: Scope, data=None, **options) -> None:
        super().__init__([each.entry for each in proposals], scope, data, **options)
        self.offered: Mapping[str, Proposal] = {str(each.entry.pk): each for each in proposals}
        self.fields["chosen"].choices = [(key, str(each.entry)) for key, each in self.offered.items()]

    @property
    def accepted(self) -> list[Proposal]:
        return [self.offered[key] for key in self.cleaned_data["chosen"]]

    @property
    def leaving(self) -> list[PlanEntry]:
        return [each.entry for each in self.accepted]


class ReentryForm(ActForm):
    """Somebody comes back: in which round, on which day."""

    round = demanded(OfferedField(label="Đợt quy hoạch"), "Hãy chọn đợt quy hoạch.")
    on = demanded(DayField(label="Ngày giới thiệu lại"), "Hãy nhập ngày giới thiệu lại.")
    note = forms.CharField(label="Ghi chú", max_length=300, required=False)

    def __init__(self, entry: PlanEntry, rounds: Sequence[PlanningRound], data=None, **options) -> None:
        """`rounds`: those to choose from, each with `authority_name`; the first is chosen beforehand."""
        super().__init__(data, **options)
        self.entry = entry
        self.rounds = {str(each.pk): each for each in rounds}
        offered = [
            (key, f"{each}, mở ngày {short_day(each.opened_on)}, {each.authority_name}")
            for key, each in self.rounds.items()
        ]
        self.fields["round"].choices = [("", "– Chọn –"), *offered]
        if offered:
            self.initial.setdefault("round", offered[0][0])

    def clean_round(self) -> PlanningRound:
        return self.rounds[self.cleaned_data["round"]]

    def clean_on(self):
        """On that day a rule lets the person come back, and the measure has expired."""
        on = self.cleaned_data["on"]
        if not reentries_among([self.entry], on):
            raise forms.ValidationError(
                f"Vào ngày {short_day(on)} chưa đưa trở lại được: kỷ luật chưa hết hiệu lực, còn lý do khác, hoặc chưa "
                "có quy định cho phép."
            )
        return on
