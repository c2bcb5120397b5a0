"""Files that are no workbooks, or want to do harm: a clear refusal, within limits of memory."""

import os
import subprocess
import sys
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineError, CalamineWorkbook

from common.errors import Refused
from common.sheets import CellError, day, open_workbook, text
from common.sheets.container import LARGEST_UNFOLDED, look_through
from common.sheets.parts import MOST_CELLS
from tests.files import PDF, archive, upload, word

ROOT = Path(__file__).resolve().parent.parent.parent
TYPES, WORKBOOK, LINKS = "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
CORNERS = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
DAMAGED, LARGE, DTD = "bị hỏng nên không đọc được", "khi mở ra lớn bất thường", "có khai báo lạ"


def parts(cells="", *, strings="<sst/>", book="", rest="") -> dict[str, bytes]:
    """Return the parts of a small workbook: `cells` stand inside sheetData, `rest` after it, `book` in the workbook."""
    return {
        name: content.encode()
        for name, content in {
            TYPES: "<Types/>",
            WORKBOOK: f'<workbook xmlns:r="r">{book}<sheets><sheet name="A" r:id="r1"/></sheets></workbook>',
            LINKS: '<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/>'
            '<Relationship Id="r2" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
            SHEET: f"<worksheet><sheetData>{cells}</sheetData>{rest}</worksheet>",
            STRINGS: strings,
        }.items()
    }


def packed(cells="", **facts) -> bytes:
    return archive(**parts(cells, **facts))


def values(content: bytes) -> list[tuple]:
    return [line for _, line in open_workbook(content).rows("A")]


def row(*cells: str) -> str:
    return f"<row>{''.join(cells)}</row>"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Tệp “a.xlsx” trống"),
        (PDF, "không phải là sổ Excel"),
        (b"STT;H\xe1\xbb\x8d t\xc3\xaan\n1;A", "không phải là sổ Excel"),
        (b"PK\x03\x04 no archive", DAMAGED),
        (archive(readme=b"x"), "không phải là sổ Excel"),
        (word("Kính gửi"), "không phải là sổ Excel"),
        (OLD_OFFICE, r"dạng Office cũ \(.xls\)"),
        (OLD_OFFICE + "EncryptedPackage".encode("utf-16-le"), "có mật khẩu"),
        (archive(**{"mimetype": b"x", "content.xml": b"<x/>"}), r"OpenDocument \(.ods\)"),
        (archive(**{TYPES: b"x", "xl/workbook.bin": b"x"}), r"Excel nhị phân \(.xlsb\)"),
        (archive(**parts() | {"xl/vbaProject.bin": b"x"}), "có macro"),
        (archive(**parts() | {TYPES: b'<Override ContentType="x.sheet.macroEnabled.main+xml"/>'}), "có macro"),
        (packed()[:-30], DAMAGED),
        (archive(**{name: part for name, part in parts().items() if name != SHEET}), DAMAGED),
        (archive(**{name: part for name, part in parts().items() if name != LINKS}), DAMAGED),
        (archive(**parts() | {SHEET: b"<worksheet><sheetData>"}), DAMAGED),
        (archive(**parts() | {SHEET: "<worksheet/>".encode("utf-16")}), DAMAGED),
        (packed(row('<c r="A0"><v>1</v></c>')), DAMAGED),
        (packed('<row r="0"><c><v>1</v></c></row>'), DAMAGED),
        (packed(row('<c r="1A"><v>1</v></c>')), DAMAGED),
        (packed(row('<c t="s"><v>1</v></c>')), DAMAGED),
        (packed(row('<c t="s"><v>-1</v></c>'), strings="<sst><si/></sst>"), DAMAGED),
    ],
)
def test_what_is_no_workbook_is_refused_with_a_way_out(content, sentence):
    with pytest.raises(Refused, match=sentence):
        open_workbook(upload(content, "a.xlsx"))


def test_an_encrypted_part_and_an_unusual_compression_are_refused():
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_LZMA) as made:
        for name, part in parts().items():
            made.writestr(name, part)
    with pytest.raises(Refused, match=DAMAGED):
        open_workbook(stream.getvalue())

    locked = bytearray(packed())
    for entry, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = locked.find(entry)
        while at >= 0:
            locked[at + flags] |= 1
            at = locked.find(entry, at + 1)
    with pytest.raises(Refused, match=DAMAGED):
        open_workbook(bytes(locked))


