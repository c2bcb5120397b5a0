"""Rules on the seats that a change begins and ends. Holdings are lists, saved or not."""

from collections.abc import Iterable, Sequence

from common.formats import short_day
from organizations.models import Body, BodyKind, Organization, Position, Term
from personnel.checks.items import MEMBERS_ONLY, not_a_member
from personnel.checks.structure import block, block_by, said
from personnel.models import ChangeItem, CongressResult, Holding
from regulations.findings import Finding, Severity
from regulations.models import RuleCode
from regulations.rulebook import Rulebook


def no_body(item: ChangeItem) -> Finding:
    kind = BodyKind(item.position.body_kind).label
    return block(f"Tổ chức không có {kind} vào ngày có hiệu lực nên không ai giữ chức danh {item.position} được.")


def check_appointment(item: ChangeItem, body: Body, holdings: Sequence[Holding], book: Rulebook) -> list[Finding]:
    """The seat must be free for the person from the item's day on: not held by them, nor by as many as may hold it.

    `holdings` are those of the body's term.
    """
    day = item.effective_on
    if body.term.valid_to:
        return [
            block(f"Nhiệm kỳ {body.term} đã kết thúc ngày {short_day(body.term.valid_to)}, không bổ sung được nữa.")
        ]
    # Those of today and those that begin later: the new seat has no end.
    lasting = [each for each in holdings if each.valid_to is None or each.valid_to > day]
    here = [each for each in lasting if each.body == body and each.position_id == item.position_id]
    if any(holding.person_id == item.person_id for holding in here):
        return [block_by(book, RuleCode.ALREADY_HOLDS, f"{item.person} đang giữ chức danh {item.position}.")]
    allowed = item.position.max_holders
    if allowed is not None and len(here) >= allowed:
        names = ", ".join(str(holding.person) for holding in here)
        return [block_by(book, RuleCode.SECOND_OFFICER, f"Chức danh {item.position} đang do {names} giữ.")]
    if item.position_id not in MEMBERS_ONLY or any(_is_membership(each, item) for each in lasting):
        return []
    return [not_a_member(item, book)]


def _is_membership(holding: Holding, item: ChangeItem) -> bool:
    is_members = holding.person_id == item.person_id and holding.position_id == Position.COMMITTEE_MEMBER
    return is_members and holding.valid_from <= item.effective_on


def check_lower_posts(item: ChangeItem, posts: Iterable[Holding]) -> list[Finding]:
    """A promotion closes lower posts that began before it and have no end yet."""
    return [
        block(
            f"{item.person} có thay đổi về chức danh {post.position} từ ngày {short_day(item.effective_on)} trở đi "
            f"nên chưa thể giữ chức danh {item.position} từ ngày đó."
        )
        for post in posts
        if post.valid_to or post.valid_from >= item.effective_on
    ]


def check_release(item: ChangeItem, holdings: Sequence[Holding]) -> list[Finding]:
    """Only a seat that is held can be left, after the day it began and not a second time."""
    if not holdings:
        return [block(f"{item.person} không giữ chức danh {item.position} nên không thể cho thôi.")]
    findings = []
    for holding in holdings:
        if holding.valid_from == item.effective_on:
            day = short_day(holding.valid_from)
            findings.append(block(f"{item.person} mới giữ chức danh {holding.position} từ chính ngày {day}."))
        elif holding.valid_to:
            day = short_day(holding.valid_to)
            findings.append(block(f"{item.person} đã thôi chức danh {holding.position} từ ngày {day}."))
    return findings


def check_elsewhere(item: ChangeItem, holdings: Iterable[Holding], here: Organization) -> list[Finding]:
    """What leaving ends in passing has begun before the day and has no end yet: else that change is mended first.

    An organisation that is not `here` or beneath it is not named: the reader may not be one who sees it.
    """
    day = short_day(item.effective_on)
    return [
        block(
            f"{item.person} có thay đổi về chức danh {holding.position} ở {_place_of(holding, here)} "
            f"sau ngày {day}; hãy đính chính thay đổi đó trước."
        )
        for holding in holdings
        if holding.valid_to or holding.valid_from >= item.effective_on
    ]


def _place_of(holding: Holding, here: Organization) -> str:
    organization = holding.body.term.organization
    return organization.name if organization.path.startswith(here.path) else "tổ chức đảng khác"


def check_secretary_stands(
    item: ChangeItem, standing: Body | None, theirs: Sequence[Holding], book: Rulebook
) -> list[Finding]:
    """A secretary is also in the standing committee where there is one (DOMAIN.md §3); `theirs`: the person's seats."""
    day = item.effective_on
    leads = any(each.position_id == Position.SECRETARY and each.is_in_force(day) for each in theirs)
    stands = any(each.body == standing and each.is_in_force(day) for each in theirs)
    if standing is None or not leads or stands:
        return []
    message = f"{item.person} là Bí thư nhưng không ở trong Ban Thường vụ từ ngày {short_day(day)}."
    return said(book.finding(RuleCode.OFFICER_IS_MEMBER, message, severity=Severity.WARN))


def check_new_term(congress: CongressResult, terms: Iterable[Term], holdings: Iterable[Holding]) -> list[Finding]:
    """A congress follows the terms entered before; `holdings` are the organisation's that last beyond its day."""
    if any(term.valid_from >= congress.congress_on or term.label == congress.label for term in terms):
        return [block(f"Nhiệm kỳ {congress.label} hoặc một nhiệm kỳ sau đó đã được ghi nhận.")]
    return [
        block(
            f"{holding.person} có thay đổi về chức danh {holding.position} sau ngày đại hội "
            f"{short_day(congress.congress_on)}; hãy đính chính thay đổi đó trước."
        )
        for holding in holdings
        if holding.valid_to or holding.valid_from >= congress.congress_on
    ]


def check_term(term: Term, holdings: Sequence[Holding]) -> list[Finding]:
    """No seat outlasts its term, and none that is for members alone outlasts the membership.

    `holdings` are those in the term of the people whose seats changed.
    """
    memberships = [holding for holding in holdings if holding.position_id == Position.COMMITTEE_MEMBER]
    findings = []
    for holding in holdings:
        if term.valid_to and (holding.valid_to is None or holding.valid_to > term.valid_to):
            ended = short_day(term.valid_to)
            findings.append(block(f"Nhiệm kỳ {term} đã kết thúc ngày {ended}, {holding} không thể kéo dài hơn."))
        if holding.position_id in MEMBERS_ONLY and not any(_covers(each, holding) for each in memberships):
            message = f"{holding.person} không là cấp ủy viên trong suốt thời gian giữ chức danh {holding.position}."
            findings.append(block(message))
    return findings


def _covers(membership: Holding, holding: Holding) -> bool:
    if membership.person_id != holding.person_id or membership.valid_from > holding.valid_from:
        return False
    return membership.valid_to is None or (holding.valid_to is not None and holding.valid_to <= membership.valid_to)
