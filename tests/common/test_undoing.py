"""Taking back one act as a whole, from what the journal says that it wrote."""

from datetime import date
from decimal import Decimal

import pytest

from common import journal
from common.errors import Refused
from common.journal import act
from common.undoing import require_unused, undo
from organizations.actions import amend_organization, record_member_count
from organizations.models import Document, MemberCount, Organization, OrganizationVersion
from personnel.actions import transfer_membership
from personnel.models import Dossier, Membership, Person
from planning.models import PlanningRound, PlanTarget
from tests import factories
from tests.faults.stopping import everything

pytestmark = pytest.mark.django_db
DAY = date(2022, 3, 1)
JOURNAL = "auditlog_logentry"


@act("Việc thử")
def do(what, *, by) -> str:
    """Carry out `what` as one act; return its key."""
    what()
    return journal.act_id()


@act("Hủy việc thử")
def take_back(act_id, *, by, keep=()) -> int:
    return undo(act_id, keep=keep)


def rows() -> dict:
    """Return every row of every table but the journal, which is only added to."""
    return {table: found for table, found in everything().items() if table != JOURNAL}


def undone(what) -> int:
    """Do it and take it back; assert that every table is as it was before."""
    by = factories.office()
    before = rows()
    key = do(what, by=by)
    assert rows() != before
    count = take_back(key, by=by)
    assert rows() == before
    return count


def outside(number: int, issuer: str) -> Document:
    return factories.document(issued_on=DAY, number=number, issuer_name=issuer)


@pytest.fixture
def bloc() -> Organization:
    made = factories.organization()
    factories.term(made)
    return made


@pytest.fixture
def place(bloc) -> Organization:
    made = factories.organization(bloc)
    factories.term(made)
    return made


@pytest.fixture
def someone(place) -> Person:
    return factories.person(place)


