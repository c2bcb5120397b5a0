"""The table of submitted plans. It names nobody."""

import django_tables2 as tables
from django.template.loader import render_to_string

from common.tables import DAY, NUMBER, DayColumn, PartialColumn
from organizations.scope import Right
from planning.filters.approvals import APPROVAL_STATES
from planning.models import PlanApproval

# A plan's state in the icons of the dossiers' states.
MARKS = {"waiting": "submitted", "overdue": "submitted", "approved": "confirmed", "returned": "returned"}
GROUP = {"td": {"class": "approval-group"}}
TO_PRESS = {"th": {"class": "to-press"}, "td": {"class": "to-press"}}
BY_NAME = ("organization__sort_key", "group", "-submitted_on", "pk")


class PlanColumn(tables.Column):
    """The organisation, leading to its plan where that opens."""

    def render(self, value: str, record: PlanApproval, table: tables.Table) -> str:
        opens = table.request.scope.covers(record.organization.path, Right.VIEW_PLANS)
        return render_to_string("planning/_approval_place.html", {"record": record, "name": value, "opens": opens})


class DueColumn(tables.Column):
    """The day by which the plan is to be approved, marked when it has passed; nothing once it is decided."""

    empty_values = ()

    def render(self, record: PlanApproval, table: tables.Table) -> str:
        if record.due_on is None or record.state_on_day not in ("waiting", "overdue"):
            return table.default
        overdue = record.state_on_day == "overdue"
        return render_to_string("planning/_approval_due.html", {"record": record, "overdue": overdue})


class OutcomeColumn(tables.Column):
    """The state as icon and word, with the day and the decision that ended it."""

    def render(self, value: str, record: PlanApproval) -> str:
        context = {"record": record, "state": MARKS[value], "label": APPROVAL_STATES[value], "as_of": value}
        return render_to_string("planning/_approval_outcome.html", context)


class ApprovalTable(tables.Table):
    pick = PartialColumn("planning/_approval_pick.html", verbose_name="Chọn", attrs=TO_PRESS, orderable=False)
    organization = PlanColumn(verbose_name="Tổ chức", accessor="organization_name", order_by=BY_NAME)
    group = tables.Column(verbose_name="Nhóm chức danh", attrs=GROUP, order_by=("group", *BY_NAME))
    round = PartialColumn("planning/_approval_round.html", verbose_name="Đợt", order_by=("-round__opened_on", *BY_NAME))
    people_count = tables.Column(verbose_name="Số đồng chí", attrs=NUMBER, order_by=("people_count", *BY_NAME))
    submitted_on = DayColumn(verbose_name="Ngày trình", order_by=("submitted_on", "pk"))
    due_on = DueColumn(verbose_name="Hạn phê duyệt", attrs=DAY, order_by=("due_on", "pk"))
    state = OutcomeColumn(verbose_name="Trạng thái", accessor="state_on_day", order_by=("state_on_day", *BY_NAME))
    moves = PartialColumn("planning/_approval_moves.html", verbose_name="Thao tác", attrs=TO_PRESS, orderable=False)

    class Meta:
        attrs = {"class": "table table-stacked approvals"}

    def render_people_count(self, value: int, record: PlanApproval) -> int | str:
        return self.default if record.state_on_day == "returned" else value
