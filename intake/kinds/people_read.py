"""Understanding rows of people: who is meant, what is new about them, and what the register could not hold."""

from calendar import monthrange
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from common.dated import Precision, as_far_as_known
from common.sheets import PartialDay
from common.vietnamese import normalize, search_key
from intake.kinds.base import Listed, Rows, read_rows
from intake.kinds.fields import differences, require_same
from intake.kinds.people_columns import (
    CHOICES,
    DECIDED,
    MEASURES,
    MEMBERSHIPS,
    PEOPLE_SHEET,
    ROUGH_DAYS,
    TEXTS,
    measure_cells,
    membership_cells,
    people_cells,
)
from intake.papers import Papers
from intake.places import Places
from intake.whom import KEYS, People
from organizations.models import Organization
from organizations.scope import Right, Scope
from personnel.models import Discipline, Membership, Person

FIELDS = [
    "full_name",
    "birth_date",
    "birth_precision",
    "card_number",
    "retires_on",
    *TEXTS,
    *CHOICES,
    *ROUGH_DAYS,
    *(precision for _, precision in ROUGH_DAYS.values()),
]
IDENTITY = ("card", "name", "born", "organization", "begins", "is_new")
SUMMARY = "Về thi hành kỷ luật đảng viên"


@dataclass
class MeantPerson:
    """Somebody whom a row is about, with the membership that it begins."""

    person: Person
    membership: Membership | None = None