def test_a_file_over_the_limit_is_refused_without_reading_it(settings, monkeypatch):
    settings.LARGEST_UPLOAD_MB = 1
    sent = upload(b"x" * (2**20 + 1), "a.xlsx")
    monkeypatch.setattr(type(sent), "read", lambda *wanted: pytest.fail("read"))

    with pytest.raises(Refused, match=r"nặng 1,0 MB, quá mức 1 MB\. Hãy xóa hình ảnh"):
        open_workbook(sent)


class TestEntities:
    BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    FOREIGN = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'

    @pytest.mark.parametrize("declared", [BOMB, FOREIGN, '<!DOCTYPE x SYSTEM "http://example.org/x.dtd">'])
    @pytest.mark.parametrize("name", [WORKBOOK, LINKS, SHEET, STRINGS])
    def test_a_part_that_declares_a_document_type_is_refused(self, name, declared):
        made = parts(row('<c t="s"><v>0</v></c>'), strings="<sst><si><t>x</t></si></sst>")

        with pytest.raises(Refused, match=DTD):
            open_workbook(archive(**made | {name: declared.encode() + made[name]}))

    def test_an_encoding_that_hides_cells_from_the_look_through_hides_nothing(self):
        hidden = CORNERS.encode("ascii")
        sheet = b'<?xml version="1.0" encoding="cp037"?><worksheet><sheetData>' + hidden + b"</sheetData></worksheet>"

        with pytest.raises(Refused, match="nằm quá xa"):
            values(archive(**parts() | {SHEET: sheet}))

        as_utf_16 = f"<worksheet><sheetData>{CORNERS}</sheetData></worksheet>".encode().ljust(200).decode("utf-16-be")
        sheet = f"\ufeff<x><!--{as_utf_16}--></x>".encode("utf-16-be")
        with pytest.raises(Refused, match=DAMAGED):
            values(archive(**parts() | {SHEET: sheet}))


class TestBombs:
    def test_a_bomb_is_refused_by_the_size_it_declares(self):
        bomb = packed(rest=" " * (LARGEST_UNFOLDED + 1))
        assert len(bomb) < 2**20

        with pytest.raises(Refused, match=LARGE):
            open_workbook(bomb)

    def test_many_parts_share_one_allowance(self, monkeypatch):
        monkeypatch.setattr("common.sheets.container.LARGEST_UNFOLDED", 2000)
        assert open_workbook(packed(rest=" " * 800, strings="<sst>" + " " * 100 + "</sst>"))

        with pytest.raises(Refused, match=LARGE):
            open_workbook(packed(rest=" " * 800, strings="<sst>" + " " * 1000 + "</sst>"))

    def test_a_part_that_lies_about_its_size_is_refused(self):
        honest = packed(row("<c><v>1</v></c>") * 99)
        size = len(parts(row("<c><v>1</v></c>") * 99)[SHEET])
        lying = honest.replace(size.to_bytes(4, "little"), (50).to_bytes(4, "little"))
        assert (len(values(honest)), lying != honest) == (99, True)

        with pytest.raises(Refused, match=DAMAGED):
            open_workbook(lying)

    def test_countless_parts_are_refused_before_the_archive_is_opened(self):
        with pytest.raises(Refused, match=LARGE):
            open_workbook(b"PK\x03\x04" + b"PK\x01\x02" * 2001)

    def test_countless_sheets_are_refused(self):
        sheets = "".join(f'<sheet name="{n}" r:id="r1"/>' for n in range(101))

        with pytest.raises(Refused, match=LARGE):
            open_workbook(packed(book=f"<sheets>{sheets}</sheets>"))

    def test_one_part_shown_as_two_sheets_is_refused(self):
        with pytest.raises(Refused, match=DAMAGED):
            open_workbook(packed(book='<sheet name="B" r:id="r1"/>'))

    @pytest.mark.parametrize("declared", [MOST_CELLS + 1, 2**32 - 1, "9" * 30, "-1", "x"])
    def test_a_number_of_texts_that_is_only_declared_is_refused(self, declared):
        with pytest.raises(Refused, match=LARGE):
            open_workbook(packed(strings=f'<sst uniqueCount="{declared}"/>'))

    @pytest.mark.parametrize("limit", [("MOST_TAGS", 20), ("MOST_CELLS", 2)])
    def test_too_many_elements_and_too_many_texts_are_refused(self, monkeypatch, limit):
        name, most = limit
        monkeypatch.setattr(f"common.sheets.parts.{name}", most)
        monkeypatch.setattr(
            "common.sheets.parts.Allowance.__init__.__defaults__", (20 if name == "MOST_TAGS" else 999,)
        )

        with pytest.raises(Refused, match=LARGE):
            open_workbook(packed(strings="<sst>" + "<si/>" * 10 + "</sst>"))

    def test_endless_tags_and_endless_nesting_are_refused(self):
        for rest in ('<a b="' + "x" * 3 * 2**20 + '"/>', "<a>" * 200 + "</a>" * 200):
            with pytest.raises(Refused, match=DAMAGED):
                open_workbook(packed(rest=rest))


