"""Pages of workbooks: the list out, people to introduce in; and the journal's word of what is printed."""

from datetime import date
from hashlib import sha256
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from auditlog.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from accounts.roles import Role
from common.sheets.parts import MOST_ROWS as MOST_ROWS_OF_A_SHEET
from organizations.models import Organization, Position
from personnel.actions import discipline
from planning.actions import close_round, remove_entry
from planning.models import PlanEntry, PlanningRound
from planning.sheets.columns import BY_KEY, COLUMNS
from tests import factories
from tests.addresses import addresses_of, every_page
from tests.pages import MOST_QUERIES, as_board, as_role, count_queries, signed_in, text_of
from tests.planning.plan_sheets import HEADINGS, row, sheet_of, table_of, upload, workbook
from tests.world import build_world

pytestmark = pytest.mark.django_db

LIST = reverse("planning:entry_list")
WORKBOOK = reverse("planning:entry_workbook")
PRINTED = reverse("planning:entry_printed")
BY_NAME = "full_name"  # a column of the list, as addresses sort by it


@pytest.fixture
def bloc() -> Organization:
    return factories.organization(name="Đảng bộ Khối", code="KHOI")


@pytest.fixture
def place(bloc) -> Organization:
    return factories.organization(bloc, name="Đảng bộ Sở Xây dựng", code="SXD")


@pytest.fixture
def first(bloc) -> PlanningRound:
    return factories.planning_round(bloc)


def plan(first: PlanningRound, of: Organization, name: str | None = None, code: str = Position.SECRETARY, **fields):
    return factories.plan_entry(first, factories.person(of, name, **fields), of, code)


def accesses() -> list[str]:
    entries = LogEntry.objects.filter(action=LogEntry.Action.ACCESS).order_by("pk")
    return [entry.additional_data["act"] for entry in entries]


def names_in(response) -> list[str]:
    return [line["Họ và tên"] for line in table_of(sheet_of(response))]


