"""The filter of submitted plans. The list names nobody."""

from django.db import models
from django.http import HttpRequest

from common.filters import ListFilter, choice
from common.formats import short_day
from organizations.filters import OrganizationsOfDay
from organizations.querysets import belongs_beneath
from organizations.scope import Right
from planning.models import PlanApproval, PlanningRound, PositionGroup

# As PlanApprovalQuerySet.with_state_on annotates them.
APPROVAL_STATES = {
    "waiting": "Đã trình",
    "overdue": "Đã trình",
    "approved": "Đã phê duyệt",
    "returned": "Trả lại",
}
WAITING, OVERDUE, EVERY = "waiting", "overdue", "every"
CHOICES = [
    (WAITING, "Đã trình"),
    (OVERDUE, "Quá hạn phê duyệt"),
    ("approved", "Đã phê duyệt"),
    ("returned", "Trả lại"),
    (EVERY, "Tất cả"),
]


def listed(request: HttpRequest) -> models.QuerySet:
    """Return the plans that the user sees, submitted by the day looked at, each with its state on that day."""
    plans = PlanApproval.objects.visible_to(request.scope, Right.VIEW_PLANS)
    return plans.filter(submitted_on__lte=request.day).with_state_on(request.day)


class ApprovalFilter(ListFilter):
    """Those that wait are shown first."""

    state = choice("Trạng thái", CHOICES, empty_label=None, method="in_state")
    plan_term = choice("Nhiệm kỳ quy hoạch", field_name="round__plan_term")
    round = choice("Đợt", field_name="round")
    group = choice("Nhóm chức danh", PositionGroup.choices)
    organization = choice("Tổ chức (cả cấp dưới)", searchable=True, method="in_organization")

    class Meta:
        model = PlanApproval
        fields = ()

    def __init__(self, request: HttpRequest, queryset: models.QuerySet) -> None:
        super().__init__(request, queryset)
        rounds = PlanningRound.objects.visible_to(request.scope).opened_by(request.day)
        terms = sorted({each.plan_term for each in rounds}, reverse=True)
        self.offer("plan_term", [(term, term) for term in terms])
        self.offer("round", [(str(each.pk), f"{each} (mở {short_day(each.opened_on)})") for each in rounds])
        self.organizations = OrganizationsOfDay(request.scope, request.day)
        self.offer("organization", self.organizations.choices)

    def defaults(self) -> dict[str, str]:
        return {"state": WAITING}

    @property
    def order(self) -> tuple[str, ...]:
        """What waits by the day on which it is due, anything else the newest first."""
        waits = self.form.cleaned_data.get("state") in (WAITING, OVERDUE)
        return ("due_on", "submitted_on", "pk") if waits else ("-submitted_on", "organization__sort_key", "pk")

    def in_state(self, queryset: models.QuerySet, name: str, value: str) -> models.QuerySet:
        if value == EVERY:
            return queryset
        return queryset.filter(state_on_day__in=[WAITING, OVERDUE] if value == WAITING else [value])

    def in_organization(self, queryset: models.QuerySet, name: str, value: str) -> models.QuerySet:
        paths = [self.organizations.path_of(value)]
        return queryset.filter(belongs_beneath(paths, organization="organization", day="submitted_on"))
