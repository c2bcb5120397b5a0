"""What the page frame shows on every page."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.navigation import navigation
from common.periods import today
from organizations.models import Organization


def frame(request: HttpRequest) -> dict[str, object]:
    """Return the office's name, the day looked at and the navigation; nothing domain-bound before sign-in."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {}
    return {
        "office_name": SimpleLazyObject(_office_name),  # a part of a page does not ask for it
        "day": request.day,
        "today": today(),
        "day_is_today": request.day == today(),
        "navigation": navigation(request),
    }


def _office_name() -> str:
    office = Organization.objects.root()
    return office.committee_name if office else ""
