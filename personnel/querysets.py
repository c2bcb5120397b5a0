"""Reads of people, memberships, holdings and dossiers; those of change items are in personnel/item_querysets.py."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Self

from django.apps import apps
from django.db import models
from django.db.models import Case, Count, Exists, Expression, F, OuterRef, Prefetch, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Replace

from common.dated import DatedQuerySet, RoughlyDatedQuerySet, in_force
from common.periods import Period
from common.vietnamese import search_key
from organizations.models import Body, Organization
from organizations.querysets import belongs_beneath, beneath, name_on, within
from organizations.scope import Right, Scope

DOSSIER_CODE = re.compile(r"hs ?([0-9]{4}) ?([0-9]{1,6})")  # as search_key leaves HS-2022-017


def may_be_opened(scope: Scope) -> Exists:
    """Return the condition that the own page of a record's person is in the scope."""
    people = apps.get_model("personnel", "Person").objects.visible_to(scope)
    return Exists(people.filter(pk=OuterRef("person")))


def _in_a_plan(scope: Scope, condition: Q) -> Exists:
    """Return the condition that a person has a plan entry of this kind where the scope may see the names in plans."""
    entries = apps.get_model("planning", "PlanEntry").objects.visible_to(scope)
    return Exists(entries.filter(condition, person=OuterRef("pk")))


def _place_in(field: str, values: Sequence) -> Case:
    """Return the place of a field's value among `values` (or among choices), to sort by."""
    keys = [value if isinstance(value, str) else value[0] for value in values]
    places = [When(**{field: key}, then=Value(place)) for place, key in enumerate(keys)]
    return Case(*places, default=Value(len(keys)))


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
        """Return the people whose name has all of the words, accents and case aside, or whose card number it is.

        Spaces and dots are no part of a card number: some write them, others do not.
        """
        if not words.strip():
            return self
        by_name = Q()
        for word in search_key(words).split():
            by_name &= Q(search_key__contains=word)
        number = re.sub(r"[\s.]", "", words)
        if not number:
            return self.none()
        plain = F("card_number")
        for mark in (" ", "."):
            plain = Replace(plain, Value(mark), Value(""))
        return self.alias(card_in_digits=plain).filter(by_name | Q(card_in_digits=number))

    def members_beneath(self, path: str, day: date) -> Self:
        """Return the members, on `day`, of the organisations that stood at and beneath `path` that day."""
        versions = apps.get_model("organizations", "OrganizationVersion").objects.as_of(day).beneath([path])
        memberships = apps.get_model("personnel", "Membership").objects.as_of(day)
        there = memberships.filter(Exists(versions.filter(organization=OuterRef("organization"))))
        return self.filter(Exists(there.filter(person=OuterRef("pk"))))

    def members_of(self, organization: Organization, day: date) -> Self:
        """Return the members of the organisation and of all beneath it on `day`."""
        memberships = apps.get_model("personnel", "Membership").objects.as_of(day).beneath(organization, day)
        return self.filter(Exists(memberships.filter(person=OuterRef("pk"))))

    def seated_as(self, position: str, day: date, scope: Scope) -> Self:
        """Return the people who hold the position on `day`, in an organisation of the scope."""
        holdings = apps.get_model("personnel", "Holding").objects.visible_to(scope).as_of(day)
        return self.filter(Exists(holdings.filter(person=OuterRef("pk"), position=position)))

    def planned_on(self, day: date, scope: Scope) -> Self:
        """Return those in a plan on `day`, as far as the scope holds the right to see the names in plans."""
        return self.filter(_in_a_plan(scope, in_force(day)))

    def introduced_on(self, day: date, scope: Scope) -> Self:
        """Return those introduced for a plan by `day` and not yet approved nor taken out; in the scope as above."""
        not_yet = Q(valid_from__isnull=True) | Q(valid_from__gt=day)
        still_there = Q(valid_to__isnull=True) | Q(valid_to__gt=day)
        return self.filter(_in_a_plan(scope, Q(introduced_on__lte=day) & not_yet & still_there))

    def unplanned_on(self, day: date, scope: Scope) -> Self:
        """Return those neither in a plan on `day` nor introduced for one then; in the scope as above.

        Of whoever was never a member where the scope may see the names in plans, nothing is said.
        """
        still_there = Q(valid_to__isnull=True) | Q(valid_to__gt=day)
        memberships = apps.get_model("personnel", "Membership").objects.begun_by(day)
        there = memberships.filter(within(scope, organization="organization", day="valid_from", right=Right.VIEW_PLANS))
        seen = self.filter(Exists(there.filter(person=OuterRef("pk"))))
        return seen.exclude(_in_a_plan(scope, Q(introduced_on__lte=day) & still_there))

    def with_orders(self, ethnic_groups: Sequence[str], retirement: Expression) -> Self:
        """Annotate what lists are sorted by besides: `ethnic_group_order`, `retirement_order` and others so named.

        What is not known comes last, on any engine. `ethnic_groups` are those there are, in their order.
        """
        person = self.model
        return self.annotate(
            ethnic_group_order=_place_in("ethnic_group", ethnic_groups),
            education_order=_place_in("education", person._meta.get_field("education").choices),
            political_theory_order=_place_in("political_theory", person._meta.get_field("political_theory").choices),
            joined_order=Coalesce("joined_party_on", Value(date.max)),
            official_order=Coalesce("official_on", Value(date.max)),
            retirement_order=retirement,
        )

    def with_place_on(self, day: date, scope: Scope) -> Self:
        """Fetch `memberships_on_day` and `seats_on_day` (highest position first), each with its `organization_name`."""
        memberships = apps.get_model("personnel", "Membership").objects.visible_to(scope).as_of(day)
        seats = apps.get_model("personnel", "Holding").objects.visible_to(scope).as_of(day).with_organization_name(day)
        return self.prefetch_related(
            Prefetch("memberships", memberships.with_organization_name(day), to_attr="memberships_on_day"),
            Prefetch(
                "holdings",
                seats.with_names().order_by("body__term__organization", "position__rank"),
                to_attr="seats_on_day",
            ),
        )

    def with_discipline_on(self, day: date) -> Self:
        """Annotate `discipline_on_day`, the kind of the disciplinary measure in force on `day` (None: no measure)."""
        measures = apps.get_model("personnel", "Discipline").objects.as_of(day).filter(person=OuterRef("pk"))
        return self.annotate(discipline_on_day=Subquery(measures.order_by("-valid_from").values("kind")[:1]))

    def in_name_order(self) -> Self:
        """Return them by given name, family name, middle names, in Vietnamese alphabetical order."""
        return self.order_by("sort_key", "pk")


