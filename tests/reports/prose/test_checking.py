"""What a template may not say, and that the clerk is told where it stands and what would be right."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.catalogue import STANDARD
from reports.prose.checking import LONGEST_INSTEAD, LONGEST_TEXT, is_number, mistakes_of
from reports.prose.fields import OWN_FIGURES, TEXT_FIELDS, Variant
from reports.prose.wording import Wording
from tests.reports.prose.made import SECRETARIES, own_figure, with_own


def wrong(text: str, catalogue=STANDARD) -> list[str]:
    return mistakes_of(Wording(text).cleaned(), catalogue).get("text", [])


def wrong_instead(text: str) -> list[str]:
    return mistakes_of(Wording("Báo cáo.", nothing=text).cleaned(), STANDARD).get("nothing", [])


# Numbers


def test_a_number_typed_by_hand_is_refused_with_its_place_and_what_to_use_instead():
    [told] = wrong("Đã bổ sung 29 đồng chí.")

    assert told.startswith("Ký tự thứ 12, “Đã bổ sung 29 đồng chí.”: Không gõ tay số “29”")
    for field in ("{Bổ sung Bí thư cơ sở}", "{căn cứ}", "{nhiệm kỳ quy hoạch}", "{kỳ}"):
        assert field in told


@pytest.mark.parametrize("typed", ["0", "29", "73/73", "15/3/2022", "2025-2030", "4.558", "15,38"])
def test_a_number_is_told_as_a_whole(typed):
    [told] = wrong(f"Có {typed} người.")

    assert f"“{typed}”" in told


FOREIGN = {
    "fullwidth": "\N{FULLWIDTH DIGIT THREE}",
    "arabic-indic": "\N{ARABIC-INDIC DIGIT THREE}",
    "superscript": "\N{SUPERSCRIPT TWO}",
    "fraction": "\N{VULGAR FRACTION ONE HALF}",
    "roman": "\N{ROMAN NUMERAL FOUR}",
    "circled": "\N{CIRCLED DIGIT ONE}",
    "bold": "\N{MATHEMATICAL BOLD DIGIT THREE}",
    "han": "\u4e09",
    "old form": "\uf96b",  # becomes another character, a number too, in NFC
    "month": "\N{IDEOGRAPHIC TELEGRAPH SYMBOL FOR JANUARY}",
    "above a letter": "\N{COMBINING DEVANAGARI DIGIT THREE}",
}


@pytest.mark.parametrize("digit", FOREIGN.values(), ids=FOREIGN.keys())
def test_a_digit_of_any_script_or_style_is_refused(digit):
    assert wrong(f"Có {digit} người.")
    assert wrong(f"[có {digit} người; {{kỳ}}]")
    assert wrong_instead(f"Có {digit} người.")


@given(st.characters(exclude_categories=["L", "M", "P", "S", "Z", "C"]))
def test_whatever_unicode_calls_a_number_is_one(char):
    assert is_number(char)
    assert wrong(f"Có {char} người.")


@pytest.mark.parametrize("symbol", ["\N{KEYCAP TEN}", "\N{DIE FACE-3}", "\N{HUNDRED POINTS SYMBOL}", "\N{BLACK STAR}"])
def test_a_symbol_that_may_show_a_number_is_refused(symbol):
    [told] = wrong(f"Có {symbol} người.")

    assert f"Không dùng được ký hiệu “{symbol}”" in told
    assert wrong_instead(f"Có {symbol}.")


@pytest.mark.parametrize("mark", ["–", "—", "“”", "…", "%", "/", "+", "§", "•", "×"])
def test_marks_of_ordinary_writing_are_right(mark):
    assert wrong(f"Có {mark} người.") == []


def test_numbers_behind_each_other_are_told_each():
    assert len(wrong("Có 3 và 5 người, trong đó 3 nữ.")) == 3


def test_words_without_a_digit_are_right():
    assert wrong("Ba đồng chí được bầu bổ sung; Quý IV; ĐUK. {Trong kỳ}!") == []


def test_an_invisible_character_hides_no_number():
    assert wrong("Có \u200b2\u200b9 người.") == wrong("Có 29 người.")
    assert wrong("Có \U000e0032 người.") == []  # a digit that nobody sees is gone, and not printed


def test_digits_in_the_name_of_a_figure_are_no_number():
    catalogue = with_own(own_figure("Dưới 40 tuổi"))

    assert wrong("Có {Dưới 40 tuổi} dưới tuổi quy định.", catalogue) == []
    assert "Không có trường {Dưới 40 tuổi}." in wrong("Có {Dưới 40 tuổi}.")[0]


# Fields


@pytest.mark.parametrize("name", [*(field.name for field in TEXT_FIELDS), OWN_FIGURES])
def test_every_text_field_is_known_in_either_case(name):
    assert wrong(f"Báo cáo {{{name}}} và {{{name.capitalize()}}}.") == []


@pytest.mark.parametrize("figure", list(STANDARD), ids=lambda figure: figure.sheet)
def test_every_figure_is_a_field_by_the_name_of_its_sheet(figure):
    assert wrong(f"Có {{{figure.sheet}}}.") == []
    assert wrong(f"Có {{ {unicodedata.normalize('NFD', figure.sheet)} }}.") == []
    assert (wrong(f"Có {{{figure.sheet}: chức danh}}.") == []) is bool(figure.names_positions)
    for variant in (Variant.NUMBER, Variant.COMPARED):
        assert (wrong(f"Có {{{figure.sheet}: {variant}}}.") == []) is (figure.unit is not None)


def test_names_of_figures_are_unique():
    names = [figure.sheet for figure in STANDARD]

    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("{Bổ sung bí thư cơ sơ}", "{Bổ sung Bí thư cơ sở}"),
        ("{Quy hoach BCH}", "{Quy hoạch BCH}"),
        ("{cap uy}", "{cấp ủy}"),
        ("{căn cư pháp lý}", "{căn cứ}"),
    ],
)
def test_the_nearest_name_is_offered_for_an_unknown_one(typed, nearest):
    [told] = wrong(f"Có {typed}.")

    assert f"Không có trường {typed}." in told
    assert f"Có phải {nearest}?" in told


def test_a_name_like_no_other_leads_to_the_list_of_fields():
    assert "Hãy chọn ở bảng trường." in wrong("Có {xyz}.")[0]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Có {}.", "chưa có tên trường"),
        ("Có { : số}.", "chưa có tên trường"),
        ("Có {kỳ: số}.", "không có dạng khác"),
        (f"Có {{{SECRETARIES}: lượt}}.", "chỉ ghi được: số, chức danh, kỳ so sánh; không có “lượt”"),
        (f"Có {{{SECRETARIES}: chức danh}}.", "không ghi chức danh"),
        ("Có {Bầu bổ sung UBKT: số}.", "chỉ nêu việc, không nêu số"),
        ("Có {kỳ", "Dấu { chưa có dấu } đóng lại"),
        ("Có kỳ}", "Dấu } không có dấu { mở"),
        ("Có {kỳ và {căn cứ}.", "Dấu { chưa có dấu } đóng lại"),
        ("Có [{kỳ}", "Dấu [ chưa có dấu ] đóng lại"),
        ("Có {kỳ}]", "Dấu ] không có dấu [ mở"),
        ("[một; [hai]; ba]", "không đặt được trong một danh sách khác"),
        ("Có [ ; ].", "còn trống"),
    ],
)
def test_what_is_no_good_is_told(text, told):
    assert any(told in each for each in wrong(text))


def test_a_figure_whose_name_has_a_mark_of_the_language_is_no_field():
    catalogue = with_own(own_figure("Nữ [cấp ủy]"), own_figure("Căn cứ"))

    assert wrong("Có {Nữ [cấp ủy]}.", catalogue) != []
    assert wrong("Theo {Căn cứ}.", catalogue) == []  # still the text of that name
    assert "không có dạng khác" in wrong("Theo {Căn cứ: số}.", catalogue)[0]


# What stands instead


def test_what_stands_in_the_place_of_figures_holds_none():
    assert wrong_instead("{Trong kỳ} không có thay đổi ở {cấp ủy}.") == []
    assert "nên không dùng được chỉ tiêu" in wrong_instead(f"Có {{{SECRETARIES}}}.")[0]
    assert "nên không dùng được chỉ tiêu" in wrong_instead("Có {Chỉ tiêu riêng}.")[0]
    assert "nên không dùng được danh sách" in wrong_instead("Có [{kỳ}; {căn cứ}].")[0]


def test_a_paragraph_without_a_text_prints_nothing_and_is_refused():
    assert "Nội dung còn trống" in mistakes_of(Wording("", nothing="Không có."), STANDARD)["text"][0]
    assert mistakes_of(Wording(""), STANDARD) == {}


# Length


def test_a_text_has_a_longest_length():
    assert wrong("à" * LONGEST_TEXT) == []
    assert "Dài 2.001 ký tự, nhiều nhất là 2.000." in wrong("à" * (LONGEST_TEXT + 1))[0]
    assert wrong_instead("à" * LONGEST_INSTEAD) == []
    assert "nhiều nhất là 500." in wrong_instead("à" * (LONGEST_INSTEAD + 1))[0]


def test_the_place_of_a_mistake_is_quoted_in_whole_words():
    [told] = wrong("Ban Thường vụ Đảng ủy Khối đã lãnh đạo bổ sung 3 đồng chí giữ chức danh Bí thư ở cơ sở.")

    assert "“…lãnh đạo bổ sung 3 đồng chí giữ chức…”" in told


# Garbage


@given(st.text(alphabet=st.sampled_from("{}[]:;.,! aàBộ3٣{kỳ}\n\x00\u200b"), max_size=60) | st.text(max_size=60))
def test_garbage_is_told_or_right_and_never_raises(text):
    found = mistakes_of(Wording(text, nothing=text, unknown=text).cleaned(), STANDARD)

    assert all(isinstance(told, str) for sentences in found.values() for told in sentences)
    if any(is_number(char) for char in Wording(text).cleaned().text):
        assert found["text"]
        assert found["nothing"]
        assert found["unknown"]
