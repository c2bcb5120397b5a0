"""Which plans, and which of their people, one decision is to approve: as the list sends it, and as the page stands."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.http import HttpRequest, QueryDict

from organizations.scope import Right
from planning.filters.approvals import ApprovalFilter, listed
from planning.models import PlanApproval, PlanEntry
from planning.querysets import decidable

ALL = "all"  # in the address: every plan that the filters of the list find


@dataclass(frozen=True)
class Choice:
    """The plans on the page, which of them are ticked, and which of their people.

    Of what was chosen, `moved_on` are decided or returned meanwhile, and `own` were submitted by whoever asks.
    """

    shown: list[PlanApproval]
    ticked: frozenset[int]
    entries: dict[int, PlanEntry]
    accepted: frozenset[int]
    moved_on: list[PlanApproval] = field(default_factory=list)
    own: list[PlanApproval] = field(default_factory=list)
    asked_for: bool = True  # whether any plan was named at all

    @property
    def plans(self) -> list[PlanApproval]:
        """The plans ticked."""
        return [plan for plan in self.shown if plan.pk in self.ticked]

    @property
    def refused(self) -> list[PlanEntry]:
        """The people of the ticked plans whose tick is taken away."""
        return [
            entry for pk, entry in self.entries.items() if pk not in self.accepted and entry.approval_id in self.ticked
        ]

    @property
    def gone(self) -> int:
        """How many people ticked wait no longer: taken out of the list since the page was opened."""
        return len(self.accepted - set(self.entries))


def chosen_in(request: HttpRequest) -> Choice:
    """Return what the request chooses, as things stand now; plans that the user may not see are left out."""
    sent = request.POST if request.method == "POST" else request.GET
    is_first = sent is request.GET
    wanted = _wanted(request) if is_first else _keys(sent, "shown") | _keys(sent, "plans")
    seen = PlanApproval.objects.visible_to(request.scope, Right.CONFIRM).visible_to(request.scope, Right.VIEW_PLANS)
    plans = seen.filter(pk__in=wanted).with_moves_of(request.user).select_related("organization__parent", "round")
    plans = list(plans.order_by("organization__sort_key", "organization", "group", "pk"))
    shown = [plan for plan in plans if plan.may_be_decided]
    entries = PlanEntry.objects.filter(approval__in=shown, valid_to__isnull=True).select_related("person", "position")
    entries = {entry.pk: entry for entry in entries}
    return Choice(
        shown=shown,
        ticked=frozenset(plan.pk for plan in shown) if is_first else _keys(sent, "plans"),
        entries=entries,
        accepted=frozenset(entries) if is_first else _keys(sent, "accepted"),
        moved_on=[plan for plan in plans if not plan.is_open],
        own=[plan for plan in plans if plan.is_open and plan.submitted_by_id == request.user.pk],
        asked_for=bool(wanted),
    )


def _wanted(request: HttpRequest) -> Iterable[int]:
    if ALL not in request.GET:
        return _keys(request.GET, "plans")
    found = ApprovalFilter(request, listed(request))
    return list(found.rows.filter(decidable(request.user)).values_list("pk", flat=True))


def _keys(sent: QueryDict, name: str) -> frozenset[int]:
    return frozenset(int(each) for each in sent.getlist(name) if each.isascii() and each.isdecimal() and len(each) < 19)
