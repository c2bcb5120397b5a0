"""Cells as people fill them in: understood, or refused with a reason."""

from datetime import date, datetime, time, timedelta
from unicodedata import normalize as unicode_form

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.formats import grouped, long_day, short_day
from common.sheets import (
    Cell,
    CellError,
    Fault,
    day,
    filled,
    full_day,
    one_of,
    text,
    whole_number,
    yes_no,
)
from common.sheets.cells import cleaned
from personnel.models import Gender


def cell(value, **facts) -> Cell:
    return Cell("Danh sách", 7, "Cột", cleaned(value), **facts)


def refusal(reader, value, **facts) -> str:
    with pytest.raises(CellError) as refused:
        reader(cell(value, **facts))
    return refused.value.reason


READERS = [text, day, full_day, whole_number, yes_no, lambda each: one_of(each, Gender.choices)]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("value", [None, "", "  ", "\u00a0", "\ufeff"])
def test_what_looks_empty_is_empty(reader, value):
    assert not reader(cell(value))
    with pytest.raises(CellError, match="Ô này không được để trống"):
        filled(cell(value))


@pytest.mark.parametrize("reader", READERS)
def test_no_reader_makes_a_value_of_an_error(reader):
    assert refusal(reader, Fault("#N/A", "Ô này báo lỗi #N/A.")) == "Ô này báo lỗi #N/A."


def test_an_error_says_where_what_and_how_to_mend_it():
    with pytest.raises(CellError) as refused:
        day(Cell("Trang 1", 12, "Ngày sinh", "31/2/1980"))

    assert str(refused.value) == (
        "Trang “Trang 1”, dòng 12, cột “Ngày sinh”: “31/2/1980” không có thật: tháng 2/1980 chỉ có 29 ngày. "
        "Hãy ghi như 05/3/1980, 3/1980 hoặc 1980."
    )
    assert (refused.value.cell.row, refused.value.cell.shown) == (12, "31/2/1980")


class TestText:
    @pytest.mark.parametrize(
        ("value", "read"),
        [
            ("  Lê   Văn\u00a0A \n", "Lê Văn A"),
            (unicode_form("NFD", "Nguyễn Thị Đượm"), "Nguyễn Thị Đượm"),
            ("\u00d0ỗ", "Đỗ"),
            ("a\u200bb\ufeff", "ab"),
            ("a\x00b", "a b"),
            ("00123", "00123"),
            (12345.0, "12345"),
            (12345, "12345"),
            (15.38, "15,38"),
            (True, "TRUE"),
            (date(1980, 3, 5), "05/3/1980"),
            (datetime(1980, 3, 5), "05/3/1980"),
            (datetime(1980, 3, 5, 14, 30), "05/3/1980 14:30"),
        ],
    )
    def test_text_is_read_as_it_is_seen(self, value, read):
        assert text(cell(value)) == read

    def test_a_number_that_excel_has_rounded_is_refused(self):
        assert text(cell(999_999_999_999_999.0)) == "999999999999999"
        assert "Excel đã làm tròn" in refusal(text, 1_000_000_000_000_000.0)
        assert "Excel đã làm tròn" in refusal(text, float("inf"))

    def test_a_text_that_is_too_long_is_refused(self):
        assert text(cell("x" * 10), longest=10) == "x" * 10
        assert "dài 11 chữ, quá 10 chữ" in refusal(lambda each: text(each, longest=10), "x" * 11)