class TestWorkbookOfTheList:
    def test_says_of_each_person_what_the_extract_list_asks_for(self, bloc, place, first):
        factories.term(place)
        person = factories.person(
            place,
            "Đỗ Thị Hòa",
            gender="female",
            ethnic_group="Tày",
            hometown="Xã Một",
            joined_party_on=date(2000, 5, 19),
            official_on=date(2001, 5, 19),
            education="master",
            field_of_study="Luật",
            political_theory="advanced",
            present_post="Phó Giám đốc Sở",
            card_number="0123",
        )
        factories.seated(person, place, "committee_member", on=date(2022, 1, 10))
        factories.plan_entry(first, person, place)
        approval = factories.approved(first, place)
        response = as_board(bloc).get(WORKBOOK, {"cot": list(BY_KEY)})
        [line] = table_of(sheet_of(response))
        days = {heading: value.date() for heading, value in line.items() if hasattr(value, "date")}
        assert days == {
            "Ngày sinh": date(1975, 5, 20),
            "Ngày vào Đảng": date(2000, 5, 19),
            "Ngày chính thức": date(2001, 5, 19),
            "Ngày giới thiệu": date(2022, 2, 1),
            "Ngày phê duyệt": date(2022, 3, 10),
        }
        assert {heading: value for heading, value in line.items() if heading not in days} == {
            "STT": 1,
            "Họ và tên": "Đỗ Thị Hòa",
            "Nam/Nữ": "Nữ",
            "Số thẻ đảng viên": "0123",
            "Dân tộc": "Tày",
            "Quê quán": "Xã Một",
            "Chuyên môn": "Thạc sĩ, Luật",
            "Lý luận chính trị": "Cao cấp",
            "Chức vụ hiện nay": "Ủy viên Ban Chấp hành Đảng bộ Sở Xây dựng; Phó Giám đốc Sở",
            "Tổ chức": "Đảng bộ Sở Xây dựng",
            "Chức danh quy hoạch": "Bí thư",
            "Nhiệm kỳ": "2025-2030",
            "Đối tượng": 1,
            "Quyết định": f"{approval.decision.full_number}, 10/3/2022",
            "Trạng thái": "Trong quy hoạch",
            "Kỷ luật": "Không",
            "Ghi chú": None,
        }

    @pytest.mark.parametrize(("precision", "shown"), [("month", "5/1975"), ("year", "1975")])
    def test_a_birthday_known_in_part_is_text(self, bloc, place, first, precision, shown):
        plan(first, place, "Đỗ Thị Hòa", birth_precision=precision)
        [line] = table_of(sheet_of(as_board(bloc).get(WORKBOOK)))
        assert line["Ngày sinh"] == shown

    def test_shows_what_the_filtered_list_shows_all_its_pages_in_its_order(self, bloc, place, first):
        for number in range(55):
            plan(first, place, f"Lê Văn {chr(65 + number % 26)}{chr(65 + number // 26)}")
        plan(first, bloc, "Người Khác", Position.COMMITTEE_MEMBER)
        client = as_board(bloc)
        for query in ({"group": "secretaries"}, {"group": "secretaries", "sort": f"-{BY_NAME}", "page": "2"}):
            first_page, second_page = (client.get(LIST, query | {"page": page}).content.decode() for page in "12")
            names = names_in(client.get(WORKBOOK, query))
            assert len(names) == 55
            assert names[:50] == sorted(names[:50], key=first_page.index)
            assert names[50:] == sorted(names[50:], key=second_page.index)

    def test_says_on_top_what_was_filtered_as_of_when_and_by_whom(self, bloc, place, first):
        plan(first, place)
        user = factories.user(Role.ORGANIZATION_BOARD, bloc, full_name="Nông Thị Lập")
        sheet = sheet_of(signed_in(user, date(2022, 6, 1)).get(WORKBOOK, {"q": "nguyen"}))
        above = " ".join(str(line[0]) for line in sheet.iter_rows(max_row=4, values_only=True))
        assert "Tìm: nguyen; nhiệm kỳ quy hoạch: 2025-2030. Có 1 kết quả." in above
        assert "tính đến ngày 01/6/2022. Người lập: Nông Thị Lập, lúc" in above

    def test_is_as_of_the_day_looked_at(self, bloc, place, first):
        factories.term(place)
        entry = plan(first, place, "Đỗ Thị Hòa")
        factories.approved(first, place)
        factories.seated(entry.person, place, on=date(2022, 6, 1))
        remove_entry(entry, on=date(2022, 9, 1), reason="transfer", by=factories.office())
        keys = {"cot": ["name", "posts", "approved", "decision", "state"]}
        lines = {
            day: table_of(sheet_of(as_board(bloc, day).get(WORKBOOK, keys)))
            for day in (date(2022, 1, 31), date(2022, 2, 15), date(2022, 9, 1))
        }
        assert lines[date(2022, 1, 31)] == []
        [before], [after] = lines[date(2022, 2, 15)], lines[date(2022, 9, 1)]
        blank = {"Chức vụ hiện nay": None, "Ngày phê duyệt": None, "Quyết định": None}
        assert before == {"STT": 1, "Họ và tên": "Đỗ Thị Hòa", "Trạng thái": "Chưa phê duyệt"} | blank
        assert after["Chức vụ hiện nay"] == "Ủy viên Ban Chấp hành Đảng bộ Sở Xây dựng"
        assert after["Trạng thái"] == "Đã đưa ra"

    def test_has_the_columns_chosen(self, bloc, place, first):
        plan(first, place)
        client = as_board(bloc)
        assert list(table_of(sheet_of(client.get(WORKBOOK, {"cot": ["note", "name"]})))[0]) == [
            "STT",
            "Họ và tên",
            "Ghi chú",
        ]
        usual = ["STT", *(column.heading for column in COLUMNS if column.usual)]
        assert list(table_of(sheet_of(client.get(WORKBOOK, {"cot": "bogus"})))[0]) == usual

    def test_seats_outside_the_scope_are_not_told(self, bloc, place, first):
        other = factories.organization(bloc, name="Đảng bộ Sở Khác")
        factories.term(other)
        entry = plan(first, place)
        factories.seated(entry.person, other)
        [line] = table_of(sheet_of(as_role(Role.GRASSROOTS_CLERK, place).get(WORKBOOK)))
        assert line["Chức vụ hiện nay"] is None

    def test_measures_are_told_only_of_those_whose_own_page_opens(self, bloc, place, first):
        other = factories.organization(bloc)
        here, elsewhere = factories.person(place, "Lê An"), factories.person(other, "Lê Bình")
        for person in (here, elsewhere):
            factories.plan_entry(first, person, place)
            discipline(person, kind="reprimand", valid_from=date(2022, 5, 1), valid_to=None, by=factories.office())
        client = as_role(Role.GRASSROOTS_CLERK, place)
        lines = table_of(sheet_of(client.get(WORKBOOK, {"cot": ["name", "measures"]})))
        assert {line["Họ và tên"]: line["Kỷ luật"] for line in lines} == {
            "Lê An": "Khiển trách từ 01/5/2022",
            "Lê Bình": None,
        }

    def test_holds_nobody_outside_the_scope(self, bloc, place, first):
        plan(first, place, "Người Trong")
        plan(first, factories.organization(bloc), "Người Ngoài")
        assert names_in(as_role(Role.GRASSROOTS_CLERK, place).get(WORKBOOK)) == ["Người Trong"]
        assert as_role(Role.LEADER, bloc).get(WORKBOOK).status_code == 403

    def test_each_export_is_journaled_once(self, bloc, place, first):
        plan(first, place)
        viewer = factories.user(Role.ORGANIZATION_BOARD, bloc)
        signed_in(viewer).get(WORKBOOK, {"organization": "SXD", "page": "7"})
        [entry] = LogEntry.objects.filter(action=LogEntry.Action.ACCESS)
        assert (entry.actor, entry.object_repr) == (viewer, "Đảng bộ Sở Xây dựng")
        assert entry.additional_data["act"] == (
            "Xuất Excel danh sách quy hoạch (nhiệm kỳ quy hoạch: 2025-2030; "
            "tổ chức (cả cấp dưới): Đảng bộ Sở Xây dựng; 1 kết quả)"
        )

    def test_an_empty_list_is_written_and_not_journaled(self, bloc, first):
        assert table_of(sheet_of(as_board(bloc).get(WORKBOOK))) == []
        assert accesses() == []

    def test_a_filter_that_cannot_be_right_leads_back_to_the_list(self, bloc, place, first):
        plan(first, place)
        response = as_board(bloc).get(WORKBOOK, {"plan_term": "bogus", "q": "hoa"})
        assert response.headers["Location"] == f"{LIST}?plan_term=bogus&q=hoa"
        assert accesses() == []

    def test_takes_the_same_few_queries_however_many_are_planned(self, bloc, place, first):
        factories.term(place)
        client = as_board(bloc)
        plan(first, place)
        small = count_queries(client, WORKBOOK)
        for _ in range(12):
            factories.seated(plan(first, place).person, place)
        assert count_queries(client, WORKBOOK) == small <= MOST_QUERIES

    def test_the_list_offers_it_as_it_is_filtered(self, bloc, place, first):
        plan(first, place)
        page = as_board(bloc).get(LIST, {"q": "nguyen", "page": "1"}).content.decode()
        assert f'href="{WORKBOOK}?q=nguyen"' in page
        assert '<input type="hidden" name="q" value="nguyen">' in page
        assert "data-print" in page


