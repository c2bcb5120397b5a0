"""Files that are given out: each under a code by which it is found, long ones while a page tells how far they are."""

import hashlib
from io import BytesIO

import pytest
from auditlog.models import LogEntry
from django.urls import reverse
from openpyxl import load_workbook

from accounts.roles import Role
from common import progress
from common.errors import NotAllowed, WrongState
from common.papers import CONTENT_TYPE as WORD
from common.papers import BadTemplate
from common.periods import today
from common.workbooks import CONTENT_TYPE as EXCEL
from organizations.scope import Right, Scope
from reports.actions import cancel_export, fail_export, finish_export
from reports.choices import choose
from reports.files import making
from reports.files.handouts import SUMMARY, TableHandout, handout_of
from reports.models import Export
from tests import factories
from tests.files import text_of_word
from tests.pages import as_role, signed_in, text_of
from tests.reports.books import YEAR, build_office

pytestmark = pytest.mark.django_db
TABLE_FILE = reverse("reports:table_file", args=["bien-dong", 2022, "excel"])


@pytest.fixture
def office(db):
    return build_office()


@pytest.fixture
def clerk(office):
    return factories.user(Role.ORGANIZATION_BOARD, office.bloc)


@pytest.fixture
def client(clerk):
    return signed_in(clerk)


def frame_of(office):
    return choose(scope=Scope.everything(), period=YEAR, as_at=today(), code=office.bloc.code).frame


def started(office, by, key="bien-dong") -> Export:
    return making.start(handout_of(key, frame_of(office), {}), format="excel", address="/", by=by)


class TestActs:
    def test_an_export_ends_once(self, office, clerk):
        export = started(office, clerk)
        finish_export(export, by=clerk, content=b"abc", rows=2, names_planned_people=False)

        export.refresh_from_db()
        assert (export.state, export.rows) == ("done", 2)
        assert export.sha256 == hashlib.sha256(b"abc").hexdigest()
        for end in (cancel_export, fail_export):
            with pytest.raises(WrongState, match="không còn đang lập: đã lập"):
                end(export, by=clerk)

    def test_nobody_ends_the_export_of_another(self, office, clerk):
        export = started(office, clerk)

        for end in (cancel_export, fail_export):
            with pytest.raises(NotAllowed):
                end(export, by=factories.office())
        with pytest.raises(NotAllowed):
            finish_export(export, by=factories.office(), content=b"abc", rows=1, names_planned_people=False)

    def test_nobody_takes_away_what_lies_outside_the_scope(self, office):
        stranger = factories.holder_of(Right.VIEW, path=office.other_bloc.path)

        with pytest.raises(NotAllowed):
            started(office, stranger)
        assert not Export.objects.exists()

    def test_codes_have_no_sign_that_is_mistaken_for_another(self, office, clerk):
        codes = {started(office, clerk).code for _ in range(30)}

        assert len(codes) == 30
        assert not set("01IO") & set("".join(codes))
        assert Export.objects.first().shown_code[4] == "-"


