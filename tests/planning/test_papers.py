"""What the Word papers of planning say: submission, decision, list, comparison."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from docx import Document as WordFile

from accounts.roles import Role
from organizations.actions import amend_organization
from personnel.actions import discipline
from planning import actions as planning
from planning.comparison import compare
from planning.models import PlanApproval, PositionGroup
from planning.papers import papers_of, write_plan_paper
from planning.papers.facts import facts_of_decision
from tests import factories
from tests.factories import DECIDED
from tests.planning.plans_on_paper import (
    COMMITTEE,
    COMPARISON,
    DECISION,
    EVERYTHING,
    INTRODUCED,
    LIST,
    SECRETARIES,
    SUBMISSION,
    SUBMITTED,
    approved,
    context,
    make_an,
    make_binh,
    names_of,
    paper,
    place,
    review_of_secretaries,
    round_of,
    sentences,
    submission_paper,
    submitted,
    typed,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def bloc():
    made = factories.organization(name="Đảng bộ Khối")
    factories.term(made)
    return made


@pytest.fixture
def agency(bloc):
    return place(bloc)


@pytest.fixture
def an(agency):
    return make_an(agency)


@pytest.fixture
def binh(agency):
    return make_binh(agency)


@pytest.fixture
def plan(bloc, agency, an, binh):
    """A submitted plan: An and Bình for secretary, Bình for deputy too."""
    return submitted(round_of(bloc), agency, (an, "secretary"), (binh, "secretary"), (binh, "deputy_secretary"))


@pytest.fixture
def reviewed(bloc, agency):
    return review_of_secretaries(bloc, agency)


class TestWhichThereAre:
    def test_a_waiting_plan_has_a_draft_of_the_decision(self, plan):
        assert papers_of(plan) == [
            ("to-trinh-quy-hoach", "Tờ trình quy hoạch"),
            ("quyet-dinh-quy-hoach", "Dự thảo quyết định phê duyệt quy hoạch"),
            ("danh-sach-quy-hoach", "Danh sách quy hoạch"),
        ]

    def test_an_approved_one_has_its_decision(self, plan):
        assert dict(papers_of(*approved(plan)))[DECISION] == "Quyết định phê duyệt quy hoạch"

    def test_a_review_has_a_comparison(self, reviewed):
        assert dict(papers_of(reviewed))[COMPARISON] == "Biểu so sánh rà soát quy hoạch"

    def test_a_returned_one_has_none(self, plan):
        planning.return_plan(plan, by=factories.superior(), reason="Thiếu hồ sơ", on=DECIDED)
        assert papers_of(PlanApproval.objects.get(pk=plan.pk)) == []

    def test_it_takes_no_query(self, plan, django_assert_num_queries):
        fresh = PlanApproval.objects.select_related("round").get(pk=plan.pk)
        with django_assert_num_queries(0):
            papers_of(fresh)


class TestHead:
    def test_the_organisation_asks_whoever_conducts_the_round(self, bloc, agency, an):
        plan = submitted(round_of(bloc), agency, (an, "secretary"), submission=submission_paper(agency))
        made = context(plan, SUBMISSION)

        assert (made["cap_tren"], made["co_quan"]) == ("ĐẢNG ỦY KHỐI", "ĐẢNG ỦY SỞ Y TẾ")
        assert (made["so_ky_hieu"], made["ngay_ky"]) == ("Số 12-TTr/ĐU", "ngày 20 tháng 02 năm 2022")
        assert (made["kinh_gui"], made["ben_trinh"]) == ("Ban Thường vụ Đảng ủy Khối", "Đảng ủy Sở Y tế")

    def test_number_and_day_stay_open_without_a_paper_in_the_register(self, plan):
        made = context(plan, SUBMISSION)

        assert (made["so_ky_hieu"], made["ngay_ky"]) == ("Số ……-TTr/……", "ngày …… tháng …… năm ………")
        assert made["trich_yeu"] == (
            "Đề nghị phê duyệt quy hoạch Bí thư, Phó Bí thư Đảng ủy Sở Y tế, nhiệm kỳ 2025-2030"
        )

    def test_whoever_plans_for_itself_asks_the_one_above(self, bloc, agency, an, settings):
        settings.PAPER_TOP_SUPERIOR = "Cấp trên"
        own = submitted(round_of(agency), agency, (an, "secretary"))
        of_top = submitted(round_of(bloc), bloc, (an, "secretary"))

        assert context(own, SUBMISSION)["kinh_gui"] == "Ban Thường vụ Đảng ủy Khối"
        assert context(of_top, SUBMISSION)["kinh_gui"] == "Ban Thường vụ Cấp trên"

    def test_names_are_those_of_the_day_of_the_paper(self, agency, bloc, plan):
        amend_organization(agency, name="Đảng bộ Sở Mới", effective_on=date(2022, 7, 1), by=factories.office())
        amend_organization(bloc, name="Đảng bộ Lớn", effective_on=date(2022, 7, 1), by=factories.office())

        text = paper(plan, SUBMISSION)

        assert "ĐẢNG ỦY SỞ Y TẾ" in text
        assert "Kính gửi: Ban Thường vụ Đảng ủy Khối" in text
        assert "Mới" not in text

    def test_a_paper_of_somebody_else_is_headed_by_them(self, bloc, agency, an):
        paper_of_bloc = factories.document(bloc, SUBMITTED, "TTr", 9, summary="Đề nghị phê duyệt quy hoạch")
        plan = submitted(round_of(bloc), agency, (an, "secretary"), submission=paper_of_bloc)
        assert context(plan, SUBMISSION)["co_quan"] == "ĐẢNG ỦY KHỐI"

        outside = factories.document(issued_on=SUBMITTED, type="TTr", issuer_name="Ban Tổ chức Tỉnh ủy")
        other = submitted(round_of(bloc), agency, (an, "committee_member"), group=COMMITTEE, submission=outside)
        assert context(other, SUBMISSION)["co_quan"] == "BAN TỔ CHỨC TỈNH ỦY"


class TestLegalBasis:
    def basis(self, bloc, an, agency, *documents):
        return context(submitted(round_of(bloc, *documents), agency, (an, "secretary")), DECISION)["can_cu"]

    def test_the_rounds_documents_are_cited_the_highest_issuer_first_and_nothing_besides(self, bloc, agency, an):
        own = factories.document(bloc, date(2022, 1, 2), "HD", 6, summary="Công tác quy hoạch")
        above = factories.document(issued_on=date(2022, 1, 3), type="QyĐ", number=15, summary="Về quy hoạch cán bộ")

        assert self.basis(bloc, an, agency, own, above) == [
            "Căn cứ Quy định số 15-QĐ/TU, ngày 03/01/2022 của Ban Thường vụ Tỉnh ủy về quy hoạch cán bộ",
            "Căn cứ Hướng dẫn số 06-HD/ĐUK, ngày 02/01/2022 của Ban Thường vụ Đảng ủy Khối về công tác quy hoạch",
            "Xét đề nghị của Đảng ủy Sở Y tế",
        ]

    def test_without_documents_only_the_request_is_named(self, bloc, agency, an):
        assert self.basis(bloc, an, agency) == ["Xét đề nghị của Đảng ủy Sở Y tế"]

    def test_what_a_confidential_document_is_about_is_not_told(self, bloc, agency, an):
        secret = factories.document(number=7, summary="Nhân sự cụ thể", classification="confidential")
        assert self.basis(bloc, an, agency, secret)[0].endswith("của Ban Thường vụ Tỉnh ủy")

    def test_the_submission_is_cited(self, bloc, agency, an):
        plan = submitted(round_of(bloc), agency, (an, "secretary"), submission=submission_paper(agency))
        assert context(plan, DECISION)["can_cu"] == [
            "Xét đề nghị tại Tờ trình số 12-TTr/ĐU, ngày 20/02/2022 của Đảng ủy Sở Y tế"
        ]


class TestSubmission:
    def test_it_reads_from_the_greeting_to_the_last_full_stop(self, bloc, agency, an, binh):
        planning_round = round_of(bloc, factories.document(number=15, type="QyĐ", summary="Công tác quy hoạch"))
        entries = [factories.plan_entry(planning_round, person, agency, "deputy_secretary") for person in (an, binh)]
        factories.ballot(*entries)
        lines = paper(submitted(planning_round, agency, submission=submission_paper(agency)), SUBMISSION).splitlines()

        for line in (
            "Số 12-TTr/ĐU",
            "TỜ TRÌNH",
            "Đề nghị phê duyệt quy hoạch",
            "Kính gửi: Ban Thường vụ Đảng ủy Khối",
            "- Căn cứ Quy định số 15-QĐ/TU, ngày 10/3/2022 của Ban Thường vụ Tỉnh ủy về công tác quy hoạch,",
            "Đảng ủy Sở Y tế kính trình Ban Thường vụ Đảng ủy Khối xem xét, phê duyệt quy hoạch với các nội dung sau:",
            "1. Đề nghị phê duyệt quy hoạch Bí thư, Phó Bí thư Đảng ủy Sở Y tế, nhiệm kỳ 2025-2030 "
            "đối với 02 đồng chí.",
            "Cơ cấu: nữ 50,00 % (1/2); dưới 40 tuổi 50,00 % (1/2); dân tộc thiểu số 50,00 % (1/2).",
            "1. Bước 1, Hội nghị Ban Chấp hành ngày 10/02/2022: triệu tập 15, có mặt 15 đồng chí, 15 phiếu hợp lệ; "
            "02/02 đồng chí được giới thiệu (mức cần đạt: trên 50 % số người được triệu tập).",
            "Kèm theo Tờ trình này: danh sách trích ngang, biên bản kiểm phiếu.",
            "Đảng ủy Sở Y tế kính đề nghị Ban Thường vụ Đảng ủy Khối xem xét, phê duyệt.",
            "- Như trên,",
            "- Lưu hồ sơ quy hoạch nhiệm kỳ 2025-2030.",
        ):
            assert line in lines, line
        assert "Nguyễn Văn An" not in "\n".join(lines)  # it counts; the list names

    def test_people_are_counted_once_and_positions_apart(self, plan):
        assert sentences(context(plan, SUBMISSION)) == [
            "Đề nghị phê duyệt quy hoạch Bí thư, Phó Bí thư Đảng ủy Sở Y tế, nhiệm kỳ 2025-2030 đối với 02 đồng chí "
            "(03 lượt chức danh), gồm Bí thư 02 đồng chí, Phó Bí thư 01 đồng chí"
        ]

    def test_it_says_what_was_aimed_at(self, bloc, agency, an):
        planning_round, by = round_of(bloc), factories.office()
        for group, code, seats, coefficient in (
            (COMMITTEE, None, 3, "1.50"),
            (SECRETARIES, "secretary", 1, "2.00"),
        ):
            planning.set_target(
                planning_round,
                organization=agency,
                group=group,
                seats=seats,
                coefficient=Decimal(coefficient),
                position=code and factories.position(code),
                by=by,
            )
        committee = submitted(planning_round, agency, (an, "committee_member"), group=COMMITTEE)
        secretaries = submitted(planning_round, agency, (an, "secretary"))

        assert sentences(context(committee, SUBMISSION))[0].endswith("; chỉ tiêu: 03 vị trí, hệ số 1,5")
        assert sentences(context(secretaries, SUBMISSION))[0].endswith("; chỉ tiêu: Bí thư 01 vị trí, hệ số 2")

    def test_that_no_ballot_is_known_is_said(self, plan):
        made = context(plan, SUBMISSION)
        assert sentences(made, "lay_phieu") == ["Bí thư, Phó Bí thư: chưa có số liệu lấy phiếu"]
        assert made["kem_theo"] == "danh sách trích ngang"

    def test_one_paper_may_ask_for_several_groups(self, bloc, agency, an, binh):
        planning_round, asked = round_of(bloc), submission_paper(agency)
        secretaries = submitted(planning_round, agency, (an, "secretary"), submission=asked)
        committee = submitted(planning_round, agency, (binh, "committee_member"), group=COMMITTEE, submission=asked)

        for plan in (secretaries, committee):
            first, second = sentences(context(plan, SUBMISSION))
            assert "quy hoạch Ban Chấp hành Đảng bộ Sở Y tế" in first
            assert "quy hoạch Bí thư, Phó Bí thư Đảng ủy Sở Y tế" in second

    def test_one_paper_may_ask_for_several_organisations_and_one_sees_ones_own(self, bloc, agency, an):
        planning_round, other = round_of(bloc), place(bloc, "Đảng bộ Sở Tài chính")
        asked = submission_paper(bloc)
        plan = submitted(planning_round, agency, (an, "secretary"), submission=asked)
        submitted(planning_round, other, (factories.person(other), "secretary"), submission=asked)
        clerk = factories.user(Role.GRASSROOTS_CLERK, agency)

        assert ["Tài chính" in said for said in sentences(context(plan, SUBMISSION))] == [True, False]
        assert len(sentences(context(plan, SUBMISSION, clerk.scope))) == 1
        assert "(Trích: 01/02 quy hoạch được đề nghị tại Tờ trình này)" in paper(plan, SUBMISSION, clerk.scope)

    def test_it_keeps_saying_what_was_submitted(self, bloc, plan, an, binh):
        before = context(plan, SUBMISSION)
        approved(plan, by_decision=factories.document(bloc, DECIDED), refused=list(plan.entries.filter(person=an)))
        planning.remove_entry(
            plan.entries.get(person=binh, position="secretary"),
            on=date(2022, 5, 1),
            reason="transfer",
            by=factories.office(),
        )
        assert context(plan, SUBMISSION) == before

    def test_a_review_says_who_stays_comes_and_goes_in_numbers(self, reviewed):
        made = context(reviewed, SUBMISSION)

        assert sentences(made) == [
            "Đề nghị phê duyệt kết quả rà soát, bổ sung quy hoạch Bí thư, Phó Bí thư Đảng ủy Sở Y tế, nhiệm kỳ "
            "2025-2030: giữ 01 đồng chí; bổ sung 01 đồng chí; đưa ra 01 đồng chí; đã đưa ra từ khi mở đợt 01 đồng chí; "
            "quy hoạch sau rà soát, bổ sung có 02 đồng chí, gồm Bí thư 01 đồng chí, Phó Bí thư 01 đồng chí"
        ]
        assert made["kem_theo"] == "danh sách trích ngang, biểu so sánh kết quả rà soát"
        approved(reviewed, by_decision=factories.document(issued_on=date(2023, 3, 10)))
        assert sentences(context(reviewed, SUBMISSION)) == sentences(made)

    def test_people_of_an_unknown_ethnic_group_are_in_no_share(self, bloc, agency, an, binh):
        unknown = factories.person(agency, ethnic_group="")
        one = submitted(round_of(bloc), agency, (unknown, "secretary"))
        some = submitted(
            round_of(bloc), agency, (unknown, "committee_member"), (binh, "committee_member"), group=COMMITTEE
        )

        [row], [other] = (context(each, SUBMISSION)["noi_dung"] for each in (one, some))
        assert row["co_cau"].endswith("dân tộc thiểu số chưa có số liệu")
        assert typed(other["co_cau"]).endswith("dân tộc thiểu số 100,00 % (1/1), 01 đồng chí chưa có số liệu")

    @pytest.mark.parametrize(
        ("kind", "name", "group", "code", "said"),
        [
            (None, "Đảng bộ Sở A", "committee", "committee_member", "Ban Chấp hành Đảng bộ Sở A"),
            (None, "Đảng bộ Sở A", "standing", "standing_member", "Ban Thường vụ Đảng ủy Sở A"),
            (
                None,
                "Đảng bộ Sở A",
                "inspection_heads",
                "inspection_chair",
                "Chủ nhiệm, Phó Chủ nhiệm Ủy ban Kiểm tra Đảng ủy Sở A",
            ),
            ("grassroots_cell", "Chi bộ Tạp chí", "committee", "committee_member", "Chi ủy Tạp chí"),
            ("grassroots_cell", "Chi bộ Tạp chí", "secretaries", "secretary", "Bí thư, Phó Bí thư Chi bộ Tạp chí"),
        ],
    )
    def test_every_group_has_its_words(self, bloc, kind, name, group, code, said):
        made = place(bloc, name, kind)
        plan = submitted(round_of(bloc), made, (factories.person(made), code), group=PositionGroup(group))
        assert context(plan, SUBMISSION)["trich_yeu"] == f"Đề nghị phê duyệt quy hoạch {said}, nhiệm kỳ 2025-2030"


class TestDecision:
    def decided(self, bloc, *plans, **fields) -> list[PlanApproval]:
        fields = {"summary": "Phê duyệt quy hoạch cấp ủy"} | fields
        return approved(*plans, by_decision=factories.document(bloc, DECIDED, "QĐ", 34, **fields))

    def test_it_names_who_is_planned_for_what(self, bloc, plan):
        [decided] = self.decided(bloc, plan)

        lines = paper(decided, DECISION).splitlines()

        for line in (
            "ĐẢNG ỦY KHỐI",
            "Số 34-QĐ/ĐUK",
            "……………, ngày 10 tháng 3 năm 2022",
            "Phê duyệt quy hoạch cấp ủy",
            "- Xét đề nghị của Đảng ủy Sở Y tế,",
            "BAN THƯỜNG VỤ ĐẢNG ỦY KHỐI",
            "Điều 1. Phê duyệt quy hoạch Bí thư, Phó Bí thư Đảng ủy Sở Y tế, nhiệm kỳ 2025-2030 đối với 02 đồng chí "
            "(có danh sách kèm theo):",
            "1. Bí thư (02 đồng chí): Nguyễn Văn An, Trần Thị Bình.",
            "2. Phó Bí thư (01 đồng chí): Trần Thị Bình.",
            "Điều 2. Quyết định này có hiệu lực kể từ ngày ký.",
            "Điều 3. Đảng ủy Sở Y tế và các đồng chí có tên trong danh sách kèm theo chịu trách nhiệm thi hành "
            "Quyết định này.",
        ):
            assert line in lines, line
        assert "DỰ THẢO" not in lines
        assert "DANH SÁCH" not in lines

    def test_until_then_it_is_a_draft_with_open_number_and_day(self, bloc, plan):
        factories.document(bloc, date(2022, 1, 5), "QĐ")
        lines = paper(plan, DECISION).splitlines()

        assert lines[0] == "DỰ THẢO"
        assert "Số ……-QĐ/ĐUK" in lines
        assert "……………, ngày …… tháng …… năm ………" in lines
        assert "Phê duyệt quy hoạch Bí thư, Phó Bí thư Đảng ủy Sở Y tế, nhiệm kỳ 2025-2030" in lines

    def test_a_draft_leaves_out_whoever_was_taken_out_since(self, plan, an):
        planning.remove_entry(plan.entries.get(person=an), on=DECIDED, reason="own_wish", by=factories.office())

        text = paper(plan, DECISION)

        assert "Nguyễn Văn An" not in text
        assert "đối với 01 đồng chí" in text

    def test_whoever_was_refused_is_not_in_it_and_whoever_left_later_is(self, bloc, plan, an, binh):
        planning.approve_plans(
            [plan],
            by=factories.superior(),
            decision=factories.document(),
            refused=list(plan.entries.filter(person=an)),
            explanation=factories.EXPLANATION,
        )
        for entry in plan.entries.filter(person=binh):
            planning.remove_entry(entry, on=date(2022, 6, 1), reason="transfer", by=factories.office())

        text = paper(plan, DECISION)

        assert "Nguyễn Văn An" not in text
        assert "1. Bí thư (01 đồng chí): Trần Thị Bình." in text

    def test_a_review_says_who_leaves_who_comes_and_how_many_there_are(self, reviewed):
        draft = sentences(context(reviewed, DECISION))
        approved(reviewed, by_decision=factories.document(issued_on=date(2023, 3, 10)))
        made = context(reviewed, DECISION)

        assert made["dieu_1"] == (
            "Phê duyệt kết quả rà soát, bổ sung quy hoạch Bí thư, Phó Bí thư Đảng ủy Sở Y tế, nhiệm kỳ 2025-2030 "
            "(có danh sách kèm theo)"
        )
        assert sentences(made) == draft
        assert draft == [
            "Đưa ra khỏi quy hoạch 01 đồng chí là Lê Đi Ra (Bí thư, chuyển công tác)",
            "Bổ sung vào quy hoạch 01 đồng chí là Lê Mới (Phó Bí thư)",
            "Quy hoạch sau rà soát, bổ sung có 02 đồng chí, gồm Bí thư 01 đồng chí, Phó Bí thư 01 đồng chí",
        ]

    def test_one_decision_over_many_organisations_lists_them(self, bloc, agency, plan, binh):
        other = place(bloc, "Đảng bộ Sở Tài chính")
        theirs = submitted(
            plan.round,
            other,
            (binh, "secretary"),
            (factories.person(other, "Lý Tài Chính"), "secretary"),
            submission=submission_paper(other, 3),
        )
        decided, _ = self.decided(bloc, plan, theirs)

        made = context(decided, DECISION)
        lines = paper(decided, DECISION).splitlines()

        assert made["dieu_1"] == (
            "Phê duyệt quy hoạch nhiệm kỳ 2025-2030 của 02 tổ chức đảng đối với 03 đồng chí (có danh sách kèm theo)"
        )
        assert sentences(made) == ["Bí thư, Phó Bí thư: 02 tổ chức đảng, 03 đồng chí"]
        assert [list(row.values()) for row in made["to_chuc"]] == [
            [1, "Đảng bộ Sở Tài chính", "Bí thư, Phó Bí thư", "03-TTr/ĐU, ngày 20/02/2022", "02", "—"],
            [2, "Đảng bộ Sở Y tế", "Bí thư, Phó Bí thư", "Trình ngày 20/02/2022", "02", "—"],
        ]
        assert made["can_cu"] == ["Xét đề nghị của các tổ chức đảng có tên trong danh sách kèm theo"]
        for line in (
            "DANH SÁCH",
            "(Kèm theo Quyết định số 34-QĐ/ĐUK, ngày 10/3/2022)",
            "Tổng số: 02 tổ chức đảng, 03 đồng chí.",
            "Điều 3. Các tổ chức đảng và các đồng chí có tên trong danh sách kèm theo chịu trách nhiệm thi hành "
            "Quyết định này.",
        ):
            assert line in lines, line
        assert "Nguyễn Văn An" not in lines

    def test_groups_of_one_organisation_are_named_without_an_annex(self, bloc, agency, plan, binh):
        committee = submitted(plan.round, agency, (binh, "committee_member"), group=COMMITTEE)
        decided, _ = self.decided(bloc, plan, committee)
        made = context(decided, DECISION)

        assert made["dieu_1"].startswith("Phê duyệt quy hoạch nhiệm kỳ 2025-2030 của Đảng bộ Sở Y tế đối với 02")
        assert sentences(made) == [
            "Ủy viên Ban Chấp hành (01 đồng chí): Trần Thị Bình",
            "Bí thư (02 đồng chí): Nguyễn Văn An, Trần Thị Bình",
            "Phó Bí thư (01 đồng chí): Trần Thị Bình",
        ]
        assert made["to_chuc"] == []

    def test_reviews_of_one_organisation_have_a_sentence_each(self, bloc, agency, reviewed, an):
        committee = submitted(
            reviewed.round,
            agency,
            (an, "committee_member"),
            group=COMMITTEE,
            on=date(2023, 2, 20),
            introduced=date(2023, 2, 1),
        )
        decided, _ = approved(reviewed, committee, by_decision=factories.document(issued_on=date(2023, 3, 10)))

        made = context(decided, DECISION)

        assert made["dieu_1"] == (
            "Phê duyệt kết quả rà soát, bổ sung quy hoạch nhiệm kỳ 2025-2030 của Đảng bộ Sở Y tế "
            "(có danh sách kèm theo)"
        )
        assert sentences(made) == [
            "Ban Chấp hành: bổ sung vào quy hoạch 01 đồng chí là Nguyễn Văn An; "
            "quy hoạch sau rà soát, bổ sung có 01 đồng chí",
            "Bí thư, Phó Bí thư: đưa ra khỏi quy hoạch 01 đồng chí là Lê Đi Ra (Bí thư, chuyển công tác); "
            "bổ sung vào quy hoạch 01 đồng chí là Lê Mới (Phó Bí thư); "
            "quy hoạch sau rà soát, bổ sung có 02 đồng chí, gồm Bí thư 01 đồng chí, Phó Bí thư 01 đồng chí",
        ]

    def test_first_plans_and_reviews_may_share_a_decision(self, bloc, agency, reviewed):
        other = place(bloc, "Đảng bộ Sở Tài chính")
        first = submitted(round_of(bloc), other, (factories.person(other), "secretary"))
        decided, _ = approved(reviewed, first, by_decision=factories.document(issued_on=date(2023, 3, 10)))

        made = context(decided, DECISION)

        assert made["dieu_1"].startswith(
            "Phê duyệt quy hoạch và kết quả rà soát, bổ sung quy hoạch nhiệm kỳ 2025-2030 của 02 tổ chức đảng"
        )
        assert [(row["so_luong"], row["ghi_chu"]) for row in made["to_chuc"]] == [
            ("01", "—"),
            ("02", "Bổ sung 01, đưa ra 01"),
        ]

    def test_whoever_sees_a_part_is_told_which_part(self, bloc, agency, plan):
        other = place(bloc, "Đảng bộ Sở Tài chính")
        theirs = submitted(plan.round, other, (factories.person(other, "Lý Tài Chính"), "secretary"))
        decided, _ = self.decided(bloc, plan, theirs)
        clerk = factories.user(Role.GRASSROOTS_CLERK, agency)

        text = paper(decided, DECISION, clerk.scope)

        assert "(Trích: 01/02 quy hoạch được phê duyệt tại Quyết định này)" in text
        assert "Tài chính" not in text
        assert "Trích" not in paper(decided, DECISION)

    @pytest.mark.parametrize(
        ("effective_on", "works"), [(None, "kể từ ngày ký"), (date(2022, 4, 1), "kể từ ngày 01/4/2022")]
    )
    def test_it_says_from_when_it_works(self, bloc, plan, effective_on, works):
        [decided] = self.decided(bloc, plan, effective_on=effective_on)
        assert context(decided, DECISION)["hieu_luc"] == works

    def test_an_outside_superior_stands_alone_in_its_head(self, plan):
        made = context(approved(plan)[0], DECISION)
        assert (made["cap_tren"], made["co_quan"]) == ("", "TỈNH ỦY")

    def test_what_it_tells_is_what_the_comparison_tells(self, agency, reviewed):
        approved(reviewed, by_decision=factories.document(issued_on=date(2023, 3, 10)))
        plan = facts_of_decision(PlanApproval.objects.get(pk=reviewed.pk), EVERYTHING).asked
        compared = compare(reviewed.round, agency, SECRETARIES, date(2023, 4, 1))

        assert list(plan.coming) == list(compared.coming)
        assert list(plan.staying) == list(compared.staying)
        assert {each.entry for each in [*plan.left, *plan.leaving]} == {each.entry for each in compared.leaving}


class TestList:
    def test_it_has_a_line_for_each_person_and_position(self, bloc, agency, binh, plan):
        made = context(plan, LIST)

        assert [group["ten"] for group in made["nhom"]] == ["Bí thư (02 đồng chí)", "Phó Bí thư (01 đồng chí)"]
        assert names_of(made) == [["Nguyễn Văn An", "Trần Thị Bình"], ["Trần Thị Bình"]]
        assert made["tong_so"] == "02 đồng chí (03 lượt chức danh)"
        assert made["trich_yeu"] == ("Nhân sự đề nghị quy hoạch Bí thư, Phó Bí thư Đảng ủy Sở Y tế, nhiệm kỳ 2025-2030")

    def test_a_line_tells_what_the_register_knows(self, bloc, agency):
        known = factories.person(
            agency,
            "Trần Thị Ánh",
            gender="female",
            birth_date=date(1985, 2, 5),
            ethnic_group="Tày",
            hometown="Xã Mới",
            joined_party_on=date(2005, 2, 3),
            official_on=date(2006, 2, 3),
            education="master",
            field_of_study="Luật",
            political_theory="advanced",
            present_post="Trưởng phòng",
        )
        factories.seated(known, agency, on=date(2021, 3, 1))
        planning_round = round_of(bloc)
        planning.introduce(
            planning_round,
            organization=agency,
            candidates=[(known, factories.position("secretary"))],
            on=INTRODUCED,
            object_group=2,
            note="Luân chuyển",
            by=factories.office(),
        )
        [group] = context(submitted(planning_round, agency), LIST)["nhom"]

        assert group["nhan_su"] == [
            {
                "stt": 1,
                "ho_ten": "Trần Thị Ánh",
                "gioi_tinh": "Nữ",
                "ngay_sinh": "05/02/1985",
                "dan_toc": "Tày",
                "que_quan": "Xã Mới",
                "vao_dang": "03/02/2005",
                "chinh_thuc": "03/02/2006",
                "chuyen_mon": "Thạc sĩ, Luật",
                "ly_luan": "Cao cấp",
                "chuc_vu": "Ủy viên Ban Chấp hành Đảng bộ Sở Y tế; Trưởng phòng",
                "chuc_danh": "Bí thư",
                "doi_tuong": "2",
                "ghi_chu": "Luân chuyển",
            }
        ]

    def test_what_is_not_known_is_said_so(self, bloc, agency):
        bare = factories.person(agency, ethnic_group="")
        [group] = context(submitted(round_of(bloc), agency, (bare, "secretary")), LIST)["nhom"]
        [row] = group["nhan_su"]

        unknown = ("dan_toc", "que_quan", "vao_dang", "chinh_thuc", "chuyen_mon", "ly_luan", "chuc_vu")
        assert {row[name] for name in unknown} == {"chưa có số liệu"}
        assert row["ghi_chu"] == "—"

    def test_names_stand_in_vietnamese_order(self, bloc, agency):
        people = [factories.person(agency, name) for name in ("Đỗ Ưng", "Lê Ước", "Trần Đức", "An Dũng")]
        plan = submitted(round_of(bloc), agency, *((person, "committee_member") for person in people), group=COMMITTEE)
        assert names_of(context(plan, LIST)) == [["An Dũng", "Trần Đức", "Đỗ Ưng", "Lê Ước"]]

    def test_while_it_waits_it_goes_with_the_submission(self, bloc, agency, an):
        plan = submitted(round_of(bloc), agency, (an, "secretary"), submission=submission_paper(agency))
        made = context(plan, LIST)

        assert (made["co_quan"], made["kem_theo"]) == ("ĐẢNG ỦY SỞ Y TẾ", "Tờ trình số 12-TTr/ĐU, ngày 20/02/2022")
        assert (made["tinh_den"], made["so_ky_hieu"]) == ("20/02/2022", "")

    def test_whoever_was_taken_out_while_it_waited_is_marked(self, plan, an):
        planning.remove_entry(plan.entries.get(person=an), on=DECIDED, reason="own_wish", by=factories.office())
        rows = context(plan, LIST)["nhom"][0]["nhan_su"]
        assert [row["ghi_chu"] for row in rows] == ["Đã đưa ra từ 10/3/2022: Nguyện vọng cá nhân", "—"]

    def test_once_approved_it_goes_with_the_decision(self, bloc, plan, an):
        decision = factories.document(bloc, DECIDED, "QĐ", 34)
        [decided] = approved(plan, by_decision=decision, refused=list(plan.entries.filter(person=an)))
        made = context(decided, LIST)

        assert (made["co_quan"], made["kem_theo"]) == ("ĐẢNG ỦY KHỐI", "Quyết định số 34-QĐ/ĐUK, ngày 10/3/2022")
        assert made["tinh_den"] == "10/3/2022"
        assert made["trich_yeu"].startswith("Nhân sự quy hoạch")
        assert names_of(made) == [["Trần Thị Bình"], ["Trần Thị Bình"]]

    def test_a_measure_in_force_is_noted(self, plan, an):
        discipline(an, kind="reprimand", valid_from=date(2022, 2, 10), valid_to=None, by=factories.office())
        assert context(plan, LIST)["nhom"][0]["nhan_su"][0]["ghi_chu"] == "Khiển trách từ 10/02/2022"

    def test_after_a_review_it_holds_the_whole_plan_and_marks_who_is_new(self, reviewed):
        approved(reviewed, by_decision=factories.document(issued_on=date(2023, 3, 10)))
        made = context(reviewed, LIST)

        assert made["trich_yeu"] == (
            "Nhân sự quy hoạch Bí thư, Phó Bí thư Đảng ủy Sở Y tế, nhiệm kỳ 2025-2030, sau rà soát, bổ sung"
        )
        assert names_of(made) == [["Lê Ở Lại"], ["Lê Mới"]]
        assert [group["nhan_su"][0]["ghi_chu"] for group in made["nhom"]] == ["—", "Bổ sung"]

    def test_it_may_be_of_the_whole_decision(self, bloc, agency, plan):
        other = place(bloc, "Đảng bộ Sở Tài chính")
        theirs = submitted(plan.round, other, (factories.person(other, "Lý Tài Chính"), "deputy_secretary"))
        decided, _ = approved(plan, theirs)

        made = context(decided, LIST, whole_decision=True)

        assert [group["ten"] for group in made["nhom"]] == [
            "Đảng bộ Sở Tài chính – Phó Bí thư (01 đồng chí)",
            "Đảng bộ Sở Y tế – Bí thư (02 đồng chí)",
            "Đảng bộ Sở Y tế – Phó Bí thư (01 đồng chí)",
        ]
        assert made["trich_yeu"] == "Nhân sự quy hoạch nhiệm kỳ 2025-2030 của 02 tổ chức đảng"
        assert made["tong_so"] == "03 đồng chí (04 lượt chức danh)"
        assert names_of(context(decided, LIST)) == [["Nguyễn Văn An", "Trần Thị Bình"], ["Trần Thị Bình"]]

    def test_of_the_whole_decision_one_sees_what_lies_in_the_scope(self, bloc, agency, plan):
        other = place(bloc, "Đảng bộ Sở Tài chính")
        theirs = submitted(plan.round, other, (factories.person(other, "Lý Tài Chính"), "deputy_secretary"))
        decided, _ = approved(plan, theirs)
        clerk = factories.user(Role.GRASSROOTS_CLERK, agency)

        text = paper(decided, LIST, clerk.scope, whole_decision=True)

        assert "Lý Tài Chính" not in text
        assert "(Trích: 01/02 quy hoạch được phê duyệt tại Quyết định này)" in text

    def test_its_table_lies_on_the_side_and_repeats_its_head(self, plan):
        table = WordFile(BytesIO(write_plan_paper(plan, LIST, EVERYTHING))).tables[1]
        section = WordFile(BytesIO(write_plan_paper(plan, LIST, EVERYTHING))).sections[0]

        assert section.page_width > section.page_height
        assert len(table.columns) == 14
        assert [row.cells[0].text for row in table.rows] == [
            "STT",
            "Bí thư (02 đồng chí)",
            "1",
            "2",
            "Phó Bí thư (01 đồng chí)",
            "1",
        ]
        assert table.rows[0]._tr.trPr.xpath("w:tblHeader")


class TestComparison:
    def groups(self, made):
        return {group["ten"]: [(row["ho_ten"], row["ghi_chu"]) for row in group["nhan_su"]] for group in made["nhom"]}

    def test_it_has_who_leaves_who_comes_and_who_stays_with_totals(self, reviewed):
        made = context(reviewed, COMPARISON)

        assert self.groups(made) == {
            "I. Đưa ra khỏi quy hoạch (02 đồng chí)": [
                ("Lê Đi Trước", "Quá tuổi, từ ngày 20/01/2023; Theo 12-TB"),
                ("Lê Đi Ra", "Chuyển công tác; Về Sở khác"),
            ],
            "II. Bổ sung vào quy hoạch (01 đồng chí)": [("Lê Mới", "—")],
            "III. Giữ nguyên (01 đồng chí)": [("Lê Ở Lại", "—")],
        }
        assert made["tong_hop"] == [{"truoc": "03", "dua_ra": "02", "bo_sung": "01", "giu_nguyen": "01", "sau": "02"}]
        assert made["don_vi"] == "Đơn vị tính: đồng chí"

    def test_while_it_waits_it_goes_with_the_submission(self, agency, reviewed):
        assert context(reviewed, COMPARISON)["theo"] == ""
        PlanApproval.objects.filter(pk=reviewed.pk).update(submission=submission_paper(agency))

        made = context(reviewed, COMPARISON)

        assert (made["theo"], made["so_ky_hieu"]) == ("Kèm theo Tờ trình số 12-TTr/ĐU, ngày 20/02/2022", "")

    def test_approved_it_names_the_decision_and_tells_from_when(self, bloc, reviewed):
        decision = factories.document(bloc, date(2023, 3, 10), "QĐ", 7)
        [decided] = approved(reviewed, by_decision=decision)
        made = context(decided, COMPARISON)

        assert (made["co_quan"], made["theo"]) == ("ĐẢNG ỦY SỞ Y TẾ", "Theo Quyết định số 07-QĐ/ĐUK, ngày 10/3/2023")
        [(_, first), (_, second)] = self.groups(made)["I. Đưa ra khỏi quy hoạch (02 đồng chí)"]
        assert first.startswith("Quá tuổi, từ ngày 20/01/2023")
        assert second == "Chuyển công tác, từ ngày 10/3/2023; Về Sở khác"

    def test_somebody_planned_twice_makes_it_count_turns(self, bloc, agency, an):
        first = round_of(bloc)
        factories.plan_entry(first, an, agency, "secretary")
        factories.approved(first, agency)
        second = round_of(bloc, kind="review", opened_on=date(2023, 1, 5))
        factories.plan_entry(second, an, agency, "deputy_secretary", on=date(2023, 2, 1))

        made = context(submitted(second, agency, on=date(2023, 2, 20)), COMPARISON)

        assert made["don_vi"] == "Đơn vị tính: lượt chức danh"
        assert made["tong_hop"] == [{"truoc": "01", "dua_ra": "00", "bo_sung": "01", "giu_nguyen": "01", "sau": "02"}]

    def test_whoever_comes_back_is_marked(self, bloc, agency, an, binh):
        first = round_of(bloc)
        for person in (an, binh):
            factories.plan_entry(first, person, agency, "secretary")
        factories.approved(first, agency)
        left = first.entries.get(person=an)
        factories.left_for_a_measure(left)
        left.refresh_from_db()
        second = round_of(bloc, kind="review", opened_on=date(2025, 11, 5))
        planning.reenter(left, planning_round=second, on=date(2025, 11, 10), by=factories.office())

        made = context(submitted(second, agency, on=date(2025, 12, 1)), COMPARISON)

        assert self.groups(made)["II. Bổ sung vào quy hoạch (01 đồng chí)"] == [("Nguyễn Văn An", "Đưa trở lại")]
