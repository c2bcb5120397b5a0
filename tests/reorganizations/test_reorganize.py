"""Each kind of reorganisation: what it writes, inside and outside its conditions."""

from dataclasses import replace
from datetime import date

import pytest

from common.errors import Blocked, NeedsExplanation, NotAllowed
from organizations.actions import amend_organization, establish_organization, record_member_count
from organizations.models import BodyKind, MemberCount, Organization, Reorganization, Term
from organizations.scope import Right
from personnel.actions import transfer_membership
from personnel.models import ChangeItem, Dossier, Holding, Membership
from planning.actions import close_round
from planning.models import PlanEntry, PlanningRound
from reorganizations.actions import reorganize
from reorganizations.drafts import STAYS, Draft, Plans, Successor
from reorganizations.effects import effects_of
from tests import factories
from tests.factories import position
from tests.reorganizations.conftest import COUNTED

pytestmark = pytest.mark.django_db
MARCH = date(2022, 3, 10)
BEFORE = date(2022, 3, 9)
ENDED = "organization_ended"


def refused(*sources: Organization, kind: str, match: str, on: date = MARCH, **fields) -> None:
    """Assert that the act is refused with these words, and that nothing is written."""
    before = Reorganization.objects.count()
    with pytest.raises(Blocked, match=match):
        factories.reorganize(kind, *sources, on=on, **fields)
    assert Reorganization.objects.count() == before


def counts(of: Organization) -> list[tuple[date, int, int]]:
    rows = MemberCount.objects.filter(organization=of).order_by("counted_on")
    return list(rows.values_list("counted_on", "official", "probationary"))


def parts(made: Reorganization) -> set[tuple]:
    return set(made.parts.values_list("side", "organization__code", "official", "probationary"))


class TestEstablished:
    def test_stands_from_the_effective_day_by_the_decision(self, bloc):
        decision = factories.document(issued_on=date(2022, 3, 1))
        made = factories.reorganize("established", decision=decision, successors=[factories.successor(bloc, "C")])
        version = Organization.objects.get(code="C").versions.get()
        assert (version.valid_from, version.decision, version.reorganization) == (MARCH, decision, made)
        assert parts(made) == {("to", "C", None, None)}
        assert made.note == "Thành lập Đảng bộ mới C"

    def test_opens_its_first_term_with_the_designated(self, bloc):
        someone = factories.person(bloc)
        seats = [(someone, position("committee_member")), (someone, position("secretary"))]
        term = factories.first_term(**{BodyKind.COMMITTEE: 5, BodyKind.INSPECTION: 3})
        factories.reorganize("established", successors=[factories.successor(bloc, "C", term=term, seats=seats)])
        opened = Term.objects.get(organization__code="C")
        assert (opened.opening, opened.ordinal, opened.congress_on) == ("designation", 1, MARCH)
        assert dict(opened.bodies.values_list("kind", "authorized_size")) == {"committee": 5, "inspection_committee": 3}
        dossier = Dossier.objects.get(organization__code="C")
        assert (dossier.kind, dossier.state, dossier.is_recorded) == ("reorganization", "confirmed", True)
        assert set(dossier.items.values_list("act", "method", "outcome", "effective_on")) == {
            ("appoint", "designation", "confirmed", MARCH)
        }
        assert {each.began_by.dossier for each in Holding.objects.filter(body__term=opened)} == {dossier}

    @pytest.mark.parametrize(
        ("fields", "match"),
        [
            ({"code": "KHOI"}, "Mã KHOI đã được dùng"),
            ({"name": ""}, "Hãy ghi mã và tên"),
            ({"kind": "x"}, "Hãy chọn loại hình"),
            ({"term": None, "seats": "somebody"}, "Hãy ghi nhiệm kỳ"),
        ],
    )
    def test_refuses_what_is_not_whole(self, bloc, fields, match):
        if fields.get("seats"):
            fields = fields | {"seats": [(factories.person(bloc), position("committee_member"))]}
        refused(kind="established", match=match, successors=[replace(factories.successor(bloc, "C"), **fields)])

    def test_refuses_a_term_that_ends_before_it_begins(self, bloc):
        term = replace(factories.first_term(), planned_end=MARCH)
        new = factories.successor(bloc, "C", term=term)
        refused(kind="established", match="phải kết thúc sau ngày 10/3/2022", successors=[new])

    def test_refuses_a_superior_that_does_not_stand_yet(self, bloc):
        later = establish_organization(
            code="S", name="Đảng bộ sau", kind="bloc", valid_from=date(2023, 1, 1), by=factories.office()
        )
        new = factories.successor(later, "C")
        refused(kind="established", match="không hoạt động vào ngày 10/3/2022", successors=[new])