class TestWhatIsPutBack:
    def test_created_rows_are_gone(self, place):
        def what():
            journal.bulk_create([MemberCount(organization=place, counted_on=DAY, official=3)])
            Document.objects.create(
                type="QĐ",
                number=1,
                symbol="TU",
                issuer_name="Tỉnh ủy",
                issuer_level=2,
                issued_on=DAY,
                summary="Về việc",
            )

        assert undone(what) == 2

    def test_created_rows_that_point_to_each_other_are_gone(self, bloc):
        assert undone(lambda: factories.person(factories.organization(factories.organization(bloc)))) > 4

    def test_changed_rows_have_their_former_values(self, place):
        count = record_member_count(place, counted_on=DAY, official=3, probationary=1, by=factories.office())

        def what():
            count.official, count.counted_on = 5, date(2022, 3, 2)
            count.save()
            count.official = 7  # a second time
            journal.bulk_update([count], ["official"])

        assert undone(what) == 1

    def test_deleted_rows_are_back_under_their_keys(self, place):
        count = record_member_count(place, counted_on=DAY, official=3, probationary=1, by=factories.office())

        def what():
            MemberCount.objects.get().delete()

        undone(what)
        assert MemberCount.objects.get().pk == count.pk

    def test_a_row_changed_and_then_deleted_is_as_before_both(self, place):
        record_member_count(place, counted_on=DAY, official=3, probationary=1, by=factories.office())

        def what():
            count = MemberCount.objects.get()
            count.official = 9
            count.save()
            journal.bulk_delete([count])

        undone(what)

    def test_what_was_created_and_deleted_by_the_same_act_stays_away(self, place):
        def what():
            record_member_count(place, counted_on=DAY, official=3, probationary=1, by=factories.office()).delete()

        act_id = do(what, by=factories.office())
        take_back(act_id, by=factories.office())
        assert not MemberCount.objects.exists()

    def test_a_row_that_a_new_one_follows_lasts_again(self, place):
        """The new version stands where the former one stood: it goes first."""
        undone(lambda: amend_organization(place, name="Đảng bộ khác", effective_on=DAY, by=factories.office()))

    def test_stored_keys_follow_the_former_name(self, place):
        undone(lambda: amend_organization(place, name="Đảng bộ khác", effective_on=DAY, by=factories.office()))
        assert not Organization.objects.matching("khác").exists()

    def test_keys_of_people_follow_too(self, someone):
        def what():
            someone.full_name = "Hoàng Khác Hẳn"
            someone.save()

        undone(what)
        assert not Person.objects.matching("khac han").exists()

    def test_foreign_keys_days_and_empty_ones(self, place, someone):
        other = factories.organization(place)
        undone(lambda: transfer_membership(someone, to=other, effective_on=DAY, by=factories.office()))
        assert Membership.objects.get().valid_to is None

    def test_foreign_keys_of_text_decimals_and_yes_or_no(self, bloc, someone):
        planning_round = factories.planning_round(bloc)
        target = PlanTarget.objects.create(
            round=planning_round, organization=bloc, group="secretaries", seats=2, coefficient=Decimal("1.25")
        )
        dossier = factories.dossier(bloc, factories.appointment(someone))

        def what():
            item = dossier.items.get()
            item.position = factories.position("secretary")
            item.save()
            dossier.is_recorded = True
            dossier.save()
            target.coefficient, target.position = Decimal("1.50"), factories.position("secretary")
            target.save()

        undone(what)
        assert PlanTarget.objects.get().coefficient == Decimal("1.25")
        assert Dossier.objects.get().is_recorded is False

    def test_several_rows_of_one_history_in_the_order_that_keeps_them_apart(self, place):
        """Each new end is given before the next begin; put back the other way round."""
        amend_organization(place, name="Hai", effective_on=date(2021, 1, 1), by=factories.office())
        first, second = place.versions.order_by("valid_from")

        def what():
            first.valid_to = date(2020, 1, 1)
            first.save()
            second.valid_from = date(2020, 1, 1)
            second.save()

        undone(what)

    def test_the_taking_back_is_journaled(self, place):
        act_id = do(lambda: factories.organization(place), by=factories.office())
        take_back(act_id, by=factories.office())
        last = journal.LogEntry.objects.order_by("-pk").first()
        assert last.additional_data == {"act": "Hủy việc thử"}


class TestLists:
    @pytest.fixture
    def planning_round(self, bloc) -> PlanningRound:
        return factories.planning_round(bloc, legal_basis=[factories.document()])

    def test_what_was_put_in_is_taken_out(self, planning_round):
        document = factories.document()
        undone(lambda: planning_round.legal_basis.add(document))

    def test_what_was_taken_out_is_put_in(self, planning_round):
        document = planning_round.legal_basis.get()
        act_id = do(planning_round.legal_basis.clear, by=factories.office())
        take_back(act_id, by=factories.office())
        assert planning_round.legal_basis.get() == document

    def test_lists_of_created_rows_go_with_them(self, bloc):
        document = factories.document()
        undone(lambda: factories.planning_round(bloc, legal_basis=[document]))

    def test_a_document_in_the_list_of_another_stays(self, planning_round):
        made = []
        act_id = do(lambda: made.append(factories.document()), by=factories.office())
        planning_round.legal_basis.add(made[0])
        with pytest.raises(Refused, match=r"Đợt quy hoạch .* đã dựa vào dữ liệu này"):
            take_back(act_id, by=factories.office())

    def test_two_of_one_name_are_not_guessed_at(self, planning_round):
        twins = [outside(9, "Tỉnh ủy A"), outside(9, "Tỉnh ủy B")]
        planning_round.legal_basis.add(twins[0])
        act_id = do(lambda: planning_round.legal_basis.remove(twins[0]), by=factories.office())
        with pytest.raises(Refused, match="Không xác định được chắc chắn: 09-QĐ/TU"):
            take_back(act_id, by=factories.office())


