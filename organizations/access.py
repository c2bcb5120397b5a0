"""Who may open a page: each view declares its rule, and a test walks every URL with every role by that rule."""

import functools
from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from organizations.scope import Right

View = Callable[..., HttpResponse]
ANYONE = "anyone"  # before sign-in too
SIGNED_IN = "signed_in"  # any user, whatever the roles


def needs(*rights: Right) -> Callable[[View], View]:
    """Open the page to users who hold the right, or one of them, somewhere.

    What lies outside their part of the tree answers 404.
    """

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def wrapper(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not any(map(request.scope.may, rights)):
                raise PermissionDenied("Vai trò của bạn không bao gồm trang này.")
            return view(request, *args, **kwargs)

        wrapper.access = rights
        return wrapper

    return decorate


def signed_in(view: View) -> View:
    """Open the page to everybody who is signed in."""
    view.access = SIGNED_IN
    return view


def anyone(view: View) -> View:
    """Open the page before sign-in."""
    view = login_not_required(view)
    view.access = ANYONE
    return view
