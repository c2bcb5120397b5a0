"""Trying the items of a dossier on a ledger: what comes of them, and what the rules say of it.

Submitting, confirming and looking ahead all go through `try_items`, so that what was shown is what happens.
"""

from collections.abc import Callable, Mapping, Sequence

from organizations.models import Body, BodyKind, Position
from personnel.checks.bodies import check_cell_size, check_congress_is_far, check_inspection_allowed, check_size
from personnel.checks.books import check_books
from personnel.checks.items import check_days, check_elected, check_repeats, check_vote
from personnel.checks.people import check_discipline, check_working_time
from personnel.checks.structure import block
from personnel.checks.terms import check_term_length
from personnel.facts import Facts
from personnel.ledger import Ledger
from personnel.models import Act, ChangeItem, CongressResult
from regulations.findings import Finding

# Within one dossier releases come first, then appointments from the member upwards: an officer must be a member.
ACT_ORDER = (Act.ANNUL, Act.RELEASE, Act.APPOINT)
NOTHING = "Hồ sơ chưa có nội dung nào."


def try_items(
    ledger: Ledger,
    facts: Facts,
    items: Sequence[ChangeItem],
    *,
    congress: CongressResult | None,
    open_bodies: Callable[[], Mapping[str, Body]],
) -> list[Finding]:
    """Try the items, each on its `effective_on`; return what the rules say, at the items' places.

    `open_bodies` makes the bodies of the term that a congress opens, by kind; it is asked only when nothing blocks.
    """
    if not items:
        return [block(NOTHING)]
    sitting = _sitting(ledger, congress)
    findings = check_repeats(items)
    for item in items:
        findings += [finding.at(item.place) for finding in _judge(item, facts, congress, sitting)]
    if congress:
        findings += _try_congress(ledger, facts, items, congress, open_bodies, findings)
    else:
        findings += _try_changes(ledger, facts, items)
    return findings + _judge_bodies(ledger, facts, items)


def _sitting(ledger: Ledger, congress: CongressResult | None) -> set[int]:
    """Return who sat in the committee when the congress began: they stand for re-election."""
    committee = congress and ledger.body_on(BodyKind.COMMITTEE, congress.congress_on)
    if not committee:
        return set()
    day = congress.congress_on
    return {each.person_id for each in ledger.holdings if each.body == committee and each.is_in_force(day)}


def _judge(item: ChangeItem, facts: Facts, congress: CongressResult | None, sitting: set[int]) -> list[Finding]:
    """Return what is said of an item by itself, whoever sits where."""
    day = item.effective_on
    book = facts.rules.on(day)
    findings = check_vote(item, book) + check_days(item, day, facts.day, book)
    if congress is None:
        for touched in dict.fromkeys([day, item.corrects and item.corrects.effective_on]):
            findings += check_books(touched, facts.closings_on(touched))
    if item.act == Act.APPOINT:
        findings += check_working_time(item, congress.congress_on if congress else day, facts.ages, sitting, book)
        findings += check_discipline(item, facts.disciplines.get(item.person_id), book)
        findings += check_inspection_allowed(item, facts.kind, book)
    return findings


def _try_congress(
    ledger: Ledger,
    facts: Facts,
    items: Sequence[ChangeItem],
    congress: CongressResult,
    open_bodies: Callable[[], Mapping[str, Body]],
    found: Sequence[Finding],
) -> list[Finding]:
    book = facts.rules.on(congress.congress_on)
    days = congress.congress_on, congress.planned_end
    findings = check_term_length(facts.kind, congress.ordinal, *days, book)
    findings += check_elected(items, book) + ledger.close_term(congress)
    if any(finding.blocks for finding in (*found, *findings)):
        return findings
    return findings + ledger.seat_elected(items, open_bodies())


def _try_changes(ledger: Ledger, facts: Facts, items: Sequence[ChangeItem]) -> list[Finding]:
    findings = _take_back(ledger, facts, [item for item in items if item.corrects_id])
    if any(finding.blocks for finding in findings):
        return findings
    for item in sorted(items, key=lambda item: (ACT_ORDER.index(item.act), -item.position.rank)):
        findings += [finding.at(item.place) for finding in _try(ledger, facts, item)]
    if not any(finding.blocks for finding in findings):
        findings += ledger.check_terms(items) + ledger.check_officers(items, facts.rules)
    return findings


def _take_back(ledger: Ledger, facts: Facts, items: list[ChangeItem]) -> list[Finding]:
    """Take back what all corrected items did before any correction is tried, the later before what it rests on."""
    waiting, findings = items, []
    while waiting:
        findings, left = [], []
        for item in waiting:
            said = ledger.supersede(item.corrects, facts.day)
            findings += [finding.at(item.place) for finding in said]
            left += [item] if said else []
        if len(left) == len(waiting):
            break
        waiting = left
    return findings


def _try(ledger: Ledger, facts: Facts, item: ChangeItem) -> list[Finding]:
    book = facts.rules.on(item.effective_on)
    if item.act == Act.ANNUL:
        item.body, item.effective_on = item.corrects.body, item.corrects.effective_on
        return []
    findings = ledger.place_item(item)
    if findings:
        return findings
    if item.act == Act.RELEASE:
        return ledger.release(item)
    return check_congress_is_far(item, item.body.term.planned_end, book) + ledger.appoint(item, book)


def _judge_bodies(ledger: Ledger, facts: Facts, items: Sequence[ChangeItem]) -> list[Finding]:
    """Return what is said of the bodies into which somebody came, as they will be."""
    findings = []
    last: dict[Body, ChangeItem] = {item.body: item for item in items if item.body and item.act == Act.APPOINT}
    for body, item in last.items():
        day = max(each.effective_on for each in items if each.body == body)
        book, size = facts.rules.on(day), ledger.size_on(body, day)
        said = check_size(body, size, book)
        if item.position_id == Position.COMMITTEE_MEMBER:
            said += check_cell_size(facts.kind, facts.official_members, size, book)
        findings += [finding.at(item.place) for finding in said]
    return findings