class TestDesignation:
    """The seats are tried by the rules that judge every dossier."""

    def test_a_second_secretary_is_refused(self, bloc):
        people = [factories.person(bloc) for _ in range(2)]
        seats = [(each, position(code)) for each in people for code in ("committee_member", "secretary")]
        new = factories.successor(bloc, "C", term=factories.first_term(), seats=seats)
        refused(kind="established", match="Đảng bộ mới C: Chức danh Bí thư đang do", successors=[new])

    def test_an_officer_who_is_no_member_is_refused(self, bloc):
        seats = [(factories.person(bloc), position("secretary"))]
        new = factories.successor(bloc, "C", term=factories.first_term(), seats=seats)
        refused(kind="established", match="cấp ủy viên", successors=[new])

    def test_a_body_that_is_not_opened_has_no_seats(self, bloc):
        seats = [(factories.person(bloc), position("inspection_member"))]
        new = factories.successor(bloc, "C", term=factories.first_term(), seats=seats)
        refused(kind="established", match="Tổ chức không có Ủy ban Kiểm tra", successors=[new])

    def test_a_warning_wants_a_reason_and_is_kept(self, bloc):
        seats = [(factories.person(bloc), position("committee_member")) for _ in range(2)]
        new = factories.successor(bloc, "C", term=factories.first_term(committee=1), seats=seats)
        with pytest.raises(NeedsExplanation, match="vượt 1"):
            factories.reorganize("established", successors=[new], explanation=" ")
        factories.reorganize("established", successors=[new], explanation="Sau hợp nhất")
        [judgement] = Dossier.objects.get(organization__code="C").judgements.all()
        assert (judgement.rule, judgement.explanation) == ("committee_over_size", "Sau hợp nhất")


class TestChanges:
    def test_renamed_keeps_all_else(self, first):
        made = factories.reorganize("renamed", first.organization, name="Đảng bộ Sở Mới", short_name="SM")
        before, after = first.organization.versions.order_by("valid_from")
        assert (before.valid_to, after.valid_from, after.name) == (MARCH, MARCH, "Đảng bộ Sở Mới")
        assert (after.path, after.kind, after.reorganization) == (before.path, before.kind, made)
        assert Holding.objects.filter(valid_to=None).count() == 3
        assert not made.dossiers.exists()
        assert made.note == "Đổi tên Đảng bộ A thành Đảng bộ Sở Mới"

    @pytest.mark.parametrize("name", ["", " ", "Đảng bộ A"])
    def test_renamed_refuses_the_same_name(self, first, name):
        refused(first.organization, kind="renamed", name=name, match="Hãy ghi tên mới")

    def test_kind_changed_with_or_without_a_new_name(self, first):
        factories.reorganize("kind_changed", first.organization, new_kind="grassroots_cell", name="Chi bộ A")
        first.organization.refresh_from_db()
        assert (first.organization.kind, first.organization.name) == ("grassroots_cell", "Chi bộ A")
        factories.reorganize("kind_changed", first.organization, on=date(2022, 4, 1), new_kind="grassroots_committee")
        first.organization.refresh_from_db()
        assert (first.organization.kind, first.organization.name) == ("grassroots_committee", "Chi bộ A")

    @pytest.mark.parametrize("kind", ["", "grassroots_committee"])
    def test_kind_changed_refuses_the_same_kind(self, first, kind):
        refused(first.organization, kind="kind_changed", new_kind=kind, match="Hãy chọn loại hình mới")

    def test_a_later_change_stands_in_the_way(self, first):
        amend_organization(first.organization, name="Sau", effective_on=date(2022, 5, 1), by=factories.office())
        refused(first.organization, kind="renamed", name="Trước", match="đã có thay đổi từ ngày 01/5/2022")

    def test_what_does_not_stand_is_not_changed(self, first):
        refused(first.organization, kind="renamed", name="X", on=date(2014, 1, 1), match="không hoạt động vào ngày")

    def test_a_day_that_has_not_come_is_refused(self, first):
        refused(first.organization, kind="renamed", name="X", on=date(2046, 1, 1), match="chưa đến")


