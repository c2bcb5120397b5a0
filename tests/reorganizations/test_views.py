"""The pages of reorganisations: listed, told, typed, looked at before, done once, taken back."""

from datetime import date

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import Role
from organizations.models import Document, Organization, Reorganization
from organizations.scope import Scope
from personnel.models import Holding
from planning.models import PlanEntry
from reorganizations.actions import take_back
from reorganizations.drafts import Plans, Successor
from reorganizations.forms.pick import KINDS
from tests import factories
from tests.faults.stopping import everything
from tests.pages import MOST_QUERIES, as_board, as_role, count_queries, text_of

pytestmark = pytest.mark.django_db
LIST, NEW = reverse("reorganizations:reorganization_list"), reverse("reorganizations:reorganization_new")
DECISION = {
    "source": "new",
    "type": "QĐ",
    "issued_by": "outside",
    "issuer_name": "Ban Thường vụ Tỉnh ủy",
    "number": "12",
    "symbol": "TU",
    "issued_on": "01/03/2022",
    "signed_by": "Lê Văn Ký",
    "summary": "Về sắp xếp tổ chức",
}
BLANK = {"note": "", "explanation": ""}


def address(kind: str, *codes: str, day: str = "10/03/2022") -> str:
    return f"{NEW}?hinh-thuc={kind}&ngay={day}" + "".join(f"&tu={code}" for code in codes)


def send(client, url: str, typed: dict, button: str = "xac-nhan"):
    return client.post(url, BLANK | DECISION | typed | {button: "1"})


def refused(answer) -> str:
    """Return what a reader sees of a page that says why it did not go on."""
    assert answer.status_code == 422
    answer.status_code = 200
    return text_of(answer)


def made() -> Reorganization:
    return Reorganization.objects.get()


@pytest.mark.parametrize("name", ["s0-seat0-words", "s0-seat0-person", "s0-name", "note", "issued_by"])
def test_a_nul_is_refused_before_anything_is_asked_of_the_database(bloc, name):
    client = as_board(bloc)
    answer = send(client, address("established"), {"s0-code": "C", name: "a\x00b"}, "xem-truoc")
    assert answer.status_code == 400
    assert client.get(LIST, {"q": "a\x00b"}).status_code == 400
    assert client.get(f"{LIST}?q%00=a").status_code == 400
    assert client.get(LIST, {"q": "ab"}).status_code == 200


def test_another_organization_of_the_same_code_and_day_is_no_second_click(bloc):
    """The clerk is told that the code is taken, not that all is done."""
    client = as_board(bloc)
    typed = {"s0-code": "C", "s0-name": "Chi bộ Một", "s0-kind": "grassroots_cell", "s0-parent": "KHOI"}
    assert send(client, address("established"), typed).status_code == 302
    assert send(client, address("established"), typed).url == made().get_absolute_url()
    answer = send(client, address("established"), typed | {"s0-name": "Chi bộ Hai"})
    assert "Mã C đã được dùng" in refused(answer)


class TestList:
    def test_says_what_belongs_here(self, bloc):
        assert "Chưa có lần sắp xếp nào" in text_of(as_board(bloc).get(LIST))

    def test_filters_by_kind_year_and_words(self, bloc, first, second):
        factories.reorganize("renamed", first.organization, on=date(2021, 5, 1), name="Đảng bộ Mới Toanh")
        factories.reorganize("kind_changed", second.organization, new_kind="grassroots_cell")
        client = as_board(bloc)
        for query, shown, hidden in (
            ("kind=renamed", "Mới Toanh", "Chuyển loại hình Đảng bộ B"),
            ("year=2022", "Chuyển loại hình Đảng bộ B", "Mới Toanh"),
            ("q=moi+toanh", "Mới Toanh", "Chuyển loại hình Đảng bộ B"),
        ):
            text = text_of(client.get(f"{LIST}?{query}"))
            assert shown in text
            assert hidden not in text

    def test_shows_what_was_in_effect_on_the_day(self, bloc, first):
        factories.reorganize("renamed", first.organization, name="Đảng bộ Mới Toanh")
        assert "Mới Toanh" not in text_of(as_board(bloc, date(2022, 3, 9)).get(LIST))
        assert "Mới Toanh" in text_of(as_board(bloc, date(2022, 3, 10)).get(LIST))

    def test_takes_the_same_queries_whatever_there_is(self, bloc, first):
        client = as_board(bloc)
        factories.reorganize("renamed", first.organization, on=date(2021, 5, 1), name="Một")
        few = count_queries(client, LIST)
        for number in range(5):
            factories.reorganize("renamed", first.organization, on=date(2021, 6, 1 + number), name=f"Tên {number}")
        assert count_queries(client, LIST) == few <= MOST_QUERIES


