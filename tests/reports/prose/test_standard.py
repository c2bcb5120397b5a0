"""The standard template: what a report says until an office words its own."""

import pytest

from organizations.models import Position
from reports.catalogue import STANDARD
from reports.narrative import narrate
from reports.prose.checking import MOST_PARAGRAPHS, mistakes_of
from reports.prose.parsing import parse
from reports.prose.standard import STANDARD_PROSE
from tests.reports.prose.made import (
    APPROVED,
    BLOC_ADDED,
    DEPUTIES,
    ELECTED,
    INSPECTION,
    MEMBERS,
    PLANNED,
    RELEASED,
    SECRETARIES,
    TURNS,
    made,
    own_figure,
    with_own,
)

ALL_OF_THE_INSPECTION = (
    Position.INSPECTION_MEMBER,
    Position.INSPECTION_CHAIR,
    Position.INSPECTION_DEPUTY_CHAIR,
)


def prose(*args, **kwargs) -> list[str]:
    return [paragraph.text for paragraph in narrate(made(*args, **kwargs))]


def test_the_standard_is_a_template_that_an_office_could_save():
    assert [mistakes_of(wording, STANDARD) for wording in STANDARD_PROSE.wordings] == [{}] * 5
    assert all(wording == wording.cleaned() for wording in STANDARD_PROSE.wordings)
    assert len(STANDARD_PROSE.wordings) <= MOST_PARAGRAPHS


def test_the_standard_states_every_figure_that_a_summary_has():
    named = {field.name for wording in STANDARD_PROSE.wordings for field in parse(wording.text).fields}

    assert {figure.sheet for section in STANDARD.sections for top in section.figures for figure in top} <= named


def test_a_full_year_is_told_in_order():
    told = prose(
        {
            BLOC_ADDED: 3,
            ELECTED: 3,
            TURNS: 29,
            SECRETARIES: 3,
            DEPUTIES: 5,
            MEMBERS: 18,
            RELEASED: 3,
            INSPECTION: 4,
            PLANNED: 38,
            APPROVED: 73,
        },
        positions={ELECTED: ALL_OF_THE_INSPECTION, INSPECTION: ALL_OF_THE_INSPECTION[1:2]},
        basis=("Nghị quyết số 21-NQ/TW", "Hướng dẫn số 06-HD/ĐUK"),
    )

    assert told == [
        "Trong năm 2022, Đảng ủy Khối đã bổ sung 03 đồng chí Ủy viên Ban Chấp hành Đảng bộ Khối; "
        "bầu bổ sung Ủy viên, Chủ nhiệm, Phó Chủ nhiệm Ủy ban Kiểm tra Đảng ủy Khối.",
        "Ở cơ sở, đã củng cố, kiện toàn 29 lượt cấp ủy cơ sở, gồm: bổ sung 03 đồng chí giữ chức danh Bí thư; "
        "bổ sung 05 đồng chí giữ chức danh Phó Bí thư; bổ sung 18 đồng chí tham gia cấp ủy; "
        "cho thôi nhiệm vụ 03 cấp ủy viên. "
        "Ngoài ra, đã kiện toàn 04 người là Chủ nhiệm Ủy ban Kiểm tra cơ sở.",
        "Về quy hoạch nhiệm kỳ 2025-2030, đã đưa vào quy hoạch 38 đồng chí vào Ban Chấp hành Đảng bộ Khối. "
        "Đã phê duyệt quy hoạch Bí thư, Phó Bí thư nhiệm kỳ 2025-2030 cho 73/73 tổ chức cơ sở đảng.",
        "Việc quy hoạch được thực hiện theo Nghị quyết số 21-NQ/TW; Hướng dẫn số 06-HD/ĐUK.",
    ]


def test_what_happened_alone_reads_well_alone():
    told = prose({INSPECTION: 1, APPROVED: 2}, positions={INSPECTION: ALL_OF_THE_INSPECTION[:1]})

    assert told == [
        "Trong năm 2022 không có thay đổi nào về cấp ủy ở Đảng ủy Khối.",
        "Đã kiện toàn 01 người là Ủy viên Ủy ban Kiểm tra cơ sở.",
        "Đã phê duyệt quy hoạch Bí thư, Phó Bí thư nhiệm kỳ 2025-2030 cho 02/73 tổ chức cơ sở đảng.",
    ]


@pytest.mark.parametrize(
    ("other", "told"),
    [
        (
            0,
            [
                "Trong năm 2022 không có thay đổi nào về cấp ủy ở Đảng ủy Khối.",
                "Trong năm 2022 không có thay đổi nào về cấp ủy ở cơ sở.",
                "Chưa có quy hoạch nhiệm kỳ 2025-2030 nào được phê duyệt.",
            ],
        ),
        (
            None,
            [
                "Trong năm 2022 chưa có số liệu kiện toàn cấp ủy ở Đảng ủy Khối.",
                "Trong năm 2022 chưa có số liệu kiện toàn cấp ủy ở cơ sở.",
                "Chưa có số liệu về quy hoạch nhiệm kỳ 2025-2030.",
            ],
        ),
    ],
)
def test_nothing_and_no_data_are_told_apart(other, told):
    assert prose(other=other) == told


def test_a_grassroots_organization_reads_of_its_own_level_alone():
    assert prose(kind="grassroots_cell", other=None, plan_term="") == [
        "Trong năm 2022 chưa có số liệu kiện toàn cấp ủy ở cơ sở."
    ]


def test_own_figures_stand_behind_the_changes_when_they_happened():
    catalogue = with_own(own_figure("Nữ cấp ủy"), own_figure("Trẻ"))

    assert prose({"Trẻ": 2}, catalogue=catalogue)[2] == (
        "Theo các chỉ tiêu riêng của cơ quan, trong năm 2022 có: Trẻ: 02 đồng chí."
    )
    assert len(prose(catalogue=catalogue)) == 3
