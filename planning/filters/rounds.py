"""The filters of planning rounds, and of the organisations in one."""

from django.db import models
from django.http import HttpRequest

from common.filters import ListFilter, choice, words
from organizations.models import GRASSROOTS_KINDS, OrganizationKind, OrganizationVersion
from planning.filters.coverage import EVERY_KIND, KINDS, LEADING
from planning.models import PlanningRound
from planning.progress import State

# As PlanningRoundQuerySet.with_state_on annotates them.
ROUND_STATES = {"open": "Đang mở", "submitted": "Đã trình", "approved": "Đã phê duyệt", "closed": "Đã kết thúc"}


class RoundFilter(ListFilter):
    """Filters the list of rounds."""

    plan_term = choice("Nhiệm kỳ quy hoạch")
    kind = choice("Loại", PlanningRound.Kind.choices)
    state_on_day = choice("Trạng thái", ROUND_STATES.items())

    class Meta:
        model = PlanningRound
        fields = ()

    def __init__(self, request: HttpRequest, queryset: models.QuerySet) -> None:
        super().__init__(request, queryset)
        self.offer("plan_term", [(term, term) for term in queryset.plan_terms()])


class OrganizationsFilter(ListFilter):
    """Filters organisations as they stood on a day: by words, and by kind; the grassroots ones and above come first."""

    q = words("Tìm", "Tên hoặc mã tổ chức")
    kind = choice("Loại hình", KINDS, empty_label=None, method="of_kind")

    class Meta:
        model = OrganizationVersion
        fields = ()

    def defaults(self) -> dict[str, str]:
        return {"kind": LEADING}

    def by_words(self, queryset: models.QuerySet, name: str, value: str) -> models.QuerySet:
        return queryset.matching(value)

    def of_kind(self, queryset: models.QuerySet, name: str, value: str) -> models.QuerySet:
        if value == EVERY_KIND:
            return queryset
        return queryset.filter(kind__in=[OrganizationKind.BLOC, *GRASSROOTS_KINDS] if value == LEADING else [value])


class TargetsFilter(OrganizationsFilter):
    """Chooses the organisations and the columns of the grid of targets."""

    SINGLE = "single"

    columns = choice("Chỉ tiêu của", [(SINGLE, "Từng chức danh")], empty_label="Nhóm chức danh", method="unchanged")

    def unchanged(self, queryset: models.QuerySet, name: str, value: str) -> models.QuerySet:
        return queryset

    @property
    def is_single(self) -> bool:
        return self.is_valid() and self.form.cleaned_data["columns"] == self.SINGLE


class ProgressFilter(ListFilter):
    """Asks for some of the organisations of a round's page; planning.progress answers."""

    ALL = "all"

    q = words("Tìm", "Tên hoặc mã tổ chức", method="unchanged")
    state = choice("Tình trạng", State.choices, method="unchanged")
    reach = choice("Tổ chức", [(ALL, "Cả nơi chưa có trong đợt")], empty_label="Có trong đợt này", method="unchanged")

    class Meta:
        model = OrganizationVersion
        fields = ()

    def unchanged(self, queryset: models.QuerySet, name: str, value: str) -> models.QuerySet:
        return queryset

    def chosen(self, name: str) -> str:
        """Return what was chosen; "" where nothing was, or what cannot be."""
        return self.form.cleaned_data.get(name, "") if self.is_valid() else ""