class TestWhatStandsInTheWay:
    def refused(self, act_id: str, match: str) -> None:
        before = everything()
        with pytest.raises(Refused, match=match):
            take_back(act_id, by=factories.office())
        assert everything() == before

    def test_a_row_changed_since(self, place):
        act_id = do(
            lambda: amend_organization(place, name="Một", effective_on=DAY, by=factories.office()),
            by=factories.office(),
        )
        amend_organization(place, name="Hai", effective_on=date(2022, 4, 1), by=factories.office())
        self.refused(act_id, "Giai đoạn của tổ chức “Một .*” đã được sửa sau đó")

    def test_a_row_deleted_since(self, place):
        made = []
        act_id = do(lambda: made.append(factories.organization(place)), by=factories.office())
        OrganizationVersion.objects.get(organization=made[0]).delete()
        self.refused(act_id, "đã được sửa sau đó")

    def test_a_row_that_rests_on_a_created_one(self, place):
        made = []
        act_id = do(lambda: made.append(factories.person(place, "Lê Văn Mới")), by=factories.office())
        factories.dossier(place, factories.appointment(made[0]))
        self.refused(act_id, "Lượt thay đổi “Bổ sung Ủy viên Ban Chấp hành: Lê Văn Mới” đã dựa vào dữ liệu này")

    def test_a_row_of_the_same_table_that_rests_on_a_created_one(self, bloc):
        made = []
        act_id = do(lambda: made.append(factories.organization(bloc)), by=factories.office())
        factories.organization(made[0], name="Chi bộ Văn phòng")
        self.refused(act_id, "Chi bộ Văn phòng.* đã dựa vào dữ liệu này")

    def test_a_look_at_a_list_is_no_change(self, place):
        act_id = do(lambda: factories.organization(place), by=factories.office())
        journal.record_access(Organization.objects.last(), by=factories.office(), what="Xem")
        take_back(act_id, by=factories.office())

    def test_no_change_that_was_taken_back_itself(self, place):
        counts = []

        def first():
            counts.append(record_member_count(place, counted_on=DAY, official=3, probationary=1, by=factories.office()))

        def second():
            counts[0].official, counts[0].counted_on = 5, date(2022, 3, 2)
            counts[0].save()

        before, one = rows(), do(first, by=factories.office())
        two = do(second, by=factories.office())
        self.refused(one, "đã được sửa sau đó")
        take_back(two, by=factories.office())
        take_back(one, by=factories.office())
        assert rows() == before

    def test_no_list_to_which_something_was_added_and_taken_out_again(self, bloc):
        made = []
        before = rows()
        one = do(lambda: made.append(factories.planning_round(bloc)), by=factories.office())
        paper = factories.document(issued_on=DAY)
        two = do(lambda: made[0].legal_basis.add(paper), by=factories.office())
        self.refused(one, "đã được sửa sau đó")
        take_back(two, by=factories.office())
        take_back(one, by=factories.office())
        paper.delete()
        assert rows() == before

    def test_a_second_time(self, place):
        act_id = do(lambda: factories.organization(place), by=factories.office())
        take_back(act_id, by=factories.office())
        self.refused(act_id, "đã được sửa sau đó")


class TestWhatIsKept:
    def test_stays_as_the_act_wrote_it(self, place):
        made = []

        def what():
            made.append(factories.document())
            record_member_count(place, counted_on=DAY, official=3, probationary=0, by=factories.office())

        act_id = do(what, by=factories.office())
        take_back(act_id, by=factories.office(), keep=made)
        assert Document.objects.get() == made[0]
        assert not MemberCount.objects.exists()

    def test_may_be_asked_to_bear_nothing_new(self, place):
        made = []
        act_id = do(lambda: made.append(factories.organization(place)), by=factories.office())
        require_unused(made, act_id=act_id)  # its own version rests on it, by the same act
        factories.person(made[0], "Lê Văn Mới")
        with pytest.raises(Refused, match="Nơi sinh hoạt đảng “Lê Văn Mới"):
            require_unused(made, act_id=act_id)
