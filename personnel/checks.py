"""Rules on dossiers: from the facts of the register to findings. Nothing here writes."""

from collections import Counter
from datetime import date

from common.formats import short_day
from organizations.models import Body, Position
from personnel.models import ChangeItem, Dossier, Holding
from regulations.findings import Finding, Severity

VOTE_RULE = "Trúng cử khi được trên một nửa số người được triệu tập đồng ý"


def check_dossier(dossier: Dossier) -> list[Finding]:
    """Return what the rules say of a dossier that is to be submitted or confirmed."""
    items = list(dossier.items.select_related("person", "position", "vote"))
    if not items:
        return [Finding(Severity.BLOCK, f"Hồ sơ {dossier.code} chưa có nội dung nào.")]
    findings = _check_repeats(items)
    for item in items:
        findings += check_vote(item) + check_days(item)
    return findings


def _check_repeats(items: list[ChangeItem]) -> list[Finding]:
    times = Counter((item.person, item.position) for item in items)
    return [
        Finding(Severity.BLOCK, f"{person} có hai nội dung về cùng chức danh {position} trong một hồ sơ.")
        for (person, position), count in times.items()
        if count > 1
    ]


def check_vote(item: ChangeItem) -> list[Finding]:
    """A person is elected with more than half of those summoned, less those excluded (DOMAIN.md §4, A)."""
    vote = getattr(item, "vote", None)
    if vote is None or vote.is_elected:
        return []
    base = vote.summoned - vote.excluded
    message = f"{item.person} được {vote.in_favour}/{base} phiếu đồng ý, cần ít nhất {vote.threshold} phiếu."
    return [Finding(Severity.BLOCK, message, VOTE_RULE)]


def check_days(item: ChangeItem) -> list[Finding]:
    """A change cannot take effect before the vote on it."""
    effect = item.effective_on or item.proposed_on
    if not item.elected_on or not effect or effect >= item.elected_on:
        return []
    message = (
        f"Ngày có hiệu lực ({short_day(effect)}) sớm hơn ngày bầu ({short_day(item.elected_on)}) "
        f"của {item.person}. Hãy sửa một trong hai ngày."
    )
    return [Finding(Severity.BLOCK, message)]


def check_appointment(item: ChangeItem, body: Body, day: date) -> list[Finding]:
    """The seat must be free for the person on `day`: not held by them already, nor by as many as may hold it."""
    if body.term.valid_to:
        message = f"Nhiệm kỳ {body.term} đã kết thúc ngày {short_day(body.term.valid_to)}, không bổ sung được nữa."
        return [Finding(Severity.BLOCK, message)]
    holdings = list(Holding.objects.in_body(body).filter(position=item.position).as_of(day).select_related("person"))
    if any(holding.person_id == item.person_id for holding in holdings):
        return [Finding(Severity.BLOCK, f"{item.person} đang giữ chức danh {item.position}.")]
    allowed = item.position.max_holders
    if allowed is not None and len(holdings) >= allowed:
        names = ", ".join(str(holding.person) for holding in holdings)
        return [Finding(Severity.BLOCK, f"Chức danh {item.position} đang do {names} giữ.")]
    return _check_membership(item, body, day)


def _check_membership(item: ChangeItem, body: Body, day: date) -> list[Finding]:
    if item.position_id not in (Position.SECRETARY, Position.DEPUTY_SECRETARY, Position.STANDING_MEMBER):
        return []
    seats = Holding.objects.filter(body__term=body.term, position=Position.COMMITTEE_MEMBER, person=item.person)
    if seats.as_of(day).exists():
        return []
    return [Finding(Severity.BLOCK, f"{item.person} chưa là cấp ủy viên nên chưa thể giữ chức danh {item.position}.")]


def check_release(item: ChangeItem, holdings: list[Holding]) -> list[Finding]:
    """Only a seat that is held can be left, after the day it began and not a second time."""
    if not holdings:
        message = f"{item.person} không giữ chức danh {item.position} nên không thể cho thôi."
        return [Finding(Severity.BLOCK, message)]
    findings = []
    for holding in holdings:
        if holding.valid_from == item.effective_on:
            message = f"{item.person} mới giữ chức danh {holding.position} từ chính ngày {short_day(holding.valid_from)}."
            findings.append(Finding(Severity.BLOCK, message))
        elif holding.valid_to:
            message = f"{item.person} đã thôi chức danh {holding.position} từ ngày {short_day(holding.valid_to)}."
            findings.append(Finding(Severity.BLOCK, message))
    return findings

