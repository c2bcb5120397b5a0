"""Reads of planning rounds, entries and approvals. Names in a plan are seen only with the right to plans."""

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from common.dated import DatedQuerySet, in_force
from common.vietnamese import search_key
from organizations.querysets import belongs_beneath, beneath, name_on, within
from organizations.scope import Right, Scope
from personnel.querysets import may_be_opened


class PlanningRoundQuerySet(models.QuerySet):
    """Planning rounds."""

    def opened_by(self, day: date) -> Self:
        """Return the rounds opened on or before `day`."""
        return self.filter(opened_on__lte=day)

    def of_plan_term(self, plan_term: str) -> Self:
        return self.filter(plan_term=plan_term)

    def with_state_on(self, day: date) -> Self:
        """Annotate `state_on_day`: "closed", "approved" (all that was submitted), "submitted" or "open".

        And `plans_submitted`, `plans_approved`, how many plans of organisations there were by then.
        """
        there = Q(approvals__submitted_on__lte=day) & not_returned(day, "approvals__")
        decided = there & Q(approvals__approved_on__lte=day)
        return self.annotate(
            plans_submitted=Count("approvals", filter=there), plans_approved=Count("approvals", filter=decided)
        ).annotate(
            state_on_day=Case(
                When(closed_on__lte=day, then=Value("closed")),
                When(plans_submitted__gt=F("plans_approved"), then=Value("submitted")),
                When(plans_approved__gt=0, then=Value("approved")),
                default=Value("open"),
            )
        )

    def plan_terms(self) -> list[str]:
        """Return the plan terms that the rounds are for, the newest first."""
        return list(self.order_by("-plan_term").values_list("plan_term", flat=True).distinct())

    def newest_plan_term(self, day: date) -> Coalesce:
        """Return, as a part of another query, the last plan term of which one of the rounds was open by `day`.

        The first one that came where none was; "" where there is no round at all.
        """
        by_then = self.filter(opened_on__lte=day).order_by("-plan_term").values("plan_term")
        later = self.order_by("plan_term").values("plan_term")
        return Coalesce(Subquery(by_then[:1]), Subquery(later[:1]), Value(""))

    def with_authority_name(self, day: date) -> Self:
        """Annotate `authority_name`, the name on `day` of the organisation that conducts the round."""
        return self.select_related("authority").annotate(authority_name=name_on(day, "authority"))

    def visible_to(self, scope: Scope) -> Self:
        """Return the rounds that an organisation in the scope conducts, or that one above it conducts for it too."""
        above = {int(each) for path in scope.paths() for each in path.split("/") if each}
        return self.filter(within(scope, organization="authority", day="opened_on") | Q(authority__in=above))


class PlanTargetQuerySet(models.QuerySet):
    """Targets of rounds. They name no person."""

    def visible_to(self, scope: Scope) -> Self:
        return self.filter(within(scope, organization="organization", day="round__opened_on"))


class BallotStepQuerySet(models.QuerySet):
    """Ballots. Their counts name nobody; their results do."""

    def visible_to(self, scope: Scope) -> Self:
        return self.filter(within(scope, organization="organization", day="round__opened_on"))

    def of_plan(self, planning_round, organization, group: str) -> Self:
        """Return the steps of the organisation's plan for the group in the round, in order."""
        return self.filter(round=planning_round, organization=organization, group=group).order_by("number")


class BallotResultQuerySet(models.QuerySet):
    """Results of candidates."""

    def visible_to(self, scope: Scope) -> Self:
        """Return those over which the scope holds the right to see the names in plans."""
        return self.filter(
            within(scope, organization="step__organization", day="step__round__opened_on", right=Right.VIEW_PLANS)
        )


class ReviewVerdictQuerySet(models.QuerySet):
    """What reviews say of people in a plan."""

    def visible_to(self, scope: Scope) -> Self:
        """Return those over which the scope holds the right to see the names in plans."""
        return self.filter(
            within(scope, organization="entry__organization", day="round__opened_on", right=Right.VIEW_PLANS)
        )


class PlanJudgementQuerySet(models.QuerySet):
    """What rules said of plans; they name people."""

    def visible_to(self, scope: Scope) -> Self:
        """Return those over which the scope holds the right to see the names in plans."""
        return self.filter(
            within(scope, organization="approval__organization", day="judged_on", right=Right.VIEW_PLANS)
        )


