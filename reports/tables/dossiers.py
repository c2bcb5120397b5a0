"""Dossiers and their deadlines: those of the period, and those still open on its last day, the latest ones first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django import forms
from django.db.models import Q
from django.urls import reverse

from personnel.filters import DOSSIER_STATES
from personnel.models import Dossier
from regulations.calendar import WorkingCalendar
from regulations.models import RuleCode
from regulations.rulebook import Rulebook
from reports.frame import Frame
from reports.tables.base import Cell, Column, Group, Options, Row, StandardTable, Table
from reports.tables.rules import rules_in_words

State = Dossier.State
RETURNED = "returned"
STATES = {
    State.SUBMITTED: "Đã trình, chờ chuẩn y",
    RETURNED: "Trả lại, chưa trình lại",
    State.DRAFT: "Nháp, chưa trình",
    State.CONFIRMED: "Đã chuẩn y",
    State.REFUSED: "Không chuẩn y",
    State.WITHDRAWN: "Đã rút",
}
NOT_SUBMITTED = (State.DRAFT, RETURNED)
OPEN = (State.SUBMITTED, *NOT_SUBMITTED)
DECIDED_STATES = (State.CONFIRMED, State.REFUSED)
WAITING, OVERDUE, DECIDED = "cho-chuan-y", "qua-han", "da-quyet-dinh"
CHOICES = {WAITING: "Chờ chuẩn y", OVERDUE: "Quá hạn", DECIDED: "Đã quyết định"}
# They tell of what was decided by other papers: nothing was asked for, and there is no deadline.
OF_PAST_ACTS = (Dossier.Kind.REORGANIZATION, Dossier.Kind.HISTORY)
RULES = (RuleCode.REPORT_WORKING_DAYS, RuleCode.CONFIRMATION_WORKING_DAYS)
COLUMNS = (
    Column("code", "Hồ sơ", 14, css="day"),
    Column("organization", "Tổ chức đảng", 34),
    Column("kind", "Loại hồ sơ", 20),
    Column("opened_on", "Ngày lập", 12, css="day"),
    Column("report_due_on", "Hạn báo cáo", 12, css="day"),
    Column("submitted_on", "Ngày trình", 12, css="day"),
    Column("report_late", "Báo cáo chậm (ngày làm việc)", 12, css="num"),
    Column("decision_due_on", "Hạn chuẩn y", 12, css="day"),
    Column("decided_on", "Ngày quyết định", 12, css="day"),
    Column("decision_late", "Chuẩn y chậm (ngày làm việc)", 12, css="num"),
    Column("items", "Số nội dung", 8, css="num", summed=True),
    Column("decision", "Quyết định", 24),
    Column("state", "Trạng thái", 14, only_in_excel=True),
)


class DossierOptions(Options):
    state = forms.ChoiceField(label="Trạng thái", choices=[("", "Mọi hồ sơ"), *CHOICES.items()], required=False)

    def in_words(self) -> str:
        return CHOICES.get(self.cleaned_data.get("state"), "").lower()


@dataclass(frozen=True)
class DossierThen:
    """A dossier as it stood on `day`: what came later is not there. It bears `state_on_day` and what else is shown."""

    dossier: Dossier
    day: date

    @property
    def state(self) -> str:
        return self.dossier.state_on_day

    @cached_property
    def submitted_on(self) -> date | None:
        return self._by_then(self.dossier.submitted_on)

    @cached_property
    def decided_on(self) -> date | None:
        return self._by_then(self.dossier.decided_on)

    @property
    def decision_due_on(self) -> date | None:
        return self.dossier.decision_due_on if self.submitted_on else None

    @property
    def reported_or_day(self) -> date | None:
        """When it was submitted; while it still is to be, the day looked at. None: it never will be."""
        return self.submitted_on or (self.day if self.state in NOT_SUBMITTED else None)

    @property
    def decided_or_day(self) -> date | None:
        return self.decided_on or (self.day if self.state == State.SUBMITTED else None)

    @property
    def due_on(self) -> date | None:
        """The last day for what comes next; None once it is decided or withdrawn."""
        if self.state == State.SUBMITTED:
            return self.decision_due_on
        return self.dossier.report_due_on if self.state in NOT_SUBMITTED else None

    @property
    def is_overdue(self) -> bool:
        return self.due_on is not None and self.due_on < self.day

    @property
    def place(self) -> tuple:
        """Where it stands in its group: what is open by its deadline, what is decided by that day."""
        when = self.decided_on or self.due_on
        return (when is None, when or self.day, self.dossier.year, self.dossier.number)

    def is_chosen(self, choice: str) -> bool:
        chosen = {
            WAITING: self.state == State.SUBMITTED,
            OVERDUE: self.is_overdue,
            DECIDED: self.state in DECIDED_STATES,
        }
        return chosen.get(choice, True)

    def _by_then(self, on: date | None) -> date | None:
        return on if on and on <= self.day else None


def make(frame: Frame, options: Mapping[str, object]) -> Table:
    """Return the dossiers opened, submitted or decided in the period, and those open on its last day. Three queries."""
    found = [each for each in read_dossiers(frame) if each.is_chosen(options.get("state", ""))]
    calendar = _calendar(found)
    groups = []
    for state, title in STATES.items():
        here = sorted((each for each in found if each.state == state), key=lambda each: each.place)
        if here:
            groups.append(Group(title, [_row(each, calendar) for each in here]))
    return Table(columns=COLUMNS, groups=groups, unit="hồ sơ", notes=list(_notes(frame)))


def read_dossiers(frame: Frame) -> list[DossierThen]:
    """Return the dossiers of the table, as they stood on the frame's day; none before its period begins. One query."""
    if not frame.has_begun:
        return []
    day = frame.day
    happened = Q()
    for event in ("opened_on", "submitted_on", "decided_on"):
        happened |= Q(**{f"{event}__gte": frame.period.first, f"{event}__lte": day})
    dossiers = Dossier.objects.visible_to(frame.scope).beneath([frame.organization.path])
    dossiers = dossiers.opened_by(day).with_state_on(day).exclude(kind__in=OF_PAST_ACTS)
    shown = dossiers.filter(happened | Q(state_on_day__in=OPEN)).select_related("decision")
    return [DossierThen(dossier, day) for dossier in shown.with_organization_name(day).with_item_count()]


