"""Build the Word templates that come with the product, in the form of party papers (DOMAIN.md §10).

Run it after a change and commit what it makes; a test compares the two. The tags are those of docxtpl, the names in
them those of organizations/papers.py.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

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

FOLDER = Path(__file__).resolve().parent.parent / "organizations" / "paper_templates"
FONT = "Times New Roman"
TOP, BOTTOM, LEFT, RIGHT = Mm(20), Mm(20), Mm(30), Mm(15)
SHORT, LONG = Mm(210), Mm(297)  # A4
WIDTH, WIDTH_LYING = 165, 252  # of the text, in mm
INDENT = Mm(10)
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
    """Fix the widths of the columns (mm) and the margin inside cells."""
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    margins = OxmlElement("w:tblCellMar")
    for side in ("w:left", "w:right"):
        element = OxmlElement(side)
        element.set(qn("w:w"), str(int(Mm(margin).twips)))
        element.set(qn("w:type"), "dxa")
        margins.append(element)
    table._tbl.tblPr.append(margins)


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
    gap(paper)
    left, right = columns(paper, width - 85, 85)
    if with_recipients:
        recipients(left)
    signature(right)


def gap(paper: Paper) -> None:
    paper.add_paragraph().paragraph_format.keep_with_next = True


def grid(paper: Paper, headings: Sequence[str], cells: Sequence[str], widths: Sequence[int], *, size: float, rows: str):
    """Add a ruled table: its headings, and a row for each entry of the list `rows`, whose cells hold the tags."""
    table = paper.add_table(rows=4, cols=len(headings), style="Table Grid")
    lay_out(table, widths, margin=0.6)
    heading_row, begin, row, end = table.rows
    keep_whole(heading_row, heading=True)
    keep_whole(row)
    for cell, text in zip(heading_row.cells, headings, strict=True):
        write(cell.paragraphs[0], text, bold=True, size=10, align=CENTER)
        cell.vertical_alignment = 1
    write(begin.cells[0].paragraphs[0], f"{{%tr for dong in {rows} %}}")
    for cell, text in zip(row.cells, cells, strict=True):
        names = ("ho_ten", "que_quan", "chuyen_mon", "chuc_vu", "du_kien", "ky_luat", "ghi_chu")
        is_text = any(f"dong.{name} " in text for name in names)
        write(cell.paragraphs[0], text, size=size, align=TO_LEFT if is_text else CENTER)
    write(end.cells[0].paragraphs[0], "{%tr endfor %}")
    return table


# The papers


def submission() -> Paper:
    paper = new_paper("Tờ trình")
    head(paper)
    heading(paper, "TỜ TRÌNH")
    write(
        paper.add_paragraph(), "Kính gửi: {{ kinh_gui }}", italic=True, align=CENTER
    ).paragraph_format.space_after = Pt(10)
    body(paper, "{{ ben_trinh }} kính trình {{ kinh_gui }} xem xét, quyết định các nội dung sau:")
    tag(paper, "{%p for muc in noi_dung %}")
    body(paper, "{{ muc.stt }}. {{ muc.cau }}.")
    tag(paper, "{%p endfor %}")
    body(paper, "Kèm theo Tờ trình này: {{ kem_theo }}.")
    body(paper, "{{ ben_trinh }} kính đề nghị {{ kinh_gui }} xem xét, quyết định.")
    foot(paper)
    return paper


def decision() -> Paper:
    paper = new_paper("Quyết định chuẩn y")
    tag(paper, "{%p if du_thao %}")
    write(paper.add_paragraph(), "{{ du_thao }}", bold=True)
    tag(paper, "{%p endif %}")
    head(paper)
    heading(paper, "QUYẾT ĐỊNH")
    tag(paper, "{%p for muc in can_cu %}")
    body(paper, "- {{ muc }}{{ ',' if loop.last else ';' }}")
    tag(paper, "{%p endfor %}")
    write(paper.add_paragraph(), "{{ ben_quyet_dinh }}", bold=True, align=CENTER).paragraph_format.space_before = Pt(6)
    write(paper.add_paragraph(), "QUYẾT ĐỊNH", bold=True, align=CENTER).paragraph_format.space_after = Pt(10)
    tag(paper, "{%p if noi_dung | length == 1 %}")
    write(body(paper, "Điều 1. ", bold=True), "{{ noi_dung[0].cau }}.")
    tag(paper, "{%p else %}")
    write(body(paper, "Điều 1. ", bold=True), "Quyết định các nội dung sau:")
    tag(paper, "{%p for muc in noi_dung %}")
    body(paper, "{{ muc.stt }}. {{ muc.cau }}.")
    tag(paper, "{%p endfor %}")
    tag(paper, "{%p endif %}")
    write(body(paper, "Điều 2. ", bold=True), "Quyết định này có hiệu lực {{ hieu_luc }}.")
    write(body(paper, "Điều 3. ", bold=True), "{{ ben_thi_hanh }} chịu trách nhiệm thi hành Quyết định này.")
    foot(paper)
    return paper


def extract() -> Paper:
    paper = new_paper("Danh sách trích ngang", lying=True)
    head(paper, width=WIDTH_LYING, numbered=False)
    heading(paper, "DANH SÁCH TRÍCH NGANG")
    tag(paper, "{%p if kem_theo %}")
    write(paper.add_paragraph(), "(Kèm theo {{ kem_theo }})", italic=True, size=13, align=CENTER)
    tag(paper, "{%p endif %}")
    note = write(paper.add_paragraph(), "Số liệu tính đến ngày {{ tinh_den }}", italic=True, size=13, align=CENTER)
    note.paragraph_format.space_after = Pt(6)
    table = [
        ("STT", "stt", 9),
        ("Họ và tên", "ho_ten", 23),
        ("Nam/ nữ", "gioi_tinh", 10),
        ("Ngày sinh", "ngay_sinh", 18),
        ("Dân tộc", "dan_toc", 12),
        ("Quê quán", "que_quan", 20),
        ("Ngày vào Đảng", "vao_dang", 18),
        ("Ngày chính thức", "chinh_thuc", 18),
        ("Chuyên môn", "chuyen_mon", 17),
        ("Lý luận chính trị", "ly_luan", 13),
        ("Chức vụ hiện nay (Đảng, chính quyền)", "chuc_vu", 32),
        ("Chức danh dự kiến", "du_kien", 24),
        ("Xếp loại 3 năm gần nhất", "xep_loai", 13),
        ("Kỷ luật", "ky_luat", 13),
        ("Ghi chú", "ghi_chu", 12),
    ]
    headings, names, widths = zip(*table, strict=True)
    cells = [f"{{{{ dong.{name} }}}}" for name in names]
    grid(paper, headings, cells, widths, size=10, rows="nhan_su")
    gap(paper)
    total = write(
        paper.add_paragraph(), "Danh sách này có {{ '%02d' | format(nhan_su | length) }} đồng chí.", italic=True
    )
    total.paragraph_format.keep_with_next = True
    foot(paper, width=WIDTH_LYING, with_recipients=False)
    return paper


def ballot_minutes() -> Paper:
    paper = new_paper("Biên bản kiểm phiếu")
    head(paper)
    heading(paper, "BIÊN BẢN KIỂM PHIẾU")
    body(
        paper,
        "{{ cuoc_hop }} đã bỏ phiếu. {{ ben_kiem_phieu }} kiểm phiếu, kết quả như sau "
        "(tỷ lệ đồng ý tính trên số được triệu tập, trừ số không tính):",
    )
    table = [
        ("STT", "{{ dong.stt }}", 9),
        ("Đồng chí, chức danh, ngày bầu", "{{ dong.ho_ten }} – {{ dong.chuc_danh }}, {{ dong.ngay_bau }}", 36),
        ("Triệu tập", "{{ dong.trieu_tap }}", 12),
        ("Không tính", "{{ dong.khong_tinh }}", 13),
        ("Có mặt", "{{ dong.co_mat }}", 11),
        ("Phát ra", "{{ dong.phat_ra }}", 11),
        ("Thu về", "{{ dong.thu_ve }}", 11),
        ("Hợp lệ", "{{ dong.hop_le }}", 11),
        ("Đồng ý", "{{ dong.dong_y }}", 12),
        ("Tỷ lệ đồng ý", "{{ dong.ty_le }}", 18),
        ("Kết quả", "{{ dong.ket_qua }} (cần {{ dong.nguong }})", 21),
    ]
    headings, cells, widths = zip(*table, strict=True)
    grid(paper, headings, cells, widths, size=11, rows="ket_qua")
    tag(paper, "{%p if khong_tinh %}")
    body(paper, "Lý do không tính:").paragraph_format.space_before = Pt(6)
    tag(paper, "{%p for muc in khong_tinh %}")
    body(paper, "- {{ muc }}.")
    tag(paper, "{%p endfor %}")
    tag(paper, "{%p endif %}")
    body(
        paper,
        "Đồng chí trúng cử phải được hơn một nửa số được triệu tập (trừ số không tính) đồng ý. "
        "Biên bản được đọc lại và những người có tên dưới đây nhất trí ký.",
    ).paragraph_format.space_before = Pt(6)
    gap(paper)
    left, right = columns(paper, WIDTH - 85, 85)
    write(left.paragraphs[0], "{{ chu_tri }}", bold=True, align=CENTER)
    signature(right)
    gap(paper)
    recipients(columns(paper, WIDTH)[0])
    return paper


PAPERS = {
    "to-trinh": submission,
    "quyet-dinh": decision,
    "trich-ngang": extract,
    "kiem-phieu": ballot_minutes,
}


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, build in PAPERS.items():
        build().save(str(folder / f"{name}.docx"))
        print(folder / f"{name}.docx")


if __name__ == "__main__":
    main()
