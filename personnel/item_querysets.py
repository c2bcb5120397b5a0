"""Reads of change items (the lượt)."""

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.apps import apps
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce

from common.vietnamese import search_key
from organizations.models import Organization
from organizations.querysets import name_on, within
from organizations.scope import Scope
from personnel.querysets import may_be_opened


class ChangeItemQuerySet(models.QuerySet):
    """Change items (lượt)."""

    def visible_to(self, scope: Scope) -> Self:
        return self.with_day().filter(within(scope, organization="dossier__organization", day="day"))

    def with_day(self) -> Self:
        """Name `day`, that places an item in a period and in the tree (ChangeItem.day), for filters and order."""
        if "day" in self.query.annotations:
            return self
        return self.alias(
            day=Coalesce("effective_on", "elected_on", "proposed_on", "dossier__submitted_on", "dossier__opened_on")
        )

    def with_papers(self) -> Self:
        return self.select_related("person", "position", "dossier__organization", "dossier__decision")

    def with_votes_and_corrections(self) -> Self:
        """Fetch what a dossier's own page shows of each item: the vote, what it corrects and what corrects it."""
        return self.select_related("person", "position", "vote", "corrects__dossier").prefetch_related(
            "corrections__dossier"
        )

    def with_open_people(self, scope: Scope) -> Self:
        """Annotate `person_opens`: whether the person's own page is in the scope."""
        return self.annotate(person_opens=may_be_opened(scope))

    def of_dossiers_opened_by(self, day: date) -> Self:
        return self.filter(dossier__opened_on__lte=day)

    def of_organization(self, organization: Organization) -> Self:
        return self.filter(dossier__organization=organization)

    def of_organizations(self, organizations: Iterable[int]) -> Self:
        """Return the items of the organisations of these identities."""
        return self.filter(dossier__organization__in=organizations)

    def waiting_on(self, day: date) -> Self:
        """Return the items elected or submitted by `day` and not decided by then, or confirmed and not yet in effect.

        As far as a dossier was withdrawn since, it is left out: the day of that is in the journal alone.
        """
        known = Q(dossier__submitted_on__lte=day) | Q(elected_on__lte=day, dossier__opened_on__lte=day)
        undecided = Q(dossier__decided_on__isnull=True) | Q(dossier__decided_on__gt=day)
        stands = Q(superseded_on__isnull=True) | Q(superseded_on__gt=day)
        not_yet = Q(outcome="confirmed", confirmed_on__lte=day, effective_on__gt=day) & stands
        return self.filter((known & undecided & ~Q(dossier__state="withdrawn")) | not_yet)

    def with_state_on(self, day: date) -> Self:
        """Annotate `state_on_day`: "superseded" by a correction, or how far the item had come with its dossier."""
        return self.annotate(
            state_on_day=Case(
                When(superseded_on__lte=day, then=Value("superseded")),
                When(confirmed_on__lte=day, then=Value("confirmed")),
                When(outcome="refused", dossier__decided_on__lte=day, then=Value("refused")),
                When(dossier__state="withdrawn", then=Value("withdrawn")),
                When(dossier__submitted_on__lte=day, then=Value("submitted")),
                default=Value("draft"),
            )
        )

    def with_open_decision(self, scope: Scope) -> Self:
        """Annotate `decision_opens`: whether the page of the decision is in the scope."""
        documents = apps.get_model("organizations", "Document").objects.visible_to(scope)
        return self.annotate(decision_opens=Exists(documents.filter(pk=OuterRef("dossier__decision"))))

    def matching(self, words: str) -> Self:
        """Return the items about people whose names have all of the words."""
        found = self
        for word in search_key(words).split():
            found = found.filter(person__search_key__contains=word)
        return found

    def with_organization_name(self, day: date) -> Self:
        """Annotate `organization_name`, the name on `day`."""
        return self.annotate(organization_name=name_on(day, "dossier__organization"))

    def newest_first(self) -> Self:
        return self.with_day().order_by("-day", "-pk")
