"""Filters of people and dossiers."""

from functools import cached_property

from django import forms
from django.db import models
from django.http import HttpRequest

from common.filters import ListFilter, choice, number, words
from common.vietnamese import text_sort_key
from organizations.filters import OrganizationsOfDay
from organizations.models import Position
from organizations.scope import Right
from personnel.ages import at_least, at_most, retires_in
from personnel.models import Dossier, Education, Gender, Person, PoliticalTheory
from regulations.retirement import RetirementTable

# As DossierQuerySet.with_state_on annotates them.
DOSSIER_STATES = {**dict(Dossier.State.choices), "returned": "Trả lại"}
OVERDUE = "overdue"
YOUNGEST, OLDEST = 18, 120  # whoever joins the Party is 18
YEARS_AHEAD = 20  # of retirement
MAJORITY = "Kinh"
MINORITIES = ("minorities", "Dân tộc thiểu số (khác Kinh)")
NOT_KNOWN = ("not_known", "Chưa có số liệu")
PLANNED = {
    "in_plan": "Trong quy hoạch",
    "awaiting": "Đã giới thiệu, chờ phê duyệt",
    "none": "Không có trong quy hoạch",
}


class PersonFilterForm(forms.Form):
    """What the fields of the filter say together."""

    def clean(self) -> dict[str, object]:
        given = super().clean()
        least, most = given.get("age_from"), given.get("age_to")
        if least is not None and most is not None and most < least:
            self.add_error("age_to", f"Tuổi đến ({most}) nhỏ hơn tuổi từ ({least}). Hãy sửa một trong hai.")
        return given


class PersonFilter(ListFilter):
    """People. Whether somebody is planned is asked only by those who may see the names in plans.

    `leaves_plans_out`: it was asked all the same, by a filter kept from a day on which they might.
    """

    q = words("Tìm", "Họ tên hoặc số thẻ đảng viên")
    organization = choice("Nơi sinh hoạt (cả cấp dưới)", searchable=True, method="in_organization")
    position = choice("Chức danh đang giữ", method="in_position")
    gender = choice("Giới tính", Gender.choices)
    age_from = number("Tuổi từ", YOUNGEST, OLDEST, method="by_least_age")
    age_to = number("Tuổi đến", YOUNGEST, OLDEST, method="by_most_age")
    ethnic_group = choice("Dân tộc", method="by_ethnic_group")
    education = choice("Chuyên môn", [*Education.choices, NOT_KNOWN], method="by_level")
    political_theory = choice("Lý luận chính trị", [*PoliticalTheory.choices, NOT_KNOWN], method="by_level")
    retirement_year = choice("Năm nghỉ hưu", method="by_retirement_year")
    planned = choice("Quy hoạch", PLANNED.items(), method="by_plan")

    folded = ("age_from", "age_to", "ethnic_group", "education", "political_theory", "retirement_year", "planned")

    class Meta:
        model = Person
        fields = ()
        form = PersonFilterForm

    def __init__(self, request: HttpRequest, queryset: models.QuerySet) -> None:
        super().__init__(request, queryset)
        self.leaves_plans_out = "planned" in self.given and not request.scope.may(Right.VIEW_PLANS)
        if not request.scope.may(Right.VIEW_PLANS):
            del self.filters["planned"]
        self.organizations = OrganizationsOfDay(request.scope, request.day)
        groups = queryset.order_by().values_list("ethnic_group", flat=True).distinct()
        self.ethnic_groups = sorted(groups, key=text_sort_key)
        years = range(request.day.year - 1, request.day.year + YEARS_AHEAD + 1)
        self.offer("organization", self.organizations.choices)
        self.offer("position", [(position.pk, position.name) for position in Position.objects.all()])
        self.offer("ethnic_group", [MINORITIES, *((group, group) for group in self.ethnic_groups)])
        self.offer("retirement_year", [(str(year), str(year)) for year in years])

    @cached_property
    def ages(self) -> RetirementTable:
        return RetirementTable.load()

    @property
    def tells_plans(self) -> bool:
        """Whether what the list shows says who is planned."""
        return self.is_valid() and bool(self.form.cleaned_data.get("planned"))

    def by_words(self, queryset: models.QuerySet, name: str, value: str) -> models.QuerySet:
        return queryset.matching(value)

    def in_organization(self, queryset: models.QuerySet, name: str, value: str) -> models.QuerySet:
        return queryset.members_beneath(self.organizations.path_of(value), self.request.day)

    def in_position(self, queryset: models.QuerySet, name: str, value: str) -> models.QuerySet:
        return queryset.seated_as(value, self.request.day, self.request.scope)

    def by_least_age(self, queryset: models.QuerySet, name: str, value: int) -> models.QuerySet:
        return queryset.filter(at_least(value, self.request.day))

    def by_most_age(self, queryset: models.QuerySet, name: str, value: int) -> models.QuerySet:
        return queryset.filter(at_most(value, self.request.day))

    def by_ethnic_group(self, queryset: models.QuerySet, name: str, value: str) -> models.QuerySet:
        return (
            queryset.exclude(ethnic_group=MAJORITY) if value == MINORITIES[0] else queryset.filter(ethnic_group=value)
        )

    def by_level(self, queryset: models.QuerySet, name: str, value: str) -> models.QuerySet:
        return queryset.filter(**{name: "" if value == NOT_KNOWN[0] else value})

    def by_retirement_year(self, queryset: models.QuerySet, name: str, value: str) -> models.QuerySet:
        return queryset.filter(retires_in(int(value), self.ages))

    def by_plan(self, queryset: models.QuerySet, name: str, value: str) -> models.QuerySet:
        asked = {"in_plan": queryset.planned_on, "awaiting": queryset.introduced_on, "none": queryset.unplanned_on}
        return asked[value](self.request.day, self.request.scope)


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