class TestDay:
    @pytest.mark.parametrize(
        "value",
        [
            date(1980, 3, 5),
            datetime(1980, 3, 5),
            datetime(1980, 3, 5, 8, 30),
            29285.0,
            29285,
            "05/3/1980",
            "5/3/1980",
            "05/03/1980",
            "5-3-1980",
            "5.3.1980",
            "5 / 3 / 1980",
            "1980-03-05",
            "1980/3/5",
            "1980-03-05T00:00:00",
            "05/03/1980 00:00:00",
            "5/3/1980 12:00:00 AM",
            "ngày 05 tháng 3 năm 1980",
            "Ngày 5 tháng 03 năm 1980",
            "5 thang 3 nam 1980",
            unicode_form("NFD", "ngày 05 tháng 3 năm 1980"),
            "ngày 05/3/1980",
        ],
    )
    def test_a_day_is_understood(self, value):
        assert day(cell(value)) == (date(1980, 3, 5), "day")
        assert full_day(cell(value)) == date(1980, 3, 5)

    @pytest.mark.parametrize(
        "value", ["3/1980", "03-1980", "3.1980", "1980-03", "tháng 3 năm 1980", "Tháng 3/1980", "00/3/1980"]
    )
    def test_a_month_is_understood(self, value):
        assert day(cell(value)) == (date(1980, 3, 1), "month")
        assert "chưa đủ ngày, tháng, năm" in refusal(full_day, value)

    @pytest.mark.parametrize("value", ["1980", 1980, 1980.0, "năm 1980", "00/00/1980", "0/0/1980"])
    def test_a_year_is_understood(self, value):
        assert day(cell(value)) == (date(1980, 1, 1), "year")

    @pytest.mark.parametrize(
        ("value", "reason"),
        [
            ("05/3/80", "năm phải ghi đủ bốn chữ số"),
            ("3/80", "năm phải ghi đủ bốn chữ số"),
            ("5/3/198", "năm phải ghi đủ bốn chữ số"),
            ("ngày 5 tháng 3 năm 80", "năm phải ghi đủ bốn chữ số"),
            ("31/2/1980", "tháng 2/1980 chỉ có 29 ngày"),
            ("29/2/1981", "tháng 2/1981 chỉ có 28 ngày"),
            ("31/4/1980", "tháng 4/1980 chỉ có 30 ngày"),
            ("32/1/1980", "tháng 1/1980 chỉ có 31 ngày"),
            ("3/15/1980", "có tháng 15. Ngày đứng trước, tháng đứng sau"),
            ("5/0/1980", "có ngày mà không có tháng"),
            ("1980-13-01", "có tháng 13"),
            ("5/3/1899", "có năm 1899, ngoài khoảng từ 1900 đến 2100"),
            ("5/3/2101", "có năm 2101"),
            ("5/3-1980", "không phải là ngày"),
            ("05031980", "không phải là ngày"),
            ("khoảng 1980", "không phải là ngày"),
            ("1980-1985", "không phải là ngày"),
            ("5/3/1980, 6/3/1980", "không phải là ngày"),
            ("٥/٣/١٩٨٠", "không phải là ngày"),
            (1899, "không phải là ngày"),
            (19800305.0, "không phải là ngày"),
            (3.198, "không phải là ngày"),
            (29285.5, "không phải là ngày"),
            (-1, "không phải là ngày"),
            (float("nan"), "không phải là ngày"),
            (True, "không phải là ngày"),
            (time(8, 30), "không phải là ngày"),
            (timedelta(hours=30), "không phải là ngày"),
            (date(2101, 1, 1), "có năm 2101"),
        ],
    )
    def test_what_is_no_day_or_might_be_two_is_refused(self, value, reason):
        assert reason in refusal(day, value)

    def test_a_year_typed_into_a_cell_of_days_is_not_taken_for_a_day_of_1905(self):
        assert "nhiều khả năng là năm 1980 gõ vào ô kiểu ngày" in refusal(day, date(1905, 6, 2))
        assert day(cell("02/6/1905")) == (date(1905, 6, 2), "day")

    def test_a_serial_number_counted_from_1904_is_refused(self):
        assert "tính từ năm 1904" in refusal(day, 27823.0, counts_from_1904=True)
        assert day(cell(date(1980, 3, 5), counts_from_1904=True)) == (date(1980, 3, 5), "day")

    @given(st.dates(date(1910, 1, 1), date(2100, 12, 31)))
    def test_every_spelling_of_the_office_is_read_back(self, on):
        spellings = [short_day(on), long_day(on), on.isoformat(), f"{on:%d-%m-%Y}", (on - date(1899, 12, 30)).days]

        assert {day(cell(each)) for each in spellings} == {(on, "day")}

    @given(st.text(max_size=15) | st.floats() | st.integers())
    def test_anything_at_all_is_read_or_refused(self, value):
        try:
            found = day(cell(value))
        except CellError:
            found = None

        assert found is None or 1900 <= found.day.year <= 2100


