"""A dossier's path: draft → submitted → confirmed | refused; returned, withdrawn; who may take which step, and when."""

from datetime import date

import pytest

from accounts.models import Assignment, User
from accounts.roles import Role
from common.errors import Blocked, NotAllowed, Refused, WrongState
from organizations.scope import Right
from personnel import actions
from personnel.models import ChangeItem, Dossier, Vote
from tests import factories

pytestmark = pytest.mark.django_db
State = Dossier.State
SUBMITTED = date(2022, 2, 15)

# Each step: how it is taken, the states from which it may be, and the state that follows.
STEPS = {
    "record_vote": (
        lambda dossier, by: actions.record_vote(dossier.items.get(), by=by, **factories.votes(20, 30)),
        {State.DRAFT: State.DRAFT},
    ),
    "submit": (lambda dossier, by: actions.submit(dossier, by=by, on=SUBMITTED), {State.DRAFT: State.SUBMITTED}),
    "return_to_drafter": (
        lambda dossier, by: actions.return_to_drafter(dossier, by=by, reason="Thiếu biên bản"),
        {State.SUBMITTED: State.DRAFT},
    ),
    "confirm": (
        lambda dossier, by: actions.confirm(dossier, by=by, decision=factories.document()),
        {State.SUBMITTED: State.CONFIRMED},
    ),
    "refuse": (
        lambda dossier, by: actions.refuse(dossier, by=by, reason="Chưa đủ điều kiện"),
        {State.SUBMITTED: State.REFUSED},
    ),
    "withdraw": (
        lambda dossier, by: actions.withdraw(dossier, by=by, reason="Lập nhầm"),
        {State.DRAFT: State.WITHDRAWN, State.SUBMITTED: State.WITHDRAWN},
    ),
}
DRAFTERS = {Role.ORGANIZATION_BOARD, Role.GRASSROOTS_CLERK}  # the inspection's clerks: see TestInspection
MAY_TAKE = {
    "record_vote": DRAFTERS,
    "submit": DRAFTERS,
    "return_to_drafter": {Role.CONFIRMER},
    "confirm": {Role.CONFIRMER},
    "refuse": {Role.CONFIRMER},
    "withdraw": DRAFTERS,
}


@pytest.fixture
def organization():
    organization = factories.organization(factories.organization())
    factories.term(organization)
    return organization


@pytest.fixture
def someone(organization):
    return factories.person(organization)


@pytest.fixture
def in_state(organization, someone):
    """Return a function that brings a dossier, of one appointment, into a state."""

    def bring(state):
        item = factories.appointment(someone)
        if state == State.DRAFT:
            return factories.dossier(organization, item)
        if state == State.CONFIRMED:
            return factories.confirmed(organization, item)
        dossier = factories.submitted(organization, item)
        if state == State.REFUSED:
            actions.refuse(dossier, by=factories.superior(), reason="Chưa đủ điều kiện")
        elif state == State.WITHDRAWN:
            actions.withdraw(dossier, by=factories.office(), reason="Lập nhầm")
        return dossier

    return bring


def stored(dossier):
    return Dossier.objects.get(pk=dossier.pk)


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("step", STEPS)
def test_every_step_from_every_state_by_every_role(in_state, organization, step, state, role):
    dossier = in_state(state)
    by = factories.user(role, organization)
    take, follows = STEPS[step]

    if role not in MAY_TAKE[step]:
        with pytest.raises(NotAllowed):
            take(dossier, by)
        assert stored(dossier).state == state
    elif state not in follows:
        with pytest.raises(WrongState, match=dossier.code):
            take(dossier, by)
        assert stored(dossier).state == state
    else:
        take(dossier, by)
        assert stored(dossier).state == follows[state]


@pytest.mark.parametrize("step", STEPS)
def test_a_role_elsewhere_gives_no_step_here(in_state, organization, step):
    by = factories.user(sorted(MAY_TAKE[step])[0], factories.organization())

    with pytest.raises(NotAllowed):
        STEPS[step][0](in_state(next(iter(STEPS[step][1]))), by)


@pytest.mark.parametrize("role", Role.values)
def test_who_may_draft(organization, someone, role):
    by = factories.user(role, organization)
    item = factories.appointment(someone)

    if role in DRAFTERS:
        assert factories.dossier(organization, item, by=by).drafted_by == by
    else:
        with pytest.raises(NotAllowed):
            factories.dossier(organization, item, by=by)