class TestDetail:
    def test_tells_names_as_they_were_on_both_sides(self, bloc, first):
        act = factories.reorganize("renamed", first.organization, name="Đảng bộ Mới Toanh")
        factories.reorganize("renamed", first.organization, on=date(2022, 8, 1), name="Đảng bộ Về Sau")
        text = text_of(as_board(bloc).get(act.get_absolute_url()))
        assert "Đảng bộ A" in text
        assert "Đảng bộ Mới Toanh" in text
        assert "Đảng bộ Về Sau" not in text

    def test_takes_the_same_queries_whatever_it_did(self, bloc, first, second):
        small = factories.reorganize("dissolved", factories.organization(bloc))
        client = as_board(bloc)
        few = count_queries(client, small.get_absolute_url())
        seats = tuple((first.member, factories.position(code)) for code in ("committee_member", "secretary"))
        new = factories.successor(bloc, "C", term=factories.first_term(), seats=seats)
        big = factories.reorganize("merged", first.organization, second.organization, successors=[new])
        assert count_queries(client, big.get_absolute_url()) <= few + 1 <= MOST_QUERIES

    def test_outside_the_scope_it_is_not_there(self, bloc, first, second):
        act = factories.reorganize("renamed", first.organization, name="Đảng bộ Mới Toanh")
        client = as_role(Role.ORGANIZATION_BOARD, second.organization)
        assert client.get(act.get_absolute_url()).status_code == 404
        assert client.get(reverse("reorganizations:reorganization_take_back", args=[act.pk])).status_code == 404

    def test_offers_the_release_of_who_is_left_above(self, bloc, first):
        factories.seated(first.secretary, bloc, on=date(2021, 4, 1))
        elsewhere = factories.organization(name="Đảng bộ Khối khác")
        act = factories.reorganize("transferred", first.organization, new_parent=elsewhere)
        page = as_board(bloc).get(act.get_absolute_url()).content.decode()
        assert f"to-chuc=KHOI&amp;noi-dung=release&amp;dong-chi={first.secretary.pk}" in page
        assert "chuc-danh=committee_member" in page

    def test_offers_correction_to_whom_it_belongs_alone(self, bloc, first):
        act = factories.reorganize("renamed", first.organization, name="Đảng bộ Mới Toanh")
        url = reverse("reorganizations:reorganization_take_back", args=[act.pk])
        assert url in as_board(bloc).get(act.get_absolute_url()).content.decode()
        assert url not in as_role(Role.LEADER, bloc).get(act.get_absolute_url()).content.decode()


class TestLineage:
    """The part that the page of an organisation includes."""

    def lineage(self, organization: Organization, scope=None) -> str:
        rows = Reorganization.objects.visible_to(scope or Scope.everything()).of_organization(organization)
        return render_to_string("reorganizations/_lineage.html", {"reorganizations": rows.with_everything()})

    def test_tells_what_it_came_from_and_went_into(self, bloc, first, second):
        new = factories.successor(bloc, "C", name="Đảng bộ Hợp Nhất")
        factories.reorganize("renamed", first.organization, on=date(2021, 5, 1), name="Đảng bộ Mới Toanh")
        act = factories.reorganize("merged", Organization.objects.get(code="A"), second.organization, successors=[new])
        shown = self.lineage(first.organization)
        assert "Đổi tên từ 01/5/2021" in shown
        assert "Hợp nhất Đảng bộ Mới Toanh, Đảng bộ B thành Đảng bộ Hợp Nhất" in shown
        assert act.get_absolute_url() in self.lineage(Organization.objects.get(code="C"))

    def test_marks_what_was_corrected_and_leaves_the_correction_out(self, bloc, first):
        act = factories.reorganize("renamed", first.organization, name="Đảng bộ Mới Toanh")
        later = factories.document(issued_on=date(2022, 4, 1))
        take_back(act, decision=later, reason="Ghi nhầm", by=factories.office())
        shown = self.lineage(first.organization)
        assert shown.count("<li>") == 1
        assert "Đã bị đính chính" in shown

    def test_says_when_there_is_nothing(self, bloc):
        assert "Chưa có lần sắp xếp nào" in self.lineage(bloc)

    def test_takes_the_same_queries_however_long_it_is(self, bloc, first):
        def look() -> int:
            with CaptureQueriesContext(connection) as queries:
                self.lineage(first.organization)
            return len(queries)

        factories.reorganize("renamed", first.organization, on=date(2021, 5, 1), name="Một")
        few = look()
        for number in range(4):
            factories.reorganize("renamed", first.organization, on=date(2021, 6, 1 + number), name=f"Tên {number}")
        assert look() == few


