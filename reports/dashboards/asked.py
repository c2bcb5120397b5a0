"""What a dashboard is asked about: an organisation and those it leads, a year for figures, a day for what stands."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Min, Q

from common.dated import in_force
from common.periods import Period
from organizations.models import Organization, OrganizationVersion
from organizations.scope import Scope
from planning.models import PlanningRound
from reports.choices import REPORTING_KINDS, UnknownChoice, newest_plan_term
from reports.dashboards.standing import Standing
from reports.frame import Frame, last_day_known


@dataclass(frozen=True)
class Asked(Standing):
    """`organizations` can be chosen; `chosen` as it stood on the day, None where it did not.

    `frame` is of the year, None where the organisation did not stand at its end. `plan_term` is that of the day.
    `code` and `name` are of the organisation chosen, empty where nothing in the scope ever stood.
    """

    year: int
    code: str
    name: str
    frame: Frame | None


def ask(*, scope: Scope, day: date, year: int, code: str = "") -> Asked:
    """Return what is asked for; no code: the top of the scope. Two queries.

    Raises `UnknownChoice` for a code that never stood in the scope.
    """
    period = Period.of_year(year)
    last = last_day_known(period, day)
    versions = OrganizationVersion.objects.visible_to(scope).filter(in_force(day) | in_force(last))
    versions = versions.filter(Q(kind__in=REPORTING_KINDS) | Q(organization__code=code))
    found = versions.select_related("organization").with_codes().as_tree()
    now = [each for each in found if each.is_in_force(day)]
    then = [each for each in found if each.is_in_force(last)]
    if not code:
        top = min(now or then, key=lambda each: each.path.count("/"), default=None)
        code = top.code if top else ""
    elif not any(each.code == code for each in found) and not _ever_stood(code, scope):
        raise UnknownChoice(f"Không có tổ chức đảng mã “{code}”.")
    chosen, chosen_then = ([each for each in there if each.code == code] for there in (now, then))
    opened = _plan_terms_opened(scope)
    frame = None
    if chosen_then:
        top = chosen_then[0]
        frame = Frame(
            organization=top,
            period=period,
            as_at=day,
            plan_term=newest_plan_term(opened, last),
            scope=scope,
            grassroots=sum(each.is_grassroots and each.path.startswith(top.path) for each in then),
        )
    return Asked(
        scope=scope,
        day=day,
        year=year,
        code=code,
        name=next((each.name for each in (*chosen, *chosen_then)), ""),
        organizations=now,
        chosen=chosen[0] if chosen else None,
        frame=frame,
        plan_term=newest_plan_term(opened, day),
    )


def _ever_stood(code: str, scope: Scope) -> bool:
    return Organization.objects.visible_to(scope).filter(code=code).exists()


def _plan_terms_opened(scope: Scope) -> dict[str, date]:
    rounds = PlanningRound.objects.visible_to(scope).order_by()
    return dict(rounds.values_list("plan_term").annotate(Min("opened_on")))