class PlanEntryQuerySet(DatedQuerySet):
    """Planned people; `as_of(day)` gives those in the plan on that day."""

    def visible_to(self, scope: Scope, right: Right = Right.VIEW_PLANS) -> Self:
        """Return the entries in the part of the tree over which the scope holds the right to see plans.

        Pass `Right.VIEW` only to count: a total is no secret, the names are.
        """
        return self.filter(within(scope, organization="organization", day="introduced_on", right=right))

    def with_names(self) -> Self:
        return self.select_related("person", "position", "organization", "approval__decision", "round")

    def in_listing_order(self) -> Self:
        """Return them by organisation, then position, then name."""
        return self.order_by("organization__sort_key", "position__rank", "person__sort_key", "pk")

    def introduced_by(self, day: date) -> Self:
        """Return the entries introduced on or before `day`."""
        return self.filter(introduced_on__lte=day)

    def of_positions(self, codes: Iterable[str]) -> Self:
        return self.filter(position__in=codes)

    def newest_plan_term(self) -> str | None:
        """Return the last plan term for which a plan was approved; else for which somebody is introduced; else None."""
        newest = self.order_by("-plan_term").values_list("plan_term", flat=True)
        return newest.filter(valid_from__isnull=False).first() or newest.first()

    def beneath(self, paths: Iterable[str]) -> Self:
        """Return the entries of the organisations at and beneath the paths, where they stood then or stand now."""
        return self.filter(belongs_beneath(paths, organization="organization", day="introduced_on"))

    def matching(self, words: str) -> Self:
        """Return the entries of people or organisations whose names have all of the words."""
        found = self
        for word in search_key(words).split():
            found = found.filter(Q(person__search_key__contains=word) | Q(organization__search_key__contains=word))
        return found

    def of_organization(self, organization) -> Self:
        return self.filter(organization=organization)

    def count_by_position(self, day: date) -> list[dict[str, object]]:
        """Count the people in the plan and those waiting on `day`, for each plan term and position; names nobody.

        The newest plan term first, positions by rank; those for which there is nobody are left out.
        """
        rows = self.order_by("-plan_term", "position__rank").values("plan_term", "position__name", "position__rank")
        rows = rows.annotate(
            in_plan=Count("person", filter=in_plan(day, day), distinct=True),
            awaiting=Count("person", filter=awaiting_approval(day, day), distinct=True),
        )
        return [row for row in rows if row["in_plan"] or row["awaiting"]]

    def with_state_on(self, day: date) -> Self:
        """Annotate `state_on_day`: "in_plan", "awaiting" or "removed"."""
        return self.annotate(
            state_on_day=Case(
                When(in_plan(day, day), then=Value("in_plan")),
                When(valid_to__lte=day, then=Value("removed")),
                default=Value("awaiting"),
            )
        )

    def with_organization_name(self, day: date) -> Self:
        """Annotate `organization_name`, the name on `day`."""
        return self.annotate(organization_name=name_on(day))

    def with_open_people(self, scope: Scope) -> Self:
        """Annotate `person_opens`: whether the person's own page is in the scope."""
        return self.annotate(person_opens=may_be_opened(scope))

    def count_people(self, **conditions: Q) -> dict[str, int]:
        """Count the people, each once under each of the named conditions."""
        return self.aggregate(**{name: Count("person", filter=q, distinct=True) for name, q in conditions.items()})


