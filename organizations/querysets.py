"""Reads of organisations, their versions, terms, bodies and documents."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Self

from django.apps import apps
from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from common.dated import DatedQuerySet, in_force
from common.periods import today
from common.vietnamese import search_key, text_sort_key
from organizations.scope import Right, Scope

_name_key = lru_cache(maxsize=4096)(text_sort_key)


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
    return belongs_beneath(scope.paths(right), organization=organization, day=day)


def belongs_beneath(paths: Iterable[str], *, organization: str, day: str) -> Q:
    """Return the condition that a record's organisation stood beneath one of the paths on its day, or does now."""
    return Q(stood_beneath(paths, organization=organization, day=day)) | beneath(paths, f"{organization}__path")


def is_seen(scope: Scope, row: models.Model) -> bool:
    """Whether the scope sees the row: asked of what stands in the way of taking an act back, before it is named."""
    rows = type(row)._default_manager
    return hasattr(rows, "visible_to") and rows.visible_to(scope).filter(pk=row.pk).exists()


def _sees_the_top(scope: Scope) -> Q:
    """Return the condition, one for all rows, that the scope holds an organisation at the top of the tree of today."""
    top = apps.get_model("organizations", "Organization").objects.filter(parent__isnull=True)
    return Q(Exists(top.filter(beneath(scope.paths()))))


def name_on(day: date | Combinable, organization: str = "organization") -> Coalesce:
    """Return the name that the organisation at the field `organization` bore on `day`, or bears if it bore none."""
    versions = apps.get_model("organizations", "OrganizationVersion").objects
    borne = versions.as_of(day).filter(organization=OuterRef(organization))
    return Coalesce(Subquery(borne.values("name")[:1]), f"{organization}__name")


def kind_on(day: date | Combinable, organization: str = "organization") -> Coalesce:
    """Return the kind of the organisation at the field `organization` on `day`; today's if it did not stand then."""
    versions = apps.get_model("organizations", "OrganizationVersion").objects
    stood = versions.as_of(day).filter(organization=OuterRef(organization))
    return Coalesce(Subquery(stood.values("kind")[:1]), f"{organization}__kind")


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

    def with_facts_on(self, day: date) -> Self:
        """Annotate `kind_on_day` (today's for a day on which it did not stand), `official_on_day`, `books_closed_to`.

        `official_on_day` is the number of official members by the last count on or before `day`, None when never
        counted; `books_closed_to` the end of the last closed period in whose books it stood, None when there is none.
        """
        versions = apps.get_model("organizations", "OrganizationVersion").objects.as_of(day)
        counts = apps.get_model("organizations", "MemberCount").objects.filter(counted_on__lte=day)
        kinds = versions.filter(organization=OuterRef("pk")).values("kind")
        official = counts.filter(organization=OuterRef("pk")).order_by("-counted_on").values("official")
        closings = apps.get_model("organizations", "Closing").objects.standing().covering_outer()
        return self.annotate(
            kind_on_day=Coalesce(Subquery(kinds[:1]), "kind"),
            official_on_day=Subquery(official[:1]),
            books_closed_to=Subquery(closings.order_by("-end").values("end")[:1]),
        )

    def root(self):
        """Return the organisation at the top of the tree of today: the office's own. None while there is none.

        The oldest of those that stand; when none does any more, the oldest that stood.
        """
        versions = apps.get_model("organizations", "OrganizationVersion").objects.as_of(today())
        top = self.filter(parent__isnull=True).annotate(stands=Exists(versions.filter(organization=OuterRef("pk"))))
        return top.order_by("-stands", "pk").first()


