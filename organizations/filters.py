"""Filters of organisations and documents, and the choice of an organisation that the lists of other apps offer."""

from datetime import date

from django.db import models
from django.http import HttpRequest

from common.filters import ListFilter, choice, words
from organizations.models import Document, DocumentType, OrganizationKind, OrganizationVersion
from organizations.scope import Scope

INDENT = "\u2003"


class OrganizationFilter(ListFilter):
    q = words("Tìm", "Tên hoặc mã tổ chức")
    kind = choice("Loại hình", OrganizationKind.choices)

    class Meta:
        model = OrganizationVersion
        fields = ()

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
