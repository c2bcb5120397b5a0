"""Reads of organisations, their versions, terms, bodies and documents."""

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from common.dated import DatedQuerySet, in_force
from common.vietnamese import search_key
from organizations.scope import Right, Scope


def beneath(paths: Iterable[str], field: str = "path") -> Q:
    """Return the condition that `field` is one of the paths or lies beneath one."""
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(**{f"{field}__startswith": path})
    return condition


def stood_beneath(paths: Iterable[str], *, organization: str, day: str) -> Exists:
    """Return the condition that a record's organisation stood beneath one of the paths on the record's own day.

    `organization` and `day` name the record's fields. The tree is dated: an organisation handed over in 2025 still
    counts where it stood in 2022.
    """
    versions = apps.get_model("organizations", "OrganizationVersion").objects
    return Exists(versions.filter(beneath(paths), organization=OuterRef(organization)).as_of(OuterRef(day)))


def within(scope: Scope, *, organization: str, day: str, right: Right = Right.VIEW) -> Q:
    """Return the condition that a record lies in the scope: where its organisation stood on its day, or stands now.

    Now as well as then, since an organisation takes its files along when it is handed over.
    """
    paths = scope.paths(right)
    return Q(stood_beneath(paths, organization=organization, day=day)) | beneath(paths, f"{organization}__path")


class OrganizationQuerySet(models.QuerySet):
    """Organisations, by their mirrored attributes of today."""

    def visible_to(self, scope: Scope) -> Self:
        """Return the organisations that stand, or ever stood, in the scope."""
        versions = apps.get_model("organizations", "OrganizationVersion").objects
        ever = versions.filter(beneath(scope.paths()), organization=OuterRef("pk"))
        return self.filter(Exists(ever))

    def matching(self, words: str) -> Self:
        """Return the organisations whose name or code has all of the words, accents and case aside."""
        found = self
        for word in search_key(words).split():
            found = found.filter(search_key__contains=word)
        return found

    def root(self):
        """Return the organisation at the top of the tree of today: the office's own. None while there is none."""
        return self.filter(parent__isnull=True).order_by("pk").first()


class OrganizationVersionQuerySet(DatedQuerySet):
    """Organisations as they stood on a day."""

    def visible_to(self, scope: Scope) -> Self:
        return self.filter(beneath(scope.paths()))

    def beneath(self, paths: Iterable[str]) -> Self:
        return self.filter(beneath(paths))

    def grassroots(self) -> Self:
        """Return the versions in which the organisation is a grassroots one (TCCSĐ)."""
        return self.filter(kind__in=("grassroots_committee", "grassroots_cell"))

    def in_tree_order(self) -> Self:
        return self.order_by("path")


class TermQuerySet(DatedQuerySet):
    """Terms of organisations."""

    def visible_to(self, scope: Scope) -> Self:
        return self.filter(within(scope, organization="organization", day="valid_from"))


class BodyQuerySet(models.QuerySet):
    """Bodies of terms."""

    def visible_to(self, scope: Scope) -> Self:
        return self.filter(within(scope, organization="term__organization", day="term__valid_from"))

    def as_of(self, day: date) -> Self:
        """Return the bodies whose term is in force on `day`."""
        return self.filter(in_force(day, "term__"))


class DocumentQuerySet(models.QuerySet):
    """Documents; those of issuers outside the system are seen by everybody, for they are only cited."""

    def visible_to(self, scope: Scope) -> Self:
        return self.filter(Q(issuer__isnull=True) | within(scope, organization="issuer", day="issued_on"))

    def in_citing_order(self) -> Self:
        """Return them as a legal basis is cited: the highest issuer first, then by day."""
        return self.order_by("issuer_level", "issued_on", "number")


class MemberCountQuerySet(models.QuerySet):
    """Member counts."""

    def visible_to(self, scope: Scope) -> Self:
        return self.filter(within(scope, organization="organization", day="counted_on"))

    def latest_by(self, day: date) -> Self:
        """Return, for each organisation, its last count on or before `day`."""
        newer = self.model.objects.filter(
            organization=OuterRef("organization"), counted_on__gt=OuterRef("counted_on"), counted_on__lte=day
        )
        return self.filter(counted_on__lte=day).exclude(Exists(newer))
