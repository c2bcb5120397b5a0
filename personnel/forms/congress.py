"""The whole committee that a congress elects, in one grid: a row for each person, ticks for bodies, posts to choose.

The grid is another way to fill in the form of a congress dossier: what is typed in it becomes what that form would
hold (`DossierEntry`), so that both judge, foresee and save alike.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django import forms

from organizations.models import BodyKind, Organization, Position
from personnel.forms.choices import Choices, describe
from personnel.forms.dossier import DossierEntry, Problem, problems_of
from personnel.forms.fields import OfferedField, filled
from personnel.forms.people import NewcomerForm
from personnel.models import Act, Dossier

ROW = re.compile(r"rows-([0-9]{1,3})-")
NEWCOMER = ("full_name", "birth", "gender", "ethnic_group", "card_number", "is_other")
TICKS = {
    "committee": Position.COMMITTEE_MEMBER,
    "standing": Position.STANDING_MEMBER,
    "inspection": Position.INSPECTION_MEMBER,
}
OFFICES = {
    Position.SECRETARY: "Bí thư",
    Position.DEPUTY_SECRETARY: "Phó Bí thư",
}
INSPECTION_OFFICES = {
    Position.INSPECTION_CHAIR: "Chủ nhiệm",
    Position.INSPECTION_DEPUTY_CHAIR: "Phó Chủ nhiệm",
}
FEWEST_ROWS, MORE_ROWS, MOST_ROWS = 9, 5, 60
NO_POSITION = "Hãy đánh dấu ít nhất một ban hoặc chọn một chức vụ."
NO_PERSON = "Hãy chọn đồng chí cho các ô đã đánh dấu."


class CongressRowForm(forms.Form):
    """One person of the committee. With it comes the form of a newcomer, whose fields bear its prefix."""

    person = forms.CharField(label="Đồng chí", required=False, widget=forms.Select({"data-person": ""}))
    words = forms.CharField(
        label="Họ tên đầy đủ hoặc số thẻ đảng viên",
        max_length=120,
        required=False,
        widget=forms.TextInput({"class": "form-control", "autocomplete": "off"}),
    )
    committee = forms.BooleanField(label="Ban Chấp hành", required=False)
    standing = forms.BooleanField(label="Ban Thường vụ", required=False)
    inspection = forms.BooleanField(label="Ủy ban Kiểm tra", required=False)
    office = OfferedField(
        OFFICES.items(), label="Chức vụ trong cấp ủy", empty="–", widget=forms.Select({"class": "form-select"})
    )
    inspection_office = OfferedField(
        INSPECTION_OFFICES.items(), label="Chức vụ trong UBKT", empty="–", widget=forms.Select({"class": "form-select"})
    )

    def __init__(self, *args, choices: Choices, number: int, **options) -> None:
        super().__init__(*args, **options)
        person = choices.person(str(self["person"].value() or ""))
        chosen = [(str(person.pk), describe(person))] if person else []
        self.fields["person"].widget.choices = [("", ""), *chosen]
        self.number = number
        for name in ("committee", "standing", "inspection"):
            self.fields[name].widget.attrs["class"] = "form-check-input"
        for each in self.fields.values():
            each.widget.attrs["aria-label"] = f"{each.label}, dòng {number}"


@dataclass
class GridRow:
    """A row of the grid: its form, the newcomer in it, the items of the dossier that it becomes, what is wrong."""

    form: CongressRowForm
    newcomer: NewcomerForm
    problems: list[Problem] = field(default_factory=list)
    is_newcomer: bool = False
    findings: list = field(default_factory=list)


class CongressGrid:
    """What is typed into the grid, and the dossier that comes of it. `dossier` is the draft that is edited, if any."""

    def __init__(
        self,
        choices: Choices,
        organization: Organization,
        typed: Mapping[str, str],
        *,
        dossier: Dossier | None = None,
        kept: Mapping[tuple[str, str], Mapping[str, str]] | None = None,
        is_sent: bool = False,
    ) -> None:
        """`kept` holds what the draft says of an item beyond the grid (votes, notes), by person and position."""
        self.organization, self.typed, self.is_sent = organization, dict(typed), is_sent
        self.kept = kept or {}
        self.indexes = sorted({int(found[1]) for name in typed if (found := ROW.match(name))})[:MOST_ROWS]
        self.places: dict[str, int] = {}  # the row of each item, by the prefix of the item
        self.wrong: dict[int, str] = {}  # rows that become no item, and why
        whole = self._whole()
        self.entry = DossierEntry(choices, whole, dossier=dossier, is_sent=is_sent)
        self.rows = [self._row(number, index, choices) for number, index in enumerate(self.indexes, start=1)]

    def _row(self, number: int, index: int, choices: Choices) -> GridRow:
        prefix = f"rows-{index}"
        form = filled(CongressRowForm, self.typed, is_sent=False, prefix=prefix, choices=choices, number=number)
        newcomer = filled(NewcomerForm, self.typed, is_sent=False, prefix=f"{prefix}-new")
        return GridRow(form, newcomer, is_newcomer=self._is_newcomer(index))

    def _get(self, index: int, name: str) -> str:
        return self.typed.get(f"rows-{index}-{name}", "").strip()

    def _is_newcomer(self, index: int) -> bool:
        return not self._get(index, "person") and bool(self._get(index, "new-full_name"))

    # What the form of the dossier would hold

    def _whole(self) -> dict[str, str]:
        whole = {name: value for name, value in self.typed.items() if not ROW.match(name)}
        whole |= {"organization": self.organization.code, "kind": Dossier.Kind.CONGRESS.value}
        number = 0
        for index in self.indexes:
            somebody = self._get(index, "person") or self._get(index, "words") or self._is_newcomer(index)
            positions = self._positions(index)
            if somebody and not positions:
                self.wrong[index] = NO_POSITION
            elif positions and not somebody:
                self.wrong[index] = NO_PERSON
            for position in positions if somebody else ():
                prefix = f"items-{number}"
                self.places[prefix] = index
                whole |= {f"{prefix}-{name}": value for name, value in self._item(index, position).items()}
                number += 1
        return whole

    def _positions(self, index: int) -> list[str]:
        """Return the positions of a row, with the seats that an office needs (DOMAIN.md §3)."""
        wanted = {position for name, position in TICKS.items() if self._get(index, name)}
        wanted |= {self._get(index, "office"), self._get(index, "inspection_office")} - {""}
        if Position.SECRETARY in wanted and self.typed.get("congress-standing_size", "").strip():
            wanted.add(Position.STANDING_MEMBER)
        if wanted & {Position.SECRETARY, Position.DEPUTY_SECRETARY, Position.STANDING_MEMBER}:
            wanted.add(Position.COMMITTEE_MEMBER)
        if wanted & set(INSPECTION_OFFICES):
            wanted.add(Position.INSPECTION_MEMBER)
        order = [*TICKS.values(), *OFFICES, *INSPECTION_OFFICES]
        return sorted(wanted, key=lambda position: order.index(position) if position in order else len(order))

    def _item(self, index: int, position: str) -> dict[str, str]:
        person = self._get(index, "person")
        item = {"act": Act.APPOINT.value, "position": position, "person": person, "note": ""}
        if not person and not self._is_newcomer(index):
            item["person_words"] = self._get(index, "words")
        elif self._is_newcomer(index):
            item |= {"is_new": "on"} | {f"new-{name}": self._get(index, f"new-{name}") for name in NEWCOMER}
        return item | self.kept.get((person, position), {})

    # What is wrong with it

    def is_valid(self) -> bool:
        valid = self.entry.is_valid()
        self._blame()
        return valid and not any(row.problems for row in self.rows) and bool(self.places)

    def _blame(self) -> None:
        """Put what is wrong beside the rows of the grid, each sentence once."""
        rows = dict(zip(self.indexes, self.rows, strict=True))
        for index, sentence in self.wrong.items():
            name = "committee" if sentence == NO_POSITION else "person"
            rows[index].problems.append(Problem(sentence, f"Dòng {rows[index].form.number}", f"id_rows-{index}-{name}"))
        for item in self.entry.rows:
            row = rows[self.places[item.prefix]]
            for part in item.parts:
                self._blame_row(row, problems_of(part, f"Dòng {row.form.number}"))
            row.newcomer.doubles = row.newcomer.doubles or item.newcomer.doubles
        self._blame_doubles(rows)

    def _blame_row(self, row: GridRow, problems: list[Problem]) -> None:
        said = {problem.message for problem in row.problems}
        anchor = row.form["person"].auto_id
        row.problems += [
            Problem(problem.message, problem.where, anchor) for problem in problems if problem.message not in said
        ]

    def _blame_doubles(self, rows: Mapping[int, GridRow]) -> None:
        first: dict[object, int] = {}
        for item in self.entry.rows:
            index, person = self.places[item.prefix], item.chosen_person
            if person and first.setdefault(person, index) != index:
                row = rows[index]
                sentence = f"{person} đã có ở dòng {rows[first[person]].form.number}. Mỗi đồng chí chỉ ghi một dòng."
                self._blame_row(row, [Problem(sentence, f"Dòng {row.form.number}")])

    @property
    def problems(self) -> list[Problem]:
        """All that is wrong, in the order of the page."""
        if not self.is_sent:
            return []
        found = problems_of(self.entry.head) if not self.entry.is_fixed else []
        found += problems_of(self.entry.congress, "Đại hội")
        found += [problem for row in self.rows for problem in row.problems]
        if not self.places and not self.wrong:
            found.append(Problem("Hãy nhập ít nhất một đồng chí trúng cử."))
        return found

    def blame(self, findings) -> None:
        """Put what an action said beside the rows that it is about, the rest on top."""
        self.entry.blame(findings)
        rows = dict(zip(self.indexes, self.rows, strict=True))
        for item in self.entry.rows:
            rows[self.places[item.prefix]].findings += item.findings


def with_more_rows(typed: Mapping[str, str], count: int = MORE_ROWS) -> dict[str, str]:
    """Return the same with `count` more empty rows, as many as there may be."""
    last = max((int(found[1]) for name in typed if (found := ROW.match(name))), default=-1)
    return {**typed, **{f"rows-{number}-person": "" for number in range(last + 1, min(last + 1 + count, MOST_ROWS))}}


def bodies_of(typed: Mapping[str, str]) -> list[str]:
    """Return the bodies for which a size is typed, for the columns that apply."""
    sizes = {BodyKind.STANDING: "standing_size", BodyKind.INSPECTION: "inspection_size"}
    return [kind.value for kind, name in sizes.items() if typed.get(f"congress-{name}", "").strip()]
