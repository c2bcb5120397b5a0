"""Where the people of a workbook are members: begun, ended, and never in two places at once, or in none."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from common.dated import Precision, as_far_as_known
from common.formats import short_day
from common.sheets import PartialDay
from common.vietnamese import search_key
from intake.kinds.base import Listed
from intake.kinds.fields import KNOWN, require_same, shown
from intake.kinds.people_columns import MEMBERSHIPS, membership_cells
from intake.places import Places
from organizations.models import Organization, OrganizationVersion
from organizations.scope import Right, Scope
from personnel.models import Membership, Person

BEGINS, ENDS = "begins", "ends"


class Homes:
    """The memberships of the people whom a workbook is about: those of the register, and those that its rows bring."""

    def __init__(self, people: Iterable[Person], places: Places, scope: Scope) -> None:
        self.places, self.scope = places, scope
        self.held: dict[int, list[Membership]] = defaultdict(list)
        for membership in Membership.objects.filter(person__in=people).select_related("person", "organization"):
            self.held[membership.person_id].append(membership)
        self.rows: dict[int, Listed] = {}
        versions = OrganizationVersion.objects.filter(organization__in=list(places.organizations.values()))
        self.stood: dict[int, list[OrganizationVersion]] = defaultdict(list)
        for version in versions.order_by("valid_from"):
            self.stood[version.organization_id].append(version)

    def of(self, person: Person) -> list[Membership]:
        return self.held[person.pk or id(person)]

    def current(self, person: Person) -> Membership | None:
        return next((home for home in self.of(person) if home.valid_to is None), None)

    def may_keep(self, person: Person) -> bool:
        """Whether the user keeps the register of some place where the person is or was a member."""
        return any(self.scope.covers(home.organization.path, Right.KEEP_REGISTER) for home in self.of(person))

    def begin(self, each: Listed, person: Person) -> Membership | None:
        """Return the membership that the row of somebody new begins, where it names a place; or say what is wrong."""
        code, begins = str(each.values.get("organization") or ""), each.values.get(BEGINS)
        if not code:
            return None
        organization = self._place(each, code)
        if organization is None:
            return None
        if begins is None:
            each.fault(BEGINS, "Hãy ghi sinh hoạt ở đó từ bao giờ; chỉ biết năm thì ghi năm.")
            return None
        return self._hold(each, person, organization, begins, None)

    def read(self, each: Listed, person: Person) -> None:
        """Understand a row of the sheet of memberships: one that begins, one that ends, or one known already."""
        organization = self._place(each, str(each.values["organization"]))
        if organization is None:
            return
        begins, ends = each.values[BEGINS], each.values.get(ENDS)
        if ends and last_of(ends) <= begins.day:
            each.fault(ENDS, "Ngày thôi sinh hoạt phải sau ngày bắt đầu.")
            return
        known = [home for home in self.of(person) if home.organization.pk == organization.pk]
        same = next((home for home in known if home.valid_from == begins.day), None)
        if same is None:
            each.is_new, each.meant = True, self._hold(each, person, organization, begins, ends)
        elif same.pk is None:
            self._read_again(each, same, ends)
        else:
            self._read_known(each, same, begins, ends)

    def _read_again(self, each: Listed, same: Membership, ends: PartialDay | None) -> None:
        if ends and same.valid_to != last_of(ends):
            line = self.rows[id(same)]
            each.fault(
                ENDS,
                f"Trang {line.sheet}, dòng {line.line} ghi khác về lần sinh hoạt này. Hãy sửa cho khớp.",
            )

    def _read_known(self, each: Listed, same: Membership, begins: PartialDay, ends: PartialDay | None) -> None:
        before = membership_cells(same)
        if ends and same.valid_to is None:
            same.valid_to, same.to_precision = last_of(ends), ends.precision
            each.meant = same
            self.rows[id(same)] = each
            each.differences.append((MEMBERSHIPS.column(ENDS).heading, "", shown(membership_cells(same)[ENDS])))
        said = {"organization": before["organization"], BEGINS: shown_day(begins)}
        if ends and each.meant is None:
            said[ENDS] = shown_day(ends)
        require_same(each, MEMBERSHIPS, before, said)

    def check(self, people: Iterable[Listed]) -> None:
        """Say where somebody would be a member in two places at once or in none, or elsewhere than the row says."""
        for held in self.held.values():
            in_order = sorted(held, key=lambda home: home.valid_from)
            for before, after in pairwise(in_order):
                row = self.rows.get(id(after)) or self.rows.get(id(before))
                if row is not None and (before.valid_to is None or before.valid_to > after.valid_from):
                    there = self._called(before.organization)
                    row.fault(BEGINS, f"Lúc này còn sinh hoạt ở {there}. Hãy ghi ngày thôi ở nơi trước.")
            for home in held:
                if id(home) in self.rows:
                    self._check_stood(self.rows[id(home)], home)
        for each in people:
            if each.faults or each.meant is None:
                continue
            if not each.is_new:
                self._check_present(each, self.current(each.meant.person))
            elif not self.of(each.meant.person):
                each.fault(
                    "organization", "Người mới phải có nơi sinh hoạt đảng: ghi ở đây hoặc ở trang Nơi sinh hoạt."
                )

    def _check_stood(self, each: Listed, home: Membership) -> None:
        """Say where a membership that a row brings or ends begins before its organisation does, or outlasts it."""
        versions, name = self.stood[home.organization.pk], self._called(home.organization)
        if not versions:
            return
        first, end = versions[0].valid_from, versions[-1].valid_to
        if last_of(PartialDay(home.valid_from, home.from_precision)) < first:
            each.fault(BEGINS, f"{name} thành lập ngày {short_day(first)}; không thể sinh hoạt ở đó từ trước.")
        if end and (home.valid_to is None or first_of(home.valid_to, home.to_precision) > end):
            key = ENDS if each.sheet == MEMBERSHIPS.name else "organization"
            each.fault(key, f"{name} đã kết thúc hoạt động từ ngày {short_day(end)}. Hãy ghi ngày thôi và nơi mới.")

    def is_at_home(self, each: Listed, current: Membership | None) -> bool:
        """Whether the row of a person tells the present place, and since when, as it is; an empty cell says nothing."""
        return self._is_there(each, current) and self._is_since(each, current)

    def _is_there(self, each: Listed, current: Membership | None) -> bool:
        said = str(each.values.get("organization") or "")
        return not said or (current is not None and search_key(said) == search_key(current.organization.code))

    def _is_since(self, each: Listed, current: Membership | None) -> bool:
        since = each.values.get(BEGINS)
        known = current and (current.valid_from, current.from_precision)
        return not (since and current) or (since.day, since.precision) == known

    def _check_present(self, each: Listed, current: Membership | None) -> None:
        """Say where the row of somebody known tells another present place, or another day since when, than is so."""
        if not self._is_there(each, current):
            there = self._called(current.organization) if current else "chưa có nơi sinh hoạt hiện nay"
            each.fault("organization", f"Trong sổ: {there}. Hãy ghi việc chuyển ở trang Nơi sinh hoạt của tệp.")
        elif not self._is_since(each, current):
            each.fault(BEGINS, KNOWN.format(old=shown(membership_cells(current)[BEGINS])))

    def _called(self, organization: Organization) -> str:
        """Return the name of an organisation to whoever may know it."""
        seen = any(self.scope.covers(organization.path, right) for right in (Right.VIEW, Right.KEEP_REGISTER))
        return organization.name if seen else "một tổ chức ngoài phạm vi của bạn"

    def _place(self, each: Listed, code: str) -> Organization | None:
        reason = self.places.fault_of(code, self.scope, Right.KEEP_REGISTER)
        if reason:
            each.fault("organization", reason)
            return None
        return self.places.organization(code)

    def _hold(
        self, each: Listed, person: Person, organization: Organization, begins: PartialDay, ends: PartialDay | None
    ) -> Membership:
        membership = Membership(
            person=person,
            organization=organization,
            valid_from=begins.day,
            from_precision=begins.precision,
            valid_to=ends and last_of(ends),
            to_precision=ends.precision if ends else Precision.DAY,
        )
        self.of(person).append(membership)
        self.rows[id(membership)] = each
        return membership


def last_of(day: PartialDay) -> date:
    """Return an end as it is stored: the last of the days that it may be."""
    known = day.day
    if day.precision == Precision.YEAR:
        return date(known.year, 12, 31)
    if day.precision == Precision.MONTH:
        return known.replace(day=monthrange(known.year, known.month)[1])
    return known


def first_of(day: date, precision: str) -> date:
    """Return the first of the days that a day as it is stored may be."""
    if precision == Precision.YEAR:
        return day.replace(month=1, day=1)
    return day.replace(day=1) if precision == Precision.MONTH else day


def shown_day(day: PartialDay) -> str | date:
    """Return a day as a cell has it."""
    return day.day if day.precision == Precision.DAY else as_far_as_known(day.day, day.precision)
