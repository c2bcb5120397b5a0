"""The papers of reports: the summary in the party form, and a table whose columns are chosen."""

from docx.document import Document as Paper
from docx.shared import Pt
from docx.table import _Row

from scripts.paper_templates.form import (
    CENTER,
    TO_LEFT,
    WIDTH_LYING,
    body,
    foot,
    gap,
    grid,
    head,
    heading,
    keep_whole,
    lay_out,
    new_paper,
    tag,
    write,
)

SIZE = 10


def summary() -> Paper:
    paper = new_paper("Báo cáo tổng hợp")
    head(paper)
    heading(paper, "BÁO CÁO")
    tag(paper, "{%p for cau in doan %}")
    body(paper, "{{ cau }}")
    tag(paper, "{%p endfor %}")
    tag(paper, "{%p if muc %}")
    body(paper, "Số liệu cụ thể như sau:").paragraph_format.keep_with_next = True
    table = [
        ("STT", "{{ dong.stt }}", 11),
        ("Nội dung", "{{ dong.ten }}", 70),
        ("{{ ky }}", "{{ dong.so }}", 22),
        ("Đơn vị", "{{ dong.don_vi }}", 24),
        ("{{ ky_so_sanh }}", "{{ dong.so_sanh }}", 20),
        ("Đang chờ", "{{ dong.cho }}", 18),
    ]
    headings, cells, widths = zip(*table, strict=True)
    grid(paper, headings, cells, widths, size=11, rows="dong", groups="muc")
    tag(paper, "{%p endif %}")
    notes(paper)
    foot(paper)
    made_by(paper)
    return paper


def report_table() -> Paper:
    """A table of as many columns as the report has: each of its rows is a group's name, a line, or a sum."""
    paper = new_paper("Biểu kèm báo cáo", lying=True)
    head(paper, width=WIDTH_LYING, numbered=False)
    heading(paper, "BIỂU KÈM BÁO CÁO")
    notes(paper)
    tag(paper, "{%p if dong %}")
    table = paper.add_table(rows=10, cols=3, style="Table Grid")
    lay_out(table, [WIDTH_LYING / 3] * 3, margin=0.6)
    rows = iter(table.rows)
    for_each_column(next(rows), "cot", bold=True, align=CENTER, heading=True)
    alone(next(rows), "{%tr for dong in dong %}")
    alone(next(rows), "{%tr if dong.nhom %}")
    across(next(rows), "{% colspan so_cot %}{{ dong.nhom }}")
    alone(next(rows), "{%tr elif dong.cong %}")
    for_each_column(next(rows), "dong.o", bold=True)
    alone(next(rows), "{%tr else %}")
    for_each_column(next(rows), "dong.o")
    alone(next(rows), "{%tr endif %}")
    alone(next(rows), "{%tr endfor %}")
    tag(paper, "{%p else %}")
    write(paper.add_paragraph(), "{{ trong }}", italic=True, align=CENTER)
    tag(paper, "{%p endif %}")
    notes(paper, "chu_thich")
    gap(paper)
    foot(paper, width=WIDTH_LYING, with_recipients=False)
    made_by(paper)
    return paper


def notes(paper: Paper, sentences: str = "ghi_chu") -> None:
    tag(paper, f"{{%p for cau in {sentences} %}}")
    write(paper.add_paragraph(), "{{ cau }}.", italic=True, size=12, align=TO_LEFT).paragraph_format.space_after = Pt(3)
    tag(paper, "{%p endfor %}")


def made_by(paper: Paper) -> None:
    line = write(paper.add_paragraph(), "{{ lap_boi }}.", italic=True, size=10, align=TO_LEFT)
    line.paragraph_format.space_before = Pt(12)


def for_each_column(row: _Row, columns: str, *, bold=False, align=TO_LEFT, heading=False) -> None:
    keep_whole(row, heading=heading)
    first, middle, last = row.cells
    write(first.paragraphs[0], f"{{%tc for o in {columns} %}}")
    write(middle.paragraphs[0], "{{ o }}", bold=bold, size=SIZE, align=align)
    write(last.paragraphs[0], "{%tc endfor %}")


def across(row: _Row, text: str) -> None:
    """Write a text into the one cell of a row, which stays with the row beneath it."""
    keep_whole(row)
    first, *others = row.cells
    for cell in others:
        row._tr.remove(cell._tc)
    write(first.paragraphs[0], text, bold=True, size=SIZE, align=TO_LEFT).paragraph_format.keep_with_next = True


def alone(row: _Row, text: str) -> None:
    """Write a tag into a row that holds it alone and is gone when the paper is written."""
    write(row.cells[0].paragraphs[0], text)


REPORT_PAPERS = {"bao-cao": summary, "bieu-bao-cao": report_table}
