"""The filters of the coverage board, and of who is planned in many places."""

from django.db import models
from django.http import HttpRequest

from common.filters import ListFilter, choice
from organizations.filters import OrganizationsOfDay
from organizations.models import GRASSROOTS_KINDS, OrganizationKind, OrganizationVersion
from organizations.scope import Right
from planning.coverage.reckoning import Post, Situation
from planning.models import PlanEntry, PlanningRound

LEADING, EVERY_KIND = "leading", "every"  # the bloc and the grassroots organisations; those beneath them as well
KINDS = [
    (LEADING, "Cấp cơ sở trở lên"),
    *OrganizationKind.choices,
    (EVERY_KIND, "Mọi loại hình"),
]


class PlanTermFilter(ListFilter):
    """Chooses the plan term: of those that have rounds, first the newest for which somebody is planned."""

    plan_term = choice("Nhiệm kỳ quy hoạch", empty_label=None)

    class Meta:
        model = PlanEntry
        fields = ()

    def __init__(self, request: HttpRequest, queryset: models.QuerySet) -> None:
        scope, day = request.scope, request.day
        self.plan_terms = PlanningRound.objects.visible_to(scope).opened_by(day).plan_terms()
        planned = PlanEntry.objects.visible_to(scope, Right.VIEW).introduced_by(day)
        self.shown_first = planned.newest_plan_term() or next(iter(self.plan_terms), "")
        super().__init__(request, queryset)
        self.offer("plan_term", [(term, term) for term in self.plan_terms])

    def defaults(self) -> dict[str, str]:
        return {"plan_term": self.shown_first}

    def chosen(self, name: str) -> str:
        """Return what was chosen; "" where nothing was, or what cannot be."""
        return self.form.cleaned_data.get(name, "") if self.is_valid() else ""


class CoverageFilter(PlanTermFilter):
    """Chooses the organisations too: `rows`, as they stood on the day looked at.

    The plan term, the post and the situation are asked of the board (planning.coverage.reckoning.matching).
    """

    plan_term = choice("Nhiệm kỳ quy hoạch", empty_label=None, method="unchanged")
    organization = choice("Tổ chức (cả cấp dưới)", searchable=True, method="in_organization")
    kind = choice("Loại hình", KINDS, empty_label=None, method="of_kind")
    post = choice("Chức danh", Post.choices, method="unchanged")
    situation = choice("Tình trạng", Situation.choices, method="unchanged")

    class Meta:
        model = OrganizationVersion
        fields = ()

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request, OrganizationVersion.objects.as_of(request.day).visible_to(request.scope))
        self.organizations = OrganizationsOfDay(request.scope, request.day)
        self.offer("organization", self.organizations.choices)

    def defaults(self) -> dict[str, str]:
        return {**super().defaults(), "kind": LEADING}

    def unchanged(self, queryset: models.QuerySet, name: str, value: str) -> models.QuerySet:
        return queryset

    def in_organization(self, queryset: models.QuerySet, name: str, value: str) -> models.QuerySet:
        return queryset.beneath([self.organizations.path_of(value)])

    def of_kind(self, queryset: models.QuerySet, name: str, value: str) -> models.QuerySet:
        if value == EVERY_KIND:
            return queryset
        return queryset.filter(kind__in=[OrganizationKind.BLOC, *GRASSROOTS_KINDS] if value == LEADING else [value])