class TestWholeNumber:
    @pytest.mark.parametrize(
        ("value", "read"),
        [
            (15, 15),
            (15.0, 15),
            ("15", 15),
            ("007", 7),
            ("4.558", 4558),
            ("1.234.567", 1234567),
            ("4 558", 4558),
            (0, 0),
        ],
    )
    def test_a_whole_number_is_understood(self, value, read):
        assert whole_number(cell(value)) == read

    @pytest.mark.parametrize(
        "value",
        [
            "4,558",
            "12,5",
            "4.55",
            "4.5588",
            "1.23.456",
            "4.558 12",
            "mười",
            "15 người",
            4.558,
            True,
            date(1980, 3, 5),
            "１５",
        ],
    )
    def test_what_is_none_or_might_be_two_is_refused(self, value):
        assert "không phải là số nguyên. Hãy ghi như 15 hoặc 4.558" in refusal(whole_number, value)

    def test_limits_are_kept(self):
        def read(each):
            return whole_number(each, least=1, most=15)

        assert (read(cell(1)), read(cell("15"))) == (1, 15)
        assert refusal(read, 0) == "“0” nằm ngoài khoảng cho phép. Hãy ghi một số từ 1 đến 15."
        assert "từ 1 đến 15" in refusal(read, 16)
        assert "từ 0 trở lên" in refusal(whole_number, -1)
        assert "từ 0 trở lên" in refusal(whole_number, 2_147_483_648)

    @given(st.integers(0, 2_147_483_647))
    def test_what_the_office_writes_is_read_back(self, number):
        assert whole_number(cell(grouped(number))) == number


class TestChoices:
    @pytest.mark.parametrize("value", ["Có", "có", "CÓ", "co", "x", "X", "1", 1.0, True, "đúng"])
    def test_yes(self, value):
        assert yes_no(cell(value)) is True

    @pytest.mark.parametrize("value", ["Không", "KHÔNG", "khong", "0", 0, False, "sai"])
    def test_no(self, value):
        assert yes_no(cell(value)) is False

    @pytest.mark.parametrize("value", ["cô", "có thể", "2", "–"])
    def test_neither_yes_nor_no(self, value):
        assert "không rõ là có hay không" in refusal(yes_no, value)

    @pytest.mark.parametrize(
        ("value", "read"),
        [("Nam", "male"), ("NAM", "male"), ("Nữ", "female"), ("nu", "female"), ("Nư\u0303", "female")],
    )
    def test_gender(self, value, read):
        assert one_of(cell(value), Gender.choices) == read

    def test_old_and_new_places_of_the_tone_mark_are_one(self):
        choices = [("member", "Ủy viên"), ("deputy", "Phó Chủ nhiệm Ủy ban kiểm tra")]

        assert one_of(cell("Uỷ viên"), choices) == "member"
        assert one_of(cell("phó chủ nhiệm uỷ ban Kiểm tra"), choices) == "deputy"

    def test_what_is_not_on_the_list_is_refused_with_the_list(self):
        reason = refusal(lambda each: one_of(each, Gender.choices), "Khác")

        assert reason == "“Khác” không thuộc danh mục. Hãy ghi một trong: “Nam”, “Nữ”."

    def test_what_may_be_two_is_not_guessed(self):
        choices = [(1, "Mường"), (2, "Mướng"), (3, "Kinh")]

        assert one_of(cell("mướng"), choices) == 2
        assert refusal(lambda each: one_of(each, choices), "Muong") == (
            "“Muong” có thể là nhiều mục. Hãy ghi rõ một trong: “Mường”, “Mướng”."
        )

    def test_a_value_may_have_several_labels(self):
        choices = [("secretary", "Bí thư"), ("secretary", "Bí thư cấp ủy")]

        assert one_of(cell("Bí thư cấp uỷ"), choices) == "secretary"

    def test_punctuation_alone_is_no_choice(self):
        assert "không thuộc danh mục" in refusal(lambda each: one_of(each, [(0, "–"), (1, "Kinh")]), "?")