class TestTooMuch:
    def test_cells_far_apart_are_refused_before_room_is_made_for_all_between(self):
        with pytest.raises(Refused, match="Trang “A” có ô XFD1048576 nằm quá xa các ô khác"):
            values(packed(CORNERS))

    def test_so_are_they_when_they_hold_nothing_that_is_seen(self):
        corner = '<c r="XFD1048576" t="str"><f>""</f><v></v></c>'

        with pytest.raises(Refused, match="nằm quá xa"):
            values(packed(row('<c r="A1"><v>1</v></c>', corner)))

    def test_rows_and_columns_are_counted(self, monkeypatch):
        monkeypatch.setattr("common.sheets.parts.MOST_ROWS", 3)
        monkeypatch.setattr("common.sheets.parts.MOST_COLUMNS", 2)
        line = row("<c><v>1</v></c>", "<c><v>2</v></c>")
        assert len(values(packed(line * 3 + "<row/>" * 9))) == 3

        with pytest.raises(Refused, match=r"Trang “A” có quá 3 dòng dữ liệu\. Hãy tách thành nhiều tệp"):
            values(packed(line * 4))
        with pytest.raises(Refused, match="Trang “A” có dữ liệu ở ô C1, quá 2 cột"):
            values(packed(row("<c><v>1</v></c>" * 3)))

    def test_the_limits_are_those_that_were_promised(self):
        many = "".join(f'<row><c r="A{n}"><v>1</v></c></row>' for n in range(1, 20_002))
        with pytest.raises(Refused, match=r"quá 20\.000 dòng"):
            values(packed(many))
        with pytest.raises(Refused, match="ô GS1, quá 200 cột"):
            values(packed(row("<c><v>1</v></c>" * 201)))

    def test_one_long_text_named_by_many_cells_is_refused(self, monkeypatch):
        monkeypatch.setattr("common.sheets.parts.MOST_LETTERS", 1000)
        named = row('<c t="s"><v>0</v></c>')

        with pytest.raises(Refused, match=r"quá 1\.000 chữ"):
            values(packed(named * 11, strings=f"<sst><si><t>{'x' * 100}</t></si></sst>"))

    def test_too_many_merged_cells_and_too_many_errors_are_refused(self, monkeypatch):
        monkeypatch.setattr("common.sheets.parts.MOST_MERGES", 1)
        monkeypatch.setattr("common.sheets.parts.MOST_FAULTS", 1)

        with pytest.raises(Refused, match="quá 1 chỗ gộp ô"):
            values(packed(rest='<mergeCell ref="A1:B1"/><mergeCell ref="A2:B2"/>'))
        with pytest.raises(Refused, match="quá 1 ô công thức lỗi"):
            values(packed(row("<c><f>1</f></c>" * 2)))

    def test_a_sheet_that_is_too_much_does_not_keep_the_others_from_being_read(self, monkeypatch):
        monkeypatch.setattr("common.sheets.parts.MOST_COLUMNS", 2)
        made = parts(row("<c><v>1</v></c>" * 3), book='<sheet name="B" r:id="r3"/>')
        made[LINKS] = made[LINKS].replace(
            b"<Relationships>",
            b'<Relationships><Relationship Id="r3" Type="x/worksheet" Target="/xl/worksheets/b.xml"/>',
        )
        made["xl/worksheets/b.xml"] = b"<worksheet><sheetData><row><c><v>5</v></c></row></sheetData></worksheet>"

        sheets = open_workbook(archive(**made))

        assert sheets.names == ["B", "A"]
        assert list(sheets.rows("B")) == [(1, (5,))]


