"""Ballots: who stands, how many votes are needed, who goes on, and how a step is entered again."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from auditlog.models import LogEntry

from accounts.roles import Role
from common.errors import NotAllowed, Outdated, Refused, WrongState
from common.periods import today
from organizations.scope import Right
from planning import actions
from planning.actions import VoteDraft
from planning.ballots import COMMON_BODIES, aim_of, bodies_known, candidates_of, tallies
from planning.models import BallotResult, BallotStep, PositionGroup, ReviewVerdict
from tests import factories

pytestmark = pytest.mark.django_db

OPENED, INTRODUCED, HELD = date(2022, 1, 5), date(2022, 2, 1), date(2022, 2, 10)
DAY = timedelta(days=1)
GROUP = PositionGroup.COMMITTEE
COUNTS = {"summoned": 20, "present": 18, "issued": 18, "collected": 16, "valid": 15}


@pytest.fixture
def bloc():
    return factories.organization()


@pytest.fixture
def agency(bloc):
    return factories.organization(bloc)


@pytest.fixture
def first(bloc):
    return factories.planning_round(bloc, opened_on=OPENED)


@pytest.fixture
def introduce(first, agency):
    def introduce(name, on=INTRODUCED, code="committee_member"):
        return factories.plan_entry(first, factories.person(agency, name), agency, code, on=on)

    return introduce


@pytest.fixture
def entries(introduce):
    return [introduce(name) for name in ("Lê Văn An", "Trần Thị Bình", "Phạm Văn Cường")]


def record(first, agency, votes, *, on=HELD, by=None, group=GROUP, step=None, edition=None, number=None, **counts):
    """Record a step; `votes` are numbers by entry, or whole drafts."""
    drafts = [VoteDraft(*pair) for pair in votes.items()] if isinstance(votes, dict) else votes
    return actions.record_ballot(
        first,
        organization=agency,
        group=group,
        counts={"body": "Hội nghị Ban Chấp hành", "held_on": on} | COUNTS | counts,
        votes=drafts,
        by=by or factories.office(),
        step=step,
        edition=edition,
        number=number,
    )


def votes_of(step):
    return {result.entry: (result.votes, result.goes_on) for result in step.results.select_related("entry")}


def standing(first, agency, number, group=GROUP):
    return [entry.person.full_name for entry in candidates_of(first, agency, group, number)]


class TestThreshold:
    @pytest.mark.parametrize(
        ("base", "comparison", "percent", "fewest"),
        [
            ("summoned", "more_than", "50", 11),
            ("summoned", "at_least", "50", 10),
            ("present", "more_than", "50", 10),
            ("present", "at_least", "50", 9),
            ("collected", "more_than", "50", 9),
            ("collected", "at_least", "50", 8),
            ("valid", "more_than", "50", 8),
            ("valid", "at_least", "50", 8),
            ("summoned", "more_than", "66.67", 14),
            ("summoned", "at_least", "66.67", 14),
            ("valid", "more_than", "66.66", 10),
            ("valid", "at_least", "66.67", 11),
            ("valid", "at_least", "66.66", 10),
            ("valid", "at_least", "100", 15),
            ("valid", "more_than", "0.01", 1),
        ],
    )
    def test_one_goes_on_with_just_enough_votes(self, first, agency, entries, base, comparison, percent, fewest):
        short, enough, _ = entries
        votes = {short: fewest - 1, enough: fewest, entries[2]: 0}

        step = record(first, agency, votes, base=base, comparison=comparison, percent=Decimal(percent))

        assert step.threshold == fewest
        assert votes_of(step) == {short: (fewest - 1, False), enough: (fewest, True), entries[2]: (0, False)}

    @pytest.mark.parametrize(
        ("comparison", "percent", "words"),
        [
            ("more_than", "50", "trên 50 % số người được triệu tập"),
            ("at_least", "66.67", "từ 66,67 % số người được triệu tập trở lên"),
            ("at_least", "100", "từ 100 % số người được triệu tập trở lên"),
        ],
    )
    def test_it_reads_as_a_rule(self, comparison, percent, words):
        assert BallotStep(comparison=comparison, percent=Decimal(percent)).rule == words

    @pytest.mark.parametrize(
        ("comparison", "percent", "allowed"),
        [
            ("more_than", "0", False),
            ("at_least", "0", False),
            ("at_least", "0.01", True),
            ("more_than", "99.99", True),
            ("more_than", "100", False),
            ("at_least", "100", True),
            ("at_least", "100.01", False),
        ],
    )
    def test_only_one_that_can_be_reached_and_missed(self, first, agency, entries, comparison, percent, allowed):
        given = {"comparison": comparison, "percent": Decimal(percent)}

        if allowed:
            record(first, agency, dict.fromkeys(entries, 1), **given)
        else:
            with pytest.raises(Refused, match="100 %"):
                record(first, agency, dict.fromkeys(entries, 1), **given)
        assert BallotStep.objects.exists() is allowed

    def test_shares_are_of_the_base_of_the_step(self, first, agency, entries):
        record(first, agency, dict(zip(entries, (15, 12, 1), strict=True)), base="valid")

        [tally] = tallies(first, agency, GROUP)
        assert [share for _, share in tally.rows] == ["100,00 % (15/15)", "80,00 % (12/15)", "6,67 % (1/15)"]
        assert tally.going_on == 2


class TestNumbers:
    @pytest.mark.parametrize(
        ("narrower", "wider"),
        [("present", "summoned"), ("issued", "present"), ("collected", "issued"), ("valid", "collected")],
    )
    def test_each_is_at_most_the_one_before_it(self, first, agency, entries, narrower, wider):
        equal = dict.fromkeys(COUNTS, 15)
        with pytest.raises(Refused, match=r"\(16\) nhiều hơn .* \(15\)"):
            record(first, agency, dict.fromkeys(entries, 1), **equal | {narrower: 16})
        record(first, agency, dict.fromkeys(entries, 1), **equal | {wider: 15, narrower: 15})

    def test_without_a_valid_paper_there_is_no_result(self, first, agency, entries):
        with pytest.raises(Refused, match="Số phiếu hợp lệ phải từ 1"):
            record(first, agency, dict.fromkeys(entries, 0), valid=0)

    @pytest.mark.parametrize(("votes", "allowed"), [(-1, False), (0, True), (15, True), (16, False)])
    def test_nobody_has_more_votes_than_there_are_valid_papers(self, first, agency, entries, votes, allowed):
        given = dict.fromkeys(entries, 1) | {entries[0]: votes}
        if allowed:
            record(first, agency, given)
        else:
            with pytest.raises(Refused, match=r"Lê Văn An: Số phiếu"):
                record(first, agency, given)
        assert BallotResult.objects.exists() is allowed

    @pytest.mark.parametrize(
        ("on", "why"),
        [
            (INTRODUCED - DAY, "giới thiệu ngày 01/02/2022"),
            (OPENED - DAY, "ngày mở đợt"),
            (INTRODUCED, ""),
        ],
    )
    def test_not_before_the_round_or_the_introduction(self, first, agency, entries, on, why):
        if why:
            with pytest.raises(Refused, match=why):
                record(first, agency, dict.fromkeys(entries, 1), on=on)
        else:
            record(first, agency, dict.fromkeys(entries, 1), on=on)

    def test_not_in_the_future(self, first, agency, entries):
        with pytest.raises(Refused, match="chưa đến"):
            record(first, agency, dict.fromkeys(entries, 1), on=today() + DAY)
        record(first, agency, dict.fromkeys(entries, 1), on=today())

    @pytest.mark.parametrize(("on", "allowed"), [(HELD - DAY, False), (HELD, True)])
    def test_not_before_the_step_before(self, first, agency, entries, on, allowed):
        record(first, agency, dict.fromkeys(entries, 15))
        if allowed:
            record(first, agency, dict.fromkeys(entries, 15), on=on)
        else:
            with pytest.raises(Refused, match="sớm hơn ngày của bước 1"):
                record(first, agency, dict.fromkeys(entries, 15), on=on)


class TestWhoStands:
    def test_whoever_does_not_get_through_stands_no_more(self, first, agency, entries):
        record(first, agency, dict(zip(entries, (15, 10, 11), strict=True)))

        assert standing(first, agency, 2) == ["Lê Văn An", "Phạm Văn Cường"]

    def test_any_number_of_steps(self, first, agency, entries):
        for number in range(1, 8):
            assert record(first, agency, dict.fromkeys(entries, 15)).number == number

    def test_each_plan_has_steps_and_candidates_of_its_own(self, first, agency, introduce, entries):
        secretary = introduce("Hoàng Thị Dung", code="secretary")
        record(first, agency, dict.fromkeys(entries, 0))

        assert standing(first, agency, 1, PositionGroup.SECRETARIES) == ["Hoàng Thị Dung"]
        assert record(first, agency, {secretary: 15}, group=PositionGroup.SECRETARIES).number == 1

    def test_one_introduced_after_a_step_joins_the_next(self, first, agency, introduce, entries):
        record(first, agency, dict.fromkeys(entries, 15))
        introduce("Vũ Thị Muộn", on=HELD + DAY)

        assert standing(first, agency, 2) == ["Lê Văn An", "Trần Thị Bình", "Phạm Văn Cường", "Vũ Thị Muộn"]

    def test_one_introduced_later_does_not_stop_the_step_before_being_entered_again(
        self, first, agency, introduce, entries
    ):
        step = record(first, agency, dict.fromkeys(entries, 15))
        late = introduce("Vũ Thị Muộn", on=HELD + DAY)

        record(first, agency, dict.fromkeys(entries, 14), step=step)
        assert votes_of(step) == dict.fromkeys(entries, (14, True))
        with pytest.raises(Refused, match="Vũ Thị Muộn: Được giới thiệu ngày 11/02/2022"):
            record(first, agency, dict.fromkeys([*entries, late], 14), step=step)

    def test_an_older_ballot_is_entered_without_those_introduced_after_it(self, first, agency, introduce, entries):
        introduce("Vũ Thị Muộn", on=HELD + DAY)

        assert set(votes_of(record(first, agency, dict.fromkeys(entries, 15)))) == set(entries)

    def test_one_forgotten_is_added_when_the_step_is_entered_again(self, first, agency, introduce, entries):
        step = record(first, agency, dict.fromkeys(entries, 15))
        forgotten = introduce("Vũ Thị Quên", on=HELD)

        record(first, agency, dict.fromkeys([*entries, forgotten], 15), step=step)
        assert set(votes_of(step)) == {*entries, forgotten}

    def test_one_taken_out_stands_no_more_but_keeps_the_result(self, first, agency, entries):
        step = record(first, agency, dict.fromkeys(entries, 15))
        actions.remove_entry(entries[0], on=HELD + DAY, reason="own_wish", by=factories.office())

        assert standing(first, agency, 2) == ["Trần Thị Bình", "Phạm Văn Cường"]
        with pytest.raises(Refused, match="Danh sách lấy phiếu đã thay đổi"):
            record(first, agency, dict.fromkeys(entries[1:], 14), step=step)
        record(first, agency, dict.fromkeys(entries, 14), step=step)
        assert votes_of(step) == dict.fromkeys(entries, (14, True))
        with pytest.raises(Refused, match="Đã đưa ra khỏi danh sách ngày 11/02/2022"):
            record(first, agency, dict.fromkeys(entries, 14), step=step, on=HELD + 2 * DAY)

    def test_everybody_who_stands_has_votes_and_nobody_else(self, first, agency, introduce, entries):
        outsider = introduce("Hoàng Thị Dung", code="secretary")
        one_missing, one_more = dict.fromkeys(entries[1:], 15), dict.fromkeys([*entries, outsider], 15)
        twice = [VoteDraft(entry, 15) for entry in (*entries, entries[0])]
        for votes in (one_missing, one_more, twice):
            with pytest.raises(Refused, match="Danh sách lấy phiếu đã thay đổi"):
                record(first, agency, votes)
        assert not BallotStep.objects.exists()

    def test_nobody_introduced_nothing_to_vote_on(self, first, agency):
        with pytest.raises(Refused, match="Chưa có ai để lấy phiếu"):
            record(first, agency, {})

    def test_a_person_in_two_places_of_one_group_has_a_result_for_each(self, first, agency):
        someone = factories.person(agency)
        both = [factories.plan_entry(first, someone, agency, code) for code in ("secretary", "deputy_secretary")]
        record(first, agency, dict(zip(both, (15, 3), strict=True)), group=PositionGroup.SECRETARIES)

        assert candidates_of(first, agency, PositionGroup.SECRETARIES, 2) == both[:1]


class TestVerdictAgainstTheThreshold:
    @pytest.mark.parametrize(("votes", "goes_on"), [(10, True), (11, False)])
    def test_it_wants_a_reason(self, first, agency, entries, votes, goes_on):
        others = [VoteDraft(entry, 15) for entry in entries[1:]]
        with pytest.raises(Refused, match="Lê Văn An khác với tỷ lệ phiếu"):
            record(first, agency, [VoteDraft(entries[0], votes, goes_on, reason=" "), *others])

        step = record(first, agency, [VoteDraft(entries[0], votes, goes_on, reason=" Cấp ủy thống nhất "), *others])
        result = step.results.get(entry=entries[0])
        assert (result.goes_on, result.reason) == (goes_on, "Cấp ủy thống nhất")
        assert (entries[0] in candidates_of(first, agency, GROUP, 2)) is goes_on

    def test_a_verdict_as_the_threshold_says_keeps_no_reason(self, first, agency, entries):
        drafts = [VoteDraft(entry, 15, goes_on=True, reason="thừa") for entry in entries]

        assert {result.reason for result in record(first, agency, drafts).results.all()} == {""}


class TestEnteredAgain:
    def test_only_the_last_step(self, first, agency, entries):
        earlier = record(first, agency, dict.fromkeys(entries, 15))
        last = record(first, agency, dict.fromkeys(entries, 15))
        with pytest.raises(WrongState, match="bước lấy phiếu cuối cùng"):
            record(first, agency, dict.fromkeys(entries, 12), step=earlier)
        with pytest.raises(WrongState, match="bước lấy phiếu cuối cùng"):
            actions.delete_ballot(earlier, by=factories.office(), edition=1)

        actions.delete_ballot(last, by=factories.office(), edition=1)
        record(first, agency, dict.fromkeys(entries, 12), step=earlier)
        assert votes_of(earlier) == dict.fromkeys(entries, (12, True))

    def test_who_goes_on_follows_the_new_numbers(self, first, agency, entries):
        step = record(first, agency, dict.fromkeys(entries, 10))
        record(first, agency, dict.fromkeys(entries, 10), step=step, base="valid")

        assert standing(first, agency, 2) == ["Lê Văn An", "Trần Thị Bình", "Phạm Văn Cường"]

    def test_the_journal_tells_what_changed_and_no_more(self, first, agency, entries):
        step = record(first, agency, dict.fromkeys(entries, 15))
        before = LogEntry.objects.count()
        record(first, agency, dict.fromkeys(entries, 15) | {entries[0]: 14}, step=step)

        written = LogEntry.objects.order_by("pk")[before:]
        assert [(each.content_type.model, each.action, each.changes) for each in written] == [
            ("ballotstep", LogEntry.Action.UPDATE, {"edition": [1, 2]}),
            ("ballotresult", LogEntry.Action.UPDATE, {"votes": [15, 14]}),
        ]
        assert {each.additional_data["act"] for each in written} == {"Ghi kết quả lấy phiếu"}

    def test_deleting_takes_the_results_along_and_the_journal_keeps_them(self, first, agency, entries):
        step = record(first, agency, dict.fromkeys(entries, 15))
        actions.delete_ballot(step, by=factories.office(), edition=1)

        assert not BallotStep.objects.exists()
        deleted = LogEntry.objects.filter(action=LogEntry.Action.DELETE, content_type__model="ballotresult")
        assert deleted.count() == 3


class TestTwoWriters:
    def test_the_second_to_enter_again_learns_of_the_first(self, first, agency, entries):
        step = record(first, agency, dict.fromkeys(entries, 15))
        record(first, agency, dict.fromkeys(entries, 14), step=step, edition=1)
        with pytest.raises(Outdated, match="vừa được người khác lưu"):
            record(first, agency, dict.fromkeys(entries, 13), step=step, edition=1)
        with pytest.raises(Outdated, match="vừa được người khác lưu"):
            actions.delete_ballot(step, by=factories.office(), edition=1)

        assert votes_of(step) == dict.fromkeys(entries, (14, True))

    def test_the_same_new_step_is_recorded_once(self, first, agency, entries):
        record(first, agency, dict.fromkeys(entries, 15), number=1)
        with pytest.raises(Outdated, match="Bước 1: Hội nghị Ban Chấp hành đã được ghi trong lúc bạn nhập"):
            record(first, agency, dict.fromkeys(entries, 15), number=1)

        assert BallotStep.objects.count() == 1

    def test_a_step_whose_step_before_was_deleted_meanwhile(self, first, agency, entries):
        step = record(first, agency, dict.fromkeys(entries, 15))
        actions.delete_ballot(step, by=factories.office(), edition=1)
        with pytest.raises(Outdated, match="Bước trước đó đã bị xóa"):
            record(first, agency, dict.fromkeys(entries, 15), number=2)

    def test_a_step_that_was_deleted_meanwhile(self, first, agency, entries):
        step = record(first, agency, dict.fromkeys(entries, 15))
        old = BallotStep.objects.get(pk=step.pk)
        actions.delete_ballot(step, by=factories.office(), edition=1)
        record(first, agency, dict.fromkeys(entries, 15))  # another of the same number
        with pytest.raises(Outdated, match="đã bị xóa"):
            record(first, agency, dict.fromkeys(entries, 1), step=old, edition=1)
        with pytest.raises(Outdated, match="đã bị xóa"):
            actions.delete_ballot(old, by=factories.office(), edition=1)


class TestState:
    def test_a_submitted_plan_is_closed_until_it_is_returned(self, first, agency, entries):
        step = record(first, agency, dict.fromkeys(entries, 15))
        plan = factories.submitted_plan(first, agency, GROUP)
        for act in (
            lambda: record(first, agency, dict.fromkeys(entries, 15)),
            lambda: record(first, agency, dict.fromkeys(entries, 14), step=step),
            lambda: actions.delete_ballot(step, by=factories.office(), edition=1),
        ):
            with pytest.raises(WrongState, match="đã được trình trong đợt này"):
                act()

        actions.return_plan(plan, by=factories.superior(), reason="Thiếu biên bản", on=date(2022, 2, 25))
        record(first, agency, dict.fromkeys(entries, 14), step=step)
        assert votes_of(step) == dict.fromkeys(entries, (14, True))

    def test_a_closed_round_takes_no_ballot(self, first, agency, entries):
        step = record(first, agency, dict.fromkeys(entries, 15))
        actions.close_round(first, by=factories.office(), on=date(2022, 6, 1))
        with pytest.raises(WrongState, match="đã kết thúc"):
            record(first, agency, dict.fromkeys(entries, 15))
        with pytest.raises(WrongState, match="đã kết thúc"):
            actions.delete_ballot(step, by=factories.office(), edition=1)

    @pytest.mark.parametrize("right", [Right.VIEW_PLANS, Right.CONFIRM, Right.DRAFT])
    def test_only_with_the_right_to_plan(self, first, agency, entries, right):
        step = record(first, agency, dict.fromkeys(entries, 15))
        other = factories.holder_of(Right.VIEW, right)
        with pytest.raises(NotAllowed):
            record(first, agency, dict.fromkeys(entries, 15), by=other)
        with pytest.raises(NotAllowed):
            actions.delete_ballot(step, by=other, edition=1)

    def test_only_in_the_own_part_of_the_tree(self, bloc, first, agency, entries):
        beside = factories.holder_of(Right.VIEW, Right.PLAN, path=factories.organization(bloc).path)
        inside = factories.holder_of(Right.VIEW, Right.PLAN, path=agency.path)
        with pytest.raises(NotAllowed):
            record(first, agency, dict.fromkeys(entries, 15), by=beside)
        assert record(first, agency, dict.fromkeys(entries, 15), by=inside).number == 1


class TestAim:
    def set_target(self, planning_round, agency, seats=2, coefficient="1.50"):
        actions.set_target(
            planning_round,
            organization=agency,
            group=GROUP,
            seats=seats,
            coefficient=Decimal(coefficient),
            by=factories.office(),
        )

    def test_without_a_target_there_is_none(self, first, agency, entries):
        assert aim_of(first, agency, GROUP) is None

    def test_it_counts_those_who_are_in_the_plan_and_stay(self, bloc, first, agency, entries):
        record(first, agency, dict.fromkeys(entries, 15))
        factories.approved(first, agency, GROUP)
        review = factories.planning_round(bloc, kind="review", opened_on=date(2023, 1, 5))
        leaves = actions.VerdictDraft(entries[0], ReviewVerdict.Verdict.REMOVE, "transfer")
        stay = [actions.VerdictDraft(each, ReviewVerdict.Verdict.KEEP) for each in entries[1:]]
        actions.review(review, organization=agency, group=GROUP, verdicts=[leaves, *stay], by=factories.office())
        self.set_target(review, agency)

        aim = aim_of(review, agency, GROUP)
        assert (aim.least, aim.most) == (2, 3)
        assert aim.there == {entry.person_id for entry in entries[1:]}


class TestBodiesKnown:
    def test_the_most_frequent_in_the_scope_come_before_the_common_ones(self, bloc, first, agency, entries):
        for body in ("Hội nghị toàn thể", "Hội nghị chi ủy", "Hội nghị toàn thể", COMMON_BODIES[1]):
            record(first, agency, dict.fromkeys(entries, 15), body=body)
        inside = factories.user(Role.ORGANIZATION_BOARD, agency).scope
        outside = factories.user(Role.ORGANIZATION_BOARD, factories.organization(bloc)).scope

        assert bodies_known(inside)[:2] == ["Hội nghị toàn thể", COMMON_BODIES[1]]
        assert sorted(bodies_known(inside)) == sorted({"Hội nghị toàn thể", "Hội nghị chi ủy", *COMMON_BODIES})
        assert bodies_known(outside) == list(COMMON_BODIES)