class TestPrinting:
    def print(self, client: Client, page: str):
        return client.post(PRINTED, {"page": page})

    def test_a_printed_list_is_journaled_in_our_own_words(self, bloc, place, first):
        plan(first, place)
        viewer = factories.user(Role.ORGANIZATION_BOARD, bloc)
        client = signed_in(viewer)
        assert self.print(client, f"{LIST}?q=nguyen&organization=SXD").status_code == 204
        [entry] = LogEntry.objects.filter(action=LogEntry.Action.ACCESS)
        assert (entry.actor, entry.object_repr) == (viewer, "Đảng bộ Sở Xây dựng")
        assert entry.additional_data["act"] == (
            "In danh sách quy hoạch (tìm: nguyen; nhiệm kỳ quy hoạch: 2025-2030; "
            "tổ chức (cả cấp dưới): Đảng bộ Sở Xây dựng; trang 1/1, 1 kết quả)"
        )

    def test_a_printed_plan_is_journaled_with_its_group_and_step(self, bloc, place, first):
        client = as_board(bloc)
        plan_of = [first.pk, "SXD"]
        for page, args in (
            ("plan_detail", plan_of),
            ("plan_comparison", [*plan_of, "secretaries"]),
            ("ballot_edit", [*plan_of, "secretaries", 2]),
        ):
            assert self.print(client, reverse(f"planning:{page}", args=args)).status_code == 204
        where = f"({first}, Đảng bộ Sở Xây dựng)"
        assert accesses() == [
            f"In quy hoạch {where}",
            f"In so sánh quy hoạch Bí thư, Phó Bí thư {where}",
            f"In kết quả lấy phiếu Bí thư, Phó Bí thư, bước 2 {where}",
        ]

    @pytest.mark.parametrize(
        "page",
        [
            "",
            "In bậy vào nhật ký",
            "/khong-co/",
            "//[",
            "http://[",
            reverse("home"),
            reverse("planning:round_list"),
            reverse("planning:coverage"),
            f"{LIST}?plan_term=bogus",
            f"{LIST}?q=khongaitenthe",
            f"{LIST}?q={'x' * 2000}",
        ],
    )
    def test_what_is_no_list_of_planned_people_is_not_journaled(self, bloc, place, first, page):
        plan(first, place)
        assert self.print(as_board(bloc), page).status_code == 404
        assert accesses() == []

    def test_nobody_journals_what_they_may_not_see(self, bloc, place, first):
        other = factories.organization(bloc)
        plan(first, other)
        approval = factories.submitted_plan(first, other)
        clerk = as_role(Role.GRASSROOTS_CLERK, place)
        plan_of = [first.pk, other.code]
        for address in (
            reverse("planning:plan_detail", args=plan_of),
            reverse("planning:plan_comparison", args=[*plan_of, "secretaries"]),
            reverse("planning:plan_return", args=[approval.pk]),
            reverse("planning:plan_detail", args=[first.pk, "KHONGCO"]),
            LIST,
        ):
            assert self.print(clerk, address).status_code == 404
        assert self.print(as_role(Role.LEADER, bloc), LIST).status_code == 403
        assert accesses() == []

    def test_is_told_by_post_alone(self, bloc):
        assert as_board(bloc).get(PRINTED).status_code == 405
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(factories.user(Role.ORGANIZATION_BOARD, bloc))
        assert strict.post(PRINTED, {"page": LIST}).status_code == 403


