"""The form of party papers (DOMAIN.md §10): the page, the head and the foot, and what the text is made of."""

from collections.abc import Sequence

from docx import Document
from docx.document import Document as Paper
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

FONT = "Times New Roman"
TOP, BOTTOM, LEFT, RIGHT = Mm(20), Mm(20), Mm(30), Mm(15)
SHORT, LONG = Mm(210), Mm(297)  # A4
WIDTH, WIDTH_LYING = 165, 252  # of the text, in mm
INDENT = Mm(10)
# What tables set to the left; numbers, days and single words stand in the middle.
TEXTS = ("ho_ten", "que_quan", "chuyen_mon", "chuc_vu", "du_kien", "ky_luat", "ghi_chu")
TEXTS += ("chuc_danh", "ket_luan", "ten", "to_trinh")
CENTER, JUSTIFY, TO_LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.LEFT


# What papers are made of


def new_paper(title: str, *, lying: bool = False) -> Paper:
    """Return an empty paper: A4, the margins, Times New Roman 14."""
    paper = Document()
    paper.core_properties.author = ""
    paper.core_properties.comments = ""
    paper.core_properties.title = title
    section = paper.sections[0]
    section.page_width, section.page_height = (LONG, SHORT) if lying else (SHORT, LONG)
    section.orientation = WD_ORIENT.LANDSCAPE if lying else WD_ORIENT.PORTRAIT
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = TOP, BOTTOM, LEFT, RIGHT
    section.header_distance = section.footer_distance = Mm(10)
    normal = paper.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(14)
    fonts = normal.element.rPr.rFonts
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)
    language = OxmlElement("w:lang")
    for part in ("w:val", "w:eastAsia"):
        language.set(qn(part), "vi-VN")
    normal.element.rPr.append(language)
    spacing = normal.paragraph_format
    spacing.space_before = spacing.space_after = Pt(0)
    number_pages(paper)
    return paper


def number_pages(paper: Paper) -> None:
    """Number the pages from the second on, at the top in the middle."""
    section = paper.sections[0]
    section.different_first_page_header_footer = True
    run = write(section.header.paragraphs[0], "", align=CENTER).add_run()
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)


def write(
    paragraph: Paragraph, text: str, *, bold=False, italic=False, size: float | None = None, align=None
) -> Paragraph:
    """Write a text into the paragraph, in one run, so that no tag in it is torn apart."""
    if text:
        run = paragraph.add_run(text)
        run.bold, run.italic = bold or None, italic or None
        if size:
            run.font.size = Pt(size)
    if align is not None:
        paragraph.alignment = align
    return paragraph


def body(paper: Paper, text: str, *, indent=INDENT, bold=False) -> Paragraph:
    """Add a paragraph of the text itself: justified, its first line set in."""
    paragraph = write(paper.add_paragraph(), text, bold=bold, align=JUSTIFY)
    form = paragraph.paragraph_format
    form.first_line_indent = indent
    form.space_after = Pt(6)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.AT_LEAST, Pt(18)
    form.widow_control = True
    return paragraph


def tag(paper: Paper, text: str) -> None:
    """Add a paragraph that holds a tag alone and is gone when the paper is written."""
    write(paper.add_paragraph(), text)


def columns(paper: Paper, *widths: int) -> Sequence[_Cell]:
    """Return the cells of a table of one row without lines: texts side by side."""
    table = paper.add_table(rows=1, cols=len(widths))
    lay_out(table, widths)
    keep_whole(table.rows[0])
    return table.rows[0].cells


def lay_out(table: Table, widths: Sequence[int], *, margin: float = 0) -> None:
    """Fix the widths of the columns (mm) and the margins inside cells; above and beneath they are a little less."""
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    margins = OxmlElement("w:tblCellMar")
    # The schema wants the sides in this order.
    for side, size in (("w:top", margin / 2), ("w:left", margin), ("w:bottom", margin / 2), ("w:right", margin)):
        element = OxmlElement(side)
        element.set(qn("w:w"), str(int(Mm(size).twips)))
        element.set(qn("w:type"), "dxa")
        margins.append(element)
    properties = table._tbl.tblPr
    properties.insert_element_before(margins, "w:tblLook")


def keep_whole(row: _Row, *, heading: bool = False) -> None:
    """Keep the row on one page; a heading is repeated on each page."""
    properties = row._tr.get_or_add_trPr()
    for name in ["w:cantSplit", *(["w:tblHeader"] if heading else [])]:
        properties.append(OxmlElement(name))


def rule_beneath(paragraph: Paragraph, *, shorter: int) -> None:
    """Draw a line beneath the paragraph, shorter than the column by so many mm at both ends."""
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(shorter)
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("w:val", "single"), ("w:sz", "6"), ("w:space", "1"), ("w:color", "000000")):
        line.set(qn(name), value)
    borders.append(line)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


