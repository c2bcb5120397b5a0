"""The first page: what is there, and where to go on."""

from datetime import date

from django.db.models import Count

from organizations.models import OrganizationVersion
from organizations.scope import Right, Scope
from personnel.filters import DOSSIER_STATES
from personnel.models import Dossier

YEARS_SHOWN = 6


def start_page(scope: Scope, day: date) -> dict[str, object]:
    """Return the context of the first page: years, dossiers by state, grassroots organisations of the day."""
    dossiers = Dossier.objects.visible_to(scope).opened_by(day).with_state_on(day).order_by()
    by_state = dict(dossiers.values_list("state_on_day").annotate(Count("pk")))
    return {
        "may_view": scope.may(Right.VIEW),
        "years": range(day.year, day.year - YEARS_SHOWN, -1),
        "states": [(state, label, by_state.get(state, 0)) for state, label in DOSSIER_STATES.items()],
        "grassroots": OrganizationVersion.objects.as_of(day).visible_to(scope).grassroots().count(),
    }
