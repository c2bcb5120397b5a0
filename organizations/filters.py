"""Filters of organisations and documents, and the choice of an organisation that the lists of other apps offer."""

from collections.abc import Mapping
from datetime import date

from django.db import models
from django.http import HttpRequest

from common.filters import ListFilter, choice, words
from organizations.models import Document, DocumentType, OrganizationKind, OrganizationVersion
from organizations.scope import Scope
from organizations.tree import STANDING, STATUSES

INDENT = "\u2003"
EVERYTHING = "all"


class OrganizationFilter(ListFilter):
    """Organisations of a tree. `statuses` says of each version (its key) whether it stands on the day looked at."""

    q = words("Tìm", "Tên hoặc mã tổ chức")
    kind = choice("Loại hình", OrganizationKind.choices)
    status = choice("Trạng thái", [*STATUSES, (EVERYTHING, "Tất cả")], method="by_status", empty_label=None)

    class Meta:
        model = OrganizationVersion
        fields = ()

    def __init__(self, request: HttpRequest, statuses: Mapping[int, str]) -> None:
        self.statuses = statuses
        super().__init__(request, OrganizationVersion.objects.filter(pk__in=list(statuses)))

    def defaults(self) -> dict[str, str]:
        return {"status": STANDING}

    @property
    def is_of_the_standing(self) -> bool:
        """Whether only organisations that stand on the day are asked for."""
        return self.data.get("status") == STANDING

    def by_status(self, queryset: models.QuerySet, name: str, value: str) -> models.QuerySet:
        if value == EVERYTHING:
            return queryset
        return queryset.filter(pk__in=[pk for pk, status in self.statuses.items() if status == value])

    def by_words(self, queryset: models.QuerySet, name: str, value: str) -> models.QuerySet:
        return queryset.matching(value)


class OrganizationsOfDay:
    """The organisations that somebody may choose from: those in the scope, as they stood on the day."""

    def __init__(self, scope: Scope, day: date) -> None:
        self.versions = OrganizationVersion.objects.as_of(day).visible_to(scope).with_codes().as_tree()

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Code and name, indented as the tree is."""
        return [(version.code, f"{INDENT * version.depth}{version.name}") for version in self.versions]

    def path_of(self, code: str) -> str:
        return next(version.path for version in self.versions if version.code == code)


class DocumentFilter(ListFilter):
    q = words("Tìm", "Số, trích yếu hoặc cơ quan ban hành")
    type = choice("Loại văn bản", DocumentType.choices)
    year = choice("Năm", field_name="issued_on", lookup_expr="year")

    class Meta:
        model = Document
        fields = ()

    def __init__(self, request: HttpRequest, queryset: models.QuerySet) -> None:
        super().__init__(request, queryset)
        self.offer("year", [(str(year), str(year)) for year in queryset.years()])

    def by_words(self, queryset: models.QuerySet, name: str, value: str) -> models.QuerySet:
        return queryset.matching(value)
