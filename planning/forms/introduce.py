"""The form by which people are introduced: rows of several people for one position."""

import re
from collections.abc import Collection, Mapping
from datetime import date
from functools import cached_property

from django import forms
from django.http import QueryDict

from common.errors import Refused
from common.formats import short_day
from common.periods import today
from organizations.models import Organization, Position
from personnel.forms.choices import Choices, describe
from personnel.forms.fields import DayField, OfferedField, demanded, readable
from personnel.forms.items import NOT_FOUND
from personnel.models import Person
from planning.introducing import Addition
from planning.models import GROUP_OF_POSITION, PlanEntry, PlanningRound, PositionGroup

ROW = re.compile(r"rows-([0-9]{1,4})-")
MOST_ROWS = 40
OBJECT_GROUPS = PlanEntry._meta.get_field("object_group").choices


class PeopleField(forms.MultipleChoiceField):
    """People found by typing: any key is taken; who may be chosen, the row asks itself."""

    def __init__(self) -> None:
        super().__init__(label="Đồng chí", required=False, widget=forms.SelectMultiple({"data-people": ""}))

    def valid_value(self, value: object) -> bool:
        return True


class RowForm(forms.Form):
    """Some people for one position. `taken` are the seats for which somebody is planned or introduced already."""

    position = OfferedField(label="Chức danh quy hoạch")
    object_group = forms.TypedChoiceField(
        label="Đối tượng", choices=OBJECT_GROUPS, coerce=int, initial=1, required=False, empty_value=1
    )
    people = PeopleField()
    people_words = forms.CharField(
        label="Họ tên đầy đủ hoặc số thẻ đảng viên, mỗi đồng chí một dòng",
        widget=forms.Textarea({"rows": 4}),
        required=False,
        max_length=6000,
    )
    note = forms.CharField(label="Ghi chú", max_length=300, required=False)

    def __init__(self, *args, choices: Choices, positions: Mapping[str, Position], **options) -> None:
        super().__init__(*args, **options)
        self.offer, self.positions = choices, positions
        self.taken: Collection[tuple[int, str]] = ()
        self.plan_term = ""
        self.fields["position"].choices = [("", "– Chọn –"), *((each.pk, each.name) for each in positions.values())]
        found = [person for key in self.keys if (person := choices.person(key))]
        self.fields["people"].widget.choices = [(str(person.pk), describe(person)) for person in found]

    @property
    def keys(self) -> list[str]:
        return list(dict.fromkeys(map(str, self["people"].value() or [])))

    @property
    def lines(self) -> list[str]:
        return [line.strip() for line in str(self["people_words"].value() or "").splitlines() if line.strip()]

    @property
    def is_blank(self) -> bool:
        """Whether nobody was entered: such a row is left out, as long as another is not."""
        return not self.keys and not self.lines

    def clean(self) -> dict[str, object]:
        given = self.cleaned_data
        if "position" in given and not given["position"]:
            self.add_error("position", "Hãy chọn chức danh quy hoạch.")
        for problem in self._problems():
            self.add_error("people", problem)
        return given

    def _problems(self) -> list[str]:
        if self.is_blank:
            return ["Hãy chọn ít nhất một đồng chí."]
        problems = [NOT_FOUND] if any(not self.offer.person(key) for key in self.keys) else []
        for line in self.lines:
            found = len(self.offer.people_named(line))
            if found > 1:
                problems.append(f"Có {found} đồng chí tên “{line}”. Hãy ghi số thẻ đảng viên.")
            if not found:
                problems.append(f"Không tìm thấy “{line}” trong phạm vi của bạn. Hãy ghi đủ họ tên hoặc số thẻ.")
        position = self.chosen_position
        twice = [person for person in self.chosen if position and (person.pk, position.pk) in self.taken]
        return problems + [f"{each} đã có trong quy hoạch {position} nhiệm kỳ {self.plan_term}." for each in twice]

    @cached_property
    def chosen(self) -> list[Person]:
        """The people chosen from the list, then those of whom a line names just one; each once."""
        found = [person for key in self.keys if (person := self.offer.person(key))]
        for line in self.lines:
            named = self.offer.people_named(line)
            found += named if len(named) == 1 else []
        return list(dict.fromkeys(found))

    @property
    def chosen_position(self) -> Position | None:
        return self.positions.get(str(self["position"].value() or ""))

    @property
    def additions(self) -> list[Addition]:
        """What the row asks for, as far as it says for what."""
        position, given = self.chosen_position, readable(self)
        if position is None:
            return []
        return [Addition(each, position, given.get("object_group", 1), given.get("note", "")) for each in self.chosen]


class DayForm(forms.Form):
    """The day on which they are introduced."""

    introduced_on = demanded(DayField(label="Ngày giới thiệu"), "Hãy nhập ngày giới thiệu.")

    def __init__(self, *args, opened_on: date, **options) -> None:
        super().__init__(*args, **options)
        self.opened_on = opened_on

    def clean_introduced_on(self) -> date:
        day = self.cleaned_data["introduced_on"]
        if day < self.opened_on:
            opened = short_day(self.opened_on)
            raise forms.ValidationError(f"Đợt quy hoạch mở ngày {opened}, sau ngày giới thiệu. Hãy xem lại ngày.")
        if day > today():
            raise forms.ValidationError(f"Ngày {short_day(day)} chưa đến. Hãy ghi ngày đã giới thiệu.")
        return day


