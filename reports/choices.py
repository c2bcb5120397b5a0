"""Building a frame from what somebody chose: a year or any two days, an organisation by its code, a plan term."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Min, Q

from common.periods import Period
from organizations.models import GRASSROOTS_KINDS, Organization, OrganizationKind, OrganizationVersion
from organizations.scope import Scope
from planning.models import PlanningRound
from reports.frame import Frame, last_day_known

REPORTING_KINDS = (OrganizationKind.BLOC, *GRASSROOTS_KINDS)


class UnknownChoice(Exception):
    """The organisation or plan term asked for is not there, or outside the scope. The message is for the user."""


@dataclass(frozen=True)
class Choices:
    """What can be chosen beside the period, and the frame that was chosen.

    No frame: the organisation did not stand on the day, or nothing in the scope did.
    """

    organizations: list[OrganizationVersion]
    plan_terms: list[str]
    frame: Frame | None


def choose(*, scope: Scope, period: Period, as_at: date, code: str = "", plan_term: str = "") -> Choices:
    """Return the frame chosen. No code: the top of the scope. No plan term: the newest opened by the period's last day.

    Raises `UnknownChoice` for a code that never stood in the scope, or a term without any round.
    """
    day = last_day_known(period, as_at)
    versions = OrganizationVersion.objects.as_of(day).visible_to(scope).select_related("organization")
    organizations = versions.filter(Q(kind__in=REPORTING_KINDS) | Q(organization__code=code)).as_tree()
    rounds = PlanningRound.objects.visible_to(scope).order_by()
    opened = dict(rounds.values_list("plan_term").annotate(Min("opened_on")))
    if plan_term and plan_term not in opened:
        raise UnknownChoice(f"Không có đợt quy hoạch nào của nhiệm kỳ “{plan_term}”.")
    if code:
        chosen = next((each for each in organizations if each.organization.code == code), None)
        if chosen is None and not Organization.objects.visible_to(scope).filter(code=code).exists():
            raise UnknownChoice(f"Không có tổ chức đảng mã “{code}”.")
    else:
        chosen = min(organizations, key=lambda version: version.depth, default=None)
    return Choices(
        organizations=organizations,
        plan_terms=sorted(opened, reverse=True),
        frame=chosen and Frame(chosen, period, as_at, plan_term or _newest(opened, day), scope),
    )


def _newest(opened: dict[str, date], day: date) -> str:
    """Return the last plan term of which a round was open by `day`; else the first one that came, "" if none did."""
    by_then = [term for term, first_opened in opened.items() if first_opened <= day]
    return max(by_then, default=min(opened, default=""))