class TestInspection:
    """The inspection's clerks write dossiers that touch inspection committees, and no others (DESIGN.md §6)."""

    @pytest.fixture
    def clerk(self, organization):
        return factories.user(Role.INSPECTION, organization)

    def test_they_write_one_of_their_own_positions(self, organization, someone, clerk):
        made = factories.dossier(organization, factories.appointment(someone, "inspection_member"), by=clerk)
        saved = actions.save_draft(
            made, by=clerk, edition=1, items=[factories.appointment(someone, "inspection_chair")]
        )
        actions.submit(saved, by=clerk, on=SUBMITTED)

        assert stored(made).state == State.SUBMITTED

    def test_one_other_position_among_them_is_too_many(self, organization, someone, clerk):
        theirs, other = factories.appointment(someone, "inspection_member"), factories.appointment(someone)

        with pytest.raises(NotAllowed, match="chỉ lập hồ sơ về các chức danh trong Ủy ban Kiểm tra"):
            factories.dossier(organization, theirs, other, by=clerk)

    def test_nor_may_it_be_added_to_a_draft(self, organization, someone, clerk):
        made = factories.dossier(organization, factories.appointment(someone, "inspection_member"), by=clerk)

        with pytest.raises(NotAllowed):
            actions.save_draft(made, by=clerk, edition=1, items=[factories.appointment(someone)])
        assert stored(made).items.get().position_id == "inspection_member"

    def test_a_draft_of_others_is_not_taken_over(self, organization, someone, clerk):
        made = factories.dossier(organization, factories.appointment(someone))

        with pytest.raises(NotAllowed):
            actions.save_draft(made, by=clerk, edition=1, items=[factories.appointment(someone, "inspection_member")])


class TestTheOtherHand:
    """Whoever drafted may not decide, whatever the roles."""

    @pytest.fixture
    def drafter(self, organization):
        both = factories.user(Role.ORGANIZATION_BOARD, organization)
        Assignment.objects.create(user=both, role=Role.CONFIRMER, organization=organization)
        return User.objects.get(pk=both.pk)

    @pytest.fixture
    def dossier(self, organization, someone, drafter):
        return factories.submitted(organization, factories.appointment(someone), by=drafter)

    @pytest.mark.parametrize("step", ["confirm", "refuse"])
    def test_the_drafter_may_not_decide(self, dossier, drafter, step):
        with pytest.raises(NotAllowed, match="Bạn đã lập hồ sơ"):
            STEPS[step][0](dossier, drafter)
        assert stored(dossier).state == State.SUBMITTED

    def test_the_drafter_may_send_it_back(self, dossier, drafter):
        actions.return_to_drafter(dossier, by=drafter, reason="Thiếu biên bản")

        assert stored(dossier).state == State.DRAFT

    def test_another_with_the_same_roles_may_decide(self, dossier):
        actions.refuse(dossier, by=factories.superior(), reason="Chưa đủ điều kiện")

        assert stored(dossier).decided_by == factories.superior()


class TestDraft:
    def test_it_is_numbered_within_its_year(self, organization):
        codes = [
            factories.dossier(organization, opened_on=day).code
            for day in (date(2022, 1, 1), date(2022, 12, 31), date(2023, 1, 1))
        ]

        assert codes == ["HS-2022-001", "HS-2022-002", "HS-2023-001"]

    def test_it_keeps_its_items_and_their_votes(self, organization, someone):
        item = factories.appointment(someone, note="Thay đồng chí nghỉ hưu", vote=factories.votes(20, 30))

        kept = factories.dossier(organization, item, factories.release(someone, "secretary")).items.all()

        assert [(each.act, each.note) for each in kept] == [("appoint", "Thay đồng chí nghỉ hưu"), ("release", "")]
        assert kept[0].vote.in_favour == 20
        assert Vote.objects.count() == 1

    @pytest.mark.parametrize(("kind", "with_congress"), [("congress", False), ("supplement", True)])
    def test_a_congress_result_and_only_that_has_a_congress(self, organization, kind, with_congress):
        congress = factories.congress_fields() if with_congress else None

        with pytest.raises(Refused, match="thông tin đại hội"):
            factories.dossier(organization, kind=kind, congress=congress)

    def test_a_correction_and_only_that_names_what_it_mends(self, organization, in_state):
        with pytest.raises(Refused, match="phải nêu hồ sơ được đính chính"):
            factories.dossier(organization, kind="correction")
        with pytest.raises(Refused, match="phải nêu hồ sơ được đính chính"):
            factories.dossier(organization, corrects=in_state(State.CONFIRMED))

    @pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.REFUSED, State.WITHDRAWN])
    def test_only_a_confirmed_dossier_is_corrected(self, organization, in_state, state):
        with pytest.raises(Refused, match="Chỉ đính chính được hồ sơ đã chuẩn y"):
            factories.dossier(organization, kind="correction", corrects=stored(in_state(state)))

    def test_another_organisations_dossier_is_not_corrected(self, in_state):
        with pytest.raises(Refused, match="của chính tổ chức đảng này"):
            factories.dossier(factories.organization(), kind="correction", corrects=in_state(State.CONFIRMED))

    def test_an_item_of_another_dossier_is_not_corrected(self, organization, in_state):
        mended = in_state(State.CONFIRMED)
        other = factories.confirmed(organization, factories.appointment(factories.person(organization)))
        annulment = factories.annulment(other.items.get())

        with pytest.raises(Refused, match="phải thuộc hồ sơ được đính chính"):
            factories.dossier(organization, annulment, kind="correction", corrects=mended)
        with pytest.raises(Refused, match="phải thuộc hồ sơ được đính chính"):
            factories.dossier(organization, annulment)

    def test_an_annulment_is_not_corrected(self, organization, in_state):
        mended = in_state(State.CONFIRMED)
        annulled = factories.correction(mended, factories.annulment(mended.items.get()))

        with pytest.raises(Refused, match="hủy bỏ"):
            factories.correction(annulled, factories.annulment(annulled.items.get()))


