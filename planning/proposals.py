"""Who should leave a plan at once, and who may come back, as dated facts demand; a person decides (DOMAIN.md §6).

Over age, disciplined from khiển trách up, concluded below the political standard; and back when a reprimand or a
warning has expired. Whoever holds the very position that they are planned for, or a higher one, has nothing left to be
planned for there.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q

from common.formats import short_day
from organizations.models import Document, Term
from organizations.scope import Scope
from personnel.checks.people import last_day_of_work
from personnel.models import Discipline, Holding, PoliticalConclusion
from planning.checks.people import in_same_line, time_left
from planning.facts import term_begins, terms_of
from planning.models import PlanEntry
from planning.querysets import PlanEntryQuerySet, awaiting_approval, in_plan
from regulations.findings import Finding
from regulations.models import RuleCode
from regulations.retirement import Month, RetirementTable, months_between
from regulations.rulebook import Rulebook

Reason = PlanEntry.RemovalReason
EXPIRING = (Discipline.Kind.REPRIMAND, Discipline.Kind.WARNING)
BY_WEIGHT = list(Discipline.Kind)  # the lightest first


@dataclass(frozen=True)
class Proposal:
    """One entry with what a fact demands of it: `reason` why it leaves, empty when it may come back.

    `since` is the day of the fact, `paper` cites what tells it, where that is known. `finding` says it in words, with
    the rule that demands it.
    """

    entry: PlanEntry
    reason: str
    since: date
    finding: Finding
    paper: str = ""

    @property
    def reason_label(self) -> str:
        return Reason(self.reason).label if self.reason else ""


@dataclass(frozen=True)
class _Facts:
    """What is known on `day` of everybody in the plans looked at."""

    day: date
    book: Rulebook
    ages: RetirementTable
    disciplines: dict[int, Discipline]  # in force, by person
    conclusions: dict[int, PoliticalConclusion]  # in force, by person
    seats: dict[int, list[Holding]]  # held, by person
    terms: dict[int, list[Term]]  # of each organisation


def removals(scope: Scope, day: date) -> list[Proposal]:
    """Return who is in a plan of a term not yet over, or awaits approval, and should leave it by the facts of `day`.

    One proposal for each entry, for the weightiest reason. By a fixed number of queries.
    """
    entries = PlanEntry.objects.visible_to(scope).filter(in_plan(day, day) | awaiting_approval(day, day))
    entries = _listed(entries.filter(valid_to__isnull=True), scope, day)
    return removals_among([entry for entry in entries if is_live(entry.plan_term, day)], day)


def removals_among(entries: Sequence[PlanEntry], day: date) -> list[Proposal]:
    """Return which of these entries, with their names, should leave by the facts of `day`, as `removals` says."""
    facts = _facts_of(entries, day)
    return [proposal for entry in entries if (proposal := _removal(entry, facts))]


def _listed(entries: PlanEntryQuerySet, scope: Scope, day: date) -> PlanEntryQuerySet:
    return entries.with_names().with_organization_name(day).with_open_people(scope).in_listing_order()


def is_live(plan_term: str, day: date) -> bool:
    """Whether the plan term is not over on `day`."""
    return int(plan_term[-4:]) >= day.year


def _facts_of(entries: Sequence[PlanEntry], day: date) -> _Facts:
    people = {entry.person_id for entry in entries}
    seats: dict[int, list[Holding]] = defaultdict(list)
    for seat in Holding.objects.as_of(day).filter(person__in=people).with_names():
        seats[seat.person_id].append(seat)
    conclusions = PoliticalConclusion.objects.as_of(day).filter(person__in=people).select_related("document")
    return _Facts(
        day=day,
        book=Rulebook.of(day),
        ages=RetirementTable.load(),
        disciplines=_weightiest(people, day),
        conclusions={each.person_id: each for each in conclusions},
        seats=seats,
        terms=terms_of({entry.organization_id for entry in entries}),
    )


def _weightiest(people: set[int], day: date) -> dict[int, Discipline]:
    """Return the weightiest measure in force against each of the people, of equal ones the newest."""
    measures = Discipline.objects.as_of(day).filter(person__in=people).select_related("document")
    in_order = sorted(measures, key=lambda each: (BY_WEIGHT.index(each.kind), each.valid_from))
    return {each.person_id: each for each in in_order}


def _removal(entry: PlanEntry, facts: _Facts) -> Proposal | None:
    questions: tuple[Callable[[PlanEntry, _Facts], Proposal | None], ...] = (
        _concluded,
        _disciplined,
        _over_age,
        _arrived,
    )
    return next((found for question in questions if (found := question(entry, facts))), None)


def _concluded(entry: PlanEntry, facts: _Facts) -> Proposal | None:
    conclusion = facts.conclusions.get(entry.person_id)
    if conclusion is None:
        return None
    message = f"Bị kết luận không bảo đảm tiêu chuẩn chính trị từ {short_day(conclusion.valid_from)}."
    finding = facts.book.finding(RuleCode.PLAN_LEAVES_AT_ONCE, message)
    return _proposal(entry, Reason.POLITICAL_STANDARD, conclusion.valid_from, finding, _cited(conclusion.document))


def _disciplined(entry: PlanEntry, facts: _Facts) -> Proposal | None:
    measure = facts.disciplines.get(entry.person_id)
    if measure is None:
        return None
    message = f"Bị kỷ luật {measure.get_kind_display().lower()} từ {short_day(measure.valid_from)}."
    finding = facts.book.finding(RuleCode.PLAN_LEAVES_AT_ONCE, message)
    return _proposal(entry, Reason.DISCIPLINE, measure.valid_from, finding, _cited(measure.document))


def _over_age(entry: PlanEntry, facts: _Facts) -> Proposal | None:
    last_day = last_day_of_work(entry.person, facts.ages)
    needed = facts.book.value(RuleCode.PLAN_ONE_TERM_LEFT)
    if last_day is None or needed is None:
        return None
    begins = term_begins(entry.plan_term, facts.terms.get(entry.organization_id, ()))
    retires = last_day.latest  # of a birthday known in part, only when it is certain
    if months_between(begins, Month.of(retires)) >= needed:
        return None
    message = f"Nghỉ hưu {time_left(retires, begins, needed)}"
    finding = facts.book.finding(RuleCode.PLAN_LEAVES_AT_ONCE, message)
    if finding and not last_day.verified:
        finding = replace(finding, source="", validity="", verified=False)
    return _proposal(entry, Reason.OVER_AGE, retires, finding, entry.person.retires_on_source)


def _arrived(entry: PlanEntry, facts: _Facts) -> Proposal | None:
    seats = [seat for seat in facts.seats.get(entry.person_id, ()) if in_same_line(seat, entry)]
    highest = min(seats, key=lambda seat: seat.position.rank, default=None)
    if highest is None or highest.position.rank > entry.position.rank:
        return None
    message = f"Đã giữ chức danh {highest.position} từ {short_day(highest.valid_from)}."
    finding = facts.book.finding(RuleCode.PLAN_HIGHER_POSITION, message)
    return _proposal(entry, Reason.APPOINTED, highest.valid_from, finding, "")


def _proposal(entry: PlanEntry, reason: str, since: date, finding: Finding | None, paper: str) -> Proposal | None:
    """Return the proposal; none while no rule of the day demands it."""
    return finding and Proposal(entry, reason, since, finding, paper)


def _cited(document: Document | None) -> str:
    return document.citation if document else ""


def reentries(scope: Scope, day: date) -> list[Proposal]:
    """Return who left a plan of a term not yet over for a measure, now expired, and may be introduced again on `day`.

    Only for a reprimand or a warning, only while a rule in force on `day` lets them come back (377-QĐ/TW), and nobody
    whom another fact would take out again. By a fixed number of queries.
    """
    left = PlanEntry.objects.visible_to(scope).filter(removal_reason=Reason.DISCIPLINE, valid_from__isnull=False)
    entries = [entry for entry in _listed(left, scope, day) if is_live(entry.plan_term, day)]
    return reentries_among(entries, day)


def reentries_among(entries: Sequence[PlanEntry], day: date) -> list[Proposal]:
    """Return which of these entries, with their names, left for a measure and may come back, as `reentries` says."""
    left = [
        entry
        for entry in entries
        if entry.removal_reason == Reason.DISCIPLINE and entry.valid_from is not None and entry.valid_to <= day
    ]
    facts, measures, again = _facts_of(left, day), _measures_of(left, day), _planned_again(left)
    return list(_returning([entry for entry in left if entry.pk not in again], measures, facts))


def _returning(
    entries: Sequence[PlanEntry], measures: dict[int, list[Discipline]], facts: _Facts
) -> Iterator[Proposal]:
    for entry in entries:
        # Whatever was in force since the entry came into the plan: also a measure that the office learnt of late.
        served = [each for each in measures[entry.person_id] if not each.valid_to or each.valid_to > entry.valid_from]
        expired = all(each.kind in EXPIRING and each.valid_to and each.valid_to <= facts.day for each in served)
        if not served or not expired or _removal(entry, facts):
            continue
        last = max(served, key=lambda each: each.valid_to)
        message = f"Quyết định {last.get_kind_display().lower()} đã hết hiệu lực từ {short_day(last.valid_to)}."
        finding = facts.book.finding(RuleCode.PLAN_RETURNS, message)
        if finding:
            yield Proposal(entry, "", last.valid_to, finding, _cited(last.document))


def _planned_again(left: Sequence[PlanEntry]) -> set[int]:
    """Return those of the entries after which their person was planned there again, or is introduced now."""
    again = PlanEntry.objects.filter(person__in={entry.person_id for entry in left})
    later: dict[tuple, list[PlanEntry]] = defaultdict(list)
    for entry in again.filter(Q(valid_from__isnull=False) | Q(valid_to__isnull=True)):
        later[_seat(entry)].append(entry)
    return {entry.pk for entry in left if any(_is_after(each, entry) for each in later[_seat(entry)])}


def _is_after(other: PlanEntry, entry: PlanEntry) -> bool:
    return other.pk != entry.pk and (other.valid_from is None or other.valid_from >= entry.valid_to)


def _seat(entry: PlanEntry) -> tuple:
    return entry.person_id, entry.organization_id, entry.position_id, entry.plan_term


def _measures_of(entries: Sequence[PlanEntry], day: date) -> dict[int, list[Discipline]]:
    """Return the measures against each of the people that had begun by `day`."""
    measures: dict[int, list[Discipline]] = defaultdict(list)
    people = {entry.person_id for entry in entries}
    for measure in Discipline.objects.filter(person__in=people).begun_by(day).select_related("document"):
        measures[measure.person_id].append(measure)
    return measures
