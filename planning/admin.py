"""Administration screens of planning. Planned people are not here: an administrator sees no plan names."""

from django.contrib import admin

from common.admin import ReadOnlyAdmin
from planning.models import PlanApproval, PlanningRound, PlanTarget


@admin.register(PlanningRound)
class PlanningRoundAdmin(ReadOnlyAdmin):
    list_display = ("plan_term", "kind", "authority", "opened_on", "closed_on")
    list_filter = ("plan_term", "kind")
    list_select_related = ("authority",)


@admin.register(PlanTarget)
class PlanTargetAdmin(ReadOnlyAdmin):
    list_display = ("organization", "group", "round", "seats", "coefficient")
    list_filter = ("group", "round__plan_term")
    list_select_related = ("organization", "round")
    search_fields = ("organization__search_key",)


@admin.register(PlanApproval)
class PlanApprovalAdmin(ReadOnlyAdmin):
    """Without the words typed about a plan, which may name people."""

    exclude = ("explanation", "return_reason")
    list_display = ("organization", "group", "round", "submitted_on", "approved_on", "decision")
    list_filter = ("group", "round__plan_term")
    list_select_related = ("organization", "round", "decision")
    search_fields = ("organization__search_key",)