class TestTransferred:
    @pytest.fixture
    def elsewhere(self, db) -> Organization:
        return factories.organization(name="Đảng bộ Khối khác", code="KHAC")

    def test_takes_along_all_beneath_and_keeps_its_seats(self, bloc, first, elsewhere):
        made = factories.reorganize("transferred", first.organization, new_parent=elsewhere)
        cell = Organization.objects.get(pk=first.cell.pk)
        assert cell.path == f"/{elsewhere.pk}/{first.organization.pk}/{cell.pk}/"
        assert Holding.objects.filter(valid_to=None).count() == 3
        assert PlanEntry.objects.filter(valid_to=None).count() == 1
        assert parts(made) == {
            ("from", "A", 30, 2),
            ("to", "A", 30, 2),
            ("from", "KHOI", None, None),
            ("to", "KHAC", None, None),
        }

    def test_seats_above_are_for_the_former_superior_to_decide(self, bloc, first, elsewhere):
        seat = factories.seated(first.secretary, bloc, on=date(2021, 4, 1))
        of_the_cell = factories.seated(first.cell.memberships.get().person, bloc, on=date(2021, 4, 1))
        factories.seated(factories.person(bloc), bloc, on=date(2021, 4, 1))
        draft = Draft("transferred", MARCH, (first.organization,), new_parent=elsewhere)
        assert set(effects_of(draft).to_review) == {seat, of_the_cell}
        factories.reorganize("transferred", first.organization, new_parent=elsewhere)
        assert Holding.objects.get(pk=seat.pk).valid_to is None

    def test_refuses_where_it_is_and_beneath_itself(self, bloc, first):
        refused(first.organization, kind="transferred", new_parent=bloc, match="đang là cấp trên trực tiếp")
        refused(first.organization, kind="transferred", new_parent=first.cell, match="nằm dưới Đảng bộ A")
        refused(first.organization, kind="transferred", match="Hãy chọn cấp trên trực tiếp mới")


