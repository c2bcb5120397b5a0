"""Reads of people, memberships, holdings, dossiers and change items."""

from datetime import date
from typing import Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from common.dated import DatedQuerySet
from common.periods import Period
from common.vietnamese import search_key
from organizations.models import Body, Organization
from organizations.querysets import within
from organizations.scope import Scope


class PersonQuerySet(models.QuerySet):
    """People."""

    def visible_to(self, scope: Scope) -> Self:
        """Return the people who are or were members in the scope, or hold or held a seat there."""
        memberships = apps.get_model("personnel", "Membership").objects
        holdings = apps.get_model("personnel", "Holding").objects
        return self.filter(
            Exists(memberships.visible_to(scope).filter(person=OuterRef("pk")))
            | Exists(holdings.visible_to(scope).filter(person=OuterRef("pk")))
        )

    def matching(self, words: str) -> Self:
        """Return the people whose name has all of the words, accents and case aside, or whose card number it is."""
        by_name = Q()
        for word in search_key(words).split():
            by_name &= Q(search_key__contains=word)
        return self.filter(by_name | Q(card_number=words.strip())) if words.strip() else self

    def members_of(self, organization: Organization, day: date) -> Self:
        """Return the members of the organisation and of all beneath it on `day`."""
        memberships = apps.get_model("personnel", "Membership").objects.as_of(day).beneath(organization, day)
        return self.filter(Exists(memberships.filter(person=OuterRef("pk"))))

    def in_name_order(self) -> Self:
        """Return them by given name, family name, middle names, in Vietnamese alphabetical order."""
        return self.order_by("sort_key", "pk")


class MembershipQuerySet(DatedQuerySet):
    """Where people are members."""

    def visible_to(self, scope: Scope) -> Self:
        return self.filter(within(scope, organization="organization", day="valid_from"))

    def beneath(self, organization: Organization, day: date) -> Self:
        versions = apps.get_model("organizations", "OrganizationVersion").objects.as_of(day)
        here = versions.filter(organization=organization).values_list("path", flat=True)
        return self.filter(Exists(versions.beneath(here).filter(organization=OuterRef("organization"))))


class HoldingQuerySet(DatedQuerySet):
    """Seats held."""

    def visible_to(self, scope: Scope) -> Self:
        return self.filter(within(scope, organization="body__term__organization", day="valid_from"))

    def in_body(self, body: Body) -> Self:
        return self.filter(body=body)

    def of_organization(self, organization: Organization) -> Self:
        return self.filter(body__term__organization=organization)

    def with_names(self) -> Self:
        return self.select_related("person", "position", "body__term__organization")


class DossierQuerySet(models.QuerySet):
    """Dossiers."""

    def visible_to(self, scope: Scope) -> Self:
        return self.filter(within(scope, organization="organization", day="opened_on"))

    def matching(self, words: str) -> Self:
        """Return the dossiers of organisations or with people whose names have all of the words."""
        items = apps.get_model("personnel", "ChangeItem").objects
        found = self
        for word in search_key(words).split():
            with_person = items.filter(dossier=OuterRef("pk"), person__search_key__contains=word)
            found = found.filter(Q(organization__search_key__contains=word) | Exists(with_person))
        return found


class ChangeItemQuerySet(models.QuerySet):
    """Change items (lượt)."""

    def visible_to(self, scope: Scope) -> Self:
        return self.with_day().filter(within(scope, organization="dossier__organization", day="day"))

    def with_day(self) -> Self:
        """Annotate `day`: the day that places an item in a period and in the tree (see ChangeItem.day)."""
        if "day" in self.query.annotations:
            return self
        return self.annotate(
            day=Coalesce("effective_on", "elected_on", "proposed_on", "dossier__submitted_on", "dossier__opened_on")
        )

    def with_papers(self) -> Self:
        return self.select_related("person", "position", "dossier__organization", "dossier__decision")


def in_effect(period: Period, as_at: date) -> Q:
    """Return the condition that an item is counted: confirmed by `as_at` and then not corrected, in effect in `period`."""
    confirmed = Q(outcome="confirmed", confirmed_on__lte=as_at)
    stands = Q(superseded_on__isnull=True) | Q(superseded_on__gt=as_at)
    return confirmed & stands & Q(effective_on__gte=period.first, effective_on__lt=period.end, effective_on__lte=as_at)


def waiting(period: Period, as_at: date) -> Q:
    """Return the condition that an item was, on `as_at`, submitted and not decided, or confirmed and not yet in effect.

    Its `day` (ChangeItemQuerySet.with_day) lies in `period`. Such an item stands in no count of the period.
    """
    submitted = Q(dossier__state__in=["submitted", "confirmed", "refused"], dossier__submitted_on__lte=as_at)
    undecided = Q(dossier__decided_on__isnull=True) | Q(dossier__decided_on__gt=as_at)
    not_yet = Q(outcome="confirmed", effective_on__gt=as_at, superseded_on__isnull=True)
    return ((submitted & undecided) | not_yet) & Q(day__gte=period.first, day__lt=period.end)
