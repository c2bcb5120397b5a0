"""Understanding rows of people: who is meant, what is new about them, and what the register could not hold."""

from collections import defaultdict
from copy import copy

from common.dated import Precision
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
    MeantPerson,
    measure_cells,
    people_cells,
)
from intake.kinds.people_homes import Homes
from intake.papers import Papers
from intake.places import Places
from intake.whom import KEYS, People
from organizations.scope import Scope
from personnel.doubles import Likeness, births_agree, card_key, likeness
from personnel.models import Discipline, Person
from personnel.particulars import contradictions, not_before

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
NOT_COMPARED = ("name", "organization", "begins", "is_new")
CONTRADICTED = {"joined": "joined_party_on", "official": "official_on", "retirement": "retires_on_source"}
ROUGHER = [Precision.DAY, Precision.MONTH, Precision.YEAR]
SUMMARY = "Về thi hành kỷ luật đảng viên"
MARK = "Nếu là người khác, hãy ghi x ở cột Người mới."
OUTSIDE = "Đồng chí này nằm ngoài phạm vi mà bạn được sửa. Hãy bỏ dòng này."
CARD_TAKEN = "Số thẻ này đã thuộc về một người khác trong sổ. Hãy sửa số thẻ."


class Reading:
    """The rows of a workbook of people while they are understood. Takes a fixed number of queries."""

    def __init__(self, rows: Rows, scope: Scope) -> None:
        self.scope = scope
        self.people, self.memberships, self.measures = (
            read_rows(spec, rows) for spec in (PEOPLE_SHEET, MEMBERSHIPS, MEASURES)
        )
        everything = [*self.people, *self.memberships, *self.measures]
        self.register = People.load((each.values for each in everything), scope)
        self.cited = {id(each): DECIDED.read(each.values, each.faults) for each in self.measures}
        self.papers = Papers.load(filter(None, self.cited.values()))
        cards = {str(each.values["card"]) for each in self.people if each.values.get("card")}
        self.taken = set(Person.objects.filter(card_number__in=cards).values_list("card_number", flat=True))
        found = self.register.all()
        found += [each.merged_into for each in found if each.merged_into]
        places = Places.load(str(each.values.get("organization") or "") for each in everything)
        self.homes = Homes(found, places, scope)
        self.disciplined: dict[int, list[Discipline]] = defaultdict(list)
        for measure in Discipline.objects.filter(person__in=found).select_related("person", "document__issuer"):
            self.disciplined[measure.person_id].append(measure)
        self.named: dict[str, list[Person]] = defaultdict(list)  # whom the sheet of people is about, by search key
        self.coming: dict[str, list[tuple[Person, int]]] = defaultdict(list)  # by search key, with their lines
        self.seen: dict[object, int] = {}

    def understand(self) -> list[Listed]:
        for each in self.people:
            if not any(key in each.faults for key in KEYS):
                self._person(each)
        for each in self.memberships:
            self._about(each, self.homes.read)
        for each in self.measures:
            self._about(each, self._measure)
        self.homes.check(self.people)
        return [*self.people, *self.memberships, *self.measures]

    # People

    def _person(self, each: Listed) -> None:
        typed = _typed(each)
        found = self._find(each, typed)
        self.named[search_key(typed.full_name)].append(found or typed)
        if each.faults:
            return
        if found is None:
            self._new(each, typed)
        else:
            self._known(each, found)

    def _find(self, each: Listed, typed: Person) -> Person | None:
        """Return the person of the register who is meant; None for a new one. Says where it is not clear."""
        faults: dict[str, str] = {}
        found = self.register.find(each.values, faults)
        owners = self.register.bearing_card(typed.card_number)
        if each.values.get("is_new") and not owners:
            return self._entered_before(each, typed)
        if found is not None:
            return found
        if owners:
            each.faults.update(faults)
            return None
        alike = [other for other in self.register.bearing(typed.full_name) if _is_likely(typed, other)]
        if alike and "born" in faults:
            told = "; ".join(dict.fromkeys(f"{other}, sinh {other.birth_display}" for other in alike))
            faults["born"] = (
                f"Trong sổ có {told}: cùng họ tên và năm sinh. Nếu là một người, hãy sửa ngày sinh cho khớp."
            )
        if alike:
            each.faults.update({key: f"{reason} {MARK}" for key, reason in faults.items()})
        return None

    def _entered_before(self, each: Listed, typed: Person) -> Person | None:
        """Return the record that says just what the row of somebody new says: it was made of that row."""
        for other in self.register.bearing(typed.full_name):
            if ("person", other.pk) in self.seen or other.merged_into_id:
                continue
            alike = all(getattr(typed, name) == getattr(other, name) for name in ("full_name", *FIELDS[1:4], "gender"))
            if alike and self._tells_nothing(each, other):
                return other
        return None

    def _tells_nothing(self, each: Listed, person: Person) -> bool:
        current, told = self.homes.current(person), copy(person)
        before = people_cells(person, current)
        self._describe(Listed(each.sheet, each.row, each.values), told)
        return self.homes.is_at_home(each, current) and before == people_cells(told, current)

    def _new(self, each: Listed, person: Person) -> None:
        card = person.card_number
        if card in self.taken:
            each.fault("card", CARD_TAKEN)
        first = self.seen.setdefault(("card", card_key(card)), each.line) if card else each.line
        if first != each.line:
            each.fault("card", f"Số thẻ này đã có ở dòng {first}.")
        namesakes = self.coming[search_key(person.full_name)]
        first = next((line for other, line in namesakes if _may_be_one(person, other)), None)
        if first and not each.values.get("is_new"):
            each.fault("name", f"Dòng {first} có cùng họ tên và ngày sinh khớp nhau. {MARK}")
        namesakes.append((person, each.line))
        self._describe(each, person)
        each.is_new, each.meant = True, MeantPerson(person)
        each.meant.membership = self.homes.begin(each, person)

    def _known(self, each: Listed, person: Person) -> None:
        first = self.seen.setdefault(("person", person.pk), each.line)
        if first != each.line:
            each.fault("name", f"Đồng chí này đã có ở dòng {first}. Hãy bỏ một dòng.")
            return
        if each.values["gender"] != person.gender:
            each.fault("gender", f"Trong sổ, {person} là {person.get_gender_display()}. Hãy xem có đúng người không.")
            return
        before = people_cells(person, None)
        card, born = str(each.values.get("card") or ""), each.values["born"]
        if card and not person.card_number:
            if card in self.taken:
                each.fault("card", CARD_TAKEN)
            person.card_number = card
        if ROUGHER.index(born.precision) < ROUGHER.index(person.birth_precision):
            person.birth_date, person.birth_precision = born.day, born.precision
        self._describe(each, person)
        columns = [column for column in PEOPLE_SHEET.columns if column.key not in NOT_COMPARED]
        each.differences = differences(columns, before, people_cells(person, None))
        each.meant = MeantPerson(person)
        if each.differences and each.values.get("is_new"):
            each.fault("is_new", f"Trong sổ đã có đúng người này: {person}, sinh {person.birth_display}. Hãy bỏ dấu x.")
        if each.differences and not self.homes.may_keep(person):
            each.fault("name", OUTSIDE)

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
        person.official_on = not_before(person.official_on, person.official_precision, person.joined_party_on)
        for key, sentence in contradictions(person):
            each.fault(CONTRADICTED[key], sentence)

    # Other sheets

    def _about(self, each: Listed, understand) -> None:
        """Understand a row of another sheet, once it is clear whom it is about."""
        person = None if any(key in each.faults for key in KEYS) else self._whom(each)
        if person is not None and not each.faults:
            understand(each, person)

    def _whom(self, each: Listed) -> Person | None:
        """Return whom a row of another sheet is about: of the sheet of people, or of the register alone."""
        card, born = card_key(str(each.values.get("card") or "")), each.values.get("born")
        alike = self.named.get(search_key(str(each.values["name"])), [])
        alike = list({id(person): person for person in alike}.values())
        if card:
            alike = [person for person in alike if card_key(person.card_number) == card]
        if born:
            typed = Person(birth_date=born.day, birth_precision=born.precision)
            alike = [person for person in alike if births_agree(person, typed)]
        if not alike or not (card or born):
            return self.register.find(each.values, each.faults)
        if card and len(alike) == 1:
            return alike[0]
        found = self.register.find(each.values, {})
        if len(alike) > 1 or (found is not None and found.pk != alike[0].pk):
            each.fault("card", "Có nhiều người cùng họ tên, ngày sinh như thế. Hãy ghi số thẻ đảng viên để phân biệt.")
            return None
        return alike[0]

    def _measure(self, each: Listed, person: Person) -> None:
        values = each.values
        if values.get("ends") and values["ends"] <= values["begins"]:
            each.fault("ends", "Ngày hết hiệu lực phải sau ngày có hiệu lực.")
            return
        citation = self.cited[id(each)]
        fault = self.papers.fault_of(citation, DECIDED, self.scope) if citation else None
        if fault:
            each.fault(*fault)
            return
        document, held = self.papers.document(citation, SUMMARY), self.disciplined[person.pk or id(person)]
        known = next((m for m in held if (m.kind, m.valid_from) == (values["kind"], values["begins"])), None)
        if known is None:
            self._new_measure(each, person, document)
        elif known.pk is None:
            each.fault("kind", "Hình thức kỷ luật này từ ngày này đã có ở dòng khác trong tệp. Hãy bỏ một dòng.")
        else:
            said = measure_cells(known) | ({"ends": values["ends"]} if values.get("ends") else {})
            require_same(each, MEASURES, measure_cells(known), said | DECIDED.written(document), but=KEYS)

    def _new_measure(self, each: Listed, person: Person, document) -> None:
        if person.pk and not self.homes.may_keep(person):
            each.fault("name", OUTSIDE)
            return
        each.is_new = True
        each.meant = Discipline(
            person=person,
            kind=each.values["kind"],
            valid_from=each.values["begins"],
            valid_to=each.values.get("ends"),
            document=document,
        )
        self.disciplined[person.pk or id(person)].append(each.meant)


def _typed(each: Listed) -> Person:
    values = each.values
    return Person(
        full_name=normalize(str(values["name"])),
        birth_date=values["born"].day,
        birth_precision=values["born"].precision,
        card_number=str(values.get("card") or ""),
        gender=values.get("gender") or "",
    )


def _is_likely(typed: Person, other: Person) -> bool:
    """Whether both seem to be one person; who has a card of their own is not taken for one of another birthday."""
    why = likeness(typed, other)
    return why is not None and not (why is Likeness.YEAR and typed.card_number and other.card_number)


def _may_be_one(person: Person, other: Person) -> bool:
    """Whether two namesakes of one file may be one person; of roughly known birthdays, their cards tell them apart."""
    if (person.birth_date, person.birth_precision) == (other.birth_date, other.birth_precision):
        return True
    return births_agree(person, other) and not (person.card_number and other.card_number)