class TestSubmit:
    def test_it_says_who_when_and_by_which_paper(self, in_state):
        dossier, paper = in_state(State.DRAFT), factories.document(type="TTr")

        actions.submit(dossier, by=factories.office(), on=date(2022, 2, 20), submission=paper)

        sent = stored(dossier)
        assert (sent.submitted_on, sent.submitted_by, sent.submission) == (date(2022, 2, 20), factories.office(), paper)

    def test_an_empty_dossier_is_blocked(self, organization):
        with pytest.raises(Blocked, match="chưa có nội dung nào"):
            actions.submit(factories.dossier(organization), by=factories.office())

    def test_the_same_seat_twice_is_blocked(self, organization, someone):
        dossier = factories.dossier(organization, factories.appointment(someone), factories.release(someone))

        with pytest.raises(Blocked, match="hai nội dung về cùng chức danh"):
            actions.submit(dossier, by=factories.office(), on=SUBMITTED)

    @pytest.mark.parametrize(
        ("summoned", "excluded", "in_favour", "elected"),
        [
            (30, 0, 15, False),  # half is not more than half
            (30, 0, 16, True),
            (31, 0, 15, False),
            (31, 0, 16, True),
            (31, 1, 15, False),  # base 30
            (31, 1, 16, True),
            (31, 2, 14, False),  # base 29
            (31, 2, 15, True),
            (1, 0, 0, False),
            (1, 0, 1, True),
        ],
    )
    def test_more_than_half_of_those_summoned_elect(
        self, organization, someone, summoned, excluded, in_favour, elected
    ):
        vote = factories.votes(in_favour, summoned, excluded)
        dossier = factories.dossier(organization, factories.appointment(someone, vote=vote))

        if elected:
            actions.submit(dossier, by=factories.office(), on=SUBMITTED)
            assert stored(dossier).state == State.SUBMITTED
        else:
            with pytest.raises(Blocked, match=f"{in_favour}/{summoned - excluded} phiếu") as blocked:
                actions.submit(dossier, by=factories.office(), on=SUBMITTED)
            assert "một nửa số người được triệu tập" in blocked.value.findings[0].source

    def test_those_who_did_not_come_count_in_the_base(self, organization, someone):
        came = factories.votes(15, 31) | dict.fromkeys(("present", "issued", "collected", "valid"), 16)
        dossier = factories.dossier(organization, factories.appointment(someone, vote=came))

        with pytest.raises(Blocked, match="15/31 phiếu"):
            actions.submit(dossier, by=factories.office(), on=SUBMITTED)

    @pytest.mark.parametrize(
        ("proposed", "allowed"), [(date(2022, 2, 9), False), (date(2022, 2, 10), True), (None, True)]
    )
    def test_no_effect_before_the_vote(self, organization, someone, proposed, allowed):
        item = factories.appointment(someone, elected_on=date(2022, 2, 10), proposed_on=proposed)
        dossier = factories.dossier(organization, item)

        if allowed:
            actions.submit(dossier, by=factories.office(), on=SUBMITTED)
        else:
            with pytest.raises(Blocked, match=r"09/02/2022.*sớm hơn ngày bầu.*10/02/2022"):
                actions.submit(dossier, by=factories.office(), on=SUBMITTED)


class TestRecordVote:
    def test_a_second_vote_replaces_the_first(self, in_state):
        item = in_state(State.DRAFT).items.get()

        actions.record_vote(item, by=factories.office(), **factories.votes(10, 30))
        actions.record_vote(item, by=factories.office(), **factories.votes(20, 30))

        assert Vote.objects.get().in_favour == 20