class Reading:
    """The rows of a workbook of people while they are understood. Takes a fixed number of queries."""

    def __init__(self, rows: Rows, scope: Scope) -> None:
        self.scope = scope
        self.people, self.memberships, self.measures = (
            read_rows(spec, rows) for spec in (PEOPLE_SHEET, MEMBERSHIPS, MEASURES)
        )
        everything = [*self.people, *self.memberships, *self.measures]
        self.register = People.load((each.values for each in everything), scope)
        self.places = Places.load(str(each.values.get("organization") or "") for each in everything)
        self.cited = {id(each): DECIDED.read(each.values, each.faults) for each in self.measures}
        self.papers = Papers.load(filter(None, self.cited.values()))
        cards = {str(each.values["card"]) for each in self.people if each.values.get("card")}
        self.taken = set(Person.objects.filter(card_number__in=cards).values_list("card_number", flat=True))
        found = self.register.all()
        self.held: dict[int, list[Membership]] = defaultdict(list)
        for membership in Membership.objects.filter(person__in=found).select_related("person", "organization"):
            self.held[membership.person_id].append(membership)
        self.disciplined: dict[int, list[Discipline]] = defaultdict(list)
        for measure in Discipline.objects.filter(person__in=found).select_related("person", "document__issuer"):
            self.disciplined[measure.person_id].append(measure)
        self.coming: dict[tuple, Person] = {}
        self.seen: dict[object, int] = {}

    def understand(self) -> list[Listed]:
        for each in self.people:
            self._person(each)
        for each in self.memberships:
            self._membership(each)
        for each in self.measures:
            self._measure(each)
        self._check_homes()
        return [*self.people, *self.memberships, *self.measures]

    # People

    def _person(self, each: Listed) -> None:
        if any(key in each.faults for key in KEYS):
            return
        found = self._find(each)
        if each.faults:
            return
        if found is None:
            self._new(each)
        else:
            self._known(each, found)

    def _find(self, each: Listed) -> Person | None:
        """Return the person of the register who is meant; None for a new one. Says where it is not clear."""
        faults: dict[str, str] = {}
        found = self.register.find(each.values, faults)
        if found is not None:
            if each.values.get("is_new"):
                each.fault("is_new", f"Trong sổ đã có đúng người này: {found}, sinh {found.birth_display}.")
            return found
        namesakes = self.register.bearing(str(each.values.get("name") or ""))
        if str(each.values.get("card") or "") in self.taken:
            each.fault("card", faults.get("card", "Số thẻ này đã thuộc về một người khác trong sổ. Hãy sửa số thẻ."))
        elif namesakes and not each.values.get("is_new"):
            for key, reason in faults.items():
                each.fault(key, f"{reason} Nếu là người khác, hãy ghi x ở cột Người mới.")
        return None

    def _new(self, each: Listed) -> None:
        values, born = each.values, each.values["born"]
        key = (search_key(str(values["name"])), born.day, born.precision)
        card = str(values.get("card") or "")
        first = self.seen.setdefault(("card", card), each.line) if card else each.line
        if first != each.line:
            each.fault("card", f"Số thẻ này đã có ở dòng {first}.")
            return
        if key in self.coming and not values.get("is_new"):
            each.fault(
                "name", "Dòng khác trong tệp có cùng họ tên và ngày sinh. Nếu là người khác, ghi x ở cột Người mới."
            )
            return
        person = Person(
            full_name=normalize(str(values["name"])),
            birth_date=born.day,
            birth_precision=born.precision,
            card_number=card,
            gender=values["gender"],
        )
        self._describe(each, person)
        self.coming.setdefault(key, person)
        each.is_new, each.meant = True, MeantPerson(person)
        self._home(each, person)

    def _known(self, each: Listed, person: Person) -> None:
        first = self.seen.setdefault(("person", person.pk), each.line)
        if first != each.line:
            each.fault("name", f"Đồng chí này đã có ở dòng {first}. Hãy bỏ một dòng.")
            return
        if each.values["gender"] != person.gender:
            each.fault("gender", f"Trong sổ, {person} là {person.get_gender_display()}. Hãy xem có đúng người không.")
            return
        current = next((home for home in self.held[person.pk] if home.valid_to is None), None)
        before = people_cells(person, current)
        self._describe(each, person)
        card = str(each.values.get("card") or "")
        if card and not person.card_number:
            if card in self.taken:
                each.fault("card", "Số thẻ này đã thuộc về một người khác trong sổ. Hãy sửa số thẻ.")
            person.card_number = card
        columns = [column for column in PEOPLE_SHEET.columns if column.key not in IDENTITY[1:]]
        each.differences = differences(columns, before, people_cells(person, current))
        each.meant = MeantPerson(person)
        if each.differences and not self._may_keep(person):
            each.fault("name", "Đồng chí này nằm ngoài phạm vi mà bạn được sửa. Hãy bỏ dòng này.")
        said = str(each.values.get("organization") or "")
        if said and not each.faults and (current is None or search_key(said) != search_key(current.organization.code)):
            there = current.organization.name if current else "chưa có nơi sinh hoạt"
            each.fault("organization", f"Trong sổ: {there}. Hãy ghi việc chuyển ở trang Nơi sinh hoạt của tệp.")

    def _may_keep(self, person: Person) -> bool:
        homes = self.held[person.pk]
        return any(self.scope.covers(each.organization.path, Right.KEEP_REGISTER) for each in homes)

    def _describe(self, each: Listed, person: Person) -> None:
        """Put what the row says into the person; an empty cell says nothing."""
        values = each.values
        for key in (*TEXTS, *CHOICES, "retires_on"):
            if values.get(key):
                setattr(person, key, values[key])
        for key, (_, precision) in ROUGH_DAYS.items():
            if values.get(key):
                setattr(person, key, values[key].day)
                setattr(person, precision, values[key].precision)
        joined, official = person.joined_party_on, person.official_on
        if joined and joined <= person.birth_date:
            each.fault("joined_party_on", "Ngày vào Đảng phải sau ngày sinh.")
        if joined and official and official < joined:
            if person.official_precision == Precision.DAY or official.year < joined.year:
                each.fault("official_on", "Ngày chính thức không thể trước ngày vào Đảng.")
            else:
                person.official_on = joined  # known only roughly: not before he joined
        if bool(person.retires_on) != bool(person.retires_on_source):
            each.fault("retires_on_source", "Ngày nghỉ hưu theo quyết định phải có căn cứ, và ngược lại.")

    # Where they are members

    def _home(self, each: Listed, person: Person) -> None:
        code, begins = str(each.values.get("organization") or ""), each.values.get("begins")
        if not code:
            return
        organization = self._place(each, code)
        if organization is None:
            return
        if begins is None:
            each.fault("begins", "Hãy ghi sinh hoạt ở đó từ bao giờ; chỉ biết năm thì ghi năm.")
            return
        each.meant.membership = self._begin(person, organization, begins, None)

    def _place(self, each: Listed, code: str) -> Organization | None:
        reason = self.places.fault_of(code, self.scope, Right.KEEP_REGISTER)
        if reason:
            each.fault("organization", reason)
            return None
        return self.places.organization(code)

    def _begin(
        self, person: Person, organization: Organization, begins: PartialDay, ends: PartialDay | None
    ) -> Membership:
        membership = Membership(
            person=person,
            organization=organization,
            valid_from=begins.day,
            from_precision=begins.precision,
            valid_to=ends and last_of(ends),
            to_precision=ends.precision if ends else Precision.DAY,
        )
        self.held[person.pk or id(person)].append(membership)
        return membership

    def _whom(self, each: Listed) -> Person | None:
        """Return whom a row of another sheet is about: somebody whom this file brings, or of the register."""
        if any(key in each.faults for key in KEYS):
            return None
        born = each.values.get("born")
        coming = born and self.coming.get((search_key(str(each.values["name"])), born.day, born.precision))
        return coming or self.register.find(each.values, each.faults)

    def _membership(self, each: Listed) -> None:
        person = self._whom(each)
        if each.faults or person is None:
            return
        organization = self._place(each, str(each.values["organization"]))
        if organization is None:
            return
        begins, ends = each.values["begins"], each.values.get("ends")
        if ends and last_of(ends) <= begins.day:
            each.fault("ends", "Ngày thôi sinh hoạt phải sau ngày bắt đầu.")
            return
        held = self.held[person.pk or id(person)]
        same = next((m for m in held if m.organization.pk == organization.pk and m.valid_from == begins.day), None)
        if same is None:
            each.is_new, each.meant = True, self._begin(person, organization, begins, ends)
            return
        if same.pk is None:  # said on the sheet of people, too
            if ends:
                same.valid_to, same.to_precision = last_of(ends), ends.precision
            return
        said = membership_cells(same) | ({"ends": shown_day(ends)} if ends else {})
        require_same(each, MEMBERSHIPS, membership_cells(same), said, but=KEYS)

    def _check_homes(self) -> None:
        """Say where somebody would be a member in two places at once, or nowhere at all."""
        rows = {id(each.meant): each for each in self.memberships if each.meant}
        for each in self.people:
            if each.meant and each.meant.membership:
                rows[id(each.meant.membership)] = each
        for held in self.held.values():
            in_order = sorted(held, key=lambda membership: membership.valid_from)
            for before, after in pairwise(in_order):
                if before.valid_to is None or before.valid_to > after.valid_from:
                    row = rows.get(id(after)) or rows.get(id(before))
                    if row is not None:
                        row.fault(
                            "begins",
                            f"Lúc này còn sinh hoạt ở {before.organization.name}. Hãy ghi ngày thôi ở nơi trước.",
                        )
        for each in self.people:
            if each.is_new and not each.faults and not self.held.get(id(each.meant.person)):
                each.fault(
                    "organization", "Người mới phải có nơi sinh hoạt đảng: ghi ở đây hoặc ở trang Nơi sinh hoạt."
                )

    # Measures

    def _measure(self, each: Listed) -> None:
        person, values = self._whom(each), each.values
        if each.faults or person is None:
            return
        if values.get("ends") and values["ends"] <= values["begins"]:
            each.fault("ends", "Ngày hết hiệu lực phải sau ngày có hiệu lực.")
            return
        citation = self.cited[id(each)]
        if citation is not None:
            fault = self.papers.fault_of(citation, DECIDED, self.scope)
            if fault:
                each.fault(*fault)
                return
        known = next(
            (
                m
                for m in self.disciplined[person.pk or 0]
                if (m.kind, m.valid_from) == (values["kind"], values["begins"])
            ),
            None,
        )
        document = self.papers.document(citation, SUMMARY)
        if known is not None:
            said = measure_cells(known) | ({"ends": values["ends"]} if values.get("ends") else {})
            said |= DECIDED.written(document) if document else {}
            require_same(each, MEASURES, measure_cells(known), said, but=KEYS)
            return
        if person.pk and not self._may_keep(person):
            each.fault("name", "Đồng chí này nằm ngoài phạm vi mà bạn được sửa. Hãy bỏ dòng này.")
            return
        each.is_new = True
        each.meant = Discipline(
            person=person,
            kind=values["kind"],
            valid_from=values["begins"],
            valid_to=values.get("ends"),
            document=document,
        )


def last_of(day: PartialDay) -> date:
    """Return an end as it is stored: the last of the days that it may be."""
    known = day.day
    if day.precision == Precision.YEAR:
        return date(known.year, 12, 31)
    if day.precision == Precision.MONTH:
        return known.replace(day=monthrange(known.year, known.month)[1])
    return known


def shown_day(day: PartialDay) -> str | date:
    """Return a day as a cell has it."""
    return day.day if day.precision == Precision.DAY else as_far_as_known(day.day, day.precision)