class IntroduceForm:
    """The page as it is typed. `is_sent`: it is judged; otherwise it is only shown again."""

    def __init__(
        self,
        planning_round: PlanningRound,
        organization: Organization,
        choices: Choices,
        typed: QueryDict,
        *,
        is_sent: bool = False,
        first_group: str = "",
    ) -> None:
        self.round, self.organization, self.choices = planning_round, organization, choices
        self.typed, self.is_sent, self.first_group = typed, is_sent, first_group
        self.refusal = ""  # what the act said
        numbers = sorted({int(found[1]) for name in typed if (found := ROW.match(name))}) or [0]
        prefixes = [f"rows-{number}" for number in numbers[:MOST_ROWS]]
        choices.load_people(
            [key for prefix in prefixes for key in typed.getlist(f"{prefix}-people")],
            [line for prefix in prefixes for line in typed.get(f"{prefix}-people_words", "").splitlines()],
        )
        self.rows = [self._row(prefix) for prefix in prefixes]
        self.days = self._days()

    def _row(self, prefix: str) -> RowForm:
        options = {"prefix": prefix, "choices": self.choices, "positions": self.positions}
        if self.is_sent:
            return RowForm(self.typed, **options)
        names = [name for name in RowForm.base_fields if f"{prefix}-{name}" in self.typed]
        initial = {name: self.typed.get(f"{prefix}-{name}") for name in names}
        if "people" in initial:
            initial["people"] = self.typed.getlist(f"{prefix}-people")
        if "position" not in initial and self.first_group:
            initial["position"] = next((key for key in self.positions if _group(key) == self.first_group), "")
        return RowForm(initial=initial, **options)

    def _days(self) -> DayForm:
        opened_on = self.round.opened_on
        if self.is_sent:
            return DayForm(self.typed, opened_on=opened_on)
        initial = self.typed.get("introduced_on", max(self.choices.day, opened_on))
        return DayForm(initial={"introduced_on": initial}, opened_on=opened_on)

    @cached_property
    def positions(self) -> dict[str, Position]:
        """The positions that are planned for, without those of plans that are submitted already."""
        submitted = self.round.approvals.live().filter(organization=self.organization)
        done = set(submitted.values_list("group", flat=True))
        return {
            each.pk: each for each in Position.objects.filter(pk__in=GROUP_OF_POSITION) if _group(each.pk) not in done
        }

    @property
    def entered(self) -> list[RowForm]:
        """The rows that count: those with somebody in them, or the first when nobody is entered anywhere."""
        return [row for row in self.rows if not row.is_blank] or self.rows[:1]

    @property
    def parts(self) -> list[forms.Form]:
        return [self.days, *self.entered]

    def is_valid(self) -> bool:
        """Judge every part, and say of each row who in it stands in the plan already, or in a row above."""
        taken = self._taken()
        for row in self.entered:
            row.taken, row.plan_term = frozenset(taken), self.round.plan_term
            row.full_clean()
            taken |= {(each.person.pk, each.position.pk) for each in row.additions}
        return not any(part.errors for part in self.parts)

    def _taken(self) -> set[tuple[int, str]]:
        there = PlanEntry.objects.filter(organization=self.organization, plan_term=self.round.plan_term)
        return set(there.filter(valid_to__isnull=True).values_list("person", "position"))

    def refuse(self, error: Refused) -> None:
        """Show why the act did not go on."""
        self.refusal = str(error)

    @property
    def has_errors(self) -> bool:
        return bool(self.refusal) or (self.is_sent and any(part.errors for part in self.parts))

    @property
    def additions(self) -> list[Addition]:
        """Everybody entered, each once for a position."""
        found = {(each.person.pk, each.position.pk): each for row in self.entered for each in row.additions}
        return list(found.values())

    @property
    def on(self) -> date:
        """The day typed; until it can be read, the first on which somebody may be introduced."""
        return readable(self.days).get("introduced_on") or max(self.choices.day, self.round.opened_on)


def _group(position: str) -> PositionGroup:
    return GROUP_OF_POSITION[position]


def with_another_row(typed: QueryDict) -> QueryDict:
    """Return what was typed with one more row, for the position after the last row's choice is made."""
    numbers = [int(found[1]) for name in typed if (found := ROW.match(name))]
    return _changed(typed, added={f"rows-{max(numbers, default=-1) + 1}-note": ""})


def without_row(typed: QueryDict, prefix: str) -> QueryDict:
    """Return what was typed without the row of this prefix."""
    return _changed(typed, without=f"{prefix}-")


def _changed(typed: QueryDict, *, added: Mapping[str, str] | None = None, without: str = "") -> QueryDict:
    changed = typed.copy()
    for name in [name for name in changed if without and name.startswith(without)]:
        del changed[name]
    for name, value in (added or {}).items():
        changed[name] = value
    return changed