class TestMerged:
    @pytest.fixture
    def made(self, bloc, first, second) -> Reorganization:
        seats = [(first.member, position("committee_member")), (first.member, position("secretary"))]
        new = factories.successor(bloc, "C", term=factories.first_term(), seats=seats)
        return factories.reorganize("merged", first.organization, second.organization, successors=[new])

    @pytest.fixture
    def new(self, made) -> Organization:
        return Organization.objects.get(code="C")

    def test_the_merged_stand_no_more(self, made, first, second):
        for place in (first, second):
            assert place.organization.versions.get().valid_to == MARCH

    def test_their_seats_and_terms_close_by_a_dossier_of_each(self, made, first, second):
        for place in (first, second):
            assert place.organization.terms.get().valid_to == MARCH
            seats = Holding.objects.filter(body__term__organization=place.organization)
            dossier = Dossier.objects.get(organization=place.organization, kind="reorganization")
            assert set(seats.values_list("valid_to", "end_reason", "ended_by", "ended_by_item")) == {
                (MARCH, ENDED, dossier.pk, None)
            }
            assert not dossier.items.exists()
            assert dossier.reorganization == made

    def test_the_designated_sit_in_the_new_one(self, new, first):
        seats = Holding.objects.filter(body__term__organization=new)
        assert set(seats.values_list("person", "position", "valid_from", "method")) == {
            (first.member.pk, "committee_member", MARCH, "designation"),
            (first.member.pk, "secretary", MARCH, "designation"),
        }

    def test_members_and_organizations_beneath_go_over(self, new, first, second):
        assert set(Membership.objects.filter(organization=new).values_list("person", "valid_from")) == {
            (each.pk, MARCH) for each in (first.secretary, first.member, second.secretary, second.member)
        }
        for place in (first, second):
            assert set(place.organization.memberships.values_list("valid_to", flat=True)) == {MARCH}
            assert Organization.objects.get(pk=place.cell.pk).path == f"{new.path}{place.cell.pk}/"

    def test_the_numbers_of_members_are_added(self, made, new):
        assert counts(new) == [(MARCH, 50, 3)]
        assert parts(made) == {("from", "A", 30, 2), ("from", "B", 20, 1), ("to", "C", 50, 3)}

    def test_plans_close_for_the_reason(self, made):
        assert set(PlanEntry.objects.values_list("valid_to", "removal_reason", "removed_by")) == {
            (MARCH, ENDED, made.decision_id)
        }

    def test_plans_go_over_where_asked(self, bloc, first, second):
        new = factories.successor(bloc, "C")
        factories.reorganize("merged", first.organization, second.organization, successors=[new], plans=Plans.CARRY)
        old = PlanEntry.objects.get(organization=first.organization)
        carried = PlanEntry.objects.get(organization__code="C", person=first.member)
        assert (old.valid_to, old.removal_reason, carried.valid_from) == (MARCH, ENDED, MARCH)
        assert (carried.position, carried.plan_term, carried.approval) == (old.position, old.plan_term, old.approval)
        assert carried.note == "Chuyển từ quy hoạch của Đảng bộ A"
        assert PlanEntry.objects.as_of(BEFORE).count() == PlanEntry.objects.as_of(MARCH).count() == 2

    def test_into_one_that_stands(self, first, second):
        seat = (first.secretary, position("committee_member"))
        heir = Successor(second.organization, seats=(seat,))
        made = factories.reorganize("merged", first.organization, successors=[heir])
        assert counts(second.organization) == [(COUNTED, 20, 1), (MARCH, 50, 3)]
        assert second.organization.terms.get().valid_to is None
        assert Holding.objects.filter(body__term__organization=second.organization, valid_to=None).count() == 4
        assert made.note == "Sáp nhập Đảng bộ A vào Đảng bộ B"

    def test_into_its_own_superior_adds_no_number_twice(self, bloc, first):
        record_member_count(bloc, counted_on=COUNTED, official=500, probationary=9, by=factories.office())
        factories.reorganize("merged", first.organization, successors=[Successor(bloc)])
        assert counts(bloc) == [(COUNTED, 500, 9)]

    def test_someone_planned_in_both_for_one_post_is_carried_once(self, bloc, first, second):
        again = factories.planning_round(bloc, kind="review")
        factories.plan_entry(again, first.member, second.organization)
        factories.approved(again, second.organization, on=date(2022, 2, 25))
        new = factories.successor(bloc, "C")
        factories.reorganize("merged", first.organization, second.organization, successors=[new], plans=Plans.CARRY)
        assert PlanEntry.objects.filter(organization__code="C", person=first.member).count() == 1

    def test_one_alone_is_no_merger(self, bloc, first):
        new = factories.successor(bloc, "C")
        refused(first.organization, kind="merged", successors=[new], match="ít nhất hai tổ chức")

    def test_one_cannot_end_and_take_in(self, first, second):
        both = (first.organization, second.organization)
        refused(*both, kind="merged", successors=[Successor(second.organization)], match="vừa kết thúc vừa tiếp nhận")

    def test_what_lies_beneath_the_ended_cannot_take_in(self, first):
        heir = Successor(first.cell)
        refused(first.organization, kind="merged", successors=[heir], match="nằm dưới tổ chức kết thúc")

    def test_the_top_of_the_tree_may_pass_into_another(self, bloc, first):
        close_round(PlanningRound.objects.get(), on=date(2022, 1, 5), by=factories.office())
        heir = factories.organization(name="Đảng bộ các cơ quan Đảng")
        factories.reorganize("merged", bloc, successors=[Successor(heir)])
        assert Organization.objects.get(pk=first.cell.pk).path.startswith(f"/{heir.pk}/{first.organization.pk}/")
        assert Organization.objects.root() == heir  # the office's own from now on


