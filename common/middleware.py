"""What every request carries besides Django's own: the day looked at, where it came from; and what none may carry."""

from collections.abc import Callable, Iterator
from datetime import date

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict

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


class ReadableMiddleware:
    """Answer 400 to text with a NUL: nobody types one, and PostgreSQL stores and compares none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_) -> None:
        sent = [request.path, *_texts(request.GET), *_texts(request.POST)]
        if any("\x00" in text for text in sent):
            raise BadRequest("a NUL in what was sent")


def _texts(sent: QueryDict) -> Iterator[str]:
    for name, values in sent.lists():
        yield name
        yield from values