class MembershipQuerySet(RoughlyDatedQuerySet):
    """Where people are members."""

    def visible_to(self, scope: Scope) -> Self:
        return self.filter(within(scope, organization="organization", day="valid_from"))

    def with_organization_name(self, day: date) -> Self:
        """Annotate `organization_name`, the name on `day`."""
        return self.select_related("organization").annotate(organization_name=name_on(day))

    def of_organization(self, organization: Organization) -> Self:
        return self.filter(organization=organization)

    def matching(self, words: str) -> Self:
        """Return those of people whose names have all of the words, or whose card number it is."""
        people = apps.get_model("personnel", "Person").objects.matching(words)
        return self.filter(Exists(people.filter(pk=OuterRef("person"))))

    def with_seats_on(self, day: date, scope: Scope) -> Self:
        """Fetch the person, with `seats_on_day`: the seats held on `day`, the highest position first."""
        seats = apps.get_model("personnel", "Holding").objects.visible_to(scope).as_of(day).with_organization_name(day)
        seats = seats.select_related("position", "body__term").order_by("position__rank", "pk")
        return self.select_related("person").prefetch_related(
            Prefetch("person__holdings", seats, to_attr="seats_on_day")
        )

    def beneath(self, organization: Organization, day: date) -> Self:
        versions = apps.get_model("organizations", "OrganizationVersion").objects.as_of(day)
        here = versions.filter(organization=organization).values_list("path", flat=True)
        return self.filter(Exists(versions.beneath(here).filter(organization=OuterRef("organization"))))


class DisciplineQuerySet(DatedQuerySet):
    """Disciplinary measures."""

    def visible_to(self, scope: Scope) -> Self:
        """Return the measures against whoever was a member or held a seat in the scope when they began, or since.

        What is decided on somebody who has left is no matter of the organisation that was left.
        """
        then_or_since = Q(valid_to__isnull=True) | Q(valid_to__gte=OuterRef("valid_from"))
        there = [
            apps.get_model("personnel", name).objects.visible_to(scope).filter(then_or_since, person=OuterRef("person"))
            for name in ("Membership", "Holding")
        ]
        return self.filter(Exists(there[0]) | Exists(there[1]))