class TestSplit:
    def test_all_go_where_they_are_told_and_the_rest_to_the_first(self, bloc, first):
        new = [
            replace(factories.successor(bloc, code), official=official, probationary=1)
            for code, official in (("C", 18), ("D", 12))
        ]
        made = factories.reorganize(
            "split", first.organization, successors=new, places={first.cell.pk: 1}, members={first.member.pk: 1}
        )
        c, d = (Organization.objects.get(code=code) for code in "CD")
        assert set(c.memberships.values_list("person", flat=True)) == {first.secretary.pk}
        assert set(d.memberships.values_list("person", flat=True)) == {first.member.pk}
        assert Organization.objects.get(pk=first.cell.pk).parent == d
        assert (counts(c), counts(d)) == ([(MARCH, 18, 1)], [(MARCH, 12, 1)])
        assert parts(made) == {("from", "A", 30, 2), ("to", "C", 18, 1), ("to", "D", 12, 1)}
        assert first.organization.terms.get().valid_to == MARCH

    @pytest.mark.parametrize(("official", "probationary"), [(17, 1), (19, 1), (18, 0), (18, 2)])
    def test_what_leaves_must_arrive(self, bloc, first, official, probationary):
        new = [
            replace(factories.successor(bloc, "C"), official=official, probationary=probationary),
            replace(factories.successor(bloc, "D"), official=12, probationary=1),
        ]
        refused(first.organization, kind="split", successors=new, match="hai bên phải bằng nhau")

    def test_numbers_are_asked_for_where_it_is_known_how_many_there_were(self, bloc, first):
        new = [replace(factories.successor(bloc, "C"), official=30, probationary=2), factories.successor(bloc, "D")]
        refused(first.organization, kind="split", successors=new, match="Hãy ghi số đảng viên chuyển đến Đảng bộ mới D")

    def test_numbers_prove_nothing_where_it_is_not(self, bloc, first):
        MemberCount.objects.all().delete()
        new = [replace(factories.successor(bloc, code), official=3, probationary=0) for code in "CD"]
        refused(first.organization, kind="split", successors=new, match="chưa có số lượng đảng viên")
        factories.reorganize("split", first.organization, successors=[factories.successor(bloc, code) for code in "CD"])
        assert not MemberCount.objects.exists()

    def test_one_that_goes_on_keeps_its_seats_and_the_rest(self, bloc, first):
        new = replace(factories.successor(bloc, "C"), official=10, probationary=1)
        made = factories.reorganize(
            "split", first.organization, successors=[new], goes_on=True, members={first.member.pk: 0}
        )
        assert counts(first.organization) == [(COUNTED, 30, 2), (MARCH, 20, 1)]
        assert Membership.objects.get(organization__code="C").person == first.member
        assert Organization.objects.get(pk=first.cell.pk).parent == first.organization
        assert Holding.objects.filter(valid_to=None).count() == 3
        assert PlanEntry.objects.filter(valid_to=None).exists()
        assert parts(made) == {("from", "A", 10, 1), ("to", "C", 10, 1), ("to", "A", None, None)}

    def test_a_cell_split_off_beneath_it_is_still_counted_there(self, first):
        new = replace(
            factories.successor(first.organization, "A.2", kind="subordinate_cell"), official=10, probationary=1
        )
        factories.reorganize("split", first.organization, successors=[new], goes_on=True)
        assert counts(first.organization) == [(COUNTED, 30, 2), (MARCH, 30, 2)]

    def test_more_cannot_leave_than_there_are(self, bloc, first):
        new = replace(factories.successor(bloc, "C"), official=31, probationary=0)
        refused(first.organization, kind="split", successors=[new], goes_on=True, match="nhiều hơn số đảng viên")

    def test_one_alone_is_no_division(self, bloc, first):
        new = factories.successor(bloc, "C")
        refused(first.organization, kind="split", successors=[new], match="ít nhất hai tổ chức mới")

    def test_two_new_ones_need_two_codes(self, bloc, first):
        new = [factories.successor(bloc, "C")] * 2
        refused(first.organization, kind="split", successors=new, match="Mã C được ghi cho hai tổ chức mới")


