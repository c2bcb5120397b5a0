"""What a dashboard is asked about: an organisation and those it leads, a year for figures, a day for what stands."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from common.dated import in_force
from common.periods import Period
from organizations.models import OrganizationVersion
from organizations.scope import Scope
from planning.models import PlanningRound
from reports.choices import REPORTING_KINDS, require_known
from reports.dashboards.books import Books, books_of
from reports.dashboards.standing import Standing
from reports.frame import Frame, last_day_known


@dataclass(frozen=True)
class Asked(Standing):
    """`organizations` can be chosen; `chosen` as it stood on the day, None where it did not.

    `frame` is of the year, None where the organisation did not stand at its end. `plan_term` is that of the day.
    `books` are those of the year, None while they are open.
    `code` and `name` are of the organisation chosen, empty where nothing in the scope ever stood.
    """

    year: int
    code: str
    name: str
    frame: Frame | None
    books: Books | None


def ask(*, scope: Scope, day: date, year: int, code: str = "") -> Asked:
    """Return what is asked for; no code: the top of the scope. One query, one more for a code that it does not find.

    Raises `UnknownChoice` for a code that never stood in the scope.
    """
    period = Period.of_year(year)
    last = last_day_known(period, day)
    versions = OrganizationVersion.objects.visible_to(scope).filter(in_force(day) | in_force(last))
    versions = versions.filter(Q(kind__in=REPORTING_KINDS) | Q(organization__code=code))
    rounds = PlanningRound.objects.visible_to(scope)
    found = (
        versions.select_related("organization")
        .with_codes()
        .annotate(
            closed_books=books_of("organization", period),
            plan_term_then=rounds.newest_plan_term(last),
            plan_term_now=rounds.newest_plan_term(day),
        )
        .as_tree()
    )
    now = [each for each in found if each.is_in_force(day)]
    then = [each for each in found if each.is_in_force(last)]
    if not code:
        top = min(now or then, key=lambda each: each.path.count("/"), default=None)
        code = top.code if top else ""
    elif not any(each.code == code for each in found):
        require_known(code, scope)
    chosen, chosen_then = ([each for each in there if each.code == code] for there in (now, then))
    return Asked(
        scope=scope,
        day=day,
        year=year,
        code=code,
        name=next((each.name for each in (*chosen, *chosen_then)), ""),
        organizations=now,
        chosen=chosen[0] if chosen else None,
        frame=_frame(chosen_then[0], then, period, day, scope) if chosen_then else None,
        plan_term=found[0].plan_term_now if found else "",
        books=Books.told(scope, *chosen, *chosen_then),
    )


def _frame(top: OrganizationVersion, then: list[OrganizationVersion], period: Period, day: date, scope: Scope) -> Frame:
    """Return the frame of the year for an organisation that stood at its end, among those that did."""
    return Frame(
        organization=top,
        period=period,
        as_at=day,
        plan_term=top.plan_term_then,
        scope=scope,
        grassroots=sum(each.is_grassroots and each.path.startswith(top.path) for each in then),
    )
