"""The pages on which a reorganisation is typed, looked at before, done once, taken back."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.roles import Role
from organizations.models import Document, Organization, Reorganization
from personnel.models import Holding
from planning.models import PlanEntry
from reorganizations.drafts import Plans, Successor
from reorganizations.forms.pick import KINDS
from tests import factories
from tests.faults.stopping import everything
from tests.pages import as_board, as_role, text_of
from tests.reorganizations.entering import DECISION, LIST, NEW, address, made, refused, send

pytestmark = pytest.mark.django_db


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
