"""The whole form of a reorganisation, read from what was typed: successors with their seats, who goes where, the
decision."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django import forms

from organizations.models import Organization, OrganizationKind, OrganizationVersion
from personnel.forms.choices import Choices
from personnel.forms.dossier import Problem, problems_of
from personnel.forms.fields import OfferedField, filled
from personnel.models import Membership
from reorganizations.drafts import Draft, Kind, Plans, Successor
from reorganizations.forms.decision import DecisionForm
from reorganizations.forms.pick import PickForm
from reorganizations.forms.successors import SeatForm, SuccessorForm

SUCCESSOR = re.compile(r"s([0-9]{1,2})-")
SEAT = re.compile(r"s([0-9]{1,2})-seat([0-9]{1,2})-")
FEWEST_SEATS, MORE_SEATS, MOST_SEATS, MOST_SUCCESSORS = 3, 3, 40, 10
SUCCESSORS_AT_FIRST = {Kind.ESTABLISHED: 1, Kind.MERGED: 1, Kind.SPLIT: 2, Kind.DISSOLVED: 1}
NUMBERED = {Kind.SPLIT: "Tổ chức mới", Kind.DISSOLVED: "Nơi tiếp nhận"}


class ChangeForm(forms.Form):
    """What is changed, and what goes for the whole act. Fields that the kind does not ask for are left out."""

    name = forms.CharField(label="Tên mới", max_length=255, required=False)
    short_name = forms.CharField(label="Tên viết tắt mới", max_length=80, required=False)
    new_kind = OfferedField(OrganizationKind.choices, label="Loại hình mới")
    new_parent = OfferedField(label="Cấp trên trực tiếp mới", widget=forms.Select({"data-search": ""}))
    goes_on = forms.BooleanField(label="Tổ chức cũ vẫn tiếp tục hoạt động (tách một phần)", required=False)
    plans = forms.ChoiceField(
        label="Quy hoạch của tổ chức kết thúc",
        choices=[
            (Plans.CLOSE.value, "Đưa ra khỏi quy hoạch, lý do: tổ chức đảng kết thúc hoạt động"),
            (Plans.CARRY.value, "Chuyển sang quy hoạch của tổ chức tiếp nhận, theo phê duyệt đã có"),
        ],
        widget=forms.RadioSelect,
        initial=Plans.CLOSE.value,
    )
    explanation = forms.CharField(
        label="Lý do vẫn thực hiện khi còn cảnh báo", max_length=500, required=False, widget=forms.Textarea({"rows": 2})
    )
    note = forms.CharField(label="Ghi chú", max_length=200, required=False)

    def __init__(self, *args, pick: PickForm, **options) -> None:
        super().__init__(*args, **options)
        kind = pick.kind
        asked = {
            Kind.RENAMED: {"name", "short_name"},
            Kind.KIND_CHANGED: {"new_kind", "name"},
            Kind.TRANSFERRED: {"new_parent"},
            Kind.SPLIT: {"goes_on", "plans"},
            Kind.MERGED: {"plans"},
            Kind.DISSOLVED: {"plans"},
        }.get(kind, set())
        for name in ("name", "short_name", "new_kind", "new_parent", "goes_on", "plans"):
            if name not in asked:
                del self.fields[name]
        if kind == Kind.KIND_CHANGED:
            self.fields["name"].help_text = "Để trống nếu giữ tên cũ."
        if "new_parent" in self.fields:
            self.places = pick.places
            self.fields["new_parent"].choices = [("", "– Chọn –"), *pick.places.options(without=pick.sources)]


class PlacingForm(forms.Form):
    """Where somebody, or an organisation beneath, goes: one of the successors, or nowhere."""

    to = OfferedField(label="Chuyển đến", widget=forms.Select({"class": "form-select"}))

    def __init__(self, *args, subject, offered: list[tuple[str, str]], **options) -> None:
        super().__init__(*args, **options)
        self.subject = subject
        self.fields["to"].choices = offered
        self.fields["to"].widget.attrs["aria-label"] = f"Nơi chuyển đến của {subject}"


@dataclass
class SuccessorRow:
    """A successor in the form with its seats; `title` numbers it where there are several."""

    index: int
    title: str
    form: SuccessorForm
    seats: list[SeatForm] = field(default_factory=list)


class Entry:
    """What is typed into the form after the kind, the organisations and the day have been picked."""

    def __init__(self, pick: PickForm, user, typed: Mapping[str, str] | None, *, is_sent: bool) -> None:
        """`typed` None: a new form. With `is_sent` it is judged, else only shown again as it is."""
        self.pick, self.user, self.is_sent = pick, user, is_sent
        self.kind, self.sources, self.day = pick.kind, pick.sources, pick.day
        self.typed = dict(_opened(pick) if typed is None else typed)
        self.choices = Choices(user.scope, pick.day)
        self.change = filled(ChangeForm, self.typed, is_sent=is_sent, pick=pick)
        self.decision = DecisionForm(pick.places, user, self.typed if is_sent else None)
        self.decision.initial |= self.typed
        self.successors = self._successors()
        self.places = self._placings("place", self._beneath()) if self._is_divided else []
        self.members = self._placings("member", self._people()) if self._is_divided else []

    # What it is made of

    def _successors(self) -> list[SuccessorRow]:
        indexes = sorted({int(found[1]) for name in self.typed if (found := SUCCESSOR.match(name))})[:MOST_SUCCESSORS]
        self.choices.load_people(
            (value for name, value in self.typed.items() if SEAT.match(name) and name.endswith("-person")),
            (value for name, value in self.typed.items() if SEAT.match(name) and name.endswith("-words")),
        )
        rows = []
        for number, index in enumerate(indexes, start=1):
            title = f"{NUMBERED[self.kind]} {number}" if self.kind in NUMBERED else "Tổ chức sau sắp xếp"
            options = {"of_kind": self.kind, "places": self.pick.places, "sources": self.sources}
            options["may_be_empty"] = self.kind == Kind.DISSOLVED and len(indexes) == 1
            form = filled(SuccessorForm, self.typed, is_sent=self.is_sent, prefix=f"s{index}", **options)
            rows.append(SuccessorRow(index, title, form, self._seats(index, title)))
        return rows

    def _seats(self, index: int, title: str) -> list[SeatForm]:
        if self.kind == Kind.DISSOLVED:
            return []
        prefix = f"s{index}-seat"
        found = {int(each[2]) for name in self.typed if (each := SEAT.match(name)) and int(each[1]) == index}
        return [
            filled(
                SeatForm,
                self.typed,
                is_sent=self.is_sent,
                prefix=f"{prefix}{number}",
                choices=self.choices,
                where=f"{title}, dòng {line}",
            )
            for line, number in enumerate(sorted(found)[:MOST_SEATS], start=1)
        ]

    @property
    def _is_divided(self) -> bool:
        """Whether it is not plain where everybody goes."""
        return self.kind == Kind.SPLIT or (self.kind == Kind.DISSOLVED and len(self.successors) > 1)

    def _beneath(self) -> list:
        versions = OrganizationVersion.objects.as_of(self.day).filter(parent__in=self.sources)
        return [(each.organization_id, each) for each in versions.as_tree()]

    def _people(self) -> list:
        members = Membership.objects.as_of(self.day).filter(organization__in=self.sources)
        return [(each.person_id, each.person) for each in members.select_related("person").order_by("person__sort_key")]

    def _placings(self, prefix: str, subjects: list) -> list[PlacingForm]:
        offered = [("", "– Theo mặc định –")]
        offered += [(str(number), self._called(number)) for number in range(len(self.successors))]
        return [
            filled(
                PlacingForm,
                self.typed,
                is_sent=self.is_sent,
                prefix=f"{prefix}{key}",
                subject=_named(subject),
                offered=offered,
            )
            for key, subject in subjects
        ]

    def _called(self, number: int) -> str:
        row = self.successors[number]
        name = self.typed.get(f"s{row.index}-name", "").strip()
        place = self.pick.places.by_code.get(self.typed.get(f"s{row.index}-organization", ""))
        return name or (place.name if place else row.title)

    # What is wrong with it

    @property
    def forms(self) -> list[tuple[forms.Form, str]]:
        """Every form of it, with the part of the page that it stands in."""
        parts: list[tuple[forms.Form, str]] = [(self.change, "")]
        for row in self.successors:
            parts.append((row.form, row.title))
            parts += [(seat, f"{row.title}, dòng {number}") for number, seat in enumerate(row.seats, start=1)]
        parts += [(form, "Nơi chuyển đến") for form in (*self.places, *self.members)]
        return [*parts, (self.decision, "Quyết định")]

    def is_valid(self) -> bool:
        wrong = [form for form, _ in self.forms if not form.is_valid()]  # each is judged, whatever the others say
        return not wrong

    @property
    def problems(self) -> list[Problem]:
        if not self.is_sent:
            return []
        return [problem for form, where in self.forms for problem in problems_of(form, where)]

    # What it asks for

    @property
    def draft(self) -> Draft:
        """Return what is asked for, of a valid form."""
        given = self.change.cleaned_data
        return Draft(
            self.kind,
            self.day,
            self.sources,
            tuple(self._successor(row) for row in self.successors if not row.form.is_left_empty),
            name=given.get("name", ""),
            short_name=given.get("short_name", ""),
            new_kind=given.get("new_kind", ""),
            new_parent=self._new_parent(),
            goes_on=given.get("goes_on", False),
            plans=given.get("plans", Plans.CLOSE),
            places=self._chosen(self.places, "place"),
            members=self._chosen(self.members, "member"),
            note=given["note"],
        )

    def _successor(self, row: SuccessorRow) -> Successor:
        return row.form.successor(tuple(filter(None, (each.seat for each in row.seats))))

    def _new_parent(self) -> Organization | None:
        return self.pick.places.by_code.get(self.change.cleaned_data.get("new_parent", ""))

    def _chosen(self, placings: list[PlacingForm], prefix: str) -> dict[int, int]:
        chosen = {each.prefix.removeprefix(prefix): each.cleaned_data["to"] for each in placings}
        return {int(key): int(to) for key, to in chosen.items() if to}

    @property
    def papers_given(self) -> dict[str, object]:
        """The decision as the acts take it; a new one that is signed before the day takes effect on the day."""
        given = self.decision.given
        paper = given["paper"]
        if paper and self.day > paper.fields["issued_on"]:
            given["paper"] = replace(paper, fields={**paper.fields, "effective_on": self.day})
        return given

    @property
    def explanation(self) -> str:
        return self.change.cleaned_data["explanation"]

    @property
    def seats_apply(self) -> bool:
        return self.kind in (Kind.ESTABLISHED, Kind.MERGED, Kind.SPLIT)

    @property
    def may_have_more_successors(self) -> bool:
        return self.kind in NUMBERED and len(self.successors) < MOST_SUCCESSORS


def _named(subject) -> str:
    return subject.name if isinstance(subject, OrganizationVersion) else str(subject)


def _opened(pick: PickForm) -> dict[str, str]:
    """Return the form as it is opened: as many successors as the kind asks for, beneath the same superior."""
    typed: dict[str, str] = {}
    for index in range(SUCCESSORS_AT_FIRST.get(pick.kind, 0)):
        typed |= _blank_successor(pick, index)
    return typed


def _blank_successor(pick: PickForm, index: int) -> dict[str, str]:
    above = pick.sources[0].standing_on(pick.day).parent if pick.sources else None
    typed = {f"s{index}-official": "", f"s{index}-parent": above.code if above else "", f"s{index}-ordinal": "1"}
    return typed | {f"s{index}-seat{number}-words": "" for number in range(FEWEST_SEATS)}


def with_more_seats(typed: Mapping[str, str], index: int) -> dict[str, str]:
    """Return the same with some more empty rows of seats of that successor."""
    found = [int(each[2]) for name in typed if (each := SEAT.match(name)) and int(each[1]) == index]
    last = max(found, default=-1)
    rows = range(last + 1, min(last + 1 + MORE_SEATS, MOST_SEATS))
    return {**typed, **{f"s{index}-seat{number}-words": "" for number in rows}}


def with_another_successor(typed: Mapping[str, str], pick: PickForm) -> dict[str, str]:
    """Return the same with one more successor."""
    last = max((int(found[1]) for name in typed if (found := SUCCESSOR.match(name))), default=-1)
    return {**typed, **_blank_successor(pick, last + 1)} if last + 1 < MOST_SUCCESSORS else dict(typed)
