"""Rules on one change by itself, and on the changes of one dossier side by side."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from common.formats import percent, short_day
from organizations.models import Position
from personnel.checks.structure import block, block_by, said
from personnel.models import Act, ChangeItem
from regulations.findings import Finding
from regulations.models import RuleCode
from regulations.rulebook import Rulebook

# Positions that only members of the committee hold (DOMAIN.md §3).
MEMBERS_ONLY = (Position.SECRETARY, Position.DEPUTY_SECRETARY, Position.STANDING_MEMBER)


def check_vote(item: ChangeItem, book: Rulebook) -> list[Finding]:
    """A person is elected with more than half of those summoned, less those excluded (DOMAIN.md §4, A)."""
    vote = getattr(item, "vote", None)
    if vote is None:
        return []
    findings = _check_slate(vote, book)
    if not vote.is_elected:
        message = f"{item.person} được {vote.in_favour}/{vote.base} phiếu đồng ý, cần ít nhất {vote.threshold} phiếu."
        findings += said(book.finding(RuleCode.VOTE_MAJORITY, message))
    return findings


def _check_slate(vote, book: Rulebook) -> list[Finding]:
    """The slate has at most so many per cent more names than there are seats to fill (DOMAIN.md §4, B)."""
    allowed = book.value(RuleCode.SLATE_SURPLUS_PERCENT)
    if not vote.seats or allowed is None or (vote.slate - vote.seats) * 100 <= allowed * vote.seats:
        return []
    surplus = percent(vote.slate - vote.seats, vote.seats)
    message = (
        f"Danh sách bầu có {vote.slate} người để bầu {vote.seats}: số dư {surplus}, nhiều nhất là {int(allowed)} %."
    )
    return said(book.finding(RuleCode.SLATE_SURPLUS_PERCENT, message))


def check_days(item: ChangeItem, effect: date | None, known_on: date, book: Rulebook) -> list[Finding]:
    """A change takes effect on `effect`, not before the vote on it; the vote has been held by `known_on`."""
    if not item.elected_on:
        return []
    voted = short_day(item.elected_on)
    findings = []
    if item.elected_on > known_on:
        message = f"Ngày bầu {item.person} ({voted}) muộn hơn ngày {short_day(known_on)}. Hãy xem lại ngày bầu."
        findings.append(block_by(book, RuleCode.DATES_IN_ORDER, message))
    if effect and effect < item.elected_on:
        message = (
            f"Ngày có hiệu lực ({short_day(effect)}) sớm hơn ngày bầu ({voted}) của {item.person}. "
            "Hãy sửa một trong hai ngày."
        )
        findings.append(block_by(book, RuleCode.EFFECTIVE_AFTER_ELECTION, message))
    return findings


def check_repeats(items: Sequence[ChangeItem]) -> list[Finding]:
    """A person has one change in one position in a dossier; the finding stands at the second."""
    seen, findings = set(), []
    for item in items:
        key = item.person_id, item.position_id
        if key in seen:
            message = f"{item.person} có hai nội dung về cùng chức danh {item.position} trong một hồ sơ."
            findings.append(block(message).at(item.place))
        seen.add(key)
    return findings


def check_elected(items: Sequence[ChangeItem], book: Rulebook) -> list[Finding]:
    """A congress only elects, no seat more often than it may be held, and officers from among the members."""
    findings = []
    members = {item.person_id for item in items if item.position_id == Position.COMMITTEE_MEMBER}
    for item in items:
        if item.act != Act.APPOINT:
            message = "Kết quả đại hội chỉ gồm những người trúng cử; việc cho thôi được lập hồ sơ riêng."
            findings.append(block(message).at(item.place))
        if item.position_id in MEMBERS_ONLY and item.person_id not in members:
            findings.append(not_a_member(item, book).at(item.place))
    for position, elected in Counter(item.position for item in items).items():
        if position.max_holders is not None and elected > position.max_holders:
            message = f"Chức danh {position} có {elected} người trúng cử, nhiều nhất là {position.max_holders}."
            findings.append(block_by(book, RuleCode.SECOND_OFFICER, message))
    return findings


def not_a_member(item: ChangeItem, book: Rulebook) -> Finding:
    message = f"{item.person} chưa là cấp ủy viên nên chưa thể giữ chức danh {item.position}."
    return block_by(book, RuleCode.OFFICER_IS_MEMBER, message)
