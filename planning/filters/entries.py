"""The filter of planned people."""

from collections.abc import Sequence

from django.db import models
from django.http import HttpRequest

from common.filters import ListFilter, choice, words
from organizations.filters import OrganizationsOfDay
from organizations.models import Position
from planning.models import GROUP_OF_POSITION, PlanEntry, PositionGroup

# As PlanEntryQuerySet.with_state_on annotates them.
ENTRY_STATES = {"in_plan": "Trong quy hoạch", "awaiting": "Chưa phê duyệt", "removed": "Đã đưa ra"}
OWN = "own"


class EntryFilter(ListFilter):
    q = words("Tìm", "Họ tên hoặc tổ chức")
    plan_term = choice("Nhiệm kỳ quy hoạch", empty_label=None)
    organization = choice("Tổ chức (cả cấp dưới)", searchable=True, method="in_organization")
    reach = choice("Phạm vi", [(OWN, "Chỉ tổ chức đã chọn")], empty_label="Cả cấp dưới", method="by_reach")
    group = choice("Nhóm chức danh", PositionGroup.choices, method="in_group")
    position = choice("Chức danh", method="in_position")
    state_on_day = choice("Trạng thái", ENTRY_STATES.items())

    class Meta:
        model = PlanEntry
        fields = ()

    def __init__(self, request: HttpRequest, queryset: models.QuerySet, plan_terms: Sequence[str]) -> None:
        """`plan_terms`: those to choose from, newest first; the newest with people in it is shown unless asked."""
        self.shown_first = queryset.newest_plan_term() or next(iter(plan_terms), "")
        super().__init__(request, queryset)
        self.organizations = OrganizationsOfDay(request.scope, request.day)
        self.offer("plan_term", [(term, term) for term in plan_terms])
        self.offer("organization", self.organizations.choices)
        planned_for = Position.objects.filter(pk__in=GROUP_OF_POSITION)
        self.offer("position", [(position.pk, position.name) for position in planned_for])

    def defaults(self) -> dict[str, str]:
        return {"plan_term": self.shown_first} if self.shown_first else {}

    def by_words(self, queryset: models.QuerySet, name: str, value: str) -> models.QuerySet:
        return queryset.matching(value)

    def in_organization(self, queryset: models.QuerySet, name: str, value: str) -> models.QuerySet:
        return queryset.beneath([self.organizations.path_of(value)])

    def by_reach(self, queryset: models.QuerySet, name: str, value: str) -> models.QuerySet:
        """Leave out what lies beneath the organisation chosen."""
        code = self.form.cleaned_data["organization"]
        return queryset.filter(organization__code=code) if code else queryset

    def in_group(self, queryset: models.QuerySet, name: str, value: str) -> models.QuerySet:
        return queryset.of_positions(PositionGroup(value).positions)

    def in_position(self, queryset: models.QuerySet, name: str, value: str) -> models.QuerySet:
        return queryset.of_positions([value])