class TestUnusualButRight:
    def test_parts_may_have_prefixes_and_cells_no_names(self):
        made = parts()
        made[SHEET] = (
            b'<x:worksheet xmlns:x="m"><x:sheetData><x:row><x:c/><x:c t="inlineStr"><x:is><x:t>A</x:t></x:is></x:c>'
            b"</x:row></x:sheetData></x:worksheet>"
        )

        assert values(archive(**made)) == [(None, "A")]

    def test_texts_in_pieces_are_joined_and_readings_left_out(self):
        strings = (
            "<sst><si><r><t xml:space='preserve'>Lê </t></r><r><t>A</t></r><rPh sb='0' eb='1'><t>?</t></rPh></si></sst>"
        )

        assert values(packed(row('<c t="s"><v>0</v></c>'), strings=strings)) == [("Lê A",)]

    def test_errors_are_read_as_errors_wherever_they_stand(self):
        lines = list(
            open_workbook(packed(row('<c t="e"><v>#N/A</v></c>') + '<row r="9"><c r="D9"><f>1</f></c></row>')).rows("A")
        )

        assert [(number, [value and value.shown for value in line]) for number, line in lines] == [
            (1, ["#N/A", None, None, None]),
            (9, [None, None, None, "công thức"]),
        ]

    def test_an_error_that_only_new_excels_know_is_named(self):
        with pytest.raises(Refused, match="Trang “A” có ô A1 báo lỗi lạ “#SPILL!”"):
            values(packed(row('<c t="e"><v>#SPILL!</v></c>')))

    def test_the_last_result_of_a_formula_is_read(self):
        cells = row(
            '<c t="str"><f>A9</f><v>Lê A</v></c>', "<c><f>1+1</f><v>2</v></c>", '<c t="str"><f>B9</f><v></v></c>'
        )

        assert values(packed(cells)) == [("Lê A", 2, None)]

    def test_days_counted_from_1904_are_read_and_bare_numbers_of_them_refused(self):
        line = row('<c t="inlineStr"><is><t>Ngày</t></is></c>') + row("<c><v>27823</v></c>")
        content = packed(line, book='<workbookPr date1904="1"/>')

        [found] = open_workbook(content).table(headings={"day": ["Ngày"]}).rows

        with pytest.raises(CellError, match="tính từ năm 1904"):
            day(found["day"])
        assert text(found["day"]) == "27823"

    def test_a_day_written_out_is_a_day(self):
        assert values(packed(row('<c t="d"><v>1980-03-05</v></c>')))[0][0] in ("1980-03-05", date(1980, 3, 5))


