"""Reads of planning rounds, entries and approvals. Names in a plan are seen only with the right to plans."""

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Case, Count, Q, Value, When

from common.dated import DatedQuerySet, in_force
from common.vietnamese import search_key
from organizations.querysets import belongs_beneath, name_on, within
from organizations.scope import Right, Scope
from personnel.querysets import may_be_opened


class PlanningRoundQuerySet(models.QuerySet):
    """Planning rounds."""

    def opened_by(self, day: date) -> Self:
        """Return the rounds opened on or before `day`."""
        return self.filter(opened_on__lte=day)

    def of_plan_term(self, plan_term: str) -> Self:
        return self.filter(plan_term=plan_term)

    def plan_terms(self) -> list[str]:
        """Return the plan terms that the rounds are for, the newest first."""
        return list(self.order_by("-plan_term").values_list("plan_term", flat=True).distinct())

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
        """Return the last plan term for which somebody is planned; None when nobody is."""
        return self.order_by("-plan_term").values_list("plan_term", flat=True).first()

    def beneath(self, paths: Iterable[str]) -> Self:
        """Return the entries of the organisations at and beneath the paths, where they stood then or stand now."""
        return self.filter(belongs_beneath(paths, organization="organization", day="introduced_on"))

    def matching(self, words: str) -> Self:
        """Return the entries of people or organisations whose names have all of the words."""
        found = self
        for word in search_key(words).split():
            found = found.filter(Q(person__search_key__contains=word) | Q(organization__search_key__contains=word))
        return found

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

    def visible_to(self, scope: Scope) -> Self:
        return self.filter(within(scope, organization="organization", day="submitted_on"))

    def count_by_group(self, day: date) -> dict[str, dict[str, int]]:
        """Count, for each position group, the plans `submitted` by `day` and those `approved` by then."""
        rows = self.filter(submitted_on__lte=day).order_by().values("group")
        rows = rows.annotate(submitted=Count("pk"), approved=Count("pk", filter=approved(day, day)))
        return {row["group"]: row for row in rows}


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
    return Q(submitted_on__lte=known) & (Q(approved_on__isnull=True) | Q(approved_on__gt=known))
