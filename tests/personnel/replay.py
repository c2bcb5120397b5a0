"""All confirmed dossiers tried again, from an empty register: the reference that the stored seats are held against."""

from collections.abc import Iterable

from organizations.models import Body, Organization
from personnel.facts import Facts
from personnel.foresight import items_to_try
from personnel.ledger import Ledger
from personnel.models import Dossier, Holding
from personnel.trial import try_items

Seat = tuple[int, int, str, object, object]  # person, body, position, from, to


def stored_seats() -> set[Seat]:
    return _seats(Holding.objects.all())


def replayed_seats() -> set[Seat]:
    """Return the seats that all confirmed dossiers lead to, tried one after another in the order of their decisions."""
    bodies = _bodies_as_they_were_opened()
    ledger = Ledger(None, [], [])
    for dossier in Dossier.objects.filter(state="confirmed").order_by("decided_on", "pk"):
        _try_again(ledger, dossier, bodies)
    return _seats(ledger.holdings)


def _bodies_as_they_were_opened() -> list[Body]:
    bodies = list(Body.objects.select_related("term__organization"))
    for body in bodies:
        body.term.valid_to = None
    return bodies


def _try_again(ledger: Ledger, dossier: Dossier, bodies: list[Body]) -> None:
    congress = dossier.congress if dossier.kind == Dossier.Kind.CONGRESS else None
    ledger.organization = Organization.objects.get(pk=dossier.organization_id)
    theirs = [body for body in bodies if body.term.organization_id == dossier.organization_id]
    opened = [body for body in theirs if congress and body.term.label == congress.label]
    opens = {body.kind: body for body in opened}
    ledger.bodies = [body for body in theirs if body not in opened and body.term.valid_from <= dossier.decided_on]
    items = [item for item in items_to_try(dossier) if item.outcome == "confirmed"]
    for item in items:
        if item.corrects:
            item.corrects.superseded_on = None
            item.corrects.body = next(body for body in bodies if body.pk == item.corrects.body_id)
    facts = Facts.load(ledger.organization, [item.person for item in items], dossier.decided_on)
    findings = try_items(ledger, facts, items, congress=congress, open_bodies=lambda: opens)
    assert not [finding.message for finding in findings if finding.blocks], dossier
    if congress:
        for body in ledger.bodies:
            if body.term.valid_to is None:
                body.term.valid_to = congress.congress_on


def _seats(holdings: Iterable[Holding]) -> set[Seat]:
    rows = [(each.person_id, each.body_id, each.position_id, each.valid_from, each.valid_to) for each in holdings]
    assert len(rows) == len(set(rows))
    return set(rows)