class TestFirstStep:
    def test_offers_every_kind(self, bloc):
        text = text_of(as_board(bloc).get(NEW))
        assert all(kind.label in text for kind in KINDS)

    def test_then_the_organizations_and_the_day(self, bloc, first):
        page = as_board(bloc).get(f"{NEW}?hinh-thuc=merged").content.decode()
        assert '<option value="A"' in page

    def test_an_organization_outside_the_scope_is_not_there(self, bloc, first, second):
        client = as_role(Role.ORGANIZATION_BOARD, first.organization)
        assert client.get(address("renamed", "B")).status_code == 404
        assert client.get(address("renamed", "A")).status_code == 200

    @pytest.mark.parametrize(
        ("url", "sentence"),
        [
            (address("renamed", "A", day="10/03/2046"), "chưa đến"),
            (address("renamed", "A", day="01/01/2014"), "Không có tổ chức đảng “A”"),
            (address("renamed"), "Hãy chọn tổ chức đảng."),
        ],
    )
    def test_says_what_is_wrong(self, bloc, first, url, sentence):
        assert sentence in refused(as_board(bloc).get(url))


class TestRename:
    URL = address("renamed", "A")

    def test_is_shown_first_and_nothing_written(self, bloc, first):
        client, before = as_board(bloc), everything()
        answer = send(client, self.URL, {"name": "Đảng bộ Mới Toanh"}, "xem-truoc")
        assert "Đổi tên Đảng bộ A thành Đảng bộ Mới Toanh, từ 10/3/2022" in text_of(answer)
        assert "số 12-QĐ/TU" in text_of(answer)
        assert everything() == before

    def test_is_done_once_however_often_it_is_sent(self, bloc, first):
        client = as_board(bloc)
        for _ in range(2):
            answer = send(client, self.URL, {"name": "Đảng bộ Mới Toanh"})
            assert answer.url == made().get_absolute_url()
        assert Organization.objects.get(code="A").name == "Đảng bộ Mới Toanh"
        assert Document.objects.filter(number=12).count() == 1
        decision = made().decision
        assert (decision.full_number, decision.effective_on) == ("12-QĐ/TU", date(2022, 3, 10))

    def test_may_rest_on_a_decision_entered_before(self, bloc, first):
        decision = factories.document(issued_on=date(2022, 3, 1))
        typed = {"name": "Đảng bộ Mới Toanh", "source": "existing", "existing": str(decision.pk)}
        send(as_board(bloc), self.URL, typed)
        assert made().decision == decision

    def test_what_was_typed_comes_back(self, bloc, first):
        page = send(as_board(bloc), self.URL, {"name": "Đảng bộ Mới Toanh"}, "sua").content.decode()
        assert 'value="Đảng bộ Mới Toanh"' in page
        assert 'value="Lê Văn Ký"' in page

    def test_what_is_wrong_is_said_and_nothing_written(self, bloc, first):
        client, before = as_board(bloc), everything()
        answer = send(client, self.URL, {"name": "Đảng bộ Mới Toanh", "number": ""})
        assert "Hãy ghi số văn bản." in refused(answer)
        answer = send(client, self.URL, {"name": "Đảng bộ A"})
        assert "Hãy ghi tên mới, khác tên đang dùng." in refused(answer)
        assert everything() == before

    def test_a_decision_that_cannot_be_entered_leaves_nothing(self, bloc, first):
        factories.document(issued_on=date(2022, 3, 1), number=12)
        client, before = as_board(bloc), everything()
        answer = send(client, self.URL, {"name": "Đảng bộ Mới Toanh"})
        assert answer.status_code == 422
        assert everything() == before


