"""The scope of the one who asks, on every request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from organizations.scope import Scope


class ScopeMiddleware:
    """Set `request.scope`; empty for a visitor who is not signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.scope = SimpleLazyObject(lambda: request.user.scope if request.user.is_authenticated else Scope())
        return self.get_response(request)
