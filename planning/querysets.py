"""Reads of planning rounds, entries and approvals. Names in a plan are seen only with the right to plans."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from common.dated import DatedQuerySet, in_force
from organizations.models import OrganizationVersion
from organizations.querysets import within
from organizations.scope import Right, Scope


class PlanningRoundQuerySet(models.QuerySet):
    """Planning rounds."""

    def visible_to(self, scope: Scope) -> Self:
        return self.filter(within(scope, organization="authority", day="opened_on"))


class PlanEntryQuerySet(DatedQuerySet):
    """Planned people; `as_of(day)` gives those in the plan on that day."""

    def visible_to(self, scope: Scope, right: Right = Right.VIEW_PLANS) -> Self:
        """Return the entries in the part of the tree over which the scope holds the right to see plans.

        Pass `Right.VIEW` only to count: a total is no secret, the names are.
        """
        return self.filter(within(scope, organization="organization", day="introduced_on", right=right))

    def with_names(self) -> Self:
        return self.select_related("person", "position", "organization", "approval__decision", "round")


class PlanApprovalQuerySet(models.QuerySet):
    """Plans of organisations, submitted or approved. They name no person."""

    def visible_to(self, scope: Scope) -> Self:
        return self.filter(within(scope, organization="organization", day="submitted_on"))


def in_plan(day: date, as_at: date) -> Q:
    """Return the condition that an entry is in the plan on `day`, as far as approved by `as_at`."""
    return in_force(min(day, as_at))


def awaiting_approval(day: date, as_at: date) -> Q:
    """Return the condition that an entry was introduced by `day` and, as at `as_at`, neither approved nor taken out."""
    not_yet = Q(valid_from__isnull=True) | Q(valid_from__gt=min(day, as_at))
    still_there = Q(valid_to__isnull=True) | Q(valid_to__gt=min(day, as_at))
    return Q(introduced_on__lte=min(day, as_at)) & not_yet & still_there


def stands_at_grassroots(day: date, paths) -> Exists:
    """Return the condition that the record's organisation is a grassroots one beneath the paths on `day`."""
    versions = OrganizationVersion.objects.as_of(day).grassroots().beneath(paths)
    return Exists(versions.filter(organization=OuterRef("organization")))
