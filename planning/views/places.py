"""What the pages of planning share: the round and organisation that an address names, what the journal is told."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from common.journal import record_access
from organizations.models import Organization
from organizations.scope import Right
from planning.models import PlanningRound, PositionGroup


def round_of(request: HttpRequest, pk: int) -> PlanningRound:
    """Return the round; 404 outside the scope."""
    rounds = PlanningRound.objects.visible_to(request.scope).with_authority_name(request.day)
    return get_object_or_404(rounds, pk=pk)


def plan_place(
    request: HttpRequest, pk: int, code: str, *, right: Right = Right.VIEW_PLANS
) -> tuple[PlanningRound, Organization]:
    """Return the round and the organisation whose plan is asked for.

    404 where the right to it is not held, and where the round is none of the organisation's.
    """
    organization = get_object_or_404(Organization.objects.visible_to(request.scope), code=code)
    if not request.scope.covers(organization.path, right):
        raise Http404("Tổ chức đảng này không thuộc phạm vi của bạn.")
    planning_round = round_of(request, pk)
    if not planning_round.concerns(organization):
        raise Http404("Đợt quy hoạch này không phải của tổ chức đảng đó.")
    return planning_round, organization


def group_of(value: str) -> PositionGroup:
    """Return the position group that an address names; 404 when there is none of that name."""
    try:
        return PositionGroup(value)
    except ValueError as error:
        raise Http404("Không có nhóm chức danh này.") from error


def tell_journal(request: HttpRequest, organization: Organization, what: str, planning_round: PlanningRound) -> None:
    """Journal that the names in the organisation's plan were shown, printed or exported; `what` says which list."""
    record_access(organization, by=request.user, what=f"{what} ({planning_round}, {organization.name})")


def entries_url(request: HttpRequest) -> str | None:
    """Return the address of the list of planned people, None for those who may not see it."""
    return reverse("planning:entry_list") if request.scope.may(Right.VIEW_PLANS) else None


def trail(
    request: HttpRequest, planning_round: PlanningRound, organization: Organization, *here: str
) -> Sequence[tuple[str, str | None]]:
    """Return the breadcrumbs of a page beneath the plan of an organisation in a round."""
    plan = reverse("planning:plan_detail", args=[planning_round.pk, organization.code])
    return [
        ("Quy hoạch", entries_url(request)),
        ("Các đợt quy hoạch", reverse("planning:round_list")),
        (str(planning_round), planning_round.get_absolute_url()),
        (organization.name, plan if here else None),
        *((each, None) for each in here),
    ]