class TestFile:
    def test_a_table_comes_at_once_under_its_code(self, client, clerk):
        response = client.get(TABLE_FILE)
        export = Export.objects.get()

        assert response.headers["Content-Type"] == EXCEL
        assert 'filename="bien-dong-2022-KHOI.xlsx"' in response.headers["Content-Disposition"]
        assert response.headers["Cache-Control"] == "private, no-store"
        assert (export.state, export.made_by, export.table, export.rows) == ("done", clerk, "bien-dong", 6)
        assert export.sha256 == hashlib.sha256(response.content).hexdigest()
        assert load_workbook(BytesIO(response.content)).properties.keywords == export.shown_code

    def test_the_journal_finds_it_by_its_code(self, client, clerk):
        client.get(TABLE_FILE)
        export = Export.objects.get()
        begun, done = LogEntry.objects.filter(object_repr__startswith=export.shown_code).order_by("pk")

        assert (begun.actor, begun.additional_data["act"]) == (clerk, "Xuất báo cáo")
        assert done.additional_data["act"] == "Lập xong bản xuất"
        assert export.sha256 in str(done.changes)

    @pytest.mark.parametrize("format", ["excel", "word"])
    def test_the_summary_bears_its_code(self, client, format):
        response = client.get(reverse("reports:summary_file", args=[2022, format]))
        code = Export.objects.get().shown_code

        if format == "word":
            assert response.headers["Content-Type"] == WORD
            text = text_of_word(response.content)
        else:
            sheet = load_workbook(BytesIO(response.content))["Bìa"]
            text = "\n".join(str(row) for row in sheet.iter_rows(values_only=True))
        assert code in text

    def test_the_report_in_word_is_the_prose_with_the_figures(self, client, office):
        text = text_of_word(client.get(reverse("reports:summary_file", args=[2022, "word"])).content)

        for said in ("BÁO CÁO", "ĐẢNG CỘNG SẢN VIỆT NAM", "Kết quả kiện toàn cấp ủy và quy hoạch năm 2022", "Năm 2021"):
            assert said in text
        assert "Đảng bộ Khối và các tổ chức trực thuộc" in text
        assert "Ở cơ sở, đã củng cố, kiện toàn 06 lượt cấp ủy cơ sở" in text
        assert "{" not in text

    def test_planned_people_taken_away_are_journaled_as_looked_at(self, office):
        client = as_role(Role.LEADER, office.bloc, sees_plans=True)
        client.get(reverse("reports:summary_file", args=[2022, "excel"]) + "?quy-hoach=2025-2030")
        export = Export.objects.get()

        assert export.names_planned_people
        [looked] = LogEntry.objects.filter(action=LogEntry.Action.ACCESS)
        assert export.shown_code in looked.additional_data["act"]

    def test_the_paper_names_no_planned_people_so_nothing_is_journaled_as_looked_at(self, office):
        client = as_role(Role.LEADER, office.bloc, sees_plans=True)
        client.get(reverse("reports:summary_file", args=[2022, "word"]))

        assert not Export.objects.get().names_planned_people
        assert not LogEntry.objects.filter(action=LogEntry.Action.ACCESS).exists()

    @pytest.mark.parametrize("url", [TABLE_FILE.replace("excel", "pdf"), TABLE_FILE.replace("bien-dong", "khong-co")])
    def test_an_unknown_table_or_format_is_not_found(self, client, url):
        assert client.get(url).status_code == 404
        assert not Export.objects.exists()

    def test_an_address_with_options_that_nobody_offers_is_kept_without_them(self, client):
        url = reverse("reports:table_file", args=["danh-sach-cap-uy", 2022, "excel"])
        assert client.get(f"{url}?cot={'x' * 3_000}").status_code == 200
        assert client.get(f"{url}?{'&'.join(['cot=born'] * 400)}").status_code == 200

        refused, repeated = Export.objects.order_by("pk")
        assert "xxx" not in refused.address
        assert repeated.address.count("cot=") <= 1

    def test_of_an_option_given_twice_the_address_keeps_what_was_understood(self, client):
        url = reverse("reports:table_file", args=["vi-tri-khuyet", 2022, "excel"])
        assert client.get(f"{url}?ban={'x' * 3_000}&ban=ban-chap-hanh").status_code == 200

        assert Export.objects.get().address.count("ban=") == 1

    def test_asking_only_for_the_head_gives_nothing_out(self, client):
        assert client.head(TABLE_FILE).status_code == 405
        assert not Export.objects.exists()

    def test_a_faulty_template_of_the_office_is_told_and_the_export_has_failed(self, client, monkeypatch):
        def fail(*args, **kwargs):
            raise BadTemplate("Mẫu có thẻ viết sai.")

        monkeypatch.setattr("reports.files.handouts.table_paper", fail)
        response = client.get(reverse("reports:table_file", args=["bien-dong", 2022, "word"]), follow=True)

        assert "Mẫu có thẻ viết sai." in response.content.decode()
        assert "Không lập được tệp" in text_of(response)

    def test_a_fault_of_the_product_leaves_no_export_that_is_made_for_ever(self, office, clerk, monkeypatch):
        monkeypatch.setattr(TableHandout, "write", lambda self, export: 1 / 0)
        export = started(office, clerk)

        with pytest.raises(ZeroDivisionError):
            making.make(export, lambda: handout_of("bien-dong", frame_of(office), {}), by=clerk)
        export.refresh_from_db()
        assert export.state == "failed"


