"""The Word papers of a dossier: which there are, what each says, who may have them."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document as WordFile

from accounts.roles import Role
from common.formats import long_day
from organizations.actions import amend_organization, replace_paper_template
from organizations.models import PaperTemplate
from organizations.papers import SAMPLES
from organizations.scope import Scope
from personnel.actions import confirm, discipline, refuse, submit, withdraw
from personnel.models import Dossier
from personnel.papers import papers_of, write_paper
from personnel.papers.contexts import CONTEXTS
from personnel.papers.facts import facts_of
from tests import factories
from tests.factories import DECIDED
from tests.files import text_of_word, upload, word
from tests.pages import as_board, as_role, count_queries, signed_in

pytestmark = pytest.mark.django_db
SUBMISSION, DECISION, EXTRACT, MINUTES = CONTEXTS
ELECTION = {"method": "supplementary_election", "elected_on": date(2022, 2, 10)}
EVERYTHING = Scope.everything()


@pytest.fixture
def bloc():
    made = factories.organization(name="Đảng bộ Khối")
    factories.term(made)
    factories.seated(factories.person(made, "Lý Thị Thư"), made, "committee_member", on=date(2021, 1, 1))
    return made


@pytest.fixture
def agency(bloc):
    made = factories.organization(bloc, name="Đảng bộ Sở Y tế")
    factories.term(made)
    return made


@pytest.fixture
def someone(agency):
    return factories.person(agency, "Nguyễn Văn An", present_post="Phó Giám đốc Sở")


def paper(dossier: Dossier, kind: str, scope: Scope = EVERYTHING) -> str:
    fresh = Dossier.objects.with_everything().get(pk=dossier.pk)
    return text_of_word(write_paper(fresh, kind, scope))


def context(dossier: Dossier, kind: str, scope: Scope = EVERYTHING) -> dict:
    return CONTEXTS[kind](facts_of(Dossier.objects.with_everything().get(pk=dossier.pk), scope))


def sentences(dossier: Dossier, kind: str = SUBMISSION) -> list[str]:
    return [row["cau"] for row in context(dossier, kind)["noi_dung"]]


def asked_by_paper(agency, *items) -> Dossier:
    """Return a dossier submitted under a paper of the agency, number 12 of 15/02/2022."""
    made = factories.dossier(agency, *items)
    asked = factories.document(
        agency, date(2022, 2, 15), "TTr", 12, symbol="ĐU", summary="Đề nghị chuẩn y kiện toàn Đảng ủy Sở Y tế"
    )
    submit(made, by=factories.office(), on=asked.issued_on, submission=asked)
    return Dossier.objects.get(pk=made.pk)


def decided_by_paper(bloc, dossier, **fields) -> Dossier:
    """Return the dossier confirmed by decision number 34 of the bloc, of 10/3/2022."""
    paper = factories.document(bloc, DECIDED, "QĐ", 34, summary="Chuẩn y kiện toàn Đảng ủy Sở Y tế", **fields)
    confirm(dossier, by=factories.superior(), decision=paper)
    return Dossier.objects.get(pk=dossier.pk)


class TestWhichThereAre:
    def kinds(self, dossier):
        return [kind for kind, _ in papers_of(dossier)]

    def test_a_draft_has_no_decision_yet(self, agency, someone):
        dossier = factories.dossier(agency, factories.appointment(someone))
        assert self.kinds(dossier) == [SUBMISSION, EXTRACT]

    def test_an_empty_dossier_has_none(self, agency):
        assert papers_of(factories.dossier(agency)) == []

    def test_a_submitted_one_has_a_draft_of_the_decision(self, agency, someone):
        dossier = factories.submitted(agency, factories.appointment(someone))
        assert dict(papers_of(dossier))[DECISION] == "Dự thảo quyết định chuẩn y"

    def test_a_confirmed_one_has_its_decision(self, agency, someone):
        dossier = factories.confirmed(agency, factories.appointment(someone))
        assert dict(papers_of(dossier))[DECISION] == "Quyết định chuẩn y"

    def test_minutes_need_a_vote(self, agency, someone):
        voted = factories.appointment(someone, **ELECTION, vote=factories.votes(12, 15))
        assert MINUTES in self.kinds(factories.dossier(agency, voted))

    def test_a_refused_and_a_withdrawn_one_have_no_decision(self, agency, someone):
        refused = factories.submitted(agency, factories.appointment(someone))
        refuse(refused, by=factories.superior(), reason="Chưa đủ hồ sơ", on=DECIDED)
        withdrawn = factories.submitted(agency, factories.appointment(someone))
        withdraw(withdrawn, by=factories.office(), reason="Ghi nhầm")

        for dossier in (refused, withdrawn):
            dossier.refresh_from_db()
            assert self.kinds(dossier) == [SUBMISSION, EXTRACT]

    def test_it_takes_one_query(self, agency, someone, django_assert_num_queries):
        dossier = factories.dossier(agency, factories.appointment(someone))
        with django_assert_num_queries(1):
            papers_of(dossier)


class TestHead:
    def test_it_names_the_issuer_beneath_its_superior(self, agency, someone):
        made = context(asked_by_paper(agency, factories.appointment(someone)), SUBMISSION)

        assert (made["cap_tren"], made["co_quan"]) == ("ĐẢNG ỦY KHỐI", "ĐẢNG ỦY SỞ Y TẾ")
        assert (made["so_ky_hieu"], made["ngay_ky"]) == ("Số 12-TTr/ĐU", "ngày 15 tháng 02 năm 2022")

    def test_number_and_day_stay_open_without_a_paper_in_the_register(self, agency, someone):
        factories.document(agency, date(2022, 1, 5), "TTr", symbol="ĐU")
        made = context(factories.dossier(agency, factories.appointment(someone)), SUBMISSION)

        assert (made["so_ky_hieu"], made["ngay_ky"]) == ("Số ……-TTr/ĐU", "ngày …… tháng …… năm ………")
        assert made["trich_yeu"] == "Đề nghị chuẩn y kiện toàn Đảng ủy Sở Y tế, nhiệm kỳ 2020-2025"

    def test_an_issuer_without_papers_has_an_open_symbol(self, agency, someone):
        made = context(factories.dossier(agency, factories.appointment(someone)), SUBMISSION)
        assert made["so_ky_hieu"] == "Số ……-TTr/……"

    def test_place_and_what_stands_above_the_top_are_settings(self, bloc, someone, settings):
        settings.PAPER_PLACE, settings.PAPER_TOP_SUPERIOR = "Nơi ký", "Cấp trên"
        made = context(factories.dossier(bloc, factories.appointment(someone)), SUBMISSION)

        assert (made["noi_ky"], made["cap_tren"], made["kinh_gui"]) == ("Nơi ký", "CẤP TRÊN", "Ban Thường vụ Cấp trên")

    def test_names_are_those_of_the_day_of_the_paper(self, agency, bloc, someone):
        dossier = asked_by_paper(agency, factories.appointment(someone))
        amend_organization(agency, name="Đảng bộ Sở Mới", effective_on=date(2022, 7, 1), by=factories.office())
        amend_organization(bloc, name="Đảng bộ Lớn", effective_on=date(2022, 7, 1), by=factories.office())

        text = paper(dossier, SUBMISSION)

        assert "ĐẢNG ỦY SỞ Y TẾ" in text
        assert "Ban Chấp hành Đảng bộ Sở Y tế" in text
        assert "Kính gửi: Ban Thường vụ Đảng ủy Khối" in text


class TestSignature:
    @pytest.fixture
    def dossier(self, agency, someone):
        return factories.dossier(agency, factories.appointment(someone))

    def seat(self, agency, name, code):
        person = factories.person(agency, name)
        for post in ("committee_member", code):
            factories.seated(person, agency, post, on=date(2021, 3, 1))

    def signed(self, dossier, scope=EVERYTHING):
        made = context(dossier, SUBMISSION, scope)
        return made["thay_mat"], made["chuc_vu_ky"], made["nguoi_ky"]

    def test_the_secretary_signs(self, agency, dossier):
        self.seat(agency, "Trần Phó", "deputy_secretary")
        self.seat(agency, "Lê Bí Thư", "secretary")
        assert self.signed(dossier) == ("T/M BAN THƯỜNG VỤ", "BÍ THƯ", "Lê Bí Thư")

    def test_without_a_secretary_the_deputy_signs_as_what_he_is(self, agency, dossier):
        self.seat(agency, "Trần Phó", "deputy_secretary")
        assert self.signed(dossier) == ("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "Trần Phó")

    def test_whoever_signed_the_paper_stands_beneath_it(self, agency, someone):
        self.seat(agency, "Trần Phó", "deputy_secretary")
        self.seat(agency, "Lê Bí Thư", "secretary")
        dossier = factories.dossier(agency, factories.appointment(someone))
        asked = factories.document(agency, date(2022, 2, 15), "TTr", signed_by="Trần Phó")
        submit(dossier, by=factories.office(), on=asked.issued_on, submission=asked)

        assert self.signed(dossier)[1:] == ("PHÓ BÍ THƯ", "Trần Phó")

    def test_the_name_stays_open_for_those_who_may_not_see_it(self, agency, dossier):
        self.seat(agency, "Lê Bí Thư", "secretary")
        assert self.signed(dossier, Scope()) == ("T/M BAN THƯỜNG VỤ", "BÍ THƯ", "")

    def test_without_a_standing_committee_it_is_signed_for_the_committee(self, bloc):
        small = factories.organization(bloc, name="Đảng bộ Sở Nhỏ")
        cell = factories.organization(bloc, "grassroots_cell", name="Chi bộ Tạp chí")
        bare = factories.organization(bloc, "grassroots_cell", name="Chi bộ Mới")
        for each in (small, cell):
            factories.term(each, standing=0, inspection=0)
        people = [factories.person(each) for each in (small, cell, bare)]
        dossiers = [
            factories.dossier(each, factories.appointment(person))
            for each, person in zip((small, cell, bare), people, strict=True)
        ]
        assert [self.signed(each)[0] for each in dossiers] == ["T/M ĐẢNG ỦY", "T/M CHI ỦY", "T/M CHI BỘ"]


class TestSentences:
    BORN = "Nguyễn Văn An (sinh ngày 20/5/1975, Phó Giám đốc Sở)"

    @pytest.mark.parametrize(
        ("position", "seat"),
        [
            ("committee_member", "tham gia Ban Chấp hành Đảng bộ Sở Y tế"),
            ("standing_member", "tham gia Ban Thường vụ Đảng ủy Sở Y tế"),
            ("secretary", "giữ chức vụ Bí thư Đảng ủy Sở Y tế"),
            ("deputy_secretary", "giữ chức vụ Phó Bí thư Đảng ủy Sở Y tế"),
            ("inspection_chair", "giữ chức vụ Chủ nhiệm Ủy ban Kiểm tra Đảng ủy Sở Y tế"),
            ("inspection_member", "tham gia Ủy ban Kiểm tra Đảng ủy Sở Y tế"),
        ],
    )
    def test_every_seat_has_its_words(self, agency, someone, position, seat):
        dossier = factories.dossier(agency, factories.appointment(someone, position))
        assert sentences(dossier) == [f"Chỉ định đồng chí {self.BORN} {seat}, nhiệm kỳ 2020-2025"]

    @pytest.mark.parametrize(
        ("position", "seat"),
        [
            ("committee_member", "tham gia Chi ủy Tạp chí"),
            ("secretary", "giữ chức vụ Bí thư Chi bộ Tạp chí"),
        ],
    )
    def test_a_cell_has_its_own(self, bloc, position, seat):
        cell = factories.organization(bloc, "grassroots_cell", name="Chi bộ Tạp chí")
        factories.term(cell, standing=0, inspection=0)
        dossier = factories.dossier(cell, factories.appointment(factories.person(cell, "Lê B"), position))
        assert sentences(dossier) == [f"Chỉ định đồng chí Lê B (sinh ngày 20/5/1975) {seat}, nhiệm kỳ 2020-2025"]

    def test_an_election_tells_its_vote(self, agency, someone):
        voted = factories.appointment(someone, "secretary", **ELECTION, vote=factories.votes(12, 16, 1))
        assert sentences(factories.dossier(agency, voted)) == [
            f"Chuẩn y kết quả bầu bổ sung đồng chí {self.BORN} giữ chức vụ Bí thư Đảng ủy Sở Y tế, "
            "nhiệm kỳ 2020-2025; kết quả bầu ngày 10/02/2022: 80,00 % (12/15) đồng ý"
        ]

    @pytest.mark.parametrize(
        ("reason", "ground"),
        [
            ("retirement", "để nghỉ hưu"),
            ("transfer", "do chuyển công tác"),
            ("resignation", "do thôi giữ chức vụ quản lý"),
            ("own_wish", "theo nguyện vọng cá nhân"),
            ("discipline", "do bị kỷ luật"),
            ("organization_ended", "do tổ chức đảng kết thúc hoạt động"),
        ],
    )
    def test_a_release_tells_its_ground_and_the_day_asked_for(self, agency, someone, reason, ground):
        factories.seated(someone, agency, on=date(2021, 3, 1))
        leaves = factories.release(someone, release_reason=reason, proposed_on=date(2022, 4, 1))
        assert sentences(factories.dossier(agency, leaves)) == [
            f"Cho đồng chí {self.BORN} thôi tham gia Ban Chấp hành Đảng bộ Sở Y tế, nhiệm kỳ 2020-2025, {ground}; "
            "đề nghị có hiệu lực từ ngày 01/4/2022"
        ]

    def test_a_death_is_noted(self, agency, someone):
        factories.seated(someone, agency, on=date(2021, 3, 1))
        [sentence] = sentences(factories.dossier(agency, factories.release(someone, release_reason="death")))
        assert sentence.startswith(f"Ghi nhận đồng chí {self.BORN} thôi tham gia")
        assert sentence.endswith("do từ trần")

    @pytest.mark.parametrize(("precision", "born"), [("month", "sinh tháng 5/1975"), ("year", "sinh năm 1975")])
    def test_a_birth_is_told_as_far_as_it_is_known(self, agency, precision, born):
        person = factories.person(agency, "Lê B", birth_precision=precision)
        assert f"Lê B ({born})" in sentences(factories.dossier(agency, factories.appointment(person)))[0]

    def test_a_correction_names_what_it_mends(self, agency, someone):
        former = factories.confirmed(agency, factories.appointment(someone))
        item = former.items.get()
        mended = factories.correction(former, factories.appointment(someone, proposed_on=DECIDED, corrects=item))
        undone = factories.correction(mended, factories.annulment(mended.items.get()))

        assert sentences(mended)[0].endswith(
            f"nhiệm kỳ 2020-2025 (thay cho nội dung đã ghi tại hồ sơ {former.code}); "
            "đề nghị có hiệu lực từ ngày 10/3/2022"
        )
        assert sentences(undone) == [
            "Hủy bỏ nội dung “Bổ sung Ủy viên Ban Chấp hành: Nguyễn Văn An” đã ghi tại hồ sơ " + mended.code
        ]
        assert context(undone, SUBMISSION)["trich_yeu"] == (
            f"Đề nghị đính chính nội dung hồ sơ {mended.code} của Đảng ủy Sở Y tế"
        )


class TestSubmission:
    def test_it_reads_from_the_greeting_to_the_last_full_stop(self, agency, someone):
        voted = factories.appointment(someone, **ELECTION, vote=factories.votes(12, 15))
        text = paper(asked_by_paper(agency, voted), SUBMISSION)

        for line in (
            "Số 12-TTr/ĐU",
            "……………, ngày 15 tháng 02 năm 2022",
            "TỜ TRÌNH",
            "Đề nghị chuẩn y kiện toàn Đảng ủy Sở Y tế",
            "-----",
            "Kính gửi: Ban Thường vụ Đảng ủy Khối",
            "Đảng ủy Sở Y tế kính trình Ban Thường vụ Đảng ủy Khối xem xét, quyết định các nội dung sau:",
            "Kèm theo Tờ trình này: danh sách trích ngang, biên bản kiểm phiếu.",
            "Đảng ủy Sở Y tế kính đề nghị Ban Thường vụ Đảng ủy Khối xem xét, quyết định.",
            "- Như trên,",
        ):
            assert line in text.splitlines(), line

    def test_without_a_vote_no_minutes_are_enclosed(self, agency, someone):
        text = paper(factories.dossier(agency, factories.appointment(someone)), SUBMISSION)
        assert "Kèm theo Tờ trình này: danh sách trích ngang." in text


class TestDecision:
    def test_it_confirms_under_the_superiors_head(self, agency, bloc, someone):
        dossier = decided_by_paper(bloc, asked_by_paper(agency, factories.appointment(someone)))

        lines = paper(dossier, DECISION).splitlines()

        for line in (
            "ĐẢNG ỦY KHỐI",
            "Số 34-QĐ/ĐUK",
            "……………, ngày 10 tháng 3 năm 2022",
            "Chuẩn y kiện toàn Đảng ủy Sở Y tế",
            "- Xét Tờ trình số 12-TTr/ĐU, ngày 15/02/2022 của Đảng ủy Sở Y tế,",
            "BAN THƯỜNG VỤ ĐẢNG ỦY KHỐI",
            f"Điều 1. Chỉ định đồng chí {TestSentences.BORN} tham gia Ban Chấp hành Đảng bộ Sở Y tế, "
            "nhiệm kỳ 2020-2025.",
            "Điều 2. Quyết định này có hiệu lực kể từ ngày ký.",
            "Điều 3. Đảng ủy Sở Y tế và đồng chí có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này.",
        ):
            assert line in lines, line
        assert "DỰ THẢO" not in lines

    def test_until_then_it_is_a_draft_with_open_number_and_day(self, agency, bloc, someone):
        factories.document(bloc, date(2022, 1, 5), "QĐ")
        lines = paper(asked_by_paper(agency, factories.appointment(someone)), DECISION).splitlines()

        assert lines[0] == "DỰ THẢO"
        assert "Số ……-QĐ/ĐUK" in lines
        assert "……………, ngày …… tháng …… năm ………" in lines
        assert "Chuẩn y kiện toàn Đảng ủy Sở Y tế, nhiệm kỳ 2020-2025" in lines

    def test_it_has_the_confirmed_items_and_not_the_refused(self, agency, someone):
        other = factories.person(agency, "Lê Bị Từ Chối")
        dossier = factories.submitted(agency, factories.appointment(someone), factories.appointment(other))
        refused = dossier.items.filter(person=other)
        confirm(dossier, by=factories.superior(), decision=factories.document(), refused=refused)

        text = paper(dossier, DECISION)

        assert "Nguyễn Văn An" in text
        assert "Lê Bị Từ Chối" not in text

    def test_several_items_are_numbered(self, agency, someone):
        other = factories.person(agency, "Lê B")
        dossier = factories.confirmed(agency, factories.appointment(someone), factories.appointment(other))

        lines = paper(dossier, DECISION).splitlines()

        assert "Điều 1. Quyết định các nội dung sau:" in lines
        assert any(line.startswith("2. Chỉ định đồng chí Lê B") for line in lines)
        assert any("các đồng chí có tên tại Điều 1" in line for line in lines)

    @pytest.mark.parametrize(
        ("asked", "decided", "works"),
        [
            (None, None, "kể từ ngày ký"),
            (None, date(2022, 4, 1), "kể từ ngày 01/4/2022"),
            (DECIDED, None, "kể từ ngày ký"),
            (date(2022, 4, 1), None, "kể từ ngày ký; các nội dung tại Điều 1 tính từ ngày 01/4/2022"),
        ],
    )
    def test_it_says_from_when_it_works(self, agency, bloc, someone, asked, decided, works):
        dossier = asked_by_paper(agency, factories.appointment(someone, proposed_on=asked))
        made = context(decided_by_paper(bloc, dossier, effective_on=decided), DECISION)

        assert made["hieu_luc"] == works
        assert "kể từ" not in made["noi_dung"][0]["cau"]

    def test_items_of_different_days_name_them(self, agency, someone):
        other = factories.person(agency)
        dossier = factories.confirmed(
            agency, factories.appointment(someone), factories.appointment(other, proposed_on=date(2022, 4, 1))
        )
        first, second = sentences(dossier, DECISION)
        assert first.endswith("nhiệm kỳ 2020-2025, kể từ ngày 10/3/2022")
        assert second.endswith("nhiệm kỳ 2020-2025, kể từ ngày 01/4/2022")

    def test_an_outside_superior_stands_alone_in_its_head(self, agency, someone):
        made = context(factories.confirmed(agency, factories.appointment(someone)), DECISION)

        assert (made["cap_tren"], made["co_quan"]) == ("", "TỈNH ỦY")
        assert (made["thay_mat"], made["nguoi_ky"]) == ("T/M BAN THƯỜNG VỤ", "")

    def test_a_congress_result_is_confirmed_as_such(self, bloc):
        agency = factories.organization(bloc, name="Đảng bộ Sở Y tế")
        someone = factories.person(agency)
        dossier = factories.congress(agency, (someone, "committee_member"))
        [sentence] = sentences(dossier, DECISION)
        assert sentence.startswith("Chuẩn y đồng chí")
        assert sentence.endswith("tham gia Ban Chấp hành Đảng bộ Sở Y tế, nhiệm kỳ 2020-2025")


class TestExtract:
    @pytest.fixture
    def known(self, agency):
        return factories.person(
            agency,
            "Trần Thị Ánh",
            gender="female",
            birth_date=date(1980, 2, 5),
            ethnic_group="Tày",
            hometown="Xã Mới",
            joined_party_on=date(2005, 2, 3),
            official_on=date(2006, 2, 3),
            education="master",
            field_of_study="Luật",
            political_theory="advanced",
            present_post="Trưởng phòng",
        )

    def rows(self, dossier, scope=EVERYTHING):
        return context(dossier, EXTRACT, scope)["nhan_su"]

    def test_a_line_tells_what_the_register_knows(self, agency, known):
        item = factories.appointment(known, "committee_member", note="Luân chuyển")
        [row] = self.rows(factories.dossier(agency, item))

        assert row == {
            "stt": 1,
            "ho_ten": "Trần Thị Ánh",
            "gioi_tinh": "Nữ",
            "ngay_sinh": "05/02/1980",
            "dan_toc": "Tày",
            "que_quan": "Xã Mới",
            "vao_dang": "03/02/2005",
            "chinh_thuc": "03/02/2006",
            "chuyen_mon": "Thạc sĩ, Luật",
            "ly_luan": "Cao cấp",
            "chuc_vu": "Trưởng phòng",
            "du_kien": "Ủy viên Ban Chấp hành",
            "xep_loai": "chưa có số liệu",
            "ky_luat": "Không",
            "ghi_chu": "Luân chuyển",
        }

    def test_what_is_not_known_is_said_so(self, agency):
        [row] = self.rows(factories.dossier(agency, factories.appointment(factories.person(agency))))

        unknown = ("que_quan", "vao_dang", "chinh_thuc", "chuyen_mon", "ly_luan", "chuc_vu")
        assert {row[name] for name in unknown} == {"chưa có số liệu"}
        assert row["ghi_chu"] == "—"

    def test_a_person_has_one_line_whatever_the_number_of_items(self, agency, someone, known):
        items = [
            factories.appointment(known),
            factories.appointment(someone),
            factories.appointment(known, "secretary"),
        ]
        rows = self.rows(factories.dossier(agency, *items))

        assert [(row["stt"], row["ho_ten"], row["du_kien"]) for row in rows] == [
            (1, "Nguyễn Văn An", "Ủy viên Ban Chấp hành"),
            (2, "Trần Thị Ánh", "Bí thư; Ủy viên Ban Chấp hành"),
        ]

    def test_the_highest_seat_in_an_organisation_says_it_all(self, agency, bloc, someone):
        for code in ("committee_member", "standing_member", "deputy_secretary", "inspection_member"):
            factories.seated(someone, agency, code, on=date(2021, 3, 1))
        factories.seated(someone, bloc, on=date(2021, 3, 1))
        dossier = factories.dossier(agency, factories.release(someone, "deputy_secretary"))

        [row] = self.rows(dossier)

        assert row["du_kien"] == "Thôi Phó Bí thư"
        assert set(row["chuc_vu"].split("; ")) == {
            "Phó Bí thư Đảng bộ Sở Y tế",
            "Ủy viên Ủy ban Kiểm tra Đảng bộ Sở Y tế",
            "Ủy viên Ban Chấp hành Đảng bộ Khối",
            "Phó Giám đốc Sở",
        }

    def test_seats_outside_the_scope_are_not_named(self, agency, bloc, someone):
        factories.seated(someone, bloc, on=date(2021, 3, 1))
        dossier = factories.dossier(agency, factories.appointment(someone))
        clerk = factories.holder_of("view", path=agency.path)

        [row] = self.rows(dossier, clerk.scope)

        assert row["chuc_vu"] == "Phó Giám đốc Sở"

    @pytest.mark.parametrize(
        ("valid_to", "shown"), [(None, "Cảnh cáo từ 05/01/2022"), (date(2022, 1, 31), "Không")], ids=["lasts", "over"]
    )
    def test_discipline_is_a_state_of_the_day(self, agency, someone, valid_to, shown):
        dossier = factories.dossier(agency, factories.appointment(someone), opened_on=date(2022, 2, 1))
        by = factories.office()
        discipline(someone, kind="warning", valid_from=date(2022, 1, 5), valid_to=valid_to, by=by)

        assert self.rows(dossier)[0]["ky_luat"] == shown

    def test_its_table_lies_on_the_side_and_repeats_its_head(self, agency, someone):
        dossier = factories.dossier(agency, factories.appointment(someone))
        made = WordFile(BytesIO(write_paper(Dossier.objects.with_everything().get(pk=dossier.pk), EXTRACT, EVERYTHING)))
        table = made.tables[1]

        assert made.sections[0].page_width > made.sections[0].page_height
        assert len(table.columns) == 15
        assert [cell.text for cell in table.rows[1].cells][:4] == ["1", "Nguyễn Văn An", "Nam", "20/5/1975"]
        assert len(table.rows) == 2
        assert table.rows[0]._tr.trPr.xpath("w:tblHeader")

    def test_it_tells_the_paper_that_it_goes_with(self, agency, someone):
        text = paper(asked_by_paper(agency, factories.appointment(someone)), EXTRACT)

        assert "(Kèm theo Tờ trình số 12-TTr/ĐU, ngày 15/02/2022)" in text
        assert "Số liệu tính đến ngày 15/02/2022" in text
        assert "Danh sách này có 01 đồng chí." in text


class TestMinutes:
    def minutes(self, agency, *items):
        return context(factories.dossier(agency, *items), MINUTES)

    @pytest.mark.parametrize(
        ("numbers", "share", "threshold", "verdict"),
        [
            (factories.votes(12, 15), "80,00 % (12/15)", 8, "Trúng cử"),
            (factories.votes(8, 15), "53,33 % (8/15)", 8, "Trúng cử"),
            (factories.votes(7, 15), "46,67 % (7/15)", 8, "Không trúng cử"),
            (factories.votes(7, 14), "50,00 % (7/14)", 8, "Không trúng cử"),
            (factories.votes(8, 16, 2), "57,14 % (8/14)", 8, "Trúng cử"),
        ],
    )
    def test_the_share_is_of_those_summoned(self, agency, someone, numbers, share, threshold, verdict):
        [row] = self.minutes(agency, factories.appointment(someone, **ELECTION, vote=numbers))["ket_qua"]

        assert (row["ty_le"], row["nguong"], row["ket_qua"]) == (share, threshold, verdict)

    def test_every_number_of_the_vote_is_there(self, agency, someone):
        numbers = {"summoned": 20, "excluded": 2, "excluded_reason": "Đi học", "present": 17, "issued": 16}
        numbers |= {"collected": 15, "valid": 14, "in_favour": 13}
        made = self.minutes(agency, factories.appointment(someone, "secretary", **ELECTION, vote=numbers))
        row = made["ket_qua"][0]

        names = ("trieu_tap", "khong_tinh", "co_mat", "phat_ra", "thu_ve", "hop_le", "dong_y")
        assert [row[name] for name in names] == [20, 2, 17, 16, 15, 14, 13]
        assert (row["chuc_danh"], row["ngay_bau"]) == ("Bí thư", "10/02/2022")
        assert made["khong_tinh"] == ["Đồng chí Nguyễn Văn An: không tính 02, lý do: Đi học"]

    def test_items_without_a_vote_are_left_out(self, agency, someone):
        voted = factories.appointment(someone, **ELECTION, vote=factories.votes(12, 15))
        made = self.minutes(agency, factories.appointment(factories.person(agency)), voted)

        assert [(row["stt"], row["ho_ten"]) for row in made["ket_qua"]] == [(1, "Nguyễn Văn An")]
        assert made["khong_tinh"] == []

    def test_the_day_is_that_of_the_vote_and_open_when_there_are_several(self, agency, someone):
        first = factories.appointment(someone, **ELECTION, vote=factories.votes(12, 15))
        later = ELECTION | {"elected_on": date(2022, 2, 11)}
        second = factories.appointment(factories.person(agency), **later, vote=factories.votes(12, 15))

        assert self.minutes(agency, first)["ngay_ky"] == long_day(date(2022, 2, 10))
        assert self.minutes(agency, first, second)["ngay_ky"] == "ngày …… tháng …… năm ………"

    def test_a_congress_has_a_board_and_a_presidium(self, bloc):
        agency = factories.organization(bloc, name="Đảng bộ Sở Y tế")
        elected = factories.appointment(
            factories.person(agency), method="congress", elected_on=factories.TERM_BEGINS, vote=factories.votes(80, 100)
        )
        dossier = factories.dossier(agency, elected, kind="congress", congress=factories.congress_fields())
        made = context(dossier, MINUTES)

        assert made["cuoc_hop"] == "Đại hội Đảng bộ Sở Y tế"
        assert (made["chu_tri"], made["thay_mat"]) == ("T/M ĐOÀN CHỦ TỊCH", "T/M BAN KIỂM PHIẾU")
        assert made["trich_yeu"] == "Bầu cử tại Đại hội Đảng bộ Sở Y tế, nhiệm kỳ 2020-2025"


class TestAll:
    NASTY = 'Nguyễn & <Thị> "Hoa" {{ mat }}'

    def everything(self, agency, person):
        voted = factories.appointment(person, **ELECTION, vote=factories.votes(12, 16, 1))
        return factories.submitted(agency, voted)

    @pytest.mark.parametrize("kind", CONTEXTS)
    def test_they_use_exactly_the_names_that_templates_may_use(self, agency, someone, kind):
        made, sample = context(self.everything(agency, someone), kind), SAMPLES[kind]

        assert shape(made) == shape(sample)

    @pytest.mark.parametrize("kind", CONTEXTS)
    def test_marks_in_a_name_stay_as_they_are(self, agency, kind):
        text = paper(self.everything(agency, factories.person(agency, self.NASTY)), kind)
        assert self.NASTY in text

    @pytest.mark.parametrize("kind", CONTEXTS)
    def test_a_long_name_is_there_whole(self, bloc, kind):
        long = "Đảng bộ " + " ".join(["Ban Quản lý Dự án Đầu tư Xây dựng các Công trình"] * 5)
        agency = factories.organization(bloc, name=long)
        factories.term(agency)
        name = "Nguyễn " + " ".join(["Thị"] * 25)
        text = paper(self.everything(agency, factories.person(agency, name)), kind)
        assert name in text
        assert long.removeprefix("Đảng bộ") in text

    @pytest.mark.parametrize("kind", CONTEXTS)
    def test_they_take_the_same_few_queries_whatever_the_number_of_items(self, agency, bloc, kind):
        def items(count):
            people = [factories.person(agency) for _ in range(count)]
            return [factories.appointment(each, **ELECTION, vote=factories.votes(12, 15)) for each in people]

        client = as_board(bloc)
        few, many = (factories.submitted(agency, *items(count)) for count in (2, 12))
        queries = [count_queries(client, address(each, kind)) for each in (few, many)]
        assert queries[0] == queries[1] <= 30


def shape(value):
    """Return the names in a context, and what kind of value each stands for."""
    if isinstance(value, dict):
        return {name: shape(each) for name, each in value.items()}
    if isinstance(value, list):
        return [shape(value[0])]
    return type(value)


def address(dossier, kind):
    return reverse("personnel:dossier_paper", args=[dossier.pk, kind])


class TestPage:
    @pytest.fixture
    def dossier(self, agency, someone):
        return factories.submitted(agency, factories.appointment(someone))

    def test_it_sends_a_word_file_with_a_plain_name(self, agency, dossier):
        response = as_role(Role.GRASSROOTS_CLERK, agency).get(address(dossier, "to-trinh"))

        assert response.status_code == 200
        assert response["Content-Type"].endswith("wordprocessingml.document")
        assert response["Content-Disposition"] == f'attachment; filename="{dossier.code}-to-trinh.docx"'
        assert "TỜ TRÌNH" in text_of_word(response.content)

    @pytest.mark.parametrize("kind", ["kiem-phieu", "khac", "TO-TRINH"])
    def test_what_the_dossier_has_not_is_not_found(self, agency, dossier, kind):
        assert as_board(agency).get(address(dossier, kind)).status_code == 404

    def test_a_dossier_of_others_is_not_found(self, bloc, dossier):
        elsewhere = factories.organization(bloc)
        client = as_role(Role.GRASSROOTS_CLERK, elsewhere)
        assert client.get(address(dossier, "to-trinh")).status_code == 404

    def test_it_only_reads_and_needs_a_role(self, agency, dossier):
        assert as_board(agency).post(address(dossier, "to-trinh")).status_code == 405
        assert signed_in(factories.user(role=None)).get(address(dossier, "to-trinh")).status_code == 403

    def test_the_offices_own_template_is_used(self, agency, dossier):
        own = upload(word("Gửi {{ kinh_gui }}"), "mẫu.docx")
        replace_paper_template(PaperTemplate(kind=SUBMISSION), upload=own, by=factories.office())

        response = as_board(agency).get(address(dossier, "to-trinh"))

        assert text_of_word(response.content) == "Gửi Ban Thường vụ Đảng ủy Khối"

    def test_a_template_that_fails_with_this_dossier_is_told_of(self, agency, dossier):
        own = upload(word("{% if kinh_gui == 'Ban Thường vụ Đảng ủy Khối' and stt %}{% endif %}"), "mẫu.docx")
        template = PaperTemplate(kind=SUBMISSION, name="mẫu.docx", uploaded_by=factories.office())
        template.content.save("mẫu.docx", own)  # as if it had passed the trial

        response = as_board(agency).get(address(dossier, "to-trinh"), follow=True)

        assert response.redirect_chain == [(dossier.get_absolute_url(), 302)]
        assert "Không lập được giấy tờ từ mẫu riêng của cơ quan. Mẫu dùng tên “stt”" in response.content.decode()
