"""Acts on organisations, terms, documents and member counts."""

from datetime import date, timedelta

import pytest
import time_machine

from accounts.models import User
from accounts.roles import Role
from common.errors import NotAllowed, Refused
from organizations import actions
from organizations.models import Body, Document, MemberCount, Organization, OrganizationVersion, Term
from organizations.querysets import stood_beneath, within
from organizations.scope import Right
from personnel.actions import transfer_membership
from personnel.models import Membership
from tests import factories
from tests.factories import STANDS_FROM, TERM_BEGINS

pytestmark = pytest.mark.django_db

BEFORE, MOVE, AFTER = date(2022, 12, 31), date(2023, 1, 1), date(2023, 1, 2)


@pytest.fixture
def by():
    return factories.office()


@pytest.fixture
def bloc():
    return factories.organization(name="Đảng bộ Khối")


@pytest.fixture
def agency(bloc):
    return factories.organization(bloc, name="Đảng bộ Sở Giao thông", code="SGT")


@pytest.fixture
def cell(agency):
    return factories.organization(agency, kind="subordinate_cell", name="Chi bộ Văn phòng")


@pytest.fixture
def successor():
    """Another root, to which organisations are handed over."""
    return factories.organization(name="Đảng bộ các cơ quan Đảng")


def path_on(organization: Organization, day: date) -> str:
    return organization.versions.as_of(day).get().path


class TestEstablish:
    def test_the_path_runs_from_the_root_down(self, bloc, agency, cell):
        assert bloc.path == f"/{bloc.pk}/"
        assert cell.path == f"/{bloc.pk}/{agency.pk}/{cell.pk}/"

    def test_it_stands_from_its_first_day_on(self, agency):
        assert not agency.versions.as_of(STANDS_FROM - timedelta(days=1)).exists()
        version = agency.versions.as_of(STANDS_FROM).get()
        assert (version.name, version.kind, version.path) == (agency.name, agency.kind, agency.path)

    def test_its_name_is_stored_composed(self):
        assert factories.organization(name="Đảng  bộ Khối").name == "Đảng bộ Khối"

    def test_it_is_refused_beneath_what_does_not_stand_yet(self, bloc):
        with pytest.raises(Refused, match="không hoạt động vào ngày 31/12/2014"):
            factories.organization(bloc, valid_from=STANDS_FROM - timedelta(days=1))

    def test_entered_late_it_has_moved_with_its_parent(self, by, bloc, agency, successor):
        actions.amend_organization(agency, parent=successor, effective_on=MOVE, by=by)
        agency.refresh_from_db()

        late = factories.organization(agency, valid_from=date(2020, 1, 1))

        assert path_on(late, BEFORE) == f"/{bloc.pk}/{agency.pk}/{late.pk}/"
        assert path_on(late, MOVE) == late.path == f"/{successor.pk}/{agency.pk}/{late.pk}/"

    def test_it_needs_the_right_over_the_parent(self, bloc, agency):
        clerk = factories.holder_of(Right.KEEP_REGISTER, path=agency.path)
        arguments = {"code": "X", "name": "Chi bộ X", "kind": "subordinate_cell", "valid_from": MOVE, "by": clerk}

        with pytest.raises(NotAllowed):
            actions.establish_organization(parent=bloc, **arguments)
        with pytest.raises(NotAllowed):
            actions.establish_organization(parent=None, **arguments)
        assert actions.establish_organization(parent=agency, **arguments).path.startswith(agency.path)