class TestReturnRefuseWithdraw:
    @pytest.mark.parametrize("act", [actions.return_to_drafter, actions.refuse, actions.withdraw])
    @pytest.mark.parametrize("reason", ["", "   "])
    def test_a_reason_is_required(self, in_state, act, reason):
        dossier = in_state(State.SUBMITTED)

        with pytest.raises(Refused, match="lý do"):
            act(dossier, by=factories.superior(), reason=reason)
        assert stored(dossier).state == State.SUBMITTED

    @pytest.mark.parametrize("act", [actions.return_to_drafter, actions.refuse, actions.withdraw])
    def test_the_reason_is_kept(self, in_state, act):
        dossier = in_state(State.SUBMITTED)

        act(dossier, by=factories.superior(), reason="Thiếu biên bản")

        assert stored(dossier).reason == "Thiếu biên bản"

    def test_a_returned_dossier_is_a_draft_again_without_its_submission(self, in_state):
        dossier = in_state(State.SUBMITTED)
        actions.return_to_drafter(dossier, by=factories.superior(), reason="Thiếu biên bản")

        returned = stored(dossier)
        assert (returned.submitted_on, returned.submitted_by, returned.submission) == (None, None, None)

    def test_submitted_again_it_no_longer_shows_the_reason(self, in_state):
        dossier = in_state(State.SUBMITTED)
        actions.return_to_drafter(dossier, by=factories.superior(), reason="Thiếu biên bản")
        actions.submit(dossier, by=factories.office(), on=SUBMITTED)

        assert stored(dossier).reason == ""

    def test_refused_items_stay_without_effect(self, in_state, someone):
        dossier = in_state(State.SUBMITTED)
        actions.refuse(dossier, by=factories.superior(), reason="Chưa đủ điều kiện", on=date(2022, 3, 1))

        item = ChangeItem.objects.get()
        assert (item.outcome, item.effective_on, item.confirmed_on) == ("refused", None, None)
        assert stored(dossier).decided_on == date(2022, 3, 1)
        assert not someone.holdings.exists()

    def test_withdrawing_a_submitted_dossier_keeps_when_it_was_submitted(self, in_state):
        dossier = in_state(State.SUBMITTED)
        actions.withdraw(dossier, by=factories.office(), reason="Lập nhầm")

        assert stored(dossier).submitted_on == date(2022, 2, 15)


class TestPeople:
    def test_a_person_becomes_a_member_on_a_day(self, organization, someone):
        assert someone.memberships.get().organization == organization
        assert type(someone).objects.members_of(organization, factories.STANDS_FROM).get() == someone

    def test_a_transfer_ends_one_membership_where_the_next_begins(self, organization, someone):
        to = factories.organization()
        actions.transfer_membership(someone, to=to, effective_on=date(2022, 5, 1), by=factories.office())

        assert someone.memberships.as_of(date(2022, 4, 30)).get().organization == organization
        assert someone.memberships.as_of(date(2022, 5, 1)).get().organization == to

    def test_a_transfer_to_where_one_is_already_is_refused(self, organization, someone):
        with pytest.raises(Refused, match="đang sinh hoạt đảng tại"):
            actions.transfer_membership(someone, to=organization, effective_on=date(2022, 5, 1), by=factories.office())

    def test_a_transfer_on_the_day_that_the_membership_began_is_refused(self, someone):
        with pytest.raises(Refused, match="chưa có nơi sinh hoạt đảng trước ngày"):
            actions.transfer_membership(
                someone, to=factories.organization(), effective_on=factories.STANDS_FROM, by=factories.office()
            )

    def test_a_measure_has_its_days(self, someone):
        measure = actions.discipline(
            someone, kind="warning", valid_from=date(2022, 1, 1), valid_to=date(2023, 1, 1), by=factories.office()
        )

        assert measure.is_in_force(date(2022, 12, 31))
        assert not measure.is_in_force(date(2023, 1, 1))

    def test_these_acts_need_the_right_to_draft(self, organization, someone):
        by = factories.holder_of(Right.VIEW, Right.CONFIRM)
        day = date(2022, 5, 1)

        for act in (
            lambda: actions.transfer_membership(someone, to=factories.organization(), effective_on=day, by=by),
            lambda: actions.discipline(someone, kind="warning", valid_from=day, valid_to=None, by=by),
            lambda: actions.register_person(organization=organization, member_from=day, by=by, full_name="X"),
        ):
            with pytest.raises(NotAllowed):
                act()
