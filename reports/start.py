"""The first page: what is there, and where to go on."""

from datetime import date

from django.db.models import Count

from organizations.models import OrganizationVersion
from organizations.scope import Right, Scope
from personnel.models import Dossier

YEARS_SHOWN = 6


def start_page(scope: Scope, day: date) -> dict[str, object]:
    """Return the context of the first page: years, dossiers by state, grassroots organisations of the day."""
    counted = Dossier.objects.visible_to(scope).order_by().values_list("state").annotate(Count("pk"))
    by_state = dict(counted) if scope.may(Right.VIEW) else {}
    return {
        "may_view": scope.may(Right.VIEW),
        "years": range(day.year, day.year - YEARS_SHOWN, -1),
        "states": [(state.value, state.label, by_state.get(state.value, 0)) for state in Dossier.State],
        "grassroots": OrganizationVersion.objects.as_of(day).visible_to(scope).grassroots().count(),
    }