class TestAmend:
    def test_a_new_name_begins_on_its_day_and_the_old_one_stays_before(self, agency, by):
        actions.amend_organization(agency, name="Đảng bộ Sở Xây dựng", effective_on=MOVE, by=by)

        assert agency.versions.as_of(BEFORE).get().name == "Đảng bộ Sở Giao thông"
        assert agency.versions.as_of(MOVE).get().name == "Đảng bộ Sở Xây dựng"
        agency.refresh_from_db()
        assert agency.name == "Đảng bộ Sở Xây dựng"

    def test_search_finds_the_new_name(self, agency, by):
        actions.amend_organization(agency, name="Đảng bộ Sở Xây dựng", effective_on=MOVE, by=by)

        assert Organization.objects.matching("so xay dung").get() == agency

    def test_a_name_typed_decomposed_is_stored_composed_in_the_version_too(self, agency, by):
        version = actions.amend_organization(agency, name="Đảng  bộ Sở Y tế", effective_on=MOVE, by=by)

        assert version.name == "Đảng bộ Sở Y tế"

    def test_what_is_not_given_stays(self, agency, by):
        paper = factories.document()

        version = actions.amend_organization(agency, kind="grassroots_cell", effective_on=MOVE, by=by, decision=paper)

        assert (version.name, version.path, version.kind) == (agency.name, agency.path, "grassroots_cell")
        assert version.decision == paper
        assert agency.versions.as_of(BEFORE).get().kind == "grassroots_committee"

    def test_a_change_on_the_day_that_it_began_makes_no_empty_version(self, agency, by):
        actions.amend_organization(agency, name="Đảng bộ Sở Xây dựng", effective_on=STANDS_FROM, by=by)

        assert agency.versions.get().name == "Đảng bộ Sở Xây dựng"

    def test_a_day_on_which_it_does_not_stand_is_refused(self, agency, by):
        with pytest.raises(Refused, match="không hoạt động"):
            actions.amend_organization(agency, name="X", effective_on=STANDS_FROM - timedelta(days=1), by=by)

    def test_a_change_before_one_entered_already_is_refused(self, agency, by):
        actions.amend_organization(agency, name="Đảng bộ Sở Xây dựng", effective_on=MOVE, by=by)

        with pytest.raises(Refused, match="đã có thay đổi từ ngày 01/01/2023"):
            actions.amend_organization(agency, kind="grassroots_cell", effective_on=BEFORE, by=by)

    def test_it_needs_the_right_to_keep_the_register_there(self, agency, cell):
        clerk = factories.holder_of(Right.KEEP_REGISTER, path=cell.path)

        with pytest.raises(NotAllowed):
            actions.amend_organization(agency, name="X", effective_on=MOVE, by=clerk)
        assert agency.versions.get().name == agency.name


class TestMove:
    def test_all_beneath_moves_along_and_the_past_stays(self, bloc, agency, cell, successor, by):
        actions.amend_organization(agency, parent=successor, effective_on=MOVE, by=by)

        assert path_on(agency, BEFORE) == f"/{bloc.pk}/{agency.pk}/"
        assert path_on(agency, MOVE) == f"/{successor.pk}/{agency.pk}/"
        assert path_on(cell, BEFORE) == f"/{bloc.pk}/{agency.pk}/{cell.pk}/"
        assert path_on(cell, MOVE) == f"/{successor.pk}/{agency.pk}/{cell.pk}/"
        cell.refresh_from_db()
        assert cell.path == path_on(cell, MOVE)

    def test_what_is_not_beneath_it_stays(self, bloc, agency, successor, by):
        beside = factories.organization(bloc)

        actions.amend_organization(agency, parent=successor, effective_on=MOVE, by=by)

        assert beside.versions.count() == 1

    def test_an_organisation_established_after_the_move_moves_along(self, agency, successor, by):
        later = factories.organization(agency, valid_from=AFTER)

        actions.amend_organization(agency, parent=successor, effective_on=MOVE, by=by)

        assert later.versions.get().path == f"/{successor.pk}/{agency.pk}/{later.pk}/"
        later.refresh_from_db()
        assert later.path == later.versions.get().path

    def test_a_move_before_a_change_beneath_it_is_refused(self, agency, cell, successor, by):
        actions.amend_organization(cell, name="Chi bộ Tổ chức", effective_on=AFTER, by=by)

        with pytest.raises(Refused, match="Chi bộ Tổ chức đã có thay đổi"):
            actions.amend_organization(agency, parent=successor, effective_on=MOVE, by=by)

    @pytest.mark.parametrize("where", ["itself", "its own cell"])
    def test_it_cannot_stand_beneath_itself(self, agency, cell, by, where):
        with pytest.raises(Refused, match="không thể là cấp trên trực tiếp"):
            actions.amend_organization(agency, parent=agency if where == "itself" else cell, effective_on=MOVE, by=by)

    def test_moved_and_renamed_at_once(self, agency, successor, by):
        version = actions.amend_organization(agency, parent=successor, name="Đảng bộ Mới", effective_on=MOVE, by=by)

        assert (version.name, version.parent) == ("Đảng bộ Mới", successor)

    def test_the_same_parent_again_is_no_move(self, bloc, agency, cell, by):
        actions.amend_organization(agency, parent=bloc, name="Đảng bộ Mới", effective_on=MOVE, by=by)

        assert cell.versions.count() == 1