class TestDissolved:
    def test_members_and_cells_go_to_those_that_stand(self, first, second):
        heirs = [Successor(second.organization, official=30, probationary=2)]
        made = factories.reorganize("dissolved", first.organization, successors=heirs)
        assert made.note == "Kết thúc hoạt động Đảng bộ A, chuyển về Đảng bộ B"
        assert Organization.objects.get(pk=first.cell.pk).parent == second.organization
        assert counts(second.organization)[-1] == (MARCH, 50, 3)

    def test_nobody_is_left_without_a_place(self, first):
        refused(first.organization, kind="dissolved", match="Hãy chọn tổ chức tiếp nhận")

    def test_an_empty_one_needs_no_heir(self, bloc):
        empty = factories.organization(bloc)
        factories.reorganize("dissolved", empty)
        assert empty.versions.get().valid_to == MARCH

    def test_a_new_one_is_none_to_take_in(self, bloc, first):
        new = factories.successor(bloc)
        refused(first.organization, kind="dissolved", successors=[new], match="tổ chức đang hoạt động")


class TestWhatStandsInTheWay:
    """Nothing undecided, nothing later than the end is left behind."""

    @pytest.fixture
    def heir(self, second) -> dict:
        return {"kind": "merged", "successors": [Successor(second.organization)]}

    def test_a_dossier_in_draft_or_submitted(self, first, heir):
        dossier = factories.dossier(first.organization, factories.appointment(factories.person(first.organization)))
        refused(first.organization, **heir, match=f"Hồ sơ {dossier.code} còn ở trạng thái “nháp”")
        submitted = factories.submitted(first.organization, factories.release(first.member))
        refused(first.organization, **heir, match=f"Hồ sơ {submitted.code} còn ở trạng thái “đã trình”")

    def test_a_plan_that_waits(self, bloc, planning_round, first, heir):
        factories.plan_entry(planning_round, factories.person(bloc), first.organization, "committee_member")
        refused(first.organization, **heir, match="Đảng bộ A còn 01 lượt giới thiệu quy hoạch chưa trình")
        factories.submitted_plan(planning_round, first.organization, "committee")
        refused(first.organization, **heir, match="Quy hoạch Ban Chấp hành – Đảng bộ A .* chờ phê duyệt")

    def test_a_round_that_it_conducts(self, first, heir):
        factories.planning_round(first.organization)
        refused(first.organization, **heir, match="do Đảng bộ A chủ trì chưa kết thúc")

    def test_a_seat_that_changes_later(self, first, heir):
        factories.seated(factories.person(first.organization), first.organization, on=date(2022, 4, 1))
        refused(first.organization, **heir, match="có thay đổi về chức danh Ủy viên Ban Chấp hành từ ngày 10/3/2022")

    def test_a_member_who_comes_later(self, first, second, heir):
        transfer_membership(second.member, to=first.organization, effective_on=date(2022, 4, 1), by=factories.office())
        refused(first.organization, **heir, match="có thay đổi về nơi sinh hoạt")

    def test_a_count_of_later(self, first, heir):
        record_member_count(
            first.organization, counted_on=date(2022, 3, 31), official=9, probationary=0, by=factories.office()
        )
        refused(first.organization, **heir, match="sau khi kết thúc. Hãy sửa số liệu đó trước")

    def test_a_count_of_the_heir_on_that_very_day(self, first, second, heir):
        record_member_count(second.organization, counted_on=MARCH, official=9, probationary=0, by=factories.office())
        refused(first.organization, **heir, match="Đảng bộ B đã có số lượng đảng viên tính đến đúng ngày 10/3/2022")

    def test_a_change_beneath_of_later(self, first, heir):
        amend_organization(first.cell, name="Chi bộ khác", effective_on=date(2022, 5, 1), by=factories.office())
        refused(first.organization, **heir, match="Chi bộ khác đã có thay đổi từ ngày 01/5/2022")

    def test_a_change_on_that_very_day(self, first, heir):
        amend_organization(first.organization, name="Khác", effective_on=MARCH, by=factories.office())
        refused(first.organization, **heir, match="có thay đổi từ chính ngày 10/3/2022")

    def test_a_term_that_opens_later(self, first, heir):
        factories.term(first.organization, date(2022, 6, 1))
        refused(first.organization, **heir, match="Nhiệm kỳ 2022-2027 của Đảng bộ A có thay đổi")