def address(page: str, first: PlanningRound, place: Organization) -> str:
    return reverse(f"planning:{page}", args=[first.pk, place.code])


class Office:
    """Somebody of the Organisation Board who takes in workbooks for one organisation in one round."""

    def __init__(self, first: PlanningRound, place: Organization, bloc: Organization) -> None:
        self.user = factories.user(Role.ORGANIZATION_BOARD, bloc)
        self.client = signed_in(self.user)
        self.url = address("plan_import", first, place)
        self.plan_url = address("plan_detail", first, place)

    def send(self, content: bytes, *, on: str = "01/02/2022", name: str = "gioi-thieu.xlsx"):
        return self.client.post(self.url, {"upload": upload(content, name), "introduced_on": on})

    def preview(self, *rows, **options) -> str:
        """Send a workbook and return what was read of it, signed, as the page holds it."""
        return read_in(self.send(workbook(*rows, **options)))

    def go_on(self, read: str, button: str = "gioi-thieu"):
        return self.client.post(self.url, {"read": read, button: "1"})


def read_in(response) -> str:
    return response.context["read"]


def text_after_main(response) -> str:
    """Return what a reader sees of a page that says what is wrong."""
    assert response.status_code == 422
    response.status_code = 200
    return text_of(response)


@pytest.fixture
def office(first, place, bloc) -> Office:
    return Office(first, place, bloc)