class PoliticalConclusionQuerySet(DatedQuerySet):
    """Conclusions on the political standard."""

    def visible_to(self, scope: Scope) -> Self:
        """Return those on members of organisations over which the scope holds the right to see plans.

        Members on the first day of the conclusion, or now; whom somebody has left before is not concerned.
        """
        memberships = apps.get_model("personnel", "Membership").objects
        there = memberships.filter(within(scope, organization="organization", day="valid_from", right=Right.VIEW_PLANS))
        when = in_force(OuterRef("valid_from")) | Q(valid_to__isnull=True)
        return self.filter(Exists(there.filter(when, person=OuterRef("person"))))


class HoldingQuerySet(RoughlyDatedQuerySet):
    """Seats held."""

    def visible_to(self, scope: Scope) -> Self:
        return self.filter(within(scope, organization="body__term__organization", day="valid_from"))

    def in_body(self, body: Body) -> Self:
        return self.filter(body=body)

    def of_organization(self, organization: Organization) -> Self:
        return self.filter(body__term__organization=organization)

    def in_term(self, term) -> Self:
        return self.filter(body__term=term)

    def in_terms(self, terms: Iterable) -> Self:
        return self.filter(body__term__in=[term.pk for term in terms])

    def with_organization_name(self, day: date) -> Self:
        """Annotate `organization_name`, the name on `day`."""
        return self.annotate(organization_name=name_on(day, "body__term__organization"))

    def with_names(self) -> Self:
        return self.select_related("person", "position", "body__term__organization")

    def with_open_people(self, scope: Scope) -> Self:
        """Annotate `person_opens`: whether the person's own page is in the scope."""
        return self.annotate(person_opens=may_be_opened(scope))

    def with_papers(self) -> Self:
        return self.with_names().select_related("began_by__dossier", "ended_by")

    def with_open_dossiers(self, scope: Scope) -> Self:
        """Annotate `begin_opens` and `end_opens`: whether the page of the dossier that did it is in the scope."""
        dossiers = apps.get_model("personnel", "Dossier").objects.visible_to(scope)
        return self.annotate(
            begin_opens=Exists(dossiers.filter(pk=OuterRef("began_by__dossier"))),
            end_opens=Exists(dossiers.filter(pk=OuterRef("ended_by"))),
        )


class DossierQuerySet(models.QuerySet):
    """Dossiers."""

    def visible_to(self, scope: Scope) -> Self:
        return self.filter(within(scope, organization="organization", day="opened_on"))

    def of_organization(self, organization: Organization) -> Self:
        return self.filter(organization=organization)

    def beneath(self, paths: Iterable[str]) -> Self:
        """Return the dossiers of the organisations at and beneath the paths, where they stood then or stand now."""
        return self.filter(belongs_beneath(paths, organization="organization", day="opened_on"))

    def opened_by(self, day: date) -> Self:
        """Return the dossiers that were opened on or before `day`."""
        return self.filter(opened_on__lte=day)

    def with_state_on(self, day: date) -> Self:
        """Annotate `state_on_day`: how far the dossier had come on `day`.

        Besides the states there is "returned": a draft that was sent back, with the reason. The days on which a
        dossier was returned or withdrawn are in the journal alone, so these two are as they are now.
        """
        return self.annotate(
            state_on_day=Case(
                When(state="withdrawn", then=Value("withdrawn")),
                When(decided_on__lte=day, then=F("state")),
                When(submitted_on__lte=day, then=Value("submitted")),
                When(Q(state="draft") & ~Q(reason=""), then=Value("returned")),
                default=Value("draft"),
            )
        )

    def drafted_by(self, user) -> Self:
        return self.filter(drafted_by=user)

    def to_submit(self, scope: Scope) -> Self:
        """Return the drafts that may be submitted in the scope; the inspection's clerks see those of its positions."""
        drafts = self.filter(state="draft")
        everything = beneath(scope.paths(Right.DRAFT), "organization__path")
        items = apps.get_model("personnel", "ChangeItem").objects.filter(dossier=OuterRef("pk"))
        inspections = Exists(items) & ~Exists(items.exclude(position__body_kind="inspection_committee"))
        theirs = beneath(scope.paths(Right.DRAFT_INSPECTION), "organization__path") & Q(inspections)
        return drafts.filter(everything | theirs)

    def to_confirm(self, scope: Scope, user) -> Self:
        """Return the submitted dossiers on which the user may decide: of the scope, and drafted by another hand."""
        mine = beneath(scope.paths(Right.CONFIRM), "organization__path")
        return self.filter(mine, state="submitted").exclude(drafted_by=user)

    def overdue(self, day: date) -> Self:
        """Return the dossiers whose next step should have been taken before `day`, and on that day had not been.

        As far as a dossier was returned or withdrawn since, it is taken as it is now (see `with_state_on`).
        """
        not_submitted = Q(submitted_on__isnull=True) | Q(submitted_on__gt=day)
        undecided = Q(decided_on__isnull=True) | Q(decided_on__gt=day)
        reported_late = not_submitted & Q(report_due_on__lt=day)
        decided_late = Q(submitted_on__lte=day, decision_due_on__lt=day)
        return self.filter(reported_late | decided_late, undecided).exclude(state="withdrawn")

    def with_organization_name(self, day: date) -> Self:
        """Annotate `organization_name`, the name on `day`."""
        return self.select_related("organization").annotate(organization_name=name_on(day))

    def with_everything(self) -> Self:
        """Fetch what a dossier's own page shows of it: papers, congress, who decided, corrections both ways."""
        named = ("submission", "decision", "congress", "corrects", "drafted_by", "submitted_by", "decided_by")
        named += ("reorganization",)
        return self.select_related("organization", *named).prefetch_related("corrections")

    def with_open_papers(self, scope: Scope) -> Self:
        """Annotate `submission_opens` and `decision_opens`: whether the document's own page is in the scope."""
        documents = apps.get_model("organizations", "Document").objects.visible_to(scope)
        return self.annotate(
            submission_opens=Exists(documents.filter(pk=OuterRef("submission"))),
            decision_opens=Exists(documents.filter(pk=OuterRef("decision"))),
        )

    def with_item_count(self) -> Self:
        """Annotate `item_count`, the number of change items."""
        items = apps.get_model("personnel", "ChangeItem").objects.filter(dossier=OuterRef("pk")).order_by()
        counted = items.values("dossier").annotate(count=Count("pk")).values("count")
        return self.annotate(item_count=Coalesce(Subquery(counted), 0))

    def matching(self, words: str) -> Self:
        """Return the dossier of this code, or those of organisations or people whose names have all of the words."""
        code = DOSSIER_CODE.fullmatch(search_key(words))
        if code:
            return self.filter(year=int(code[1]), number=int(code[2]))
        items = apps.get_model("personnel", "ChangeItem").objects
        found = self
        for word in search_key(words).split():
            with_person = items.filter(dossier=OuterRef("pk"), person__search_key__contains=word)
            found = found.filter(Q(organization__search_key__contains=word) | Exists(with_person))
        return found