def _calendar(found: Sequence[DossierThen]) -> WorkingCalendar | None:
    """Return the working days from the first deadline to the day looked at, by one query; None where nothing is due."""
    due = [day for each in found for day in (each.dossier.report_due_on, each.decision_due_on) if day]
    return WorkingCalendar.load(min(due), max(*due, found[0].day)) if due else None


def _row(each: DossierThen, calendar: WorkingCalendar | None) -> Row:
    dossier = each.dossier
    return (
        Cell(dossier.code, dossier.get_absolute_url()),
        Cell(dossier.organization_name, reverse("personnel:organization_detail", args=[dossier.organization.code])),
        Cell(dossier.get_kind_display()),
        Cell(dossier.opened_on),
        Cell(dossier.report_due_on),
        Cell(each.submitted_on),
        Cell(_late(calendar, dossier.report_due_on, each.reported_or_day)),
        Cell(each.decision_due_on),
        Cell(each.decided_on),
        Cell(_late(calendar, each.decision_due_on, each.decided_or_day)),
        Cell(dossier.item_count),
        Cell(str(dossier.decision) if each.decided_on and dossier.decision else None),
        Cell(DOSSIER_STATES[each.state]),
    )


def _late(calendar: WorkingCalendar | None, due: date | None, done: date | None) -> int | None:
    """Return how many working days after its deadline something was done; 0: in time; None: there was no deadline."""
    return calendar.working_days_late(due, done) if due and done else None


def _notes(frame: Frame) -> Iterator[str]:
    yield "Kê hồ sơ lập, trình hoặc quyết định trong kỳ và hồ sơ còn dở vào ngày cuối kỳ, kể cả lập từ kỳ trước."
    yield "Hồ sơ sắp xếp tổ chức và hồ sơ ghi nhận việc đã quyết định không có thời hạn, không kê ở đây."
    yield "Số ngày chậm tính theo lịch ngày nghỉ đã nhập; việc chưa xong thì tính đến ngày cuối kỳ."
    yield "Hồ sơ trả lại rồi trình lại thì tính theo lần trình cuối."
    yield from rules_in_words(Rulebook.of(frame.day), RULES)


TABLE = StandardTable(
    key="ho-so-thoi-han",
    name="Hồ sơ kiện toàn và thời hạn",
    sheet="Hồ sơ và thời hạn",
    answers="Hồ sơ nào đang chờ, hồ sơ nào quá hạn, hồ sơ nào đã quyết định trong kỳ và chậm bao nhiêu ngày.",
    make=make,
    of_period=True,
    options=DossierOptions,
    empty="Trong kỳ không có hồ sơ nào, và không có hồ sơ nào còn dở.",
)
