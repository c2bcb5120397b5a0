"""Acts on people."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from common import journal
from common.errors import Outdated, Refused, WrongState
from common.formats import short_day
from common.journal import act
from organizations.actions import require_lasting, require_right, require_standing
from organizations.models import Document, Organization
from organizations.scope import Right
from personnel.doubles import doubles_of
from personnel.models import Discipline, Membership, Person, PoliticalConclusion, Precision
from personnel.particulars import FIELDS, contradictions, edition_of
from personnel.rights import may_draft, place_of


@act("Ghi nhận đảng viên")
def register_person(
    *,
    organization: Organization,
    member_from: date,
    by,
    member_from_precision: str = Precision.DAY,
    told_apart: Collection[int] | None = None,
    **fields,
) -> Person:
    """Enter a person, a member of `organization` from `member_from` on. `fields` are those of Person.

    `told_apart` are the keys of all records alike that the writer has looked at (None: no matter which there are).
    Raises `Outdated` when `by` may see another one, and `Refused` when the party card is somebody else's, the fields
    contradict each other, or the organisation has ended.
    """
    if not may_draft(by.scope, organization):
        require_right(by, Right.DRAFT, organization)
    require_standing(organization)
    person = Person(**fields)
    if told_apart is not None:
        [doubles] = doubles_of([person], Person.objects.visible_to(by.scope))
        if any(double.person.pk not in told_apart for double in doubles):
            raise Outdated(f"Danh sách vừa có thêm hồ sơ giống đồng chí {person}.")
    _require_sound(person)
    person.save()
    Membership.objects.create(
        person=person, organization=organization, valid_from=member_from, from_precision=member_from_precision
    )
    return person


@act("Sửa thông tin đảng viên")
def amend_person(person: Person, *, by, edition: str, **fields) -> Person:
    """Change particulars of a person (`fields` of Person); return the record as it now stands.

    `edition` is that of the record which the writer began from (`particulars.edition_of`). Raises `NotAllowed` without
    the right to draft where the person is a member, `Outdated` when the record was changed since, `WrongState` when it
    was merged into another, and `Refused` as `register_person` does.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.merged_into_id:  # whose own it is, nobody can say any more
        raise WrongState(f"Hồ sơ này đã được gộp vào hồ sơ của {person.merged_into}.")
    require_right(by, Right.DRAFT, place_of(person))
    if edition_of(person) != edition:
        raise Outdated(f"Thông tin của {person} vừa được người khác sửa. Hãy xem lại trước khi lưu tiếp.")
    for name, value in fields.items():
        if name not in FIELDS:
            raise ValueError(f"no particular of a person: {name}")
        setattr(person, name, value)
    _require_sound(person)
    person.save()
    return person


def _require_sound(person: Person) -> None:
    """Raise `Refused` when the party card is somebody else's, or what is said of the person cannot be true."""
    if person.card_number and Person.objects.filter(card_number=person.card_number).exclude(pk=person.pk).exists():
        raise Refused("Số thẻ đảng viên này đã thuộc về một người khác.")
    if found := contradictions(person):
        raise Refused(" ".join(sentence for _, sentence in found))


@act("Ghi nhận đảng viên")
def register_people(
    *, organization: Organization, people: Sequence[Mapping[str, object]], member_from: date, by
) -> list[Person]:
    """Enter many people at once, as `register_person` enters one. Each mapping holds the fields of a Person."""
    require_right(by, Right.DRAFT, organization)
    require_standing(organization)
    entered = [Person(**fields) for fields in people]
    for person in entered:
        person.compute_keys()
    journal.bulk_create(entered)
    journal.bulk_create(
        [Membership(person=person, organization=organization, valid_from=member_from) for person in entered]
    )
    return entered


@act("Chuyển sinh hoạt đảng")
def transfer_membership(person: Person, *, to: Organization, effective_on: date, by) -> Membership:
    """Move a person's membership to another organisation on `effective_on`.

    Raises `Refused` when the person is a member there already, has no membership that began before that day, or the
    organisation does not stand then or has ended since.
    """
    require_right(by, Right.DRAFT, to)
    current = person.memberships.select_for_update().filter(valid_to__isnull=True).first()
    if current is None or current.valid_from >= effective_on:
        raise Refused(f"{person} chưa có nơi sinh hoạt đảng trước ngày {effective_on:%d/%m/%Y}.")
    if current.organization_id == to.pk:
        raise Refused(f"{person} đang sinh hoạt đảng tại {to.name}.")
    require_lasting(to, effective_on)
    current.valid_to = effective_on
    current.save(update_fields=["valid_to"])
    return Membership.objects.create(person=person, organization=to, valid_from=effective_on)


@act("Ghi nhận kỷ luật")
def discipline(
    person: Person, *, kind: str, valid_from: date, valid_to: date | None, by, document: Document | None = None
) -> Discipline:
    """Enter a disciplinary measure in force over `[valid_from, valid_to)`.

    Raises `Refused` when the same measure of that day is entered already.
    """
    membership = person.memberships.as_of(valid_from).first()
    require_right(by, Right.DRAFT, membership.organization if membership else None)
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)  # a second click waits here
    if person.disciplines.filter(kind=kind, valid_from=valid_from).exists():
        label = Discipline.Kind(kind).label.lower()
        raise Refused(f"Kỷ luật {label} từ ngày {short_day(valid_from)} của {person} đã được ghi nhận.")
    return Discipline.objects.create(
        person=person, kind=kind, valid_from=valid_from, valid_to=valid_to, document=document
    )


@act("Ghi nhận kết luận về tiêu chuẩn chính trị")
def conclude_politically(
    person: Person, *, valid_from: date, valid_to: date | None = None, by, document: Document | None = None
) -> PoliticalConclusion:
    """Enter a conclusion that the person does not meet the political standard, in force over `[valid_from, valid_to)`.

    Raises `Refused` when another one is in force then.
    """
    membership = person.memberships.as_of(valid_from).first()
    require_right(by, Right.PLAN, membership.organization if membership else None)
    conclusion = PoliticalConclusion(person=person, valid_from=valid_from, valid_to=valid_to, document=document)
    for other in person.political_conclusions.select_for_update():
        if (valid_to is None or other.valid_from < valid_to) and (
            other.valid_to is None or valid_from < other.valid_to
        ):
            raise Refused(f"Đã có kết luận khác về {person} trong thời gian này.")
    conclusion.save()
    return conclusion
