"""Rules on dossiers: from the facts of the register to findings. Nothing here writes."""

from collections import Counter
from datetime import date

from django.db.models import Q

from common.formats import short_day
from organizations.models import Body, Position, Term
from personnel.models import Act, ChangeItem, CongressResult, Dossier, Holding, Person
from regulations.findings import Finding, Severity

# Positions that only members of the committee hold (DOMAIN.md §3).
MEMBERS_ONLY = (Position.SECRETARY, Position.DEPUTY_SECRETARY, Position.STANDING_MEMBER)
VOTE_RULE = "Trúng cử khi được trên một nửa số người được triệu tập đồng ý"


def check_dossier(dossier: Dossier) -> list[Finding]:
    """Return what the rules say of a dossier that is to be submitted or confirmed."""
    items = list(dossier.items.select_related("person", "position", "vote"))
    if not items:
        return [Finding(Severity.BLOCK, f"Hồ sơ {dossier.code} chưa có nội dung nào.")]
    congress = dossier.congress if dossier.kind == Dossier.Kind.CONGRESS else None
    findings = _check_repeats(items)
    for item in items:
        findings += check_vote(item) + check_days(item, congress and congress.congress_on)
    if congress:
        findings += check_elected(items)
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


def check_days(item: ChangeItem, day: date | None = None) -> list[Finding]:
    """A change cannot take effect (on `day`, or else on its own day) before the vote on it."""
    effect = day or item.effective_on or item.proposed_on
    if not item.elected_on or not effect or effect >= item.elected_on:
        return []
    message = (
        f"Ngày có hiệu lực ({short_day(effect)}) sớm hơn ngày bầu ({short_day(item.elected_on)}) "
        f"của {item.person}. Hãy sửa một trong hai ngày."
    )
    return [Finding(Severity.BLOCK, message)]


def check_appointment(item: ChangeItem, body: Body, day: date) -> list[Finding]:
    """The seat must be free for the person from `day` on: not held by them already, nor by as many as may hold it."""
    if body.term.valid_to:
        message = f"Nhiệm kỳ {body.term} đã kết thúc ngày {short_day(body.term.valid_to)}, không bổ sung được nữa."
        return [Finding(Severity.BLOCK, message)]
    holdings = Holding.objects.in_body(body).filter(position=item.position).exclude(valid_to__lte=day)
    holdings = list(holdings.select_related("person"))  # those of today and those that begin later: the seat has no end
    if any(holding.person_id == item.person_id for holding in holdings):
        return [Finding(Severity.BLOCK, f"{item.person} đang giữ chức danh {item.position}.")]
    allowed = item.position.max_holders
    if allowed is not None and len(holdings) >= allowed:
        names = ", ".join(str(holding.person) for holding in holdings)
        return [Finding(Severity.BLOCK, f"Chức danh {item.position} đang do {names} giữ.")]
    return _check_membership(item, body, day)


def _check_membership(item: ChangeItem, body: Body, day: date) -> list[Finding]:
    if item.position_id not in MEMBERS_ONLY:
        return []
    seats = Holding.objects.filter(body__term=body.term, position=Position.COMMITTEE_MEMBER, person=item.person)
    if seats.as_of(day).exists():
        return []
    return [_not_a_member(item)]


def _not_a_member(item: ChangeItem) -> Finding:
    message = f"{item.person} chưa là cấp ủy viên nên chưa thể giữ chức danh {item.position}."
    return Finding(Severity.BLOCK, message)


