"""The filter of the list of reorganisations."""

from django.db import models
from django.http import HttpRequest

from common.filters import ListFilter, choice, words
from organizations.models import Reorganization


class ReorganizationFilter(ListFilter):
    """Filters by words, kind and the year of effect."""

    q = words("Tìm", "Tên tổ chức hoặc số quyết định")
    kind = choice("Hình thức", Reorganization.Kind.choices)
    year = choice("Năm", method="of_year")

    class Meta:
        model = Reorganization
        fields = ()

    def __init__(self, request: HttpRequest, queryset: models.QuerySet) -> None:
        super().__init__(request, queryset)
        self.offer("year", [(str(year), str(year)) for year in queryset.years()])

    def by_words(self, queryset: models.QuerySet, name: str, value: str) -> models.QuerySet:
        return queryset.matching(value)

    def of_year(self, queryset: models.QuerySet, name: str, value: str) -> models.QuerySet:
        return queryset.filter(effective_on__year=int(value))