class TestTemplate:
    def test_can_be_filled_in_and_sent_back(self, office, first, place):
        factories.person(place, "Lê An")
        book = load_workbook(BytesIO(office.client.get(address("import_template", first, place)).content))
        sheet = book["Giới thiệu"]
        assert "Đảng bộ Sở Xây dựng" in sheet["A2"].value
        for cell, value in (("B7", "Lê An"), ("C7", "20/5/1975"), ("F7", "Bí thư")):
            sheet[cell] = value
        stream = BytesIO()
        book.save(stream)
        shown = text_of(office.send(stream.getvalue()))
        assert "1 dòng: 1 mới, 0 đã có, 0 có lỗi" in shown
        assert "Dòng 6: dòng ví dụ của mẫu." in shown

    def test_offers_the_positions_that_are_planned_for(self, office, first, place):
        sheet = sheet_of(office.client.get(address("import_template", first, place)))
        lists = {str(rule.sqref)[0]: rule.formula1 for rule in sheet.data_validations.dataValidation}
        assert lists["F"].startswith('"Bí thư,Phó Bí thư,')
        assert "Ủy viên Ủy ban Kiểm tra" not in lists["F"]
        assert (lists["E"], lists["G"]) == ('"Nam,Nữ"', '"1,2"')

    def test_names_nobody_and_is_not_journaled(self, office, first, place):
        plan(first, place, "Đỗ Thị Hòa")
        content = office.client.get(address("import_template", first, place)).content
        book = load_workbook(BytesIO(content))
        assert "Đỗ Thị Hòa" not in str([list(sheet.values) for sheet in book])
        assert accesses() == []


class TestPreview:
    def test_shows_each_row_and_what_it_comes_to(self, office, first, place):
        plan(first, place, "Lê Bình")
        factories.person(place, "Lê An")
        shown = text_of(office.send(workbook(row("le an", note="Trẻ"), row("Lê Bình"), row("Lê Cao"))))
        assert "3 dòng: 1 mới, 1 đã có, 1 có lỗi" in shown
        assert "2 Lê An 20/5/1975 Bí thư 1 Trẻ Mới Tên trong tệp: le an" in shown
        assert "3 Lê Bình 20/5/1975 Bí thư 1 — Đã giới thiệu" in shown
        assert "Họ và tên: Không có đồng chí nào tên “Lê Cao” trong sổ" in shown
        assert "Còn 01 dòng có lỗi nên chưa giới thiệu được ai" in shown
        assert PlanEntry.objects.count() == 1

    def test_shows_what_the_rules_say_of_the_plan_that_results(self, office, place):
        for name in ("Lê An", "Lê Bình", "Lê Cao", "Lê Dũng"):
            factories.person(place, name)
        shown = text_of(office.send(workbook(*[row(name) for name in ("Lê An", "Lê Bình", "Lê Cao", "Lê Dũng")])))
        assert "Chức danh Bí thư có 4 người được quy hoạch cho 1 vị trí" in shown
        assert "Giới thiệu 4 đồng chí" in shown

    def test_is_journaled_and_writes_nothing(self, office, place, first):
        factories.person(place, "Lê An")
        office.preview(row("Lê An"))
        assert accesses() == [f"Xem trước tệp Excel giới thiệu “gioi-thieu.xlsx” ({first}, Đảng bộ Sở Xây dựng)"]
        assert PlanEntry.objects.count() == 0

    def test_a_sheet_in_which_all_are_planned_offers_nothing(self, office, first, place):
        plan(first, place, "Lê An")
        response = office.send(workbook(row("Lê An")))
        assert "không có gì để giới thiệu thêm" in text_of(response)
        assert b'gioi-thieu" value' not in response.content

    @pytest.mark.parametrize(
        ("on", "wrong"),
        [
            ("", "Hãy nhập ngày giới thiệu"),
            ("32/1/2022", "Không đọc được ngày"),
            ("04/01/2022", "Đợt quy hoạch mở ngày 05/01/2022"),
            ("01/01/2040", "chưa đến"),
        ],
    )
    def test_a_wrong_day_is_refused(self, office, place, on, wrong):
        factories.person(place, "Lê An")
        assert wrong in text_after_main(office.send(workbook(row("Lê An")), on=on))

    def test_takes_the_workbook_that_the_list_is_exported_to(self, office, bloc, first, place):
        plan(first, place, "Lê An", birth_precision="year", gender="female")
        plan(first, place, "Lê Bình", code=Position.COMMITTEE_MEMBER)
        exported = office.client.get(WORKBOOK, {"cot": list(BY_KEY)}).content
        assert "2 dòng: 0 mới, 2 đã có, 0 có lỗi" in text_of(office.send(exported))
        other = factories.planning_round(bloc, kind="review")
        close_round(first, by=factories.office(), on=date(2022, 6, 1))
        shown = text_of(Office(other, place, bloc).send(exported, on="01/07/2022"))
        assert "2 dòng: 2 mới, 0 đã có, 0 có lỗi" in shown

    def test_people_planned_elsewhere_are_not_taken_in_here(self, office, bloc, first, place):
        plan(first, bloc, "Lê An")
        exported = office.client.get(WORKBOOK).content
        shown = text_of(office.send(exported))
        assert "Dòng này ghi “Đảng bộ Khối”, còn đây là nhập cho Đảng bộ Sở Xây dựng" in shown


