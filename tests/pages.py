"""What tests of pages need: somebody signed in, the day looked at, and how many queries a page takes."""

import re
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from accounts.models import User
from accounts.roles import Role
from common.middleware import CHOSEN_DAY
from organizations.models import Organization
from tests import factories

MOST_QUERIES = 15


def signed_in(user: User, day: date | None = None) -> Client:
    """Return a browser in which the user is signed in and looks at `day` (today)."""
    client = Client()
    client.force_login(user)
    if day:
        session = client.session
        session[CHOSEN_DAY] = day.isoformat()
        session.save()
    return client


def as_role(role: str, organization: Organization, day: date | None = None, **fields) -> Client:
    """Return a browser in which somebody with `role` over the organisation is signed in and looks at `day` (today)."""
    return signed_in(factories.user(role, organization, **fields), day)


def as_board(organization: Organization, day: date | None = None) -> Client:
    return as_role(Role.ORGANIZATION_BOARD, organization, day)


def text_of(response) -> str:
    """Return what a reader sees of the page's own part, white space as single spaces."""
    assert response.status_code == 200, response.status_code
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", strip_tags(re.sub(r"<select.*?</select>", "", main, flags=re.S)))


def count_queries(client: Client, url: str) -> int:
    """Return how many queries the page takes: sign-in, scope and frame included, the first time after a start."""
    ContentType.objects.clear_cache()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)