class TestRights:
    """The register is kept over every organisation concerned."""

    def act(self, first, second, bloc, path: str, kind="merged", **fields):
        by = factories.holder_of(Right.KEEP_REGISTER, path=path)
        successors = fields.pop("successors", [Successor(second.organization)])
        draft = Draft(kind, MARCH, (first.organization,), tuple(successors), **fields)
        return reorganize(draft, decision=factories.document(), by=by)

    def test_over_all_is_enough(self, first, second, bloc):
        assert self.act(first, second, bloc, bloc.path)

    def test_over_the_source_alone_is_not(self, first, second, bloc):
        with pytest.raises(NotAllowed, match="Đảng bộ B"):
            self.act(first, second, bloc, first.organization.path)

    def test_over_the_heir_alone_is_not(self, first, second, bloc):
        with pytest.raises(NotAllowed, match="Đảng bộ A"):
            self.act(first, second, bloc, second.organization.path)

    def test_over_the_new_superior_too(self, first, second, bloc):
        elsewhere = factories.organization(name="Đảng bộ Khối khác")
        with pytest.raises(NotAllowed, match="Đảng bộ Khối khác"):
            self.act(first, second, bloc, bloc.path, kind="transferred", successors=[], new_parent=elsewhere)

    def test_a_new_top_needs_the_right_over_all(self, first, second, bloc):
        by = factories.holder_of(Right.KEEP_REGISTER, path=bloc.path)
        draft = Draft("established", MARCH, (), (factories.successor(None, "C"),))
        with pytest.raises(NotAllowed):
            reorganize(draft, decision=factories.document(), by=by)

    @pytest.mark.parametrize("right", [right for right in Right if right != Right.KEEP_REGISTER])
    def test_no_other_right_will_do(self, first, right):
        draft = Draft("renamed", MARCH, (first.organization,), name="Khác")
        with pytest.raises(NotAllowed):
            reorganize(draft, decision=factories.document(), by=factories.holder_of(right))


def test_a_split_keeps_who_is_told_to_stay(bloc, first):
    new = replace(factories.successor(bloc, "C"), official=1, probationary=0)
    factories.reorganize("split", first.organization, successors=[new], goes_on=True, members={first.member.pk: STAYS})
    assert not Membership.objects.filter(organization__code="C").exists()


def test_its_items_are_of_no_dossier_but_its_own(bloc, first, second):
    before = ChangeItem.objects.count()
    factories.reorganize("merged", first.organization, successors=[Successor(second.organization)])
    assert ChangeItem.objects.count() == before