class OrganizationVersionQuerySet(DatedQuerySet):
    """Organisations as they stood on a day."""

    def visible_to(self, scope: Scope) -> Self:
        return self.filter(beneath(scope.paths()))

    def of_organizations_ever_in(self, scope: Scope) -> Self:
        """Return every version of the organisations that stand, or ever stood, in the scope."""
        organizations = apps.get_model("organizations", "Organization").objects.visible_to(scope)
        return self.filter(organization__in=organizations.order_by().values("pk"))

    def beneath(self, paths: Iterable[str]) -> Self:
        return self.filter(beneath(paths))

    def under(self, organization_id: int) -> Self:
        """Return the versions in which the organisation is, or stands beneath, the one of this identity."""
        return self.filter(path__contains=f"/{organization_id}/")

    def grassroots(self) -> Self:
        """Return the versions in which the organisation is a grassroots one (TCCSĐ)."""
        return self.filter(kind__in=("grassroots_committee", "grassroots_cell"))

    def in_tree_order(self) -> Self:
        return self.order_by("path")

    def directly_beneath(self, organization) -> Self:
        """Return the versions in which `organization` is the direct superior."""
        return self.filter(parent=organization)

    def matching(self, words: str) -> Self:
        """Return the versions whose own name or code has all of the words, accents and case aside."""
        wanted = search_key(words).split()
        texts = self.values_list("pk", "name", "short_name", "organization__code")
        keys = {pk: search_key(f"{name} {short_name} {code}") for pk, name, short_name, code in texts}
        return self.filter(pk__in=[pk for pk, key in keys.items() if all(word in key for word in wanted)])

    def with_codes(self) -> Self:
        """Annotate `code`, the organisation's."""
        return self.annotate(code=F("organization__code"))

    def with_parent_name(self) -> Self:
        """Annotate `parent_name` as it was when the version began; None at the top of the tree."""
        return self.annotate(parent_name=name_on(OuterRef("valid_from"), "parent"))

    def with_papers(self) -> Self:
        return self.select_related("decision", "parent")

    def with_member_total(self, day: date) -> Self:
        """Annotate `member_total`, official and probationary members by the last count on or before `day`."""
        counts = apps.get_model("organizations", "MemberCount").objects.filter(organization=OuterRef("organization"))
        last = counts.filter(counted_on__lte=day).order_by("-counted_on")
        totals = last.annotate(total_counted=F("official") + F("probationary")).values("total_counted")
        return self.annotate(member_total=Subquery(totals[:1]))

    def as_tree(self) -> list:
        """Return the versions as a list, each before those beneath it, siblings by name in Vietnamese order.

        Sets `depth` on each: 0 for the topmost of the list.
        """
        versions = list(self)
        names = {str(version.organization_id): _name_key(version.name) for version in versions}
        versions.sort(key=lambda each: [(names.get(step, ""), step) for step in each.path.strip("/").split("/")])
        top = min((version.path.count("/") for version in versions), default=0)
        for version in versions:
            version.depth = version.path.count("/") - top
        return versions


class TermQuerySet(DatedQuerySet):
    """Terms of organisations."""

    def visible_to(self, scope: Scope) -> Self:
        return self.filter(within(scope, organization="organization", day="valid_from"))

    def of_organization(self, organization) -> Self:
        return self.filter(organization=organization)


class BodyQuerySet(models.QuerySet):
    """Bodies of terms."""

    def visible_to(self, scope: Scope) -> Self:
        return self.filter(within(scope, organization="term__organization", day="term__valid_from"))

    def as_of(self, day: date) -> Self:
        """Return the bodies whose term is in force on `day`."""
        return self.filter(in_force(day, "term__"))


class DocumentQuerySet(models.QuerySet):
    """Documents: of organisations in the register, and of issuers outside it."""

    def visible_to(self, scope: Scope) -> Self:
        """Return the documents that organisations in the scope issued, and those of outside issuers.

        Outside documents belong to no part of the tree, so whoever sees anything sees the ordinary ones. A confidential
        one is seen by whom it concerns: at the top of the tree, or where a record rests on it.
        """
        if not scope.may(Right.VIEW):
            return self.none()
        ordinary = Q(issuer__isnull=True) & ~Q(classification=self.model.Classification.CONFIDENTIAL)
        concerned = Q(issuer__isnull=True) & (_sees_the_top(scope) | self._rested_on(scope))
        seen = self.filter(within(scope, organization="issuer", day="issued_on") | ordinary | concerned)
        return seen.exclude(self._on_persons_unseen(scope))

    def _on_persons_unseen(self, scope: Scope) -> Q:
        """Return the condition that a political conclusion rests on the document, none of which the scope sees.

        Its summary names the person, whom only those learn of who may see plans there.
        """
        conclusions = apps.get_model("personnel", "PoliticalConclusion").objects
        resting = {"document": OuterRef("pk")}
        return Q(Exists(conclusions.filter(**resting))) & ~Q(Exists(conclusions.visible_to(scope).filter(**resting)))

    def _rested_on(self, scope: Scope) -> Q:
        """Return the condition that a record in the scope was decided by the document.

        Dossiers and plans stand on a floor above this one, so they are found by what the document calls them.
        """
        relations = map(self.model._meta.get_field, ("confirmed_dossiers", "plan_approvals"))
        citing = [relation.related_model for relation in relations]
        citing += [apps.get_model("organizations", name) for name in ("OrganizationVersion", "Body")]
        condition = Q(pk__in=[])
        for model in citing:
            condition |= Q(Exists(model.objects.visible_to(scope).filter(decision=OuterRef("pk"))))
        return condition

    def concerning(self, organization) -> Self:
        """Return the documents that the organisation issued, and those on which its records rest.

        Dossiers and plans stand on floors above this one, so they are found by their names.
        """
        conditions = Q(issuer=organization)
        for app, model, owner, fields in (
            ("organizations", "OrganizationVersion", "organization", ("decision",)),
            ("organizations", "Body", "term__organization", ("decision",)),
            ("organizations", "Reorganization", "parts__organization", ("decision",)),
            ("personnel", "Dossier", "organization", ("submission", "decision")),
            ("planning", "PlanApproval", "organization", ("submission", "decision")),
        ):
            records = apps.get_model(app, model).objects.filter(**{owner: organization})
            for field in fields:
                conditions |= Q(Exists(records.filter(**{field: OuterRef("pk")})))
        return self.filter(conditions)

    def matching(self, words: str) -> Self:
        """Return the documents whose number, issuer or summary has all of the words, accents and case aside."""
        found = self
        for word in search_key(words).split():
            found = found.filter(search_key__contains=word)
        return found

    def issued_by(self, day: date) -> Self:
        """Return the documents that bear a day on or before `day`."""
        return self.filter(issued_on__lte=day)

    def years(self) -> list[int]:
        """Return the years whose days they bear, the newest first."""
        return [day.year for day in self.dates("issued_on", "year", order="DESC")]

    def with_file_count(self) -> Self:
        """Annotate `file_count`, the number of files attached."""
        return self.annotate(file_count=Count("files"))

    def newest_first(self) -> Self:
        return self.order_by("-issued_on", "type", "-number", "pk")

    def in_citing_order(self) -> Self:
        """Return them as a legal basis is cited: the highest issuer first, then by day."""
        return self.order_by("issuer_level", "issued_on", "number")


