"""The lists on an organisation's page: its members, the changes in its bodies, its papers."""

import django_tables2 as tables
from django.db import models
from django.http import HttpRequest
from django.template.loader import render_to_string

from common.filters import ListFilter, choice, words
from common.tables import DAY, NUMBER, PartialColumn, StateColumn, name_cell
from organizations.filters import DocumentFilter
from organizations.models import Organization
from personnel.models import Act, ChangeItem, Membership

OWN = "own"
# As ChangeItemQuerySet.with_state_on annotates them.
ITEM_STATES = {
    "draft": "Nháp",
    "submitted": "Đã trình",
    "confirmed": "Đã chuẩn y",
    "refused": "Không chuẩn y",
    "superseded": "Đã bị đính chính",
    "withdrawn": "Đã rút",
}
ISSUED, CONCERNING = "issued", "concerning"


class MemberFilter(ListFilter):
    """Members at and beneath an organisation."""

    q = words("Tìm", "Họ tên hoặc số thẻ đảng viên")
    reach = choice("Phạm vi", [(OWN, "Chỉ sinh hoạt trực tiếp")], empty_label="Cả cấp dưới", method="by_reach")

    class Meta:
        model = Membership
        fields = ()

    def __init__(self, request: HttpRequest, queryset: models.QuerySet, organization: Organization) -> None:
        self.organization = organization
        super().__init__(request, queryset)

    def by_words(self, queryset: models.QuerySet, name: str, value: str) -> models.QuerySet:
        return queryset.matching(value)

    def by_reach(self, queryset: models.QuerySet, name: str, value: str) -> models.QuerySet:
        return queryset.of_organization(self.organization)


class SinceColumn(tables.Column):
    """The first day of a membership as far as it is known, marked when nobody knows whether it held on the day."""

    empty_values = ()

    def render(self, record: Membership, table: tables.Table) -> str:
        unsure = record.is_unsure_on(table.request.day)
        return render_to_string("personnel/_member_since.html", {"record": record, "unsure": unsure})


class MemberTable(tables.Table):
    full_name = tables.Column(
        verbose_name="Họ và tên",
        accessor="person__full_name",
        order_by=("person__sort_key", "pk"),
        linkify=lambda record: record.person.get_absolute_url(),
        attrs=name_cell(lambda record: record.person.full_name),
    )
    birth_year = tables.Column(
        verbose_name="Năm sinh",
        accessor="person__birth_date__year",
        order_by=("person__birth_date", "pk"),
        localize=False,
        attrs=NUMBER,
    )
    organization = tables.Column(
        verbose_name="Nơi sinh hoạt",
        accessor="organization_name",
        order_by=("organization__sort_key", "person__sort_key", "pk"),
    )
    since = SinceColumn(verbose_name="Từ", order_by=("valid_from", "person__sort_key", "pk"), attrs=DAY)
    seats = PartialColumn("personnel/_member_seats.html", verbose_name="Chức danh trong cấp ủy", orderable=False)

    class Meta:
        attrs = {"class": "table"}


class ChangeFilter(ListFilter):
    """Changes in the bodies of an organisation."""

    q = words("Tìm", "Họ tên")
    act = choice("Nội dung", Act.choices)
    state_on_day = choice("Kết quả", ITEM_STATES.items())

    class Meta:
        model = ChangeItem
        fields = ()

    def by_words(self, queryset: models.QuerySet, name: str, value: str) -> models.QuerySet:
        return queryset.matching(value)


class ChangeTable(tables.Table):
    day = PartialColumn("personnel/_change_day.html", verbose_name="Ngày", order_by=("day", "pk"), attrs=DAY)
    full_name = tables.Column(
        verbose_name="Đồng chí",
        accessor="person__full_name",
        order_by=("person__sort_key", "day", "pk"),
        linkify=lambda record: record.person.get_absolute_url() if record.person_opens else None,
        attrs=name_cell(lambda record: record.person.full_name),
    )
    what = PartialColumn("personnel/_change_what.html", verbose_name="Nội dung", orderable=False)
    state = StateColumn(
        ITEM_STATES,
        {"superseded": "withdrawn"},
        verbose_name="Kết quả",
        accessor="state_on_day",
        order_by=("state_on_day", "day", "pk"),
    )
    papers = PartialColumn("personnel/_change_papers.html", verbose_name="Hồ sơ, quyết định", orderable=False)

    class Meta:
        attrs = {"class": "table"}


class PaperFilter(DocumentFilter):
    """Documents that an organisation issued, and those on which its records rest."""

    relation = choice(
        "Quan hệ", [(ISSUED, "Tổ chức này ban hành"), (CONCERNING, "Nơi khác ban hành")], method="by_relation"
    )

    def __init__(self, request: HttpRequest, queryset: models.QuerySet, organization: Organization) -> None:
        self.organization = organization
        super().__init__(request, queryset)

    def by_relation(self, queryset: models.QuerySet, name: str, value: str) -> models.QuerySet:
        issued = models.Q(issuer=self.organization)
        return queryset.filter(issued if value == ISSUED else ~issued | models.Q(issuer__isnull=True))
