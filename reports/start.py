"""The first page: what is there, what waits, and where to go on."""

from datetime import date

from django.db.models import Count

from common.periods import today
from organizations.models import OrganizationVersion
from organizations.scope import Right
from personnel.filters import DOSSIER_STATES
from personnel.models import Dossier
from planning.queues import count_removals, plans_returned, plans_waiting

YEARS_SHOWN = 6


def start_page(user, day: date) -> dict[str, object]:
    """Return the context of the first page: years, dossiers by state, grassroots organisations of the day.

    And what of planning waits for the user today, whatever the day looked at: work is done today.
    """
    scope = user.scope
    dossiers = Dossier.objects.visible_to(scope).opened_by(day).with_state_on(day).order_by()
    by_state = dict(dossiers.values_list("state_on_day").annotate(Count("pk")))
    return {
        "may_view": scope.may(Right.VIEW),
        "years": range(day.year, day.year - YEARS_SHOWN, -1),
        "states": [(state, label, by_state.get(state, 0)) for state, label in DOSSIER_STATES.items()],
        "grassroots": OrganizationVersion.objects.as_of(day).visible_to(scope).grassroots().count(),
        "plans_waiting": plans_waiting(user, today()),
        "plans_returned": plans_returned(user, today()),
        "plan_removals": count_removals(user, today()),
    }
