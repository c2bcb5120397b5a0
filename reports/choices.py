"""Building a frame from what somebody chose: a period and another beside it, an organisation, a plan term, a unit."""

from dataclasses import dataclass
from datetime import date

from django.db.models import FilteredRelation, Min, Q

from common.periods import Period
from organizations.models import GRASSROOTS_KINDS, Closing, Organization, OrganizationKind, OrganizationVersion, Term
from organizations.scope import Scope
from planning.models import PlanningRound
from reports.figures import Counted
from reports.frame import Frame, last_day_known
from reports.models import ProseTemplate
from reports.office import office_of
from reports.prose.standard import standard_prose

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
    terms: tuple[Term, ...] = ()  # of the organisation of the frame, the last first


def choose(
    *,
    scope: Scope,
    period: Period,
    as_at: date,
    code: str = "",
    plan_term: str = "",
    compared: Period | None = None,
    unit: str = "",
) -> Choices:
    """Return the frame chosen. No code: the top of the scope. No plan term: the newest opened by the period's last day.

    No `compared`: the same period a year earlier. No `unit`: each figure as the office's report prints it.

    Raises `UnknownChoice` for a code that never stood in the scope, a term without any round, an unknown unit.
    """
    if unit and unit not in set(Counted):
        raise UnknownChoice(f"Không có đơn vị đếm “{unit}”.")
    day = last_day_known(period, as_at)
    versions = OrganizationVersion.objects.as_of(day).visible_to(scope).select_related("organization")
    organizations = versions.filter(Q(kind__in=REPORTING_KINDS) | Q(organization__code=code)).as_tree()
    rounds = PlanningRound.objects.visible_to(scope).order_by()
    opened = dict(rounds.values_list("plan_term").annotate(Min("opened_on")))
    if plan_term and plan_term not in opened:
        raise UnknownChoice(f"Không có đợt quy hoạch nào của nhiệm kỳ “{plan_term}”.")
    chosen = _chosen(organizations, code, scope)
    if chosen is None:
        return Choices(organizations, sorted(opened, reverse=True), frame=None)
    terms, template = _terms_and_template(chosen)
    office = office_of(chosen, scope)
    frame = Frame(
        organization=chosen,
        period=period,
        as_at=as_at,
        plan_term=plan_term or newest_plan_term(opened, day),
        scope=scope,
        grassroots=sum(each.is_grassroots and each.path.startswith(chosen.path) for each in organizations),
        closing=closing_of(chosen.organization_id, period),
        compared=compared,
        catalogue=office.catalogue.counted_in(Counted(unit)) if unit else office.printed,
        printed=office.printed,
        prose=template.as_prose() if template else standard_prose(office.printed),
    )
    return Choices(organizations, sorted(opened, reverse=True), frame, terms)


def _chosen(organizations: list[OrganizationVersion], code: str, scope: Scope) -> OrganizationVersion | None:
    """Return the organisation with the code, or the topmost; None where it did not stand. Raises as `choose`."""
    if not code:
        return min(organizations, key=lambda version: version.depth, default=None)
    found = next((each for each in organizations if each.organization.code == code), None)
    if found is None:
        require_known(code, scope)
    return found


def require_known(code: str, scope: Scope) -> None:
    """Raise `UnknownChoice` for the code of an organisation that never stood in the scope."""
    if not Organization.objects.visible_to(scope).filter(code=code).exists():
        raise UnknownChoice(f"Không có tổ chức đảng mã “{code}”.")


def _terms_and_template(chosen: OrganizationVersion) -> tuple[tuple[Term, ...], ProseTemplate | None]:
    """Return the terms of the organisation, the last first, and its template of prose, or the nearest above it.

    Read in one query. The template is the same whoever asks: it words the figures and holds no record.
    """
    upwards = [int(key) for key in reversed(chosen.path.strip("/").split("/"))]
    rows = Organization.objects.filter(pk__in=upwards).annotate(
        own_term=FilteredRelation("terms", condition=Q(terms__organization=chosen.organization_id)),
        template=FilteredRelation("prose_templates", condition=Q(prose_templates__organization__in=upwards)),
    )
    rows = list(rows.select_related("own_term", "template__saved_by"))
    terms = [row.own_term for row in rows if hasattr(row, "own_term")]
    templates = {row.pk: row.template for row in rows if hasattr(row, "template")}
    nearest = next((templates[key] for key in upwards if key in templates), None)
    return tuple(sorted(terms, key=lambda term: term.valid_from, reverse=True)), nearest


def closing_of(organization: int, period: Period) -> Closing | None:
    """Return the standing closing of just this period that covers the organisation, its own before a superior's."""
    closings = Closing.objects.standing().covering([organization]).filter(first=period.first, end=period.end)
    return min(
        closings.select_related("organization"), key=lambda each: each.organization_id != organization, default=None
    )


def newest_plan_term(opened: dict[str, date], day: date) -> str:
    """Return the last plan term of which a round was open by `day`; else the first one that came, "" if none did."""
    by_then = [term for term, first_opened in opened.items() if first_opened <= day]
    return max(by_then, default=min(opened, default=""))
