"""Confirming a dossier (chuẩn y): the one place where holdings begin and end."""

from collections.abc import Collection

from common import journal
from common.errors import Blocked, NeedsExplanation, Refused
from common.formats import short_day
from common.journal import act
from organizations.actions import open_term, require_right
from organizations.models import Body, Document, Organization
from organizations.scope import Right
from personnel.actions.dossiers import lock, record_judgements, require_other_hand, require_state
from personnel.checks.structure import block_by
from personnel.facts import Facts
from personnel.foresight import items_to_try
from personnel.judgements import new_warnings
from personnel.ledger import Ledger
from personnel.models import ChangeItem, CongressResult, Dossier, Judgement, Person
from personnel.trial import try_items
from regulations.models import RuleCode
from regulations.rulebook import Rulebook

TAKES_EFFECT = ["outcome", "confirmed_on", "effective_on", "body"]
ENDS = ["valid_to", "ended_by", "ended_by_item", "end_reason"]


@act("Chuẩn y hồ sơ")
def confirm(
    dossier: Dossier, *, by, decision: Document, refused: Collection[ChangeItem] = (), explanation: str = ""
) -> None:
    """Confirm (chuẩn y) a submitted dossier: its items take effect, each on its proposed day or the decision's.

    Items in `refused` stay without effect. Raises `NotAllowed` when `by` drafted the dossier or may not confirm there,
    `WrongState` when it is not submitted, `Refused` when no item is left, `Blocked` with the findings when a rule
    forbids it, and `NeedsExplanation` when a rule warns that did not warn at submission and no reason is given.
    """
    dossier = lock(dossier)
    require_right(by, Right.CONFIRM, dossier.organization)
    require_state(dossier, Dossier.State.SUBMITTED)
    require_other_hand(dossier, by)
    organization = _lock_register(dossier)
    congress = dossier.congress if dossier.kind == Dossier.Kind.CONGRESS else None
    refused_ids = {item.pk for item in refused}
    items = items_to_try(dossier)
    accepted = [item for item in items if item.pk not in refused_ids]
    if items and not accepted:
        raise Refused("Không còn nội dung nào được chuẩn y. Hãy chọn “Không chuẩn y” cho cả hồ sơ.")
    _require_days_in_order(dossier, decision)
    _refuse([item for item in items if item.pk in refused_ids])
    _date(accepted, decision, congress)
    ledger = _try(dossier, organization, accepted, congress, decision, explanation.strip())
    _store(ledger, dossier, accepted)
    dossier.state = Dossier.State.CONFIRMED
    dossier.decided_on = decision.issued_on
    dossier.decided_by = by
    dossier.decision = decision
    dossier.save()


def _require_days_in_order(dossier: Dossier, decision: Document) -> None:
    """Raise `Blocked` when the decision bears a day before the submission that it answers."""
    if decision.issued_on < dossier.submitted_on:
        message = (
            f"Ngày quyết định ({short_day(decision.issued_on)}) sớm hơn ngày trình "
            f"({short_day(dossier.submitted_on)}). Hãy xem lại ngày quyết định."
        )
        raise Blocked([block_by(Rulebook.of(decision.issued_on), RuleCode.DATES_IN_ORDER, message)])


def _refuse(items: list[ChangeItem]) -> None:
    for item in items:
        item.outcome = ChangeItem.Outcome.REFUSED
    journal.bulk_update(items, ["outcome"])


def _date(items: list[ChangeItem], decision: Document, congress: CongressResult | None) -> None:
    """Say when each item was confirmed and from when it works."""
    for item in items:
        item.outcome = ChangeItem.Outcome.CONFIRMED
        item.confirmed_on = decision.issued_on
        item.effective_on = (congress and congress.congress_on) or item.proposed_on or decision.effective_day


def _lock_register(dossier: Dossier) -> Organization:
    """Let changes of one organisation, and those about one person, wait for each other; return the organisation.

    Without the key: foreign keys to the rows may be written meanwhile.
    """
    organization = Organization.objects.select_for_update(no_key=True).get(pk=dossier.organization_id)
    people = Person.objects.filter(change_items__dossier=dossier).values("pk")
    list(Person.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk").values_list("pk"))
    return organization


def _try(
    dossier: Dossier,
    organization: Organization,
    items: list[ChangeItem],
    congress: CongressResult | None,
    decision: Document,
    explanation: str,
) -> Ledger:
    """Try the items on the organisation's ledger; raise `Blocked` or `NeedsExplanation` when rules stand in the way."""
    people = [item.person for item in items]
    ledger = Ledger.load(organization, people, lock=True)
    facts = Facts.load(organization, people, decision.issued_on)
    findings = try_items(
        ledger, facts, items, congress=congress, open_bodies=lambda: _open_bodies(organization, congress, decision)
    )
    if any(finding.blocks for finding in findings):
        raise Blocked([finding for finding in findings if finding.blocks])
    unexplained = new_warnings(dossier, findings)
    if unexplained and not explanation:
        raise NeedsExplanation(unexplained)
    record_judgements(dossier, Judgement.Stage.CONFIRMATION, findings, on=decision.issued_on, explanation=explanation)
    return ledger


def _open_bodies(organization: Organization, congress: CongressResult, decision: Document) -> dict[str, Body]:
    """Open the term with its bodies; the former one closes that day."""
    term = open_term(
        organization,
        label=congress.label,
        ordinal=congress.ordinal,
        congress_on=congress.congress_on,
        planned_end=congress.planned_end,
        sizes=congress.sizes,
        decision=decision,
    )
    return {body.kind: body for body in term.bodies.all()}


def _store(ledger: Ledger, dossier: Dossier, items: list[ChangeItem]) -> None:
    """Write down what the ledger has come to: what a correction takes back, the items, what ends, what begins."""
    for original in ledger.superseded:
        original.save(update_fields=["superseded_on"])
    for holding in ledger.removed:
        holding.delete()
    journal.bulk_update(items, TAKES_EFFECT)
    ended = [ending.holding for ending in ledger.endings]
    for holding in ended:
        holding.ended_by = dossier
    reopened = [holding for holding in ledger.reopened if holding not in ended]
    journal.bulk_update([*reopened, *ended], ENDS)
    journal.bulk_create(ledger.begun)