class TestIntroducing:
    def test_introduces_all_with_the_checksum_of_the_file_in_the_journal(self, office, first, place):
        for name in ("Lê An", "Lê Bình"):
            factories.person(place, name)
        content = workbook(row("Lê An"), row("Lê An", "UVBCH", object_group=2), row("Lê Bình", "UVBCH", note="Trẻ"))
        response = office.send(content)
        assert "Giới thiệu 02 đồng chí vào quy hoạch nhiệm kỳ 2025-2030" in text_of(response)
        response = office.go_on(read_in(response))
        assert (response.status_code, response.headers["Location"]) == (302, office.plan_url)
        assert {(e.person.full_name, e.position_id, e.object_group, e.note) for e in PlanEntry.objects.all()} == {
            ("Lê An", "secretary", 1, ""),
            ("Lê An", "committee_member", 2, ""),
            ("Lê Bình", "committee_member", 1, "Trẻ"),
        }
        created = LogEntry.objects.filter(action=LogEntry.Action.CREATE, content_type__model="planentry")
        assert created.count() == 3
        for entry in created:
            assert entry.actor == office.user
            assert entry.additional_data == {
                "act": "Giới thiệu quy hoạch từ tệp Excel",
                "reason": f"Tệp “gioi-thieu.xlsx”, SHA-256 {sha256(content).hexdigest()}",
            }

    def test_a_second_click_and_a_second_file_change_nothing(self, office, place):
        factories.person(place, "Lê An")
        read = office.preview(row("Lê An"))
        for _ in range(2):
            assert office.go_on(read).headers["Location"] == office.plan_url
        assert office.go_on(office.preview(row("Lê An"))).status_code == 302
        assert PlanEntry.objects.count() == 1

    def test_introduces_nobody_when_one_row_is_wrong(self, office, place):
        factories.person(place, "Lê An")
        response = office.go_on(office.preview(row("Lê An"), row("Lê Cao")))
        assert response.status_code == 422
        assert PlanEntry.objects.count() == 0

    def test_looks_again_at_what_has_changed_since_the_preview(self, office, first, place):
        factories.person(place, "Lê An")
        read = office.preview(row("Lê An"))
        plan(first, place, "Lê Bình")
        factories.submitted_plan(first, place)
        shown = text_after_main(office.go_on(read))
        assert "Sổ đã thay đổi từ lúc xem trước" in shown
        assert "đã được trình trong đợt này" in shown
        assert PlanEntry.objects.count() == 1

    def test_what_was_read_serves_only_there_and_only_for_who_sent_it(self, office, bloc, first, place):
        factories.person(place, "Lê An")
        read = office.preview(row("Lê An"))
        others = [
            Office(first, place, bloc),
            Office(factories.planning_round(place, kind="review"), place, bloc),
            Office(first, factories.organization(bloc), bloc),
        ]
        others[1].client = others[2].client = office.client
        for other in others:
            assert "là của trang khác" in text_after_main(other.go_on(read))
        assert "không còn nguyên vẹn" in text_after_main(office.go_on(read[:-1]))
        assert PlanEntry.objects.count() == 0

    def test_a_round_that_is_closed_takes_nobody(self, office, first, place):
        factories.person(place, "Lê An")
        read = office.preview(row("Lê An"))
        close_round(first, by=factories.office())
        for response in (office.client.get(office.url), office.go_on(read)):
            assert response.headers["Location"] == office.plan_url
        assert PlanEntry.objects.count() == 0