def check_elected(items: list[ChangeItem]) -> list[Finding]:
    """A congress only elects, no seat more often than it may be held, and officers from among the members."""
    findings = []
    if any(item.act != Act.APPOINT for item in items):
        message = "Kết quả đại hội chỉ gồm những người trúng cử; việc cho thôi được lập hồ sơ riêng."
        findings.append(Finding(Severity.BLOCK, message))
    members = {item.person_id for item in items if item.position_id == Position.COMMITTEE_MEMBER}
    findings += [
        _not_a_member(item) for item in items if item.position_id in MEMBERS_ONLY and item.person_id not in members
    ]
    for position, elected in Counter(item.position for item in items).items():
        if position.max_holders is not None and elected > position.max_holders:
            message = f"Chức danh {position} có {elected} người trúng cử, nhiều nhất là {position.max_holders}."
            findings.append(Finding(Severity.BLOCK, message))
    return findings


def check_new_term(congress: CongressResult, holdings: list[Holding]) -> list[Finding]:
    """A congress follows the terms entered before; `holdings` are the organisation's that last beyond its day."""
    terms = Term.objects.of_organization(congress.dossier.organization)
    if terms.filter(Q(valid_from__gte=congress.congress_on) | Q(label=congress.label)).exists():
        message = f"Nhiệm kỳ {congress.label} hoặc một nhiệm kỳ sau đó đã được ghi nhận."
        return [Finding(Severity.BLOCK, message)]
    return [
        Finding(
            Severity.BLOCK,
            f"{holding.person} có thay đổi về chức danh {holding.position} sau ngày đại hội "
            f"{short_day(congress.congress_on)}; hãy đính chính thay đổi đó trước.",
        )
        for holding in holdings
        if holding.valid_to or holding.valid_from >= congress.congress_on
    ]


def check_term(term: Term, people: list[Person]) -> list[Finding]:
    """No seat of these people outlasts its term, and none that is for members alone outlasts the membership."""
    held = list(Holding.objects.in_term(term).filter(person__in=people).select_related("person", "position"))
    memberships = [holding for holding in held if holding.position_id == Position.COMMITTEE_MEMBER]
    findings = []
    for holding in held:
        if term.valid_to and (holding.valid_to is None or holding.valid_to > term.valid_to):
            message = f"Nhiệm kỳ {term} đã kết thúc ngày {short_day(term.valid_to)}, {holding} không thể kéo dài hơn."
            findings.append(Finding(Severity.BLOCK, message))
        if holding.position_id in MEMBERS_ONLY and not any(_covers(each, holding) for each in memberships):
            message = f"{holding.person} không là cấp ủy viên trong suốt thời gian giữ chức danh {holding.position}."
            findings.append(Finding(Severity.BLOCK, message))
    return findings


def _covers(membership: Holding, holding: Holding) -> bool:
    if membership.person_id != holding.person_id or membership.valid_from > holding.valid_from:
        return False
    return membership.valid_to is None or (holding.valid_to is not None and holding.valid_to <= membership.valid_to)


def check_lower_posts(item: ChangeItem, posts: list[Holding]) -> list[Finding]:
    """A promotion closes lower posts that began before it and have no end yet."""
    return [
        Finding(
            Severity.BLOCK,
            f"{item.person} có thay đổi về chức danh {post.position} từ ngày {short_day(item.effective_on)} trở đi "
            f"nên chưa thể giữ chức danh {item.position} từ ngày đó.",
        )
        for post in posts
        if post.valid_to or post.valid_from >= item.effective_on
    ]


def check_release(item: ChangeItem, holdings: list[Holding]) -> list[Finding]:
    """Only a seat that is held can be left, after the day it began and not a second time."""
    if not holdings:
        message = f"{item.person} không giữ chức danh {item.position} nên không thể cho thôi."
        return [Finding(Severity.BLOCK, message)]
    findings = []
    for holding in holdings:
        if holding.valid_from == item.effective_on:
            day = short_day(holding.valid_from)
            message = f"{item.person} mới giữ chức danh {holding.position} từ chính ngày {day}."
            findings.append(Finding(Severity.BLOCK, message))
        elif holding.valid_to:
            message = f"{item.person} đã thôi chức danh {holding.position} từ ngày {short_day(holding.valid_to)}."
            findings.append(Finding(Severity.BLOCK, message))
    return findings