class TestLongFile:
    @pytest.fixture(autouse=True)
    def everything_is_long(self, monkeypatch):
        monkeypatch.setattr(making, "LONG", 2)
        monkeypatch.setattr(progress, "PAUSE", 0)

    def test_its_page_waits_and_makes_it(self, client):
        response = client.get(f"{TABLE_FILE}?to-chuc=KHOI", follow=True)
        export = Export.objects.get()
        assert "Chưa lập tệp." in text_of(response)
        assert "data-submit-at-once" in response.content.decode()

        made = client.post(reverse("reports:export_make", args=[export.code]))
        assert made.headers["Content-Type"] == EXCEL
        assert "Đã lập xong, 6 dòng" in text_of(client.get(export.get_absolute_url()))
        assert "data-submit-at-once" not in client.get(export.get_absolute_url()).content.decode()

    def test_the_bar_tells_how_many_rows_are_done(self, client, office, clerk):
        export = started(office, clerk)
        progress.report(export.work, "writing", 4_000, 1_200)
        bar = client.get(reverse("reports:export_progress", args=[export.code])).content.decode()

        assert "Đang lập tệp: 1.200/4.000 dòng" in bar
        assert 'value="1200"' in bar
        progress.report(export.work, "reading")
        assert "Đang đọc hồ sơ…" in text_of(client.get(export.get_absolute_url()))
        progress.forget(export.work)

    def test_who_may_see_plans_by_the_time_it_is_made_is_journaled_then(self, office):
        leader = factories.user(Role.LEADER, office.bloc)
        client = signed_in(leader)
        client.get(reverse("reports:summary_file", args=[2022, "excel"]) + "?quy-hoach=2025-2030")
        export = Export.objects.get()
        assert not export.names_planned_people
        leader.assignments.update(sees_plans=True)

        client.post(reverse("reports:export_make", args=[export.code]))
        export.refresh_from_db()
        assert export.names_planned_people
        [looked] = LogEntry.objects.filter(action=LogEntry.Action.ACCESS)
        assert export.shown_code in looked.additional_data["act"]

    def test_who_may_see_them_no_more_gets_none_and_the_register_says_so(self, office):
        leader = factories.user(Role.LEADER, office.bloc, sees_plans=True)
        client = signed_in(leader)
        client.get(reverse("reports:summary_file", args=[2022, "excel"]) + "?quy-hoach=2025-2030")
        leader.assignments.update(sees_plans=False)

        client.post(reverse("reports:export_make", args=[Export.objects.get().code]))
        assert not Export.objects.get().names_planned_people

    def test_it_is_made_of_the_organisation_for_which_it_was_begun(self, office):
        user = factories.user(Role.LEADER, office.one)
        client = signed_in(user)
        client.get(TABLE_FILE)
        user.assignments.update(organization=office.bloc)

        made = client.post(reverse("reports:export_make", args=[Export.objects.get().code]))
        [sheet] = load_workbook(BytesIO(made.content))
        assert "Đảng bộ Sở Một và các tổ chức trực thuộc" in str(sheet["A2"].value)

    def test_a_page_loaded_again_while_it_is_made_waits_with_it(self, client, office, clerk):
        export = started(office, clerk)
        progress.report(export.work, "reading")

        page = client.get(export.get_absolute_url()).content.decode()
        assert "data-submit-at-once" not in page
        assert "Hủy" in page
        assert client.post(reverse("reports:export_make", args=[export.code])).status_code == 302
        export.refresh_from_db()
        assert export.is_being_made
        progress.forget(export.work)

    def test_what_a_server_left_in_the_middle_can_be_made_again(self, client, office, clerk, monkeypatch):
        export = started(office, clerk)
        progress.report(export.work, "reading")
        monkeypatch.setattr(progress, "GIVEN_UP_AFTER", 0)

        assert client.post(reverse("reports:export_make", args=[export.code])).headers["Content-Type"] == EXCEL

    def test_cancelled_before_it_begins_it_is_not_made(self, client, office, clerk):
        export = started(office, clerk)
        client.post(reverse("reports:export_cancel", args=[export.code]))

        response = client.post(reverse("reports:export_make", args=[export.code]), follow=True)
        assert "Đã hủy, không có tệp nào." in text_of(response)
        assert not progress._stop_file(export.work).exists()  # nobody is there to hear it

    @pytest.mark.parametrize("key", ["bien-dong", SUMMARY])
    def test_cancelled_while_it_is_made_it_stops_between_two_rows(self, office, clerk, key, monkeypatch):
        export, handout = started(office, clerk, key), handout_of(key, frame_of(office), {})
        reported = progress.report

        def cancel_at_the_third_row(work, step, rows=None, done=None):
            reported(work, step, rows, done)
            if done == 3:
                cancel_export(export, by=clerk)

        monkeypatch.setattr(progress, "report", cancel_at_the_third_row)
        assert making.make(export, lambda: handout, by=clerk) is None
        export.refresh_from_db()
        assert (export.state, export.sha256) == ("cancelled", "")
        assert progress.told(export.work) == {}

    def test_made_twice_at_once_only_one_comes_out(self, office, clerk):
        export, handout = started(office, clerk), handout_of("bien-dong", frame_of(office), {})

        assert making.make(export, lambda: handout, by=clerk)
        assert making.make(export, lambda: handout, by=clerk) is None

    @pytest.mark.parametrize("name", ["export_make", "export_cancel"])
    def test_nobody_makes_or_cancels_the_export_of_another(self, office, clerk, name):
        export = started(office, clerk)
        url = reverse(f"reports:{name}", args=[export.code])

        assert as_role(Role.LEADER, office.bloc).post(url).status_code == 403
        assert as_role(Role.LEADER, office.other_bloc).post(url).status_code == 404
        assert as_role(Role.LEADER, office.bloc).get(url).headers["Location"] == export.get_absolute_url()


