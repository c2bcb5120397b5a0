"""The form of a dossier whole: organisation, kind, congress, and the rows of change items."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django import forms

from organizations.models import BodyKind, Organization
from personnel.doubles import doubles_of, tells_apart
from personnel.foresight import Foresight, foresee
from personnel.forms.choices import Choices
from personnel.forms.fields import CountField, DayField, OfferedField, filled, readable
from personnel.forms.items import ItemForm
from personnel.forms.people import name_and_birthday, united
from personnel.forms.typed import row_indexes
from personnel.items import ItemDraft
from personnel.models import ChangeItem, Dossier, Person
from regulations.findings import Finding

MOST_ROWS = 60
LABEL = re.compile(r"([0-9]{4})-([0-9]{4})")
KINDS = [(each.value, each.label) for each in (Dossier.Kind.SUPPLEMENT, Dossier.Kind.CONGRESS)]


@dataclass(frozen=True)
class Problem:
    """Something that keeps the form from being saved: where it stands, and the id of its field."""

    message: str
    where: str = ""
    field_id: str = ""


class HeadForm(forms.Form):
    """Whose dossier it is and of which kind; which opening of the form, on which edition of the dossier."""

    organization = OfferedField(label="Tổ chức đảng", widget=forms.Select({"data-search": ""}))
    kind = forms.ChoiceField(choices=KINDS, label="Loại hồ sơ", required=False, widget=forms.RadioSelect)
    form_key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    edition = forms.IntegerField(required=False, localize=False, widget=forms.HiddenInput)

    def clean_organization(self) -> str:
        code = self.cleaned_data["organization"]
        if not code:
            raise forms.ValidationError("Hãy chọn tổ chức đảng của hồ sơ.")
        return code


class CongressForm(forms.Form):
    """What a congress result says of the term that it opens."""

    label = forms.CharField(label="Nhiệm kỳ", max_length=9, required=False, widget=forms.TextInput())
    ordinal = CountField(label="Đại hội lần thứ", least=1, most=99)
    congress_on = DayField(label="Ngày đại hội")
    planned_end = DayField(label="Kết thúc theo kế hoạch")
    committee_size = CountField(label="Số lượng Ban Chấp hành", least=1, most=200)
    standing_size = CountField(label="Số lượng Ban Thường vụ", least=1, most=50)
    inspection_size = CountField(label="Số lượng Ủy ban Kiểm tra", least=1, most=50)

    def clean_label(self) -> str:
        label = self.cleaned_data["label"].replace(" ", "").replace("–", "-")
        years = LABEL.fullmatch(label)
        if not years or int(years[1]) >= int(years[2]):
            raise forms.ValidationError("Hãy ghi nhiệm kỳ theo dạng 2025-2030, năm đầu trước năm cuối.")
        return label

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        for name, sentence in (
            ("ordinal", "Hãy nhập đại hội lần thứ mấy, ví dụ 7."),
            ("congress_on", "Hãy nhập ngày đại hội."),
            ("planned_end", "Hãy nhập ngày kết thúc nhiệm kỳ theo kế hoạch."),
            ("committee_size", "Hãy nhập số lượng Ban Chấp hành được duyệt."),
        ):
            if name in cleaned and cleaned[name] is None:
                self.add_error(name, sentence)
        begins, ends = cleaned.get("congress_on"), cleaned.get("planned_end")
        if begins and ends and ends <= begins:
            self.add_error("planned_end", "Nhiệm kỳ phải kết thúc sau ngày đại hội. Hãy sửa một trong hai ngày.")
        return cleaned

    @property
    def body_kinds(self) -> set[str]:
        """The bodies for which a size is given."""
        sizes = {BodyKind.STANDING: "standing_size", BodyKind.INSPECTION: "inspection_size"}
        return {BodyKind.COMMITTEE, *(kind for kind, name in sizes.items() if readable(self).get(name))}


class DossierEntry:
    """A dossier as it is being typed. `typed` is what the fields hold, by their names, and can be kept as it is.

    `is_sent`: what was typed is judged; otherwise the form only shows it. `dossier` is the draft that is edited, None
    for a new one; `corrects` is what a correction mends, of which looking ahead needs the key alone.
    """

    def __init__(
        self,
        choices: Choices,
        typed: Mapping[str, str],
        *,
        dossier: Dossier | None = None,
        corrects: Dossier | None = None,
        corrects_pk: int | None = None,
        is_sent: bool = False,
    ) -> None:
        self.choices = choices
        self.typed = dict(typed)
        self.dossier = dossier
        self.corrects = dossier.corrects if dossier else corrects
        self.is_sent = is_sent
        self.findings: list[Finding] = []  # what an action said against the whole
        self.corrects_pk = self.corrects.pk if self.corrects else corrects_pk
        originals = choices.correctable_items(self.corrects_pk) if self.corrects_pk else []
        self.originals: dict[str, ChangeItem] = {str(item.pk): item for item in originals}
        self.head = filled(HeadForm, typed, is_sent=is_sent)
        self.congress = filled(CongressForm, typed, is_sent=is_sent, prefix="congress")
        self.indexes = row_indexes(typed)
        rows = [f"items-{index}" for index in self.indexes]
        get = self.typed.get
        choices.load_people(
            [get(f"{row}-person", "") for row in rows], [get(f"{row}-person_words", "") for row in rows]
        )
        self.rows = [self._row(row) for row in rows[:MOST_ROWS]]
        self.newcomer_rows = self._united_newcomers()

    def _row(self, prefix: str) -> ItemForm:
        original = self.originals.get(self.typed.get(f"{prefix}-corrects", ""))
        options = {"choices": self.choices, "kind": self.kind, "original": original}
        return filled(ItemForm, self.typed, is_sent=self.is_sent, prefix=prefix, **options)

    @property
    def kind(self) -> str:
        if self.dossier:
            return self.dossier.kind
        if self.corrects_pk:
            return Dossier.Kind.CORRECTION
        return Dossier.Kind.CONGRESS if self.typed.get("kind") == Dossier.Kind.CONGRESS else Dossier.Kind.SUPPLEMENT

    @property
    def is_congress(self) -> bool:
        return self.kind == Dossier.Kind.CONGRESS

    @property
    def is_correction(self) -> bool:
        return self.kind == Dossier.Kind.CORRECTION

    @property
    def is_fixed(self) -> bool:
        """Whether organisation and kind stand already."""
        return bool(self.dossier or self.corrects)

    @property
    def bodies_in_json(self) -> str:
        """The kinds of body by organisation, for the page to offer only the positions that there are."""
        known = self.choices.bodies
        return json.dumps({self.organization.code: known.get(self.organization.code, [])} if self.is_fixed else known)

    @property
    def edition(self) -> int:
        """The edition of the dossier on which the typing began; 0 when it cannot be told, which is always outdated."""
        typed = self.typed.get("edition", "")
        return int(typed) if typed.isdecimal() and len(typed) < 9 else 0

    @cached_property
    def organization(self) -> Organization | None:
        known = self.dossier or self.corrects
        if known:
            return known.organization
        code = self.typed.get("organization", "")
        return next((each.organization for each in self.choices.organizations if each.code == code), None)

    # What is wrong with it

    def is_valid(self) -> bool:
        self.prepare()
        parts = [self.head] if not self.is_fixed else []
        parts += [self.congress] if self.is_congress else []
        judged = [
            part.is_valid() for part in (*parts, *self.rows)
        ]  # all of them, for all that is wrong is shown at once
        return all(judged) and len(self.indexes) <= MOST_ROWS and not self._doubtful_newcomers()

    def prepare(self) -> None:
        """Offer the organisations, and tell the rows what the chosen one has: for a page, not for looking ahead."""
        offered = [(each.code, each.name) for each in self.choices.organizations]
        self.head.fields["organization"].choices = [("", "– Chọn –"), *offered]
        for row in self.rows:
            row.organization = self.organization
            row.body_kinds = self._body_kinds()

    def _body_kinds(self) -> Iterable[str] | None:
        if self.is_correction or not self.organization:
            return None
        if self.is_congress:
            return self.congress.body_kinds
        return self.choices.bodies.get(self.organization.code, [])

    def _united_newcomers(self) -> list[ItemForm]:
        """Return the rows about people who are not in the register, after letting the rows of one share him."""
        rows = [row for row in self.rows if row["is_new"].value() and row.chosen_person]
        for row, person in zip(rows, united([row.chosen_person for row in rows]), strict=True):
            row.chosen_person = person
        return rows

    def _doubtful_newcomers(self) -> bool:
        """Refuse newcomers who seem to be somebody else: by their party card, or by name and birthday."""
        rows = self.newcomer_rows
        doubts = [self._bears_a_taken_card(rows), self._may_be_either(rows), self._is_in_the_register(rows)]
        return any(doubts)

    def _bears_a_taken_card(self, rows: Sequence[ItemForm]) -> bool:
        """Refuse party cards that belong to somebody else, in the register or in another row."""
        owners: dict[str, set] = {}
        for row in rows:
            owners.setdefault(row.chosen_person.card_number, set()).add(row.chosen_person)
        owners.pop("", None)
        taken = set(Person.objects.filter(card_number__in=owners).values_list("card_number", flat=True))
        taken |= {card for card, people in owners.items() if len(people) > 1}
        for row in rows:
            if readable(row.newcomer).get("card_number") in taken:
                row.newcomer.add_error("card_number", "Số thẻ đảng viên này đã thuộc về một người khác.")
        return bool(taken)

    def _may_be_either(self, rows: Sequence[ItemForm]) -> bool:
        """Refuse a row without a card whose name and birthday two newcomers with cards of their own share."""
        namesakes = Counter(name_and_birthday(person) for person in {row.chosen_person for row in rows})
        unsure = [row for row in rows if readable(row.newcomer).get("card_number") == ""]
        unsure = [row for row in unsure if namesakes[name_and_birthday(row.chosen_person)] > 1]
        for row in unsure:
            message = "Hồ sơ có nhiều đồng chí mới cùng họ tên và ngày sinh. Hãy ghi số thẻ để biết dòng này về ai."
            row.newcomer.add_error("card_number", message)
        return bool(unsure)

    def _is_in_the_register(self, rows: Sequence[ItemForm]) -> bool:
        """Refuse a newcomer who seems to be in the register, until somebody has looked and says that it is another."""
        newcomers = {row.chosen_person: row for row in reversed(rows)}
        found = doubles_of(list(newcomers), Person.objects.visible_to(self.choices.scope))
        confirmed = {row.chosen_person for row in rows if readable(row.newcomer).get("is_other")}
        unsure = False
        for (person, row), doubles in zip(newcomers.items(), found, strict=True):
            row.newcomer.doubles = [double for double in doubles if not tells_apart(person, double)]
            if row.newcomer.doubles and person not in confirmed:
                row.newcomer.add_error("is_other", self._looks_like(row.newcomer.doubles[0].person))
                unsure = True
        return unsure

    def _looks_like(self, other: Person) -> str:
        return (
            f"Danh sách đã có đồng chí {other.full_name}, sinh {other.birth_display}. Hãy chọn trong danh sách; "
            "nếu là người khác, hãy đánh dấu xác nhận."
        )

    @property
    def problems(self) -> list[Problem]:
        """All that is wrong, in the order of the page."""
        if not self.is_sent:
            return []
        found = problems_of(self.head) if not self.is_fixed else []
        found += problems_of(self.congress, "Đại hội") if self.is_congress else []
        if len(self.indexes) > MOST_ROWS:
            found.append(Problem(f"Một hồ sơ nhiều nhất {MOST_ROWS} dòng. Hãy tách phần còn lại sang hồ sơ khác."))
        for number, row in enumerate(self.rows, start=1):
            if not row.is_left_out:
                found += [each for part in row.parts for each in problems_of(part, f"Dòng {number}")]
        return found

    @property
    def has_findings_in_rows(self) -> bool:
        return any(row.findings for row in self.rows)

    def blame(self, findings: Iterable[Finding]) -> None:
        """Put what an action said against the dossier beside the rows that it is about, the rest on top."""
        for finding in findings:
            rows = [row for row in self.rows if f"{finding.place}-".startswith(f"{row.prefix}-")]
            (rows[0].findings if rows else self.findings).append(finding)

    # What it says

    @cached_property
    def congress_fields(self) -> dict[str, object] | None:
        """The fields of CongressResult; None when it is no congress, or not all of it can be read yet."""
        return dict(self.congress.cleaned_data) if self.is_congress and self.congress.is_valid() else None

    @cached_property
    def items(self) -> list[ItemDraft]:
        """What the rows that are whole ask for. Newcomers are not saved yet."""
        congress_on = self.congress_fields["congress_on"] if self.congress_fields else None
        return [item for row in self.rows if (item := row.draft(congress_on))]

    def foresee(self, organization: Organization | None) -> Foresight:
        """Return what would happen, were the dossier confirmed on the day looked at with what is whole of it."""
        if not organization or not self.items or (self.is_congress and not self.congress_fields):
            return Foresight()
        return foresee(organization, self.items, kind=self.kind, day=self.choices.day, congress=self.congress_fields)


def problems_of(form: forms.Form, where: str = "") -> list[Problem]:
    """Return what is wrong with a form, field by field; `where` names the part of the page that it stands in."""
    found = [Problem(message, where) for message in form.non_field_errors()]
    for field in form:
        label = f"{where} · {field.label}" if where else field.label
        anchor = "" if field.is_hidden else field.auto_id
        found += [Problem(message, label, anchor) for message in field.errors]
    return found