class CongressResultQuerySet(models.QuerySet):
    """What dossiers say of congresses."""

    def visible_to(self, scope: Scope) -> Self:
        return self.filter(within(scope, organization="dossier__organization", day="dossier__opened_on"))


class JudgementQuerySet(models.QuerySet):
    """What rules said of dossiers."""

    def visible_to(self, scope: Scope) -> Self:
        return self.filter(within(scope, organization="dossier__organization", day="dossier__opened_on"))


class UnfinishedFormQuerySet(models.QuerySet):
    """Forms that were typed and not saved; each is its owner's alone."""

    def of(self, owner, dossier) -> Self:
        """Return the owner's form of the dossier (None: of a new one)."""
        return self.filter(owner=owner, dossier=dossier)


class VoteQuerySet(models.QuerySet):
    """Votes on change items."""

    def visible_to(self, scope: Scope) -> Self:
        items = apps.get_model("personnel", "ChangeItem").objects.visible_to(scope)
        return self.filter(Exists(items.filter(pk=OuterRef("item"))))


def in_effect(period: Period, as_at: date) -> Q:
    """Return the condition that an item counts: confirmed by `as_at`, not corrected by then, in effect in `period`."""
    confirmed = Q(outcome="confirmed", confirmed_on__lte=as_at)
    stands = Q(superseded_on__isnull=True) | Q(superseded_on__gt=as_at)
    return confirmed & stands & Q(effective_on__gte=period.first, effective_on__lt=period.end, effective_on__lte=as_at)


def waiting(period: Period, as_at: date) -> Q:
    """Return the condition that an item was, on `as_at`, submitted and not decided, or confirmed and not yet in effect.

    Its `day` (ChangeItemQuerySet.with_day) lies in `period`. Such an item stands in no count of the period.
    """
    submitted = Q(dossier__state__in=["submitted", "confirmed", "refused"], dossier__submitted_on__lte=as_at)
    undecided = Q(dossier__decided_on__isnull=True) | Q(dossier__decided_on__gt=as_at)
    stands = Q(superseded_on__isnull=True) | Q(superseded_on__gt=as_at)
    not_yet = Q(outcome="confirmed", confirmed_on__lte=as_at, effective_on__gt=as_at) & stands
    return ((submitted & undecided) | not_yet) & Q(day__gte=period.first, day__lt=period.end)