class TestPages:
    def test_an_export_is_found_by_its_code_however_it_is_typed(self, client, office, clerk):
        export = started(office, clerk)
        half = len(export.code) // 2

        for typed in (export.code, export.shown_code.lower(), f" {export.code[:half]} {export.code[half:]}"):
            assert export.title in text_of(client.get(reverse("reports:export_list"), {"ma": typed}))
            assert export.get_absolute_url() in client.get(reverse("search"), {"q": typed}).content.decode()
        assert "Không có bản xuất nào mang mã này" in text_of(client.get(reverse("reports:export_list"), {"ma": "X"}))

    def test_its_page_says_of_what_it_was_and_leads_there(self, client, clerk):
        client.get(f"{TABLE_FILE}?to-chuc=CS1")
        export = Export.objects.get()
        response = client.get(export.get_absolute_url())

        for said in (export.shown_code, str(clerk), "Đảng bộ Sở Một", "Năm 2022", export.sha256):
            assert said in text_of(response)
        assert f"{reverse('reports:table', args=['bien-dong', 2022])}?to-chuc=CS1" in response.content.decode()

    def test_another_reader_is_led_to_the_report_of_the_same_organisation(self, client, office):
        as_role(Role.LEADER, office.one).get(TABLE_FILE)

        address = Export.objects.get().address
        assert "to-chuc=CS1" in address
        assert "Đảng bộ Sở Một, năm 2022" in text_of(client.get(address))

    def test_only_who_made_it_is_told_where_the_file_is(self, client, office):
        client.get(TABLE_FILE)
        export = Export.objects.get()

        assert "mục tải về" in text_of(client.get(export.get_absolute_url()))
        other = text_of(as_role(Role.LEADER, office.bloc).get(export.get_absolute_url()))
        assert "Đã lập xong" in other
        assert "mục tải về" not in other

    def test_exports_outside_the_scope_are_not_there(self, office, clerk):
        export = started(office, clerk)
        stranger = as_role(Role.LEADER, office.other_bloc)

        assert stranger.get(export.get_absolute_url()).status_code == 404
        assert "Chưa xuất báo cáo nào" in text_of(stranger.get(reverse("reports:export_list")))
        assert export.title not in stranger.get(reverse("search"), {"q": export.code}).content.decode()