# A child of its own: what Calamine takes is seen by the system alone, and what kills it must not kill the tests.
CHILD = """
import resource, sys
from common.errors import Refused
from common.sheets import open_workbook
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for path in sys.argv[1:]:
    try:
        with open(path, "rb") as file:
            sheets = open_workbook(file.read())
        print(sum(1 for _ in sheets.rows("A")))
    except Refused as refused:
        print(refused)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def test_hostile_files_are_refused_within_bounds_of_memory(tmp_path):
    empty_rows = "".join(f'<row r="{n}" ht="15"/>' for n in range(1, 1_048_577))
    long_text = f"<sst><si><t>{'x' * 30_000}</t></si></sst>"
    files = [
        packed(CORNERS),
        packed(strings='<sst uniqueCount="4294967295"/>'),
        packed("".join(row('<c t="s"><v>0</v></c>') for _ in range(20_000)), strings=long_text),
        packed(strings="<sst>" + "<si/>" * 3_000_000 + "</sst>"),
        packed(row("<c><v>1</v></c>") + empty_rows),
        packed("".join(row("<c><v>1</v></c>" * 75) for _ in range(20_000))),
    ]
    paths = [tmp_path / str(number) for number in range(len(files))]
    for path, content in zip(paths, files, strict=True):
        path.write_bytes(content)
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(ROOT)}

    made = subprocess.run(
        [sys.executable, "-c", CHILD, *map(str, paths)], capture_output=True, text=True, cwd=ROOT, env=environment
    )

    assert made.returncode == 0, made.stderr
    *said, megabytes = made.stdout.splitlines()
    assert "nằm quá xa" in said[0]
    assert LARGE in said[1]
    assert "quá 20.000.000 chữ" in said[2]
    assert LARGE in said[3]
    assert said[4:] == ["1", "20000"]
    assert int(megabytes) < 300


def test_a_million_empty_rows_with_a_table_on_top_are_read():
    line = row('<c t="inlineStr"><is><t>Họ tên</t></is></c>') + row('<c t="inlineStr"><is><t>Lê A</t></is></c>')
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(3, 100_000))

    [found] = open_workbook(packed(line + rows)).table(headings={"name": ["Họ tên"]}).rows

    assert text(found["name"]) == "Lê A"


REFERENCES = st.none() | st.builds("{}{}".format, st.sampled_from(["A", "C", "Z", "AB"]), st.integers(1, 40))
CONTENTS = st.sampled_from(
    [
        "",
        "<v/>",
        "<v>1</v>",
        "<v></v>",
        "<f>1</f>",
        "<f>1</f><v/>",
        "<is/>",
        "<is><t>x</t></is>",
        "<v> </v>",
        "<!-- -->",
    ]
)
CELLS = st.lists(
    st.tuples(REFERENCES, st.sampled_from(["", ' t="str"', ' t="inlineStr"', ' t="e"']), CONTENTS), max_size=4
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.none() | st.integers(1, 30), CELLS), max_size=5))
def test_the_look_through_sees_every_cell_that_calamine_makes_room_for(rows):
    xml = ""
    for number, cells in rows:
        made = (
            "<c{}{}>{}</c>".format(f' r="{place}"' if place else "", kind, content) for place, kind, content in cells
        )
        xml += "<row{}>{}</row>".format(f' r="{number}"' if number else "", "".join(made))

    checked = look_through(packed(xml), "a.xlsx")
    seen = checked.sheets["A"]

    try:
        made = CalamineWorkbook.from_filelike(BytesIO(checked.content)).get_sheet_by_name("A")
    except CalamineError:
        event("not read")
        return
    if made.start:
        (top, left), (bottom, right) = made.start, made.end
        assert seen.top - 1 <= top <= bottom <= seen.bottom - 1
        assert seen.left - 1 <= left <= right <= seen.right - 1


WHOLE = parts(
    row('<c t="s"><v>0</v></c>', '<c r="C1"><v>29285</v></c>', '<c t="e"><v>#N/A</v></c>', "<c><f>A1</f><v/></c>"),
    strings='<sst count="1" uniqueCount="1"><si><t>Họ tên</t></si></sst>',
    rest='<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>',
)
SCRAPS = st.sampled_from(
    [b"", b"<", b">", b"/", b'"', b"9", b"-", b"A", b"<c>", b"</c>", b"<v>", b"</row>", b"\xff", b"&#0;"]
)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([WORKBOOK, LINKS, SHEET, STRINGS]), st.integers(0, 300), st.integers(0, 4), SCRAPS)
def test_whatever_is_broken_is_read_or_refused(name, at, gone, put):
    part = WHOLE[name]
    broken = part[: at % len(part)] + put + part[at % len(part) + gone :]

    try:
        sheets = open_workbook(archive(**WHOLE | {name: broken}))
        for each in sheets.names:
            list(sheets.rows(each))
    except Refused:
        event("refused")
    else:
        event("read")


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2000), st.binary(min_size=1, max_size=6))
def test_whatever_bytes_are_broken_are_read_or_refused(at, put):
    whole = archive(**WHOLE)
    at %= len(whole)

    try:
        open_workbook(whole[:at] + put + whole[at + len(put) :])
    except Refused:
        event("refused")
    else:
        event("read")