class TestMirrors:
    @pytest.fixture
    def tomorrow(self):
        return date.today() + timedelta(days=30)

    def test_a_version_that_begins_later_is_not_shown_yet(self, agency, by, tomorrow):
        actions.amend_organization(agency, name="Đảng bộ Mới", effective_on=tomorrow, by=by)

        agency.refresh_from_db()
        assert agency.name == "Đảng bộ Sở Giao thông"
        assert actions.refresh_mirrors(by=by) == 0

    def test_it_is_shown_from_its_day_on(self, agency, by, tomorrow):
        actions.amend_organization(agency, name="Đảng bộ Mới", effective_on=tomorrow, by=by)

        with time_machine.travel(tomorrow + timedelta(days=1)):
            changed = actions.refresh_mirrors(by=by)
            again = actions.refresh_mirrors(by=by)

        agency.refresh_from_db()
        assert (agency.name, changed, again) == ("Đảng bộ Mới", 1, 0)

    def test_it_needs_the_right_over_the_whole_tree(self, agency):
        with pytest.raises(NotAllowed):
            actions.refresh_mirrors(by=factories.holder_of(Right.KEEP_REGISTER, path=agency.path))


class TestTerms:
    def test_a_term_has_the_bodies_that_were_given_a_size(self, agency):
        factories.term(agency, committee=15, standing=0, inspection=3)

        sizes = Body.objects.values_list("kind", "authorized_size")
        assert dict(sizes) == {"committee": 15, "inspection_committee": 3}

    def test_a_new_term_closes_the_former_on_the_same_day(self, agency):
        former = factories.term(agency, TERM_BEGINS)
        factories.term(agency, date(2025, 5, 20), ordinal=8)

        former.refresh_from_db()
        assert former.valid_to == date(2025, 5, 20)
        assert Term.objects.as_of(date(2025, 5, 19)).get() == former
        assert Term.objects.as_of(date(2025, 5, 20)).get().ordinal == 8

    def test_other_organisations_keep_their_terms(self, bloc, agency):
        of_bloc = factories.term(bloc)
        factories.term(agency)

        of_bloc.refresh_from_db()
        assert of_bloc.valid_to is None