class TestMarked:
    def test_gives_the_rows_back_with_faults_in_red_and_reasons(self, office, first, place):
        factories.person(place, "Lê An")
        rows = [row("Lê An", born=date(1975, 5, 20)), row("=Lê Cao", "Trưởng ban", note="Trẻ")]
        read = office.preview(*rows[:1], (None, "Lê Cao", "20/5/1975", None, "Trưởng ban", None, "Trẻ"))
        response = office.go_on(read, "danh-dau")
        sheet = sheet_of(response)
        right, wrong = table_of(sheet)
        assert list(right) == ["Dòng trong tệp", *_in_order_of_the_list(HEADINGS), "Vì sao cần sửa"]
        assert (right["Dòng trong tệp"], right["Ngày sinh"].date(), right["Vì sao cần sửa"]) == (
            2,
            date(1975, 5, 20),
            None,
        )
        assert (wrong["Họ và tên"], wrong["Ghi chú"]) == ("Lê Cao", "Trẻ")
        assert "Chức danh quy hoạch: “Trưởng ban” không thuộc danh mục" in wrong["Vì sao cần sửa"]
        red = {cell.value: cell.comment.text for line in sheet.iter_rows() for cell in line if cell.comment}
        assert set(red) == {"Lê Cao", "Trưởng ban"}
        assert "Không có đồng chí nào tên “Lê Cao”" in red["Lê Cao"]
        assert accesses()[-1].startswith("Xuất Excel chỗ cần sửa trong tệp giới thiệu “gioi-thieu.xlsx”")

    def test_can_be_mended_and_sent_again(self, office, place):
        factories.person(place, "Lê An")
        marked = office.go_on(office.preview(row("Lê An", "Trưởng ban")), "danh-dau")
        book = load_workbook(BytesIO(marked.content))
        [cell] = [cell for line in book.worksheets[0].iter_rows() for cell in line if cell.value == "Trưởng ban"]
        cell.value = "Bí thư"
        stream = BytesIO()
        book.save(stream)
        assert "1 dòng: 1 mới, 0 đã có, 0 có lỗi" in text_of(office.send(stream.getvalue()))


def _in_order_of_the_list(headings) -> list[str]:
    order = ["STT", *(column.heading for column in COLUMNS)]
    return sorted(headings, key=order.index)


def _zip(**parts: bytes) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return stream.getvalue()


def _with_part(name: str, content: bytes) -> bytes:
    """Return a sound workbook in which one part is replaced."""
    stream = BytesIO()
    with ZipFile(BytesIO(workbook(row("Lê An")))) as sound, ZipFile(stream, "w", ZIP_DEFLATED) as made:
        for part in sound.namelist():
            made.writestr(part, content if part == name else sound.read(part))
    return stream.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
EMPTY_ROWS = b"".join(b'<row r="%d"><c r="A%d"/></row>' % (n, n) for n in range(1, 200_000))
FILLED_ROWS = b"".join(b'<row><c t="n"><v>1</v></c></row>' for _ in range(MOST_ROWS_OF_A_SHEET + 1))
WORKSHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
BILLION_LAUGHS = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'

