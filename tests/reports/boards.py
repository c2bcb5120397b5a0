"""How the tests of the dashboard make one, and read it."""

import re
from datetime import date
from decimal import Decimal
from html import unescape

from django.urls import reverse

from organizations.models import Organization
from organizations.scope import Scope
from personnel.models import Holding
from regulations.actions import amend
from regulations.models import Rule
from reports.dashboards.asked import ask
from reports.dashboards.board import Board, make_board
from tests import factories

URL, MEMBERS = reverse("reports:dashboard"), reverse("reports:committee_members")
DAY = date(2023, 3, 10)
PLANNED_NAME = "Nông Thị Hoạch"


def board(code: str = "", day: date = DAY, year: int = 2022, scope: Scope | None = None) -> Board:
    return make_board(ask(scope=scope or Scope.everything(), day=day, year=year, code=code))


def appoint(place: Organization, day: date, code: str = "committee_member", **fields):
    return factories.seated(factories.person(place, **fields), place, code, on=day)


def leave(holding: Holding, day: date):
    organization = holding.body.term.organization
    factories.confirmed(organization, factories.release(holding.person, holding.position_id, proposed_on=day), on=day)


def set_target(code: str, share: str, **fields) -> Rule:
    """Set a target of the office for a share; nobody has verified it, unless `fields` say so."""
    since = {"valid_from": date(2020, 1, 1), "statement": "Chỉ tiêu của cơ quan.", "severity": "info", "grade": "M"}
    target = Rule(code=code, value=Decimal(share), unit="%", **(since | fields))
    amend(target, by=factories.office())
    return target


def links_of(page: str) -> set[str]:
    return {unescape(url) for url in re.findall(r'href="([^"]+)"', page)}