class TestDocuments:
    @pytest.fixture
    def issuer(self, bloc):
        factories.term(bloc)
        return bloc

    def record(self, issuer=None, *, by=None, **fields):
        defaults = {"type": "QĐ", "number": 1, "symbol": "ĐUK", "issued_on": MOVE, "summary": "Về công tác cán bộ"}
        return actions.record_document(issuer=issuer, by=by or factories.office(), **(defaults | fields))

    def test_it_belongs_to_the_issuers_term_of_its_day(self, issuer):
        former = issuer.terms.get()
        factories.term(issuer, date(2025, 6, 1))

        assert self.record(issuer, issued_on=date(2025, 5, 31)).issuer_term == former
        assert self.record(issuer, issued_on=date(2025, 6, 1)).issuer_term != former

    def test_a_number_is_used_once_in_a_term(self, issuer):
        self.record(issuer)

        with pytest.raises(Refused, match="Số 01 đã được dùng trong nhiệm kỳ 2020-2025"):
            self.record(issuer, issued_on=date(2024, 1, 1))

    def test_another_type_and_another_issuer_count_for_themselves(self, issuer, agency):
        factories.term(agency)
        self.record(issuer)

        self.record(issuer, type="BC")
        self.record(agency)
        assert Document.objects.filter(number=1).count() == 3

    def test_numbers_start_again_with_a_new_term(self, issuer):
        self.record(issuer, number=12)
        factories.term(issuer, date(2025, 6, 1))

        assert actions.next_number(issuer, "QĐ", date(2025, 5, 31)) == 13
        assert actions.next_number(issuer, "QĐ", date(2025, 6, 1)) == 1
        assert self.record(issuer, number=12, issued_on=date(2025, 6, 1)).full_number == "12-QĐ/ĐUK"

    def test_numbers_run_over_the_years_of_a_term(self, issuer):
        self.record(issuer, number=7, issued_on=date(2021, 12, 31))

        assert actions.next_number(issuer, "QĐ", date(2022, 1, 1)) == 8

    def test_an_issuer_without_a_term_on_that_day_is_refused(self, issuer):
        with pytest.raises(Refused, match="chưa có nhiệm kỳ nào"):
            self.record(issuer, issued_on=TERM_BEGINS - timedelta(days=1))

    def test_an_outside_document_needs_its_issuer_named(self):
        with pytest.raises(Refused, match="cơ quan ban hành"):
            self.record()

    def test_an_outside_document_is_entered_once(self):
        outside = {"issuer_name": "Ban Thường vụ Tỉnh ủy", "issuer_level": 2, "number": 15}
        self.record(**outside)

        with pytest.raises(Refused, match="đã được ghi nhận"):
            self.record(**outside)
        self.record(**outside, issued_on=AFTER)

    def test_it_is_cited_under_the_name_that_the_issuer_had(self, issuer, by):
        actions.amend_organization(issuer, name="Đảng bộ Doanh nghiệp", effective_on=AFTER, by=by)

        assert self.record(issuer, issued_on=MOVE).issuer_name == "Ban Thường vụ Đảng ủy Khối"
        assert self.record(issuer, issued_on=AFTER, number=2).issuer_name == "Ban Thường vụ Đảng ủy Doanh nghiệp"

    def test_it_works_from_the_day_it_bears_unless_it_says_another(self, issuer):
        assert self.record(issuer).effective_day == MOVE
        assert self.record(issuer, number=2, effective_on=AFTER).effective_day == AFTER

    def test_it_needs_the_right_to_draft_for_the_issuer(self, issuer, agency):
        clerk = factories.holder_of(Right.DRAFT, path=agency.path)

        with pytest.raises(NotAllowed):
            self.record(issuer, by=clerk)

    def test_whoever_drafts_anywhere_may_enter_an_outside_document(self, agency):
        outside = {"issuer_name": "Ban Thường vụ Tỉnh ủy", "issuer_level": 2}

        self.record(by=factories.holder_of(Right.DRAFT, path=agency.path), **outside)
        with pytest.raises(NotAllowed):
            self.record(by=factories.holder_of(Right.VIEW), number=2, **outside)


class TestMemberCounts:
    def count(self, organization, day, official=30, by=None):
        return actions.record_member_count(
            organization, counted_on=day, official=official, probationary=2, by=by or factories.office()
        )

    def test_the_total_has_both(self, agency):
        assert self.count(agency, MOVE).total == 32

    @pytest.mark.parametrize(
        ("day", "official"), [(BEFORE, None), (MOVE, 30), (date(2023, 6, 30), 30), (date(2023, 7, 1), 35)]
    )
    def test_the_last_count_by_a_day_speaks_for_it(self, agency, day, official):
        self.count(agency, MOVE)
        self.count(agency, date(2023, 7, 1), official=35)

        found = MemberCount.objects.latest_by(day).first()

        assert (found.official if found else None) == official

    def test_it_needs_the_right_to_keep_the_register(self, agency):
        with pytest.raises(NotAllowed):
            self.count(agency, MOVE, by=factories.holder_of(Right.VIEW, Right.DRAFT))