HOSTILE = {
    "nothing": (b"", "trống"),
    "a scan": (b"%PDF-1.4\n", "không phải là sổ Excel"),
    "a word file": (
        _zip(**{"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<x/>"}),
        "không phải là sổ Excel",
    ),
    "a torn archive": (workbook(row("Lê An"))[:900], "bị hỏng"),
    "an old or protected workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Office cũ"),
    "entities": (_with_part(SHEET, BILLION_LAUGHS), "khai báo lạ"),
    "a bomb": (_with_part(SHEET, b" " * 2**28), "lớn bất thường"),
    "too many rows": (_with_part(SHEET, WORKSHEET % FILLED_ROWS), "dòng dữ liệu"),
    "empty rows": (_with_part(SHEET, WORKSHEET % EMPTY_ROWS), "không có dòng tiêu đề"),
}


class TestHostileFiles:
    @pytest.mark.parametrize("kind", HOSTILE)
    def test_are_refused_with_a_sentence(self, office, kind):
        content, sentence = HOSTILE[kind]
        shown = text_after_main(office.send(content))
        assert "Chưa đọc được tệp" in shown
        assert sentence in shown
        assert accesses() == []

    def test_a_name_of_a_file_cannot_write_into_the_page_or_the_journal(self, office, place):
        factories.person(place, "Lê An")
        response = office.send(workbook(row("Lê An")), name="<script>alert(1)</script>\n.xlsx")
        assert b"<script>alert" not in response.content
        assert "\n" not in accesses()[0]

    def test_no_file_at_all(self, office):
        assert "Hãy chọn một tệp Excel" in text_after_main(
            office.client.post(office.url, {"introduced_on": "01/02/2022"})
        )


class TestRights:
    def test_only_who_runs_planning_there_may_take_in(self, bloc, first, place):
        pages = [address(page, first, place) for page in ("plan_import", "import_template")]
        outside = factories.organization(bloc)
        for url in pages:
            assert as_role(Role.GRASSROOTS_CLERK, place).get(url).status_code == 403
            assert as_role(Role.CONFIRMER, bloc).get(url).status_code == 403
            assert as_board(outside).get(url).status_code == 404
        mixed = factories.user(Role.ORGANIZATION_BOARD, outside)
        mixed.assignments.create(role=Role.GRASSROOTS_CLERK, organization=place)
        for url in pages:
            assert signed_in(mixed).get(url).status_code == 404

    def test_people_outside_the_scope_are_not_found(self, bloc, place):
        factories.person(factories.organization(bloc), "Lê An", card_number="123")
        own = factories.planning_round(place)
        office = Office(own, place, place)
        shown = text_of(office.send(workbook(row("Lê An", card="123"))))
        assert "Không có đồng chí nào tên “Lê An” trong sổ, trong phạm vi của bạn" in shown


def test_taking_in_takes_the_same_few_queries_however_long_the_sheet(office, place, first):
    factories.term(place)
    counts = []
    for number in (1, 12):
        people = [factories.person(place, f"Lê {chr(64 + number)}{chr(65 + each)}") for each in range(number)]
        content = workbook(*[row(person.full_name, "UVBCH") for person in people])
        office.send(content)
        with CaptureQueriesContext(connection) as previewing:
            read = read_in(office.send(content))
        with CaptureQueriesContext(connection) as introducing:
            assert office.go_on(read).status_code == 302
        counts.append((len(previewing), len(introducing)))
    assert counts[0] == counts[1]


def test_every_page_that_is_watched_may_be_printed():
    """What carries the watch must be known to planning/views/printing.py, or its print would go unnoticed."""
    world = build_world()
    client = signed_in(world.users["organization_board"])
    pages = [page for page in every_page() if page.name.startswith("planning:")]
    addresses = [page.address(each) for page in pages for each in addresses_of(page, world.inside)]
    watched = [url for url in addresses if b"data-plan-list" in client.get(url).content]
    assert LIST in watched
    assert {url: client.post(PRINTED, {"page": url}).status_code for url in watched} == dict.fromkeys(watched, 204)
