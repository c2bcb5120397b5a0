"""What seats of old files leave as it was: the figures of every year; what dossiers of old files add to them."""

from datetime import date

from common.periods import Period
from intake.kinds.changes import CHANGES
from intake.kinds.holdings import HOLDINGS
from organizations.scope import Scope
from personnel import actions
from personnel.actions import ItemDraft
from personnel.models import Dossier, Holding
from reports.choices import choose
from reports.summary import summarize
from tests import factories
from tests.factories import office
from tests.intake.sheets import DAY, take_in
from tests.intake.test_history_changes import everything
from tests.intake.test_history_holdings import row


def turns(year: int) -> int | None:
    choices = choose(scope=Scope.everything(), period=Period.of_year(year), as_at=DAY, code="KHOI", plan_term="")
    return summarize(choices.frame).by_key["grassroots.turns"].count


def test_seats_of_old_files_stand_in_no_figure(old):
    take_in(HOLDINGS, by=office(), s0=[row(begins=date(2021, 3, 1), ends=date(2021, 9, 1), end_reason="Nghỉ hưu")])

    assert not turns(2021)


def test_dossiers_of_old_files_count_as_what_the_office_did(old):
    take_in(CHANGES, by=office(), **everything())

    assert turns(2021) == 1


def test_what_mends_an_old_seat_stands_in_no_figure_either(old):
    take_in(HOLDINGS, by=office(), s0=[row(begins=date(2021, 3, 1), ends=None, end_reason=None)])
    item = Holding.objects.get().began_by
    mended = ItemDraft(
        act="appoint",
        person=old.an,
        position=item.position,
        method="designation",
        proposed_on=date(2021, 4, 1),
        corrects=item,
    )
    dossier = actions.draft(
        old.place,
        kind=Dossier.Kind.CORRECTION,
        corrects=item.dossier,
        items=[mended],
        opened_on=date(2021, 5, 1),
        by=office(),
    )
    actions.submit(dossier, by=office(), on=date(2021, 5, 2), explanation="Sửa ngày")
    decision = factories.document(old.bloc, date(2021, 5, 10))
    actions.confirm(dossier, by=factories.superior(), decision=decision, explanation="Sửa ngày")

    assert Holding.objects.get().valid_from == date(2021, 4, 1)
    assert not turns(2021)
