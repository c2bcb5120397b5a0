"""The minutes of a ballot as a Word paper."""

from datetime import date

import pytest

from planning import actions as planning
from planning.actions import VoteDraft
from planning.models import BallotStep
from planning.papers import write_tally
from planning.papers.tally import tally
from tests import factories
from tests.planning.plans_on_paper import (
    EVERYTHING,
    make_an,
    make_binh,
    place,
    read,
    round_of,
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


class TestMinutes:
    @pytest.fixture
    def entries(self, bloc, agency, an, binh):
        planning_round = round_of(bloc)
        return [factories.plan_entry(planning_round, person, agency, "secretary") for person in (an, binh)]

    def held(self, entries, votes, **counts) -> BallotStep:
        numbers = {"summoned": 20, "present": 18, "issued": 17, "collected": 16, "valid": 15}
        return planning.record_ballot(
            entries[0].round,
            organization=entries[0].organization,
            group=entries[0].group,
            counts={"body": "Hội nghị Ban Chấp hành", "held_on": date(2022, 2, 10)} | numbers | counts,
            votes=votes,
            by=factories.office(),
        )

    def test_they_read_from_the_day_to_the_verdicts(self, entries):
        step = self.held(entries, [VoteDraft(entries[0], 10), VoteDraft(entries[1], 11)])

        lines = read(write_tally(step, EVERYTHING)).splitlines()

        for line in (
            "ĐẢNG ỦY SỞ Y TẾ",
            "……………, ngày 10 tháng 02 năm 2022",
            "BIÊN BẢN KIỂM PHIẾU",
            "Lấy phiếu giới thiệu quy hoạch Bí thư, Phó Bí thư Đảng ủy Sở Y tế, nhiệm kỳ 2025-2030 (bước 1)",
            "Ngày 10/02/2022, tại Đảng bộ Sở Y tế, Hội nghị Ban Chấp hành đã lấy phiếu giới thiệu quy hoạch Bí thư, "
            "Phó Bí thư Đảng ủy Sở Y tế, nhiệm kỳ 2025-2030. Tổ kiểm phiếu đã kiểm phiếu, kết quả như sau:",
            "- Số người được triệu tập: 20 đồng chí; có mặt: 18 đồng chí.",
            "- Số phiếu phát ra: 17; thu về: 16; hợp lệ: 15; không hợp lệ: 01.",
            "- Tỷ lệ tính trên số người được triệu tập (20). Mức để được giới thiệu: trên 50 % số người được triệu "
            "tập, tức là từ 11 phiếu đồng ý trở lên.",
            "Có 01/02 đồng chí được giới thiệu.",
            "T/M TỔ KIỂM PHIẾU",
        ):
            assert line in lines, line

    def test_the_most_votes_stand_first_with_their_share_of_the_base(self, entries):
        step = self.held(entries, [VoteDraft(entries[0], 10), VoteDraft(entries[1], 11)])
        assert [list(row.values()) for row in tally(step, EVERYTHING)["ket_qua"]] == [
            [1, "Trần Thị Bình", "Bí thư", 11, "55,00 % (11/20)", "Được giới thiệu"],
            [2, "Nguyễn Văn An", "Bí thư", 10, "50,00 % (10/20)", "Không được giới thiệu"],
        ]

    @pytest.mark.parametrize(
        ("base", "comparison", "of", "rule", "threshold"),
        [
            ("valid", "more_than", "số phiếu hợp lệ (15)", "trên 50 % số phiếu hợp lệ", "08"),
            ("collected", "at_least", "số phiếu thu về (16)", "từ 50 % số phiếu thu về trở lên", "08"),
            ("present", "more_than", "số người có mặt (18)", "trên 50 % số người có mặt", "10"),
        ],
    )
    def test_the_threshold_is_told_in_words_with_its_base(self, entries, base, comparison, of, rule, threshold):
        votes = [VoteDraft(entry, 12) for entry in entries]
        made = tally(self.held(entries, votes, base=base, comparison=comparison), EVERYTHING)
        assert (made["tinh_tren"], typed(made["muc"]), made["nguong"]) == (of, rule, threshold)

    def test_a_verdict_other_than_the_threshold_has_its_reason(self, entries):
        step = self.held(
            entries, [VoteDraft(entries[0], 10, goes_on=True, reason="Theo cơ cấu"), VoteDraft(entries[1], 12)]
        )
        made = tally(step, EVERYTHING)
        assert made["ket_qua"][1]["ket_luan"] == "Được giới thiệu (Theo cơ cấu)"
        assert made["tong_hop"] == "Có 02/02 đồng chí được giới thiệu"

    def test_somebody_who_stands_twice_counts_as_turns(self, entries, agency, binh):
        entries.append(factories.plan_entry(entries[0].round, binh, agency, "deputy_secretary"))
        made = tally(self.held(entries, [VoteDraft(entry, 12) for entry in entries]), EVERYTHING)
        assert made["tong_hop"] == "Có 03/03 lượt chức danh được giới thiệu"

    def test_each_step_has_its_own(self, entries):
        self.held(entries, [VoteDraft(entries[0], 10), VoteDraft(entries[1], 12)])
        second = self.held(entries, [VoteDraft(entries[1], 13)], body="Hội nghị Ban Thường vụ")
        made = tally(second, EVERYTHING)

        assert made["trich_yeu"].endswith("(bước 2)")
        assert [row["ho_ten"] for row in made["ket_qua"]] == ["Trần Thị Bình"]