class TestMerge:
    URL = address("merged", "A", "B")

    def typed(self, first, second, **fields) -> dict:
        typed = {
            "s0-mode": "new",
            "s0-code": "C",
            "s0-name": "Đảng bộ Hợp Nhất",
            "s0-kind": "grassroots_committee",
            "s0-parent": "KHOI",
            "s0-label": "2022-2025",
            "s0-ordinal": "1",
            "s0-planned_end": "10/03/2025",
            "s0-committee_size": "9",
            "s0-seat0-person": str(first.member.pk),
            "s0-seat0-position": "committee_member",
            "s0-seat1-person": str(first.member.pk),
            "s0-seat1-position": "secretary",
            "s0-seat2-words": second.member.full_name,  # without JavaScript a name is typed
            "s0-seat2-position": "committee_member",
            "plans": Plans.CARRY.value,
        }
        return typed | fields

    def test_the_preview_tells_all_of_it(self, bloc, first, second):
        text = text_of(send(as_board(bloc), self.URL, self.typed(first, second), "xem-truoc"))
        for sentence in (
            "Hợp nhất Đảng bộ A, Đảng bộ B thành Đảng bộ Hợp Nhất",
            "06 chức danh của 04 đồng chí",
            "02 đồng chí ra khỏi quy hoạch của tổ chức kết thúc; 02 đồng chí chuyển sang",
            "50 chính thức, 3 dự bị",
            "2022-2025, lần thứ 1, dự kiến đến 10/3/2025; Ban Chấp hành 9",
            f"{first.member.full_name}: Bí thư",
            "Chi bộ A.1",
            "04 đồng chí",
            "Bằng nhau",
        ):
            assert sentence in text
        assert "Chưa bằng nhau" not in text

    def test_the_preview_names_nobody_of_the_plan(self, bloc, planning_round, first, second):
        planned = factories.person(bloc, "Nông Văn Hoạch")
        later = factories.planning_round(bloc, date(2022, 1, 7), plan_term="2030-2035")
        factories.plan_entry(later, planned, first.organization, "deputy_secretary")
        factories.approved(later, first.organization, on=date(2022, 3, 1))
        assert "Nông Văn Hoạch" not in text_of(send(as_board(bloc), self.URL, self.typed(first, second), "xem-truoc"))

    def test_is_done_as_it_was_shown(self, bloc, first, second):
        answer = send(as_board(bloc), self.URL, self.typed(first, second))
        assert answer.url == made().get_absolute_url()
        new = Organization.objects.get(code="C")
        assert Holding.objects.filter(body__term__organization=new).count() == 3
        assert PlanEntry.objects.filter(organization=new).count() == 2
        assert new.memberships.count() == 4

    def test_more_rows_without_javascript(self, bloc, first, second):
        page = send(as_board(bloc), self.URL, self.typed(first, second), "them-nhan-su-0").content.decode()
        assert 'name="s0-seat5-position"' in page
        assert f'value="{first.member.pk}" selected' in page

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"s0-code": ""}, "Hãy ghi mã của tổ chức mới."),
            ({"s0-committee_size": ""}, "Hãy ghi số lượng Ban Chấp hành."),
            ({"s0-seat2-words": "Không Có Ai"}, "Không tìm thấy đồng chí này"),
            ({"s0-seat1-position": ""}, "Hãy chọn chức danh."),
            ({"s0-seat1-person": ""}, "Hãy chọn đồng chí."),
            ({"s0-mode": "standing"}, "Hãy chọn tổ chức tiếp nhận."),
        ],
    )
    def test_says_what_is_missing(self, bloc, first, second, fields, sentence):
        answer = send(as_board(bloc), self.URL, self.typed(first, second, **fields), "xem-truoc")
        assert sentence in refused(answer)

    def test_what_stands_in_the_way_is_said_and_cannot_be_confirmed(self, bloc, first, second):
        dossier = factories.dossier(first.organization, factories.release(first.member))
        page = send(as_board(bloc), self.URL, self.typed(first, second), "xem-truoc").content.decode()
        assert f"Hồ sơ {dossier.code} còn ở trạng thái" in page
        assert 'name="xac-nhan"' not in page
        send(as_board(bloc), self.URL, self.typed(first, second))
        assert not Reorganization.objects.exists()

    def test_a_warning_wants_a_reason(self, bloc, first, second):
        typed = self.typed(first, second, **{"s0-committee_size": "1"})
        client = as_board(bloc)
        answer = send(client, self.URL, typed)
        assert "Hãy ghi lý do vẫn thực hiện" in refused(answer)
        send(client, self.URL, typed | {"explanation": "Sau hợp nhất"})
        assert made()


