"""Filters of pages that go through the tree of organisations: the counts of a quarter, the calendar."""

from django.db import models
from django.http import HttpRequest

from common.filters import ListFilter, choice
from common.periods import today
from organizations.filters import OrganizationsOfDay
from organizations.models import GRASSROOTS_KINDS, OrganizationKind, OrganizationVersion
from organizations.quarters import Quarter, recent_quarters

QUARTERS_OFFERED = 20
GRASSROOTS, LEADING, BENEATH, EVERYTHING = "grassroots", "leading", "beneath", "all"
LEVELS = [
    (GRASSROOTS, "Tổ chức cơ sở đảng"),
    (LEADING, "Cấp cơ sở trở lên"),
    (BENEATH, "Đảng bộ bộ phận, chi bộ trực thuộc"),
    (EVERYTHING, "Mọi cấp"),
]
KINDS_OF_LEVEL = {
    GRASSROOTS: GRASSROOTS_KINDS,
    LEADING: (OrganizationKind.BLOC, *GRASSROOTS_KINDS),
    BENEATH: (OrganizationKind.SECTION_COMMITTEE, OrganizationKind.SUBORDINATE_CELL),
}


class TreeFilter(ListFilter):
    """Organisations as they stood on a day, by where they stand and at which level."""

    organization = choice("Tổ chức (cả cấp dưới)", searchable=True, method="in_organization")
    level = choice("Cấp", LEVELS, method="at_level", empty_label=None)

    class Meta:
        model = OrganizationVersion
        fields = ()

    def __init__(self, request: HttpRequest, day) -> None:
        super().__init__(request, OrganizationVersion.objects.as_of(day).visible_to(request.scope))
        self.organizations = OrganizationsOfDay(request.scope, day)
        self.offer("organization", self.organizations.choices)

    def in_organization(self, queryset: models.QuerySet, name: str, value: str) -> models.QuerySet:
        return queryset.beneath([self.organizations.path_of(value)])

    def at_level(self, queryset: models.QuerySet, name: str, value: str) -> models.QuerySet:
        return queryset if value == EVERYTHING else queryset.filter(kind__in=KINDS_OF_LEVEL[value])


class QuarterFilter(TreeFilter):
    """The organisations that stood at the end of a quarter; the quarter is the last one ended until another is asked
    for."""

    quarter = choice("Quý", method="of_quarter", empty_label=None)
    field_order = ("quarter", "organization", "level")

    def __init__(self, request: HttpRequest) -> None:
        offered = recent_quarters(min(request.day, today()), QUARTERS_OFFERED)
        self.latest = offered[0]
        asked = Quarter.read(request.GET.get("quarter", ""))
        self.quarter = asked if asked in offered else self.latest
        super().__init__(request, self.quarter.last)
        self.offer("quarter", [(each.key, str(each)) for each in offered])
        self.filters.move_to_end("quarter", last=False)

    def defaults(self) -> dict[str, str]:
        return {"quarter": self.latest.key, "level": GRASSROOTS}

    def of_quarter(self, queryset: models.QuerySet, name: str, value: str) -> models.QuerySet:
        return queryset


MONTHS = [("12", "12 tháng tới"), ("24", "24 tháng tới"), ("60", "60 tháng tới")]
CONGRESSES, SEATS = "congresses", "seats"


class CalendarFilter(TreeFilter):
    """The organisations of the calendar, how far it looks ahead, and at what."""

    months = choice("Xem trước", MONTHS, method="left_alone", empty_label=None)
    what = choice(
        "Việc", [(CONGRESSES, "Đại hội đến hạn"), (SEATS, "Vị trí sẽ khuyết do nghỉ hưu")], method="left_alone"
    )

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request, request.day)
        self.filters.move_to_end("months", last=False)

    def defaults(self) -> dict[str, str]:
        return {"months": MONTHS[0][0], "level": EVERYTHING}

    def left_alone(self, queryset: models.QuerySet, name: str, value: str) -> models.QuerySet:
        """What is looked at does not choose the organisations."""
        return queryset

    @property
    def count_of_months(self) -> int:
        return int(self.form.cleaned_data["months"]) if self.is_valid() else 12

    @property
    def asked_for(self) -> str:
        """Which of the two is asked for; empty: both."""
        return self.form.cleaned_data["what"] if self.is_valid() else ""
