"""The kind of import "quy hoạch": rounds with what they rest on, targets, plans of organisations, people in them.

Names in plans are confidential: only who plans and sees plans imports or exports them, and an export is recorded.
Ballots, verdicts of reviews and what rules said are not carried over.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from common.journal import record_accesses
from intake.kinds.base import Kind, Listed, Rows, in_columns
from intake.kinds.plans_columns import (
    BASIS,
    ENTRIES,
    LEGAL_BASIS,
    PLANS,
    ROUNDS,
    TARGETS,
    entry_cells,
    plan_cells,
    round_cells,
    target_cells,
)
from intake.kinds.plans_read import Reading
from intake.papers import record_cited
from organizations.models import Document
from organizations.scope import Right, Scope
from planning.actions.history import PastPlans, record_past_plans
from planning.models import PlanApproval, PlanEntry, PlanningRound, PlanTarget

EXPORTED = "Xuất quy hoạch ra tệp Excel để nhập lại"


def understand(rows: Rows, *, scope: Scope, day: date) -> list[Listed]:
    """Return what each row comes to: rounds, legal bases, targets, plans, people."""
    return Reading(rows, scope).understand()


def write(listed: Sequence[Listed], *, by) -> None:
    """Enter what is new and add what the register lacked. Part of an act."""
    new = {spec.name: [each.meant for each in listed if each.sheet == spec.name and each.is_new] for spec in SHEETS}
    more = {
        spec.name: [each.meant for each in listed if each.sheet == spec.name and not each.is_new and each.differences]
        for spec in SHEETS
    }
    _record_papers(new, more, by)
    plans = PastPlans(
        new_rounds=new[ROUNDS.name],
        new_targets=new[TARGETS.name],
        new_approvals=new[PLANS.name],
        new_entries=new[ENTRIES.name],
        rounds=more[ROUNDS.name],
        targets=more[TARGETS.name],
        approvals=more[PLANS.name],
        entries=more[ENTRIES.name],
    )
    by_round: dict[int, tuple[PlanningRound, list[Document]]] = {}
    for each in new[LEGAL_BASIS.name]:
        by_round.setdefault(id(each.planning_round), (each.planning_round, []))[1].append(each.document)
    plans.legal_basis = list(by_round.values())
    record_past_plans(plans, by=by)


def _record_papers(new: dict[str, list], more: dict[str, list], by) -> None:
    papers = [each.document for each in new[LEGAL_BASIS.name]]
    for approval in (*new[PLANS.name], *more[PLANS.name]):
        papers += [approval.submission, approval.decision]
    papers += [entry.removed_by for entry in (*new[ENTRIES.name], *more[ENTRIES.name])]
    record_cited(papers, by=by)


def export(scope: Scope, day: date) -> dict[str, list[list[object]]]:
    """Return the rounds that organisations in the scope conduct, and what lies in it of them, in the columns.

    Whoever hands it out records the access by `journal_export`.
    """
    rounds = list(_rounds(scope))
    codes = _codes(rounds)
    of_rounds = {"round__in": list(codes)}
    sees = Right.VIEW_PLANS
    targets = PlanTarget.objects.visible_to(scope).filter(**of_rounds).select_related("organization", "position")
    plans = PlanApproval.objects.visible_to(scope, sees).filter(**of_rounds)
    plans = plans.select_related("organization", "submission__issuer", "decision__issuer")
    entries = PlanEntry.objects.visible_to(scope).filter(**of_rounds)
    entries = entries.select_related("person", "organization", "position", "removed_by__issuer")
    entries = entries.select_related("approval__organization")
    by_place = ("round__opened_on", "round", "organization__code", "group", "pk")

    def rows(spec, cells, records) -> list[list[object]]:
        return [in_columns(spec, cells(each) | {"round": codes[each.round_id]}) for each in records]

    return {
        ROUNDS.name: [in_columns(ROUNDS, round_cells(each) | {"round": codes[each.pk]}) for each in rounds],
        LEGAL_BASIS.name: [
            in_columns(LEGAL_BASIS, BASIS.written(document) | {"round": codes[each.pk]})
            for each in rounds
            for document in each.legal_basis.all()
        ],
        TARGETS.name: rows(TARGETS, target_cells, targets.order_by(*by_place)),
        PLANS.name: rows(PLANS, plan_cells, plans.order_by(*by_place)),
        ENTRIES.name: rows(
            ENTRIES,
            entry_cells,
            entries.order_by(
                "round__opened_on", "round", "organization__code", "position__rank", "introduced_on", "pk"
            ),
        ),
    }


def journal_export(scope: Scope, *, by) -> None:
    """Record that `by` took the names in the plans of these rounds out of the product."""
    record_accesses(_rounds(scope), by=by, what=EXPORTED)


def _rounds(scope: Scope):
    rounds = PlanningRound.objects.visible_to(scope) if scope.may(Right.VIEW_PLANS) else PlanningRound.objects.none()
    rounds = rounds.select_related("authority").prefetch_related("legal_basis__issuer")
    return rounds.order_by("opened_on", "authority__code", "pk")


def _codes(rounds: Sequence[PlanningRound]) -> dict[int, str]:
    """Return the codes by which the other sheets name the rounds: QH-2022-1, in the order of their days."""
    counts: dict[int, int] = defaultdict(int)
    codes = {}
    for each in rounds:
        counts[each.opened_on.year] += 1
        codes[each.pk] = f"QH-{each.opened_on.year}-{counts[each.opened_on.year]}"
    return codes


SHEETS = (ROUNDS, LEGAL_BASIS, TARGETS, PLANS, ENTRIES)
PLANS_KIND = Kind(
    code="quy-hoach",
    label="Quy hoạch",
    right=Right.PLAN,
    sheets=SHEETS,
    understand=understand,
    write=write,
    export=export,
    journal_export=journal_export,
)
