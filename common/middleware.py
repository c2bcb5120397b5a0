"""What every request carries besides Django's own: the day that is looked at, and where it came from."""

from collections.abc import Callable
from datetime import date

from django.http import HttpRequest, HttpResponse

from common.journal import coming_from
from common.periods import today

CHOSEN_DAY = "chosen_day"


class ChosenDayMiddleware:
    """Set `request.day`: the day chosen in the day switch of the page frame, or today."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.session.get(CHOSEN_DAY)
        request.day = date.fromisoformat(chosen) if chosen else today()
        return self.get_response(request)


class JournalOriginMiddleware:
    """Journal the acts of a request with the address that it came from."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with coming_from(request.META.get("REMOTE_ADDR")):
            return self.get_response(request)