class DocumentFileQuerySet(models.QuerySet):
    """Files of documents."""

    def visible_to(self, scope: Scope) -> Self:
        documents = apps.get_model("organizations", "Document").objects.visible_to(scope)
        return self.filter(Exists(documents.filter(pk=OuterRef("document"))))


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

    def of_organization(self, organization) -> Self:
        return self.filter(organization=organization)


class ReorganizationQuerySet(models.QuerySet):
    """Reorganisations."""

    def visible_to(self, scope: Scope) -> Self:
        """Return those of which an organisation stood, or stands now, in the scope."""
        parts = apps.get_model("organizations", "ReorganizationPart").objects.visible_to(scope)
        return self.filter(Exists(parts.filter(reorganization=OuterRef("pk"))))

    def of_organization(self, organization) -> Self:
        """Return those that the organisation came out of or went into."""
        parts = apps.get_model("organizations", "ReorganizationPart").objects.filter(organization=organization)
        return self.filter(Exists(parts.filter(reorganization=OuterRef("pk"))))

    def matching(self, words: str) -> Self:
        """Return those whose account, decision or organisations have all of the words, accents and case aside."""
        wanted = search_key(words).split()
        parts = apps.get_model("organizations", "ReorganizationPart").objects
        keys = {
            pk: f"{search_key(note)} {decision}"
            for pk, note, decision in self.values_list("pk", "note", "decision__search_key")
        }
        for pk, key in parts.filter(reorganization__in=keys).values_list("reorganization", "organization__search_key"):
            keys[pk] += f" {key}"
        return self.filter(pk__in=[pk for pk, key in keys.items() if all(word in key for word in wanted)])

    def effective_by(self, day: date) -> Self:
        """Return those that took effect on or before `day`."""
        return self.filter(effective_on__lte=day)

    def years(self) -> list[int]:
        """Return the years in which they took effect, the newest first."""
        return [day.year for day in self.dates("effective_on", "year", order="DESC")]

    def with_everything(self) -> Self:
        """Fetch the decision, the correction and the organisations with them, by the names that they bore."""
        parts = apps.get_model("organizations", "ReorganizationPart").objects.with_names()
        fetched = self.select_related("decision", "correction", "corrects")
        return fetched.prefetch_related(models.Prefetch("parts", parts.order_by("side", "pk")))


class ReorganizationPartQuerySet(models.QuerySet):
    """Organisations in reorganisations."""

    def visible_to(self, scope: Scope) -> Self:
        within_it = within(scope, organization="organization", day="reorganization__effective_on")
        before = apps.get_model("organizations", "OrganizationVersion").objects.filter(
            beneath(scope.paths()), organization=OuterRef("organization")
        )
        return self.filter(within_it | Q(Exists(before)))

    def with_names(self) -> Self:
        """Annotate `organization_name`: before the reorganisation on the side "from", by it on the side "to".

        Today's where it bore none: a correction has taken back what established it.
        """
        versions = apps.get_model("organizations", "OrganizationVersion").objects
        borne = versions.filter(organization=OuterRef("organization")).order_by("-valid_from")
        before = borne.filter(valid_from__lt=OuterRef("reorganization__effective_on")).values("name")[:1]
        after = borne.filter(valid_from__lte=OuterRef("reorganization__effective_on")).values("name")[:1]
        name = Case(When(side="from", then=Subquery(before)), default=Subquery(after))
        return self.select_related("organization").annotate(organization_name=Coalesce(name, "organization__name"))

    def standing(self) -> Self:
        """Return the parts of reorganisations that no correction has taken back, without the corrections."""
        return self.filter(reorganization__corrects__isnull=True, reorganization__correction__isnull=True)