class TestOtherKinds:
    def test_established(self, bloc):
        typed = {"s0-code": "C", "s0-name": "Chi bộ Mới", "s0-kind": "grassroots_cell", "s0-parent": "KHOI"}
        send(as_board(bloc), address("established"), typed)
        assert Organization.objects.get(code="C").parent == bloc

    def test_a_new_top_is_for_whoever_may_do_everything(self, bloc):
        typed = {"s0-code": "C", "s0-name": "Đảng bộ Mới", "s0-kind": "bloc", "s0-parent": ""}
        answer = send(as_board(bloc), address("established"), typed)
        assert answer.status_code == 422
        assert not Organization.objects.filter(code="C").exists()

    def test_transferred(self, bloc, first, second):
        send(as_board(bloc), address("transferred", "A.1"), {"new_parent": "B"})
        assert Organization.objects.get(code="A.1").parent == second.organization

    def test_kind_changed(self, bloc, first):
        send(as_board(bloc), address("kind_changed", "A"), {"new_kind": "grassroots_cell", "name": ""})
        assert Organization.objects.get(code="A").kind == "grassroots_cell"

    def test_merged_into_one_that_stands(self, bloc, first, second):
        typed = {"s0-mode": "standing", "s0-organization": "B", "plans": "close"}
        send(as_board(bloc), address("merged", "A"), typed)
        assert first.organization.versions.get().valid_to == date(2022, 3, 10)

    def test_split_says_who_goes_where(self, bloc, first):
        typed = {"plans": "close", f"place{first.cell.pk}-to": "1", f"member{first.member.pk}-to": "1"}
        for number, code in enumerate("CD"):
            start = f"s{number}"
            typed |= {f"{start}-code": code, f"{start}-name": f"Đảng bộ {code}", f"{start}-parent": "KHOI"}
            typed |= {f"{start}-kind": "grassroots_committee"}
            typed |= {f"{start}-official": "15", f"{start}-probationary": "1"}
        client = as_board(bloc)
        page = client.get(address("split", "A")).content.decode()
        assert f'name="member{first.member.pk}-to"' in page
        send(client, address("split", "A"), typed)
        d = Organization.objects.get(code="D")
        assert d.memberships.get().person == first.member
        assert Organization.objects.get(pk=first.cell.pk).parent == d

    def test_a_third_part_without_javascript(self, bloc, first):
        typed = {"s0-code": "C", "s1-code": "D", "plans": "close"}
        page = send(as_board(bloc), address("split", "A"), typed, "them-to-chuc").content.decode()
        assert 'name="s2-code"' in page

    def test_dissolved(self, bloc, first, second):
        typed = {"s0-organization": "B", "s0-official": "", "s0-probationary": "", "plans": "close"}
        send(as_board(bloc), address("dissolved", "A"), typed)
        assert made().note == "Kết thúc hoạt động Đảng bộ A, chuyển về Đảng bộ B"

    def test_an_empty_one_is_dissolved_without_an_heir(self, bloc):
        factories.organization(bloc, code="E")
        typed = {"s0-organization": "", "s0-official": "", "s0-probationary": "", "plans": "close"}
        send(as_board(bloc), address("dissolved", "E"), typed)
        assert made()


class TestTakeBack:
    @pytest.fixture
    def act(self, first) -> Reorganization:
        return factories.reorganize("renamed", first.organization, name="Đảng bộ Mới Toanh")

    def test_puts_back_and_leads_to_what_was_corrected(self, bloc, first, act):
        url = reverse("reorganizations:reorganization_take_back", args=[act.pk])
        client = as_board(bloc)
        typed = DECISION | {"number": "13", "issued_on": "01/04/2022", "reason": "Ghi nhầm"}
        for _ in range(2):
            assert client.post(url, typed).url == act.get_absolute_url()
        assert Organization.objects.get(code="A").name == "Đảng bộ A"
        assert "Đã bị đính chính" in text_of(client.get(act.get_absolute_url()))
        correction = Reorganization.objects.get(corrects=act)
        assert "Ghi nhầm" in text_of(client.get(correction.get_absolute_url()))

    def test_says_what_was_built_on_it(self, bloc, first, act):
        factories.reorganize("renamed", first.organization, on=date(2022, 8, 1), name="Đảng bộ Về Sau")
        url = reverse("reorganizations:reorganization_take_back", args=[act.pk])
        answer = as_board(bloc).post(url, DECISION | {"number": "13", "issued_on": "01/04/2022", "reason": "Ghi nhầm"})
        assert "đã được sửa sau đó" in refused(answer)

    def test_is_for_whoever_keeps_all_of_it(self, bloc, first, second):
        act = factories.reorganize("merged", first.organization, successors=[Successor(second.organization)])
        client = as_role(Role.ORGANIZATION_BOARD, second.organization)
        url = reverse("reorganizations:reorganization_take_back", args=[act.pk])
        assert client.get(url).url == act.get_absolute_url()