class TestScope:
    """The tree is dated: records stay with those who had them, and go along with the organisation."""

    def scope_of(self, organization):
        return User.objects.get(pk=factories.user(Role.ORGANIZATION_BOARD, organization).pk).scope

    @pytest.fixture
    def moved(self, agency, cell, successor, by):
        """The agency with its cell, handed over from the bloc to its successor on MOVE; somebody joined before it."""
        factories.person(cell, member_from=date(2022, 6, 1))
        actions.amend_organization(agency, parent=successor, effective_on=MOVE, by=by)
        return agency

    def test_records_of_before_stay_visible_to_the_organisation_left(self, bloc, moved):
        assert Membership.objects.visible_to(self.scope_of(bloc)).count() == 1

    def test_they_are_visible_where_the_organisation_stands_now(self, successor, moved):
        assert Membership.objects.visible_to(self.scope_of(successor)).count() == 1

    def test_records_of_after_are_not_visible_to_the_organisation_left(self, bloc, moved, cell):
        cell.refresh_from_db()
        factories.person(cell, member_from=MOVE)

        assert Membership.objects.visible_to(self.scope_of(bloc)).count() == 1

    def test_its_own_clerk_sees_all_of_it_before_and_after(self, moved, cell):
        cell.refresh_from_db()
        factories.person(cell, member_from=AFTER)

        assert Membership.objects.visible_to(self.scope_of(moved)).count() == 2

    def test_others_see_nothing_of_it(self, moved):
        assert not Membership.objects.visible_to(self.scope_of(factories.organization())).exists()

    def test_where_a_record_stood_is_asked_of_its_own_day(self, bloc, successor, moved):
        def stood(root):
            return Membership.objects.filter(
                stood_beneath([root.path], organization="organization", day="valid_from")
            ).exists()

        assert stood(bloc)
        assert not stood(successor)

    def test_within_asks_for_the_right_that_is_named(self, bloc, moved):
        scope = factories.holder_of(Right.VIEW, path=bloc.path).scope

        def seen(right):
            return Membership.objects.filter(within(scope, organization="organization", day="valid_from", right=right))

        assert seen(Right.VIEW).exists()
        assert not seen(Right.VIEW_PLANS).exists()

    def test_organisations_that_ever_stood_in_the_scope_are_visible(self, bloc, moved, cell, successor):
        visible = Organization.objects.visible_to(self.scope_of(bloc))

        assert set(visible) == {bloc, moved, cell}
        assert set(OrganizationVersion.objects.visible_to(self.scope_of(bloc)).as_of(MOVE)) == {bloc.versions.get()}

    def test_a_neighbour_whose_number_begins_alike_is_not_beneath(self, bloc):
        versions = OrganizationVersion.objects
        bloc.versions.update(path="/1/")
        factories.organization().versions.update(path="/12/")

        assert versions.beneath(["/1/"]).count() == 1


class TestWhatHasEndedSince:
    """Nothing comes to rest on an organisation that ends later, whatever day it is entered under."""

    def test_takes_nothing_beneath_it_and_nobody_in(self):
        bloc = factories.organization()
        ended, heir, other = (factories.organization(bloc) for _ in range(3))
        factories.reorganization(ended, on=date(2023, 7, 1), heir=heir)
        day, by = date(2023, 5, 1), factories.office()

        for act in (
            lambda: factories.organization(ended, kind="subordinate_cell", valid_from=day),
            lambda: actions.amend_organization(other, effective_on=day, parent=ended, by=by),
            lambda: factories.reorganization(other, on=day, heir=ended),
            lambda: transfer_membership(factories.person(other), to=ended, effective_on=day, by=by),
        ):
            with pytest.raises(Refused, match="đã kết thúc hoạt động từ ngày 01/7/2023"):
                act()

    def test_does_not_end_before_what_came_beneath_it(self):
        bloc = factories.organization()
        ended, heir = factories.organization(bloc), factories.organization(bloc)
        factories.organization(ended, kind="subordinate_cell", name="Chi bộ Mới", valid_from=date(2023, 8, 1))

        with pytest.raises(Refused, match="Chi bộ Mới đứng dưới tổ chức kết thúc từ ngày 01/8/2023"):
            factories.reorganization(ended, on=date(2023, 7, 1), heir=heir)
        assert factories.reorganization(ended, on=date(2023, 8, 2), heir=heir)
