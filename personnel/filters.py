"""Filters of people and dossiers."""

from django.db import models
from django.http import HttpRequest

from common.filters import ListFilter, choice, words
from common.vietnamese import text_sort_key
from organizations.filters import OrganizationsOfDay
from organizations.models import Position
from personnel.models import Dossier, Gender, Person

# As DossierQuerySet.with_state_on annotates them.
DOSSIER_STATES = {**dict(Dossier.State.choices), "returned": "Trả lại"}
OVERDUE = "overdue"


class PersonFilter(ListFilter):
    q = words("Tìm", "Họ tên hoặc số thẻ đảng viên")
    organization = choice("Nơi sinh hoạt (cả cấp dưới)", searchable=True, method="in_organization")
    position = choice("Chức danh đang giữ", method="in_position")
    gender = choice("Giới tính", Gender.choices)
    ethnic_group = choice("Dân tộc")

    class Meta:
        model = Person
        fields = ()

    def __init__(self, request: HttpRequest, queryset: models.QuerySet) -> None:
        super().__init__(request, queryset)
        self.organizations = OrganizationsOfDay(request.scope, request.day)
        groups = queryset.order_by().values_list("ethnic_group", flat=True).distinct()
        self.offer("organization", self.organizations.choices)
        self.offer("position", [(position.pk, position.name) for position in Position.objects.all()])
        self.offer("ethnic_group", [(group, group) for group in sorted(groups, key=text_sort_key)])

    def by_words(self, queryset: models.QuerySet, name: str, value: str) -> models.QuerySet:
        return queryset.matching(value)

    def in_organization(self, queryset: models.QuerySet, name: str, value: str) -> models.QuerySet:
        return queryset.members_beneath(self.organizations.path_of(value), self.request.day)

    def in_position(self, queryset: models.QuerySet, name: str, value: str) -> models.QuerySet:
        return queryset.seated_as(value, self.request.day, self.request.scope)


class DossierFilter(ListFilter):
    q = words("Tìm", "Số hồ sơ, tổ chức hoặc họ tên")
    organization = choice("Tổ chức (cả cấp dưới)", searchable=True, method="in_organization")
    state_on_day = choice("Trạng thái", DOSSIER_STATES.items())
    kind = choice("Loại hồ sơ", Dossier.Kind.choices)
    year = choice("Năm lập")
    due = choice("Thời hạn", [(OVERDUE, "Quá hạn")], method="by_due")

    class Meta:
        model = Dossier
        fields = ()

    def __init__(self, request: HttpRequest, queryset: models.QuerySet) -> None:
        super().__init__(request, queryset)
        self.organizations = OrganizationsOfDay(request.scope, request.day)
        years = queryset.order_by("-year").values_list("year", flat=True).distinct()
        self.offer("organization", self.organizations.choices)
        self.offer("year", [(str(year), str(year)) for year in years])

    def by_words(self, queryset: models.QuerySet, name: str, value: str) -> models.QuerySet:
        return queryset.matching(value)

    def in_organization(self, queryset: models.QuerySet, name: str, value: str) -> models.QuerySet:
        return queryset.beneath([self.organizations.path_of(value)])

    def by_due(self, queryset: models.QuerySet, name: str, value: str) -> models.QuerySet:
        return queryset.overdue(self.request.day)