# The head and the foot, alike in all


def head(paper: Paper, *, width: int = WIDTH, numbered: bool = True) -> None:
    right = 86
    left, beside = columns(paper, width - right, right)
    write(left.paragraphs[0], "{%p if cap_tren %}")
    write(left.add_paragraph(), "{{ cap_tren }}", align=CENTER)
    write(left.add_paragraph(), "{%p endif %}")
    write(left.add_paragraph(), "{{ co_quan }}", bold=True, align=CENTER)
    write(left.add_paragraph(), "*", align=CENTER)
    if numbered:
        write(left.add_paragraph(), "{{ so_ky_hieu }}", align=CENTER)
    party = write(beside.paragraphs[0], "ĐẢNG CỘNG SẢN VIỆT NAM", bold=True, size=15, align=CENTER)
    rule_beneath(party, shorter=5)
    place = write(beside.add_paragraph(), "{{ noi_ky }}, {{ ngay_ky }}", italic=True, size=13, align=CENTER)
    place.paragraph_format.space_before = Pt(10)


def heading(paper: Paper, title: str) -> None:
    """Add the type of the paper, its summary and the dashes beneath."""
    write(paper.add_paragraph(), title, bold=True, size=16, align=CENTER).paragraph_format.space_before = Pt(18)
    summary = write(paper.add_paragraph(), "{{ trich_yeu }}", bold=True, align=CENTER)
    summary.paragraph_format.left_indent = summary.paragraph_format.right_indent = Mm(10)
    write(paper.add_paragraph(), "-----", align=CENTER).paragraph_format.space_after = Pt(10)


def recipients(cell: _Cell) -> None:
    label = cell.paragraphs[0]
    label.add_run("Nơi nhận:").underline = True
    write(cell.add_paragraph(), "{%p for noi in noi_nhan %}")
    write(cell.add_paragraph(), "- {{ noi }}", size=12)
    write(cell.add_paragraph(), "{%p endfor %}")


def signature(cell: _Cell) -> None:
    write(cell.paragraphs[0], "{{ thay_mat }}", bold=True, align=CENTER)
    write(cell.add_paragraph(), "{{ chuc_vu_ky }}", align=CENTER)
    name = write(cell.add_paragraph(), "{{ nguoi_ky }}", bold=True, align=CENTER)
    name.paragraph_format.space_before = Pt(64)


def foot(paper: Paper, *, width: int = WIDTH, with_recipients: bool = True) -> None:
    """Add recipients and signature, which stay with the last of the text."""
    paper.paragraphs[-1].paragraph_format.keep_with_next = True
    gap(paper)
    left, right = columns(paper, width - 85, 85)
    if with_recipients:
        recipients(left)
    signature(right)


def gap(paper: Paper) -> None:
    paper.add_paragraph().paragraph_format.keep_with_next = True


def grid(
    paper: Paper,
    headings: Sequence[str],
    cells: Sequence[str],
    widths: Sequence[int],
    *,
    size: float,
    rows: str,
    groups: str = "",
) -> Table:
    """Add a ruled table: its headings, and a row for each entry of the list `rows`, whose cells hold the tags.

    With `groups`, a list whose entries have a name (ten) and the list `rows`, a line with the name is above each.
    """
    loops = [f"{{%tr for nhom in {groups} %}}", "{{ nhom.ten }}"] if groups else []
    loops.append(f"{{%tr for dong in {'nhom.' if groups else ''}{rows} %}}")
    ends = ["{%tr endfor %}"] * (2 if groups else 1)
    table = paper.add_table(rows=len(loops) + len(ends) + 2, cols=len(headings), style="Table Grid")
    lay_out(table, widths, margin=0.6)
    heading_row, *opening = table.rows[: len(loops) + 1]
    row, *closing = table.rows[len(loops) + 1 :]
    keep_whole(heading_row, heading=True)
    keep_whole(row)
    for cell, text in zip(heading_row.cells, headings, strict=True):
        write(cell.paragraphs[0], text, bold=True, size=10, align=CENTER)
        cell.vertical_alignment = 1
    for cell, text in zip(row.cells, cells, strict=True):
        is_text = any(f"dong.{name} " in text for name in TEXTS)
        write(cell.paragraphs[0], text, size=size, align=TO_LEFT if is_text else CENTER)
    for line, text in zip([*opening, *closing], [*loops, *ends], strict=True):
        if text.startswith("{{"):
            name_of_group(line, text, size=size)
        else:
            write(line.cells[0].paragraphs[0], text)
    return table


def name_of_group(row: _Row, text: str, *, size: float) -> None:
    """Write the name of a group across the row, which stays with the first of the group."""
    keep_whole(row)
    cell = row.cells[0].merge(row.cells[-1])
    write(cell.paragraphs[0], text, bold=True, size=size, align=TO_LEFT).paragraph_format.keep_with_next = True