class PlanApprovalQuerySet(models.QuerySet):
    """Plans of organisations, submitted or approved. They name no person."""

    def visible_to(self, scope: Scope, right: Right = Right.VIEW) -> Self:
        """Return the plans in the part of the tree over which the scope holds the right."""
        return self.filter(within(scope, organization="organization", day="submitted_on", right=right))

    def live(self) -> Self:
        """Return those not returned."""
        return self.filter(returned_on__isnull=True)

    def waiting(self) -> Self:
        """Return those submitted that are neither approved nor returned."""
        return self.live().filter(approved_on__isnull=True)

    def overdue(self, day: date) -> Self:
        """Return those that still wait although their term ended before `day`."""
        return self.waiting().filter(due_on__lt=day)

    def with_organization_name(self, day: date) -> Self:
        """Annotate `organization_name`, the name on `day`."""
        return self.annotate(organization_name=name_on(day))

    def decidable_by(self, user) -> Self:
        """Return those on which the user may decide: waiting, in the scope of today, submitted by another hand."""
        return self.filter(decidable(user))

    def with_moves_of(self, user) -> Self:
        """Annotate what the user may do with each: `may_be_decided`, and `may_be_returned` (or taken back)."""
        plans = beneath(user.scope.paths(Right.PLAN), "organization__path")
        taken_back = Q(approved_on__isnull=True, returned_on__isnull=True) & plans
        return self.annotate(
            may_be_decided=Case(When(decidable(user), then=True), default=False),
            may_be_returned=Case(When(decidable(user) | taken_back, then=True), default=False),
        )

    def to_submit_again(self, scope: Scope) -> Self:
        """Return those returned in a round still open and not submitted again since, where the scope plans."""
        same = {name: OuterRef(name) for name in ("round", "organization", "group")}
        later = self.model.objects.filter(**same, pk__gt=OuterRef("pk"))
        mine = beneath(scope.paths(Right.PLAN), "organization__path")
        return self.filter(mine, ~Exists(later), returned_on__isnull=False, round__closed_on__isnull=True)

    def of_organization(self, organization) -> Self:
        return self.filter(organization=organization)

    def submitted_by_day(self, day: date) -> Self:
        """Return those submitted on or before `day`, the newest first."""
        return self.filter(submitted_on__lte=day).order_by("-submitted_on", "-pk")

    def with_state_on(self, day: date) -> Self:
        """Annotate `state_on_day`: "waiting", "overdue" (waiting still after its term), "approved" or "returned"."""
        return self.annotate(
            state_on_day=Case(
                When(returned_on__lte=day, then=Value("returned")),
                When(approved_on__lte=day, then=Value("approved")),
                When(due_on__lt=day, then=Value("overdue")),
                default=Value("waiting"),
            )
        )

    def with_people_count(self) -> Self:
        """Annotate `people_count`: how many people the plan brings in, those refused or taken out before left aside."""
        stands = Q(entries__valid_from__isnull=False) | Q(entries__valid_to__isnull=True)
        return self.annotate(people_count=Count("entries__person", filter=stands, distinct=True))

    def count_by_group(self, day: date) -> dict[str, dict[str, int]]:
        """Count, for each position group, the plans `submitted` by `day` and those `approved` by then."""
        rows = self.filter(not_returned(day), submitted_on__lte=day).order_by().values("group")
        rows = rows.annotate(submitted=Count("pk"), approved=Count("pk", filter=approved(day, day)))
        return {row["group"]: row for row in rows}


def decidable(user) -> Q:
    """Return the condition that the user may decide on a plan: it waits, in the scope of today, from another hand."""
    confirms, sees = (
        beneath(user.scope.paths(right), "organization__path") for right in (Right.CONFIRM, Right.VIEW_PLANS)
    )
    return Q(approved_on__isnull=True, returned_on__isnull=True) & confirms & sees & ~Q(submitted_by=user)


def not_returned(day: date, prefix: str = "") -> Q:
    """Return the condition that the plan at `prefix` ("" or "approvals__") was not returned by `day`."""
    return Q(**{f"{prefix}returned_on__isnull": True}) | Q(**{f"{prefix}returned_on__gt": day})


def in_plan(day: date, as_at: date) -> Q:
    """Return the condition that an entry is in the plan on `day`, as far as approved by `as_at`."""
    return in_force(min(day, as_at))


def awaiting_approval(day: date, as_at: date) -> Q:
    """Return the condition that an entry was introduced by `day` and, as at `as_at`, neither approved nor taken out."""
    not_yet = Q(valid_from__isnull=True) | Q(valid_from__gt=min(day, as_at))
    still_there = Q(valid_to__isnull=True) | Q(valid_to__gt=min(day, as_at))
    return Q(introduced_on__lte=min(day, as_at)) & not_yet & still_there


def approved(day: date, as_at: date) -> Q:
    """Return the condition that a plan of an organisation was approved by `day`, as far as decided by `as_at`."""
    return Q(approved_on__lte=min(day, as_at))


def submitted(day: date, as_at: date) -> Q:
    """Return the condition that a plan of an organisation was submitted by `day` and not approved by then."""
    known = min(day, as_at)
    undecided = Q(approved_on__isnull=True) | Q(approved_on__gt=known)
    return Q(submitted_on__lte=known) & undecided & not_returned(known)
