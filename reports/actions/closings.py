"""Acts on the books: closing a period, opening it again."""

import hashlib
from datetime import date

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from common.errors import Refused, WrongState
from common.formats import short_day
from common.journal import act, bulk_create
from common.periods import Period, today
from common.uploads import inspect, save_with_file
from common.workbooks import CONTENT_TYPE
from organizations.actions import require_right
from organizations.models import Closing, Organization
from organizations.scope import Right, Scope
from reports.choices import UnknownChoice, choose
from reports.closings import figures_to_keep
from reports.fingerprints import fingerprints
from reports.frame import Frame
from reports.models import ClosedFigure, ClosedFile, ClosedRecord
from reports.summary import Summary, summarize
from reports.workbook import shown_plan_lists, summary_workbook

LONGEST_NOTE = Closing._meta.get_field("note").max_length


@act("Khóa sổ kỳ báo cáo")
def close_period(
    organization: Organization,
    *,
    period: Period,
    by,
    plan_term: str = "",
    note: str = "",
    paper: UploadedFile | None = None,
) -> Closing:
    """Close the books of the organisation and all beneath it for the period, as known today.

    Keeps each figure, a fingerprint of each record that it counted, the workbook as `by` may see it, and the `paper`
    that was handed in. No plan term: the newest opened by the period's last day.

    Raises `NotAllowed` without the right to confirm there, `WrongState` when the same period is closed already, and
    `Refused` when the period is not over, the organisation did not stand on its last day, no round is of the plan
    term, or the note is too long.
    """
    require_right(by, Right.CONFIRM, organization)
    organization = Organization.objects.select_for_update().get(pk=organization.pk)
    day = today()
    _require_closable(organization, period, day, note)
    frame = _frame(organization, period, day, plan_term)
    closing = Closing.objects.create(
        organization=organization,
        first=period.first,
        end=period.end,
        plan_term=frame.plan_term,
        as_at=day,
        note=note,
        closed_by=by,
        closed_at=timezone.now(),
    )
    summary = summarize(frame)
    _keep_figures(closing, summary)
    _keep_records(closing, summary)
    _keep_workbook(closing, by)
    if paper:
        _keep_paper(closing, paper)
    return closing


@act("Mở lại sổ đã khóa")
def reopen_period(closing: Closing, *, by, reason: str) -> Closing:
    """Open closed books again; what was kept of them stays readable.

    Raises `NotAllowed` without the right to confirm there, `Refused` without a reason, `WrongState` when they are open.
    """
    require_right(by, Right.CONFIRM, closing.organization)
    closing = Closing.objects.select_for_update(of=("self",)).select_related("organization").get(pk=closing.pk)
    if not closing.is_standing:
        raise WrongState(f"Sổ {closing.period} của {closing.organization} đã được mở lại rồi.")
    if not reason.strip():
        raise Refused("Hãy ghi lý do mở lại sổ.")
    closing.reopened_by, closing.reopened_at, closing.reopen_reason = by, timezone.now(), reason.strip()
    closing.save(update_fields=["reopened_by", "reopened_at", "reopen_reason"])
    return closing


def _require_closable(organization: Organization, period: Period, day: date, note: str) -> None:
    if len(note) > LONGEST_NOTE:
        raise Refused(f"Ghi chú dài {len(note)} ký tự, nhiều nhất là {LONGEST_NOTE}.")
    if day < period.last:
        raise Refused(f"Kỳ báo cáo {period} chưa hết: đến hết ngày {short_day(period.last)} mới khóa sổ được.")
    if Closing.objects.standing().filter(organization=organization, first=period.first, end=period.end).exists():
        raise WrongState(f"Sổ {period} của {organization} đã khóa rồi.")


def _frame(organization: Organization, period: Period, day: date, plan_term: str) -> Frame:
    """Return what is to be closed, read as the system reads it. Raises `Refused` where there is nothing to close."""
    scope = Scope.everything()
    try:
        frame = choose(scope=scope, period=period, as_at=day, code=organization.code, plan_term=plan_term).frame
    except UnknownChoice as error:
        raise Refused(str(error)) from error
    if frame is None:
        last = short_day(period.last)
        raise Refused(f"{organization} không hoạt động vào ngày {last}, nên không có sổ để khóa.")
    return frame


def _keep_figures(closing: Closing, summary: Summary) -> None:
    bulk_create(
        [
            ClosedFigure(
                closing=closing,
                order=order,
                depth=result.depth,
                key=result.figure.key,
                label=result.label,
                unit=result.figure.unit or "",
                counts=result.figure.counts,
                value=result.count,
                pending=result.pending,
            )
            for order, result in enumerate(figures_to_keep(summary), 1)
        ]
    )


def _keep_records(closing: Closing, summary: Summary) -> None:
    ClosedRecord.objects.bulk_create(
        [
            ClosedRecord(
                closing=closing,
                family=mark.family,
                record=mark.record,
                figures=mark.figures,
                told=mark.told,
                identities=mark.identities,
            )
            for mark in fingerprints(summary).values()
        ],
        batch_size=500,
    )


def _keep_workbook(closing: Closing, by) -> None:
    """Keep the workbook as the one who closes may see it: with the lists of planned people or without."""
    frame = choose(
        scope=by.scope,
        period=closing.period,
        as_at=closing.as_at,
        code=closing.organization.code,
        plan_term=closing.plan_term,
    ).frame
    summary = summarize(frame)
    content = summary_workbook(summary, made_by=str(by))
    name = f"tong-hop-{closing.period.slug}-{closing.organization.code}.xlsx"
    save_with_file(
        ClosedFile(
            closing=closing,
            kind=ClosedFile.Kind.WORKBOOK,
            name=name,
            content_type=CONTENT_TYPE,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            names_planned_people=bool(shown_plan_lists(summary)),
        ),
        ContentFile(content),
        name,
    )


def _keep_paper(closing: Closing, paper: UploadedFile) -> None:
    found = inspect(paper)
    save_with_file(
        ClosedFile(
            closing=closing,
            kind=ClosedFile.Kind.PAPER,
            name=found.name,
            content_type=found.kind.content_type,
            size=found.size,
            sha256=found.sha256,
            names_planned_people=True,  # nobody has read it, so it is shown to those alone who may see plans
        ),
        paper,
        found.name,
    )
