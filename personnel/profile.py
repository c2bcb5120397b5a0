"""Everything that the page and the sheet of a person show, as the register knew it on a day."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.apps import apps
from django.db.models import Exists, OuterRef

from organizations.models import Document, Term
from organizations.querysets import name_on
from organizations.scope import Right, Scope
from personnel.alerts import Alert, Facts, alerts
from personnel.career import Career, career
from personnel.models import ChangeItem, Discipline, Holding, Membership, Person, PoliticalConclusion
from personnel.papers.frame import NOT_APPLICABLE, UNKNOWN
from personnel.papers.people import line_of
from personnel.particulars import SECTIONS
from regulations.retirement import RetirementTable
from regulations.rulebook import Rulebook


@dataclass(frozen=True)
class PaperShown:
    """A document that concerns the person, why it does, and whether its own page opens to the reader."""

    document: Document
    why: str


@dataclass(frozen=True)
class Profile:
    """A person as of `day`, as far as `scope` may see. `shows_plans`: plan entries are among it."""

    person: Person
    day: date
    scope: Scope
    memberships: Sequence[Membership]
    holdings: Sequence[Holding]
    items: Sequence[ChangeItem]
    disciplines: Sequence[Discipline]
    conclusions: Sequence[PoliticalConclusion]
    planned: Sequence  # plan entries, only where the scope holds the right to see the names in plans
    shows_plans: bool

    @property
    def sections(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """The particulars under their headings, in words; "chưa có số liệu" for what nobody knows."""
        return [
            (section.title, [(each.label, each.say(self.person) or UNKNOWN) for each in section.particulars])
            for section in SECTIONS
        ]

    @property
    def career(self) -> Career:
        return career(self.holdings, self.planned, self.day)

    @property
    def seats(self) -> list[Holding]:
        """The seats in force on the day, the highest position first."""
        held = [each for each in self.holdings if each.is_in_force(self.day)]
        return sorted(held, key=lambda each: (each.position.rank, each.pk))

    @property
    def membership(self) -> Membership | None:
        return next((each for each in self.memberships if each.is_in_force(self.day)), None)

    @property
    def measures(self) -> list[Discipline]:
        return [each for each in self.disciplines if each.is_in_force(self.day)]

    @property
    def still_planned(self) -> list:
        return [each for each in self.planned if each.valid_to is None or each.valid_to > self.day]

    @property
    def unsure(self) -> list[str]:
        """What of seats and memberships rests on a day known in part that lies in the month or year looked at."""
        seats = [f"chức danh {each.position}" for each in self.holdings if each.is_unsure_on(self.day)]
        places = [f"sinh hoạt tại {each.organization_name}" for each in self.memberships if each.is_unsure_on(self.day)]
        return [*seats, *places]

    def alerts(self) -> list[Alert]:
        """Return what has to be thought of; three queries."""
        planned = self.still_planned
        places = {entry.organization_id for entry in planned}
        if self.membership:
            places.add(self.membership.organization_id)
        return alerts(
            Facts(
                person=self.person,
                day=self.day,
                seats=self.seats,
                terms=list(Term.objects.filter(organization__in=places).order_by("valid_from")),
                member_of=self.membership,
                measures=self.measures,
                ages=RetirementTable.load(),
                book=Rulebook.of(self.day),
                planned=planned,
            )
        )

    def papers(self) -> list[PaperShown]:
        """Return the documents of the day or before that records of the person rest on, the newest first; one query."""
        reasons: dict[int, list[str]] = defaultdict(list)
        for key, why in _cited(self):
            if key and why not in reasons[key]:
                reasons[key].append(why)
        visible = Document.objects.visible_to(self.scope).filter(pk=OuterRef("pk"))
        found = Document.objects.issued_by(self.day).filter(pk__in=reasons).annotate(opens=Exists(visible))
        return [PaperShown(each, "; ".join(reasons[each.pk])) for each in found.order_by("-issued_on", "-pk")]

    @property
    def extract(self) -> list[tuple[str, str]]:
        """The row of the person in an extract list (trích ngang): heading and value."""
        self.person.seats_on_day = self.seats
        told = line_of(self.person)
        measures = "; ".join(each.get_kind_display() for each in self.measures)
        row = [(heading, told[key]) for key, heading in EXTRACT]
        if self.shows_plans:
            planned = "; ".join(f"{each.position} {each.plan_term}" for each in self.still_planned)
            row.append(("Chức danh quy hoạch", planned or NOT_APPLICABLE))
        return [*row, ("Xếp loại 3 năm gần nhất", UNKNOWN), ("Kỷ luật", measures or NOT_APPLICABLE), ("Ghi chú", "")]


EXTRACT = (
    ("ho_ten", "Họ và tên"),
    ("gioi_tinh", "Nam/Nữ"),
    ("ngay_sinh", "Ngày sinh"),
    ("dan_toc", "Dân tộc"),
    ("que_quan", "Quê quán"),
    ("vao_dang", "Ngày vào Đảng"),
    ("chinh_thuc", "Ngày chính thức"),
    ("chuyen_mon", "Chuyên môn"),
    ("ly_luan", "Lý luận chính trị"),
    ("chuc_vu", "Chức vụ hiện nay"),
)


def _cited(profile: Profile) -> Iterable[tuple[int | None, str]]:
    """Return the keys of the documents that the records name, each with what it did."""
    for item in profile.items:
        yield item.dossier.submission_id, f"trình hồ sơ {item.dossier.code}"
        yield item.dossier.decision_id, f"quyết định hồ sơ {item.dossier.code}"
    for holding in profile.holdings:
        yield holding.began_by.dossier.decision_id, f"quyết định hồ sơ {holding.began_by.dossier.code}"
        if holding.ended_by and holding.valid_to <= profile.day:
            yield holding.ended_by.decision_id, f"quyết định hồ sơ {holding.ended_by.code}"
    for measure in profile.disciplines:
        yield measure.document_id, f"kỷ luật {measure.get_kind_display().lower()}"
    for conclusion in profile.conclusions:
        yield conclusion.document_id, "kết luận về tiêu chuẩn chính trị"
    for entry in profile.planned:
        if entry.approval:
            yield entry.approval.submission_id, f"trình quy hoạch {entry.plan_term}"
            yield entry.approval.decision_id, f"phê duyệt quy hoạch {entry.plan_term}"
        yield entry.removed_by_id, f"đưa ra khỏi quy hoạch {entry.plan_term}"


def profile_of(person: Person, scope: Scope, day: date, *, with_plans: bool = True) -> Profile:
    """Return what the scope may see of the person on `day`; six queries, however much there is.

    Whoever shows it with plans or conclusions tells the journal: both are confidential.
    """
    sees = with_plans and scope.may(Right.VIEW_PLANS)
    holdings = person.holdings.visible_to(scope).begun_by(day).with_organization_name(day).with_papers()
    holdings = holdings.with_open_dossiers(scope)
    items = person.change_items.visible_to(scope).of_dossiers_opened_by(day).with_organization_name(day)
    conclusions = person.political_conclusions.visible_to(scope).begun_by(day).select_related("document")
    memberships = list(person.memberships.visible_to(scope).begun_by(day).with_organization_name(day))
    planned = list(_planned(person, scope, day)) if sees else []
    place = memberships[0].organization.path if memberships else None
    return Profile(
        person=person,
        day=day,
        scope=scope,
        memberships=memberships,
        holdings=list(holdings),
        items=list(items.with_papers().newest_first()),
        disciplines=list(person.disciplines.visible_to(scope).begun_by(day).select_related("document")),
        conclusions=list(conclusions) if sees else [],
        planned=planned,
        shows_plans=sees and (bool(planned) or (place is not None and scope.covers(place, Right.VIEW_PLANS))),
    )


def _planned(person: Person, scope: Scope, day: date):
    """Return the entries that the scope may see. Plans stand on a floor above this one, so they are found by name."""
    entries = apps.get_model("planning", "PlanEntry").objects.visible_to(scope).introduced_by(day).filter(person=person)
    entries = entries.with_names().annotate(organization_name=name_on(day))
    return entries.order_by("-introduced_on", "-pk")
