"""What a template prints: fields, lists, sentences that are dropped, and what is zero, unknown, elsewhere or gone."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.periods import Period
from organizations.models import Position
from reports.catalogue import STANDARD
from reports.prose.checking import mistakes_of
from reports.prose.fields import TEXT_FIELDS
from reports.prose.rendering import Writer
from reports.prose.wording import Wording
from tests.reports.prose.made import (
    APPROVED,
    BLOC_ADDED,
    DEPUTIES,
    ELECTED,
    INSPECTION,
    MEMBERS,
    PLANNED,
    SECRETARIES,
    TURNS,
    made,
    own_figure,
    with_own,
    written,
)

BASIS = ("Quy định số 15-QĐ/TU, ngày 23/3/2022 của Ban Thường vụ Tỉnh ủy", "Hướng dẫn số 06-HD/ĐUK")

# Fields


@pytest.mark.parametrize(
    ("field", "printed"),
    [
        ("{kỳ}", "năm 2022"),
        ("{Kỳ}", "Năm 2022"),
        ("{trong kỳ}", "trong năm 2022"),
        ("{Trong  Kỳ}", "Trong năm 2022"),
        ("{kỳ so sánh}", "năm 2021"),
        ("{tổ chức}", "Đảng bộ Khối"),
        ("{cấp ủy}", "Đảng ủy Khối"),
        ("{nhiệm kỳ quy hoạch}", "2025-2030"),
        ("{căn cứ}", "; ".join(BASIS)),
        ("{tính đến}", "tính đến ngày 05/01/2023"),
    ],
)
def test_a_text_field_prints_what_the_frame_knows(field, printed):
    assert written(f"Báo cáo {field}.", made(basis=BASIS)) == f"Báo cáo {printed}."


def test_a_period_without_a_name_is_told_by_its_days():
    period = Period.of_slug("2022-03-05_2022-03-31")

    assert written("{Trong kỳ}, có.", made(period=period)) == "Từ 05/3/2022 đến 31/3/2022, có."


@pytest.mark.parametrize(
    ("field", "printed"),
    [
        ("{Bổ sung Bí thư cơ sở}", "03 đồng chí"),
        ("{bổ sung bí thư CƠ SỞ}", "03 đồng chí"),
        ("{Bổ sung Bí thư cơ sở: số}", "03"),
        ("{Bổ sung Bí thư cơ sở: kỳ so sánh}", "12 đồng chí"),
        ("{Phê duyệt QH cơ sở}", "70/73 tổ chức cơ sở đảng"),
        ("{Phê duyệt QH cơ sở: số}", "70"),
        ("{Kiện toàn UBKT cơ sở: chức danh}", "Ủy viên, Chủ nhiệm"),
        ("{Bầu bổ sung UBKT}", "bầu bổ sung Chủ nhiệm Ủy ban Kiểm tra Đảng ủy Khối"),
    ],
)
def test_a_figure_prints_its_number_and_is_a_link_to_its_records(field, printed):
    positions = {
        INSPECTION: (Position.INSPECTION_MEMBER, Position.INSPECTION_CHAIR),
        ELECTED: (Position.INSPECTION_CHAIR,),
    }
    counts = {SECRETARIES: 3, APPROVED: 70, INSPECTION: 4, ELECTED: 1, DEPUTIES: 5}
    summary = made(counts, before={SECRETARIES: 12}, positions=positions)
    fragments = Writer(summary).paragraph(Wording(f"Đã có {field}."))

    assert [fragment.text for fragment in fragments] == ["Đã có ", printed, "."]
    assert [fragment.result is not None for fragment in fragments] == [False, True, False]
    assert fragments[1].beside is ("kỳ so sánh" in field)


# Zero, unknown, elsewhere, gone


def test_a_sentence_none_of_whose_figures_happened_is_dropped():
    text = f"Đã bổ sung {{{SECRETARIES}}} và {{{DEPUTIES}}}. Cho vào cấp ủy {{{MEMBERS}}}. Hết {{kỳ}}."

    assert written(text, made({DEPUTIES: 1, MEMBERS: 0})) == "Đã bổ sung 0 đồng chí và 01 đồng chí. Hết năm 2022."
    assert written(text, made({MEMBERS: 1})) == "Cho vào cấp ủy 01 đồng chí. Hết năm 2022."


def test_what_is_unknown_is_told_and_never_zero():
    text = f"Đã bổ sung {{{SECRETARIES}}}. Đã quy hoạch {{{PLANNED}}}, {{{PLANNED}: số}}."
    summary = made({SECRETARIES: 2, PLANNED: None})

    assert written(text, summary) == "Đã bổ sung 02 đồng chí. Đã quy hoạch chưa có số liệu, chưa có số liệu."
    assert "chưa có số liệu" in written(f"Có {{{PLANNED}}} và {{{SECRETARIES}}}.", made({PLANNED: None}))


@pytest.mark.parametrize(
    ("counts", "printed"),
    [
        ({SECRETARIES: 1}, "Có 01 đồng chí."),
        ({SECRETARIES: 0}, "Không có gì năm 2022."),
        ({SECRETARIES: None}, "Chưa có số liệu năm 2022."),
    ],
)
def test_a_paragraph_has_words_for_nothing_and_for_no_data(counts, printed):
    instead = {"nothing": "Không có gì {kỳ}.", "unknown": "Chưa có số liệu {kỳ}."}

    assert written(f"Có {{{SECRETARIES}}}.", made(counts), **instead) == printed


@pytest.mark.parametrize("count", [0, None])
def test_a_paragraph_without_such_words_is_left_out(count):
    assert written(f"Có {{{SECRETARIES}}}.", made({SECRETARIES: count})) == ""


def test_figures_of_another_level_leave_no_trace():
    grassroots = made({SECRETARIES: 1}, kind="grassroots_committee")

    assert written(f"Có {{{BLOC_ADDED}}}.", grassroots, nothing="Không có.", unknown="Chưa có.") == ""
    assert written(f"Đã bổ sung {{{SECRETARIES}}}. Ở Khối có {{{BLOC_ADDED}}}.", grassroots) == (
        "Đã bổ sung 01 đồng chí."
    )
    assert written(f"Đã có [{{{BLOC_ADDED}}}; {{{SECRETARIES}}}].", grassroots) == "Đã có 01 đồng chí."
    assert written(f"Có {{{BLOC_ADDED}}}, {{{SECRETARIES}}}.", grassroots) == "Có —, 01 đồng chí."


def test_plans_where_there_is_no_plan_term_leave_no_trace():
    assert written(f"Đã quy hoạch {{{PLANNED}}}.", made(plan_term=""), unknown="Chưa có số liệu.") == ""


def test_a_figure_that_is_there_no_more_is_named_as_such():
    summary = made()

    assert written("Có {Nữ cấp ủy}.", summary, nothing="Không có.") == "Có [chỉ tiêu không còn: Nữ cấp ủy]."
    assert written("Có [{Nữ cấp ủy}; {kỳ}].", summary) == "Có [chỉ tiêu không còn: Nữ cấp ủy]; năm 2022."
    assert not any(fragment.result for fragment in Writer(summary).paragraph(Wording("Có {Nữ cấp ủy: số}.")))


def test_a_sentence_whose_text_is_missing_is_dropped_but_never_with_a_figure():
    assert written("Theo {căn cứ}. Hết {kỳ}.") == "Hết năm 2022."
    assert written("Theo {căn cứ}.") == ""
    assert written("Theo {căn cứ}.", nothing="Chưa có văn bản.") == "Chưa có văn bản."
    assert written(f"Theo {{căn cứ}}, có {{{SECRETARIES}}}.", made({SECRETARIES: 1})) == (
        "Theo chưa có căn cứ, có 01 đồng chí."
    )


def test_the_period_compared_with_decides_only_where_it_stands_alone():
    beside = f"Có {{{SECRETARIES}}} ({{kỳ so sánh}}: {{{SECRETARIES}: kỳ so sánh}})."

    assert written(beside, made({SECRETARIES: 0}, before={SECRETARIES: 4}), nothing="Không có.") == "Không có."
    assert written(beside, made({SECRETARIES: 1})) == "Có 01 đồng chí (năm 2021: chưa có số liệu)."
    alone = f"{{Kỳ so sánh}} có {{{SECRETARIES}: kỳ so sánh}}."
    assert written(alone, made(before={SECRETARIES: 4})) == "Năm 2021 có 04 đồng chí."
    assert written(alone, made(before={SECRETARIES: 0}), nothing="Không có.") == "Không có."


def test_a_plain_fact_that_did_not_happen_beside_one_that_did_says_so():
    told = written(f"Đã bổ sung {{{BLOC_ADDED}}}, {{{ELECTED}}}.", made({BLOC_ADDED: 1}))

    assert told == "Đã bổ sung 01 đồng chí, không bầu bổ sung Ủy ban Kiểm tra Đảng ủy Khối."


# Lists


def test_a_list_joins_the_clauses_that_happened():
    text = f"Gồm: [ Bí thư {{{SECRETARIES}}} ; Phó Bí thư {{{DEPUTIES}}};cấp ủy viên {{{MEMBERS}}}; {{kỳ}} ]."

    assert written(text, made({SECRETARIES: 3, MEMBERS: 18})) == (
        "Gồm: Bí thư 03 đồng chí; cấp ủy viên 18 đồng chí; năm 2022."
    )


def test_a_list_that_comes_to_nothing_takes_its_announcement_along():
    text = f"Đã kiện toàn {{{TURNS}}} cấp ủy, gồm: [Bí thư {{{SECRETARIES}}}]. Hết."

    assert written(text, made({TURNS: 2})) == "Đã kiện toàn 02 lượt cấp ủy. Hết."


def test_semicolons_outside_a_list_are_words():
    assert written("Một; hai; ba.") == "Một; hai; ba."


# Sentences


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        (f"Bí thư {{{SECRETARIES}}}. Ngoài ra, đã có {{{DEPUTIES}}}.", "Đã có 01 đồng chí."),
        (f"Bí thư {{{SECRETARIES}}}. Đồng thời đã có {{{DEPUTIES}}}.", "Đã có 01 đồng chí."),
        (f"Hết {{kỳ}}. Ngoài ra, đã có {{{DEPUTIES}}}.", "Hết năm 2022. Ngoài ra, đã có 01 đồng chí."),
        (f"Ngoài ra, đã có {{{DEPUTIES}}}.", "Ngoài ra, đã có 01 đồng chí."),
        (f"Bí thư {{{SECRETARIES}}}. Ngoài rạp có {{{DEPUTIES}}}.", "Ngoài rạp có 01 đồng chí."),
    ],
)
def test_a_word_that_points_to_a_sentence_goes_with_it(text, printed):
    assert written(text, made({DEPUTIES: 1})) == printed


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        (f"Ở TP. Vinh, v.v. và nhiều nơi, có {{{SECRETARIES}}}.", ""),  # one sentence
        (f"Thật? Có {{{SECRETARIES}}}!", "Thật?"),
        (f"“Không có {{{SECRETARIES}}}.” Rồi. {{Kỳ}}.", "Rồi. Năm 2022."),
        (f"Ở Sở XD. Có {{{SECRETARIES}}}.", ""),
        (f"Ở UBKT. Có {{{SECRETARIES}}}.", "Ở UBKT."),
        (f"Xong… {{{SECRETARIES}}}.", "Xong…"),
    ],
)
def test_a_sentence_ends_where_a_capital_or_a_field_follows(text, printed):
    told = written(f"{text} Hết {{{DEPUTIES}}}.", made({DEPUTIES: 1}))

    assert told == f"{printed} Hết 01 đồng chí.".strip()


def test_a_sentence_that_begins_with_a_field_begins_with_a_capital():
    text = f"[{{{ELECTED}}}; {{kỳ}}]. {{kỳ so sánh}} cũng vậy."

    assert written(text, made({ELECTED: 1})) == (
        "Bầu bổ sung Ủy ban Kiểm tra Đảng ủy Khối; năm 2022. Năm 2021 cũng vậy."
    )


# The office's own figures


def test_own_figures_are_fields_and_have_a_list_of_those_that_happened():
    catalogue = with_own(
        own_figure("Nữ cấp ủy", unit="người"),
        own_figure("Trẻ"),
        own_figure("Kỷ luật", phrase="thi hành kỷ luật {number}"),
    )
    summary = made({"Nữ cấp ủy": 3, "Kỷ luật": 1}, catalogue=catalogue)

    assert written("Có {Nữ cấp ủy} là nữ.", summary) == "Có 03 người là nữ."
    assert written("{Chỉ tiêu riêng}.", summary) == "Nữ cấp ủy: 03 người; thi hành kỷ luật 01 đồng chí."
    linked = [each.text for each in Writer(summary).paragraph(Wording("{Chỉ tiêu riêng}.")) if each.result]
    assert linked == ["03 người", "01 đồng chí"]


@pytest.mark.parametrize(
    ("other", "printed"), [(0, "Không có chỉ tiêu riêng."), (None, "Chưa có số liệu."), (1, "Có Trẻ: 01 đồng chí.")]
)
def test_the_list_of_own_figures_knows_nothing_and_no_data(other, printed):
    summary = made(catalogue=with_own(own_figure("Trẻ")), other=other)
    instead = {"nothing": "Không có chỉ tiêu riêng.", "unknown": "Chưa có số liệu."}

    assert written("Có {Chỉ tiêu riêng}.", summary, **instead) == printed


def test_an_office_without_own_figures_has_no_trace_of_them():
    assert written("Có {Chỉ tiêu riêng}.", nothing="Không có.", unknown="Chưa có.") == ""


# Whatever is written


FIELDS = [f"{{{field.name}}}" for field in TEXT_FIELDS] + [f"{{{figure.sheet}}}" for figure in STANDARD if figure.sheet]
pieces = st.sampled_from([*FIELDS, "[", "]", "; ", ". ", ", ", "Đã có ", "gồm: ", "Ngoài ra, ", "ở cơ sở", "12", "}"])
texts = st.lists(pieces, max_size=14).map("".join) | st.text(max_size=40)
numbers = st.none() | st.integers(0, 120)


@given(text=texts, instead=texts, counts=st.dictionaries(st.sampled_from(list(STANDARD)), numbers), other=numbers)
def test_whatever_has_no_mistake_prints_no_digit_that_is_not_of_a_field(text, instead, counts, other):
    wording = Wording(text, instead, instead).cleaned()
    counts = {figure.sheet: count for figure, count in counts.items()}
    summary = made(counts, before=counts, other=other, basis=BASIS)

    fragments = Writer(summary).paragraph(wording)  # raises nothing, whatever is written

    if mistakes_of(wording, STANDARD):
        return
    typed = "".join(fragment.text for fragment in fragments if fragment.result is None)
    told = sorted((field.told(summary) for field in TEXT_FIELDS), key=len, reverse=True)
    for value in told:
        typed = re.sub(re.escape(value), "", typed, flags=re.IGNORECASE)
    assert not any(char.isdigit() for char in typed), typed
