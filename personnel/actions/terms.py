"""Acts on terms that no congress does: a term that ends before its successor opens, or opens again since that was
wrong; a congress that is put off."""

from datetime import date

from common import journal
from common.errors import Blocked, NeedsExplanation, Refused, WrongState
from common.formats import short_day
from common.journal import act
from common.periods import today
from common.undoing import created_by, undo
from organizations.actions import require_not_ended, require_right
from organizations.models import Document, Organization, Term
from organizations.scope import Right
from personnel.actions.dossiers import next_number
from personnel.checks.structure import block
from personnel.ended_terms import CLOSE_TERM, act_that_closed
from personnel.models import Dossier, EndReason, Holding
from personnel.term_length import length_findings
from regulations.findings import Finding

ENDS = ["valid_to", "ended_by", "end_reason"]


@act(CLOSE_TERM)
def close_term(term: Term, *, ended_on: date, decision: Document, by) -> Dossier:
    """End a term on the day `ended_on` (the first on which it is over) before its successor opens, with all its seats.

    The seats end by a dossier that is recorded, for a paper decided it already; it has no items, so no figure counts
    it. Raises `NotAllowed`, `WrongState` when the term has ended, `Refused` for a day that has not come or lies before
    the term, `Blocked` when a seat changes on the day or later: that change is mended first.
    """
    organization, term = _lock(term, by)
    _require_lasting(term)
    if ended_on > today():
        raise Refused(f"Ngày {short_day(ended_on)} chưa đến. Hãy ghi nhận khi nhiệm kỳ đã kết thúc.")
    if ended_on <= term.valid_from:
        raise Refused(f"Nhiệm kỳ {term} bắt đầu ngày {short_day(term.valid_from)}, phải kết thúc sau ngày đó.")
    seats = Holding.objects.in_term(term).select_related("person", "position").select_for_update(of=("self",))
    lasting = [each for each in seats.order_by("pk") if each.valid_to is None or each.valid_to > ended_on]
    findings = [_in_the_way(each, ended_on) for each in lasting if each.valid_to or each.valid_from >= ended_on]
    if findings:
        raise Blocked(findings)
    sentence = f"Kết thúc nhiệm kỳ {term} từ ngày {short_day(ended_on)}, chưa mở nhiệm kỳ sau."
    dossier = _record(organization, decision, by, sentence)
    for holding in lasting:
        holding.valid_to, holding.ended_by, holding.end_reason = ended_on, dossier, EndReason.END_OF_TERM
    journal.bulk_update(lasting, ENDS)
    term.valid_to = ended_on
    term.save(update_fields=["valid_to"])
    return dossier


def _lock(term: Term, by) -> tuple[Organization, Term]:
    """Let changes of one organisation wait for each other; return it and its term as the database holds them.

    Raises `NotAllowed` unless `by` keeps the register there.
    """
    organization = Organization.objects.select_for_update(no_key=True).get(pk=term.organization_id)
    require_right(by, Right.KEEP_REGISTER, organization)
    return organization, Term.objects.select_for_update(of=("self",)).get(pk=term.pk)


def _require_lasting(term: Term) -> None:
    if term.valid_to is not None:
        raise WrongState(f"Nhiệm kỳ {term} đã kết thúc ngày {short_day(term.valid_to)}.")


def _in_the_way(holding: Holding, day: date) -> Finding:
    return block(
        f"{holding.person} có thay đổi về chức danh {holding.position} từ ngày {short_day(day)} trở đi; "
        "hãy chọn ngày sau đó, hoặc đính chính thay đổi đó trước."
    )


@act("Mở lại nhiệm kỳ")
def reopen_term(term: Term, *, decision: Document, reason: str, by) -> Dossier:
    """Take back the closing of a term by a correcting paper: it goes on with all the seats that ended with it.

    Only what `close_term` has closed; the dossier of that stays readable, corrected by the one returned. Raises
    `NotAllowed`, `WrongState` when the term goes on, and `Refused` without a reason, once a later term or the end of
    the organisation was entered, or when one of the seats was changed since.
    """
    organization, term = _lock(term, by)
    if term.valid_to is None:
        raise WrongState(f"Nhiệm kỳ {term} đang tiếp tục.")
    if not reason.strip():
        raise Refused("Hãy ghi rõ lý do mở lại.")
    require_not_ended(organization)
    if later := organization.terms.filter(valid_from__gte=term.valid_to).order_by("valid_from").first():
        raise Refused(f"Đã có nhiệm kỳ {later} sau đó nên không mở lại nhiệm kỳ {term} được.")
    closing = act_that_closed(term)
    if closing is None:
        raise Refused(f"Nhiệm kỳ {term} không kết thúc bằng việc “{CLOSE_TERM}” nên không mở lại ở đây được.")
    closed = Dossier.objects.get(pk__in=created_by(closing, Dossier))
    if decision.issued_on < closed.decided_on:
        day = short_day(closed.decided_on)
        raise Refused(f"Văn bản đính chính phải từ ngày {day} (ngày văn bản kết thúc nhiệm kỳ) trở đi.")
    ended_on = short_day(term.valid_to)
    undo(closing, keep=[closed])
    sentence = f"Nhiệm kỳ {term} không kết thúc từ ngày {ended_on} mà tiếp tục cùng mọi chức danh. {reason.strip()}"
    return _record(organization, decision, by, sentence, corrects=closed)


def _record(
    organization: Organization, decision: Document, by, sentence: str, *, corrects: Dossier | None = None
) -> Dossier:
    """Write the dossier by which the paper stands in the register: decided already, with no items to count."""
    day = today()
    number = next_number(day.year)
    return Dossier.objects.create(
        organization=organization,
        kind=Dossier.Kind.CORRECTION if corrects else Dossier.Kind.HISTORY,
        corrects=corrects,
        state=Dossier.State.CONFIRMED,
        year=day.year,
        number=number,
        opened_on=min(day, decision.issued_on),
        drafted_by=by,
        submitted_on=decision.issued_on,
        submitted_by=by,
        decided_on=decision.issued_on,
        decided_by=by,
        decision=decision,
        is_recorded=True,
        explanation=sentence,
    )


@act("Lùi thời gian đại hội")
def postpone_congress(term: Term, *, planned_end: date, decision: Document, by, explanation: str = "") -> Dossier:
    """Put off the congress that ends a term: from now on it is planned to end on `planned_end`, by a paper.

    A recorded dossier keeps the paper and the explanation. Raises `NotAllowed`, `WrongState` when the term has ended,
    `Refused` when the day is not later than the one planned, `NeedsExplanation` when a rule warns of so long a term.
    """
    organization, term = _lock(term, by)
    _require_lasting(term)
    planned = short_day(term.planned_end)
    if planned_end <= term.planned_end:
        raise Refused(f"Nhiệm kỳ {term} đã dự kiến đến ngày {planned}. Ngày mới phải sau ngày đó.")
    findings = length_findings(organization, term, planned_end)
    if any(finding.warns for finding in findings) and not explanation.strip():
        raise NeedsExplanation([finding for finding in findings if finding.warns])
    sentence = f"Đại hội kết thúc nhiệm kỳ {term} lùi từ ngày {planned} đến ngày {short_day(planned_end)}."
    dossier = _record(organization, decision, by, f"{sentence} {explanation}".strip())
    term.planned_end = planned_end
    term.save(update_fields=["planned_end"])
    return dossier
