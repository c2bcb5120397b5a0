"""The papers of succession planning."""

from docx.document import Document as Paper
from docx.enum.text import WD_BREAK
from docx.shared import Pt

from scripts.paper_templates.form import (
    CENTER,
    WIDTH,
    WIDTH_LYING,
    body,
    columns,
    foot,
    gap,
    grid,
    head,
    heading,
    new_paper,
    recipients,
    signature,
    tag,
    write,
)


def submission() -> Paper:
    paper = new_paper("Tờ trình quy hoạch")
    head(paper)
    heading(paper, "TỜ TRÌNH")
    note_of_part(paper)
    greeting = write(paper.add_paragraph(), "Kính gửi: {{ kinh_gui }}", italic=True, align=CENTER)
    greeting.paragraph_format.space_after = Pt(10)
    legal_basis(paper)
    body(paper, "{{ ben_trinh }} kính trình {{ kinh_gui }} xem xét, phê duyệt quy hoạch với các nội dung sau:")
    body(paper, "I. Nội dung đề nghị", bold=True)
    tag(paper, "{%p for muc in noi_dung %}")
    body(paper, "{{ muc.stt }}. {{ muc.cau }}.")
    tag(paper, "{%p if muc.co_cau %}")
    body(paper, "Cơ cấu: {{ muc.co_cau }}.")
    tag(paper, "{%p endif %}")
    tag(paper, "{%p endfor %}")
    tag(paper, "{%p if lay_phieu %}")
    body(paper, "II. Kết quả lấy phiếu giới thiệu", bold=True)
    tag(paper, "{%p for muc in lay_phieu %}")
    body(paper, "{{ muc.stt }}. {{ muc.cau }}.")
    tag(paper, "{%p endfor %}")
    tag(paper, "{%p endif %}")
    body(paper, "Kèm theo Tờ trình này: {{ kem_theo }}.")
    body(paper, "{{ ben_trinh }} kính đề nghị {{ kinh_gui }} xem xét, phê duyệt.")
    foot(paper)
    return paper


def legal_basis(paper: Paper) -> None:
    tag(paper, "{%p for muc in can_cu %}")
    body(paper, "- {{ muc }}{{ ',' if loop.last else ';' }}")
    tag(paper, "{%p endfor %}")


def note_of_part(paper: Paper) -> None:
    """Say, where a paper shows only a part of what was asked or decided, which part."""
    tag(paper, "{%p if trich %}")
    write(paper.add_paragraph(), "({{ trich }})", italic=True, size=13, align=CENTER).paragraph_format.space_after = Pt(
        6
    )
    tag(paper, "{%p endif %}")


def decision() -> Paper:
    paper = new_paper("Quyết định phê duyệt quy hoạch")
    tag(paper, "{%p if du_thao %}")
    write(paper.add_paragraph(), "{{ du_thao }}", bold=True)
    tag(paper, "{%p endif %}")
    head(paper)
    heading(paper, "QUYẾT ĐỊNH")
    note_of_part(paper)
    legal_basis(paper)
    write(paper.add_paragraph(), "{{ ben_quyet_dinh }}", bold=True, align=CENTER).paragraph_format.space_before = Pt(6)
    write(paper.add_paragraph(), "QUYẾT ĐỊNH", bold=True, align=CENTER).paragraph_format.space_after = Pt(10)
    write(body(paper, "Điều 1. ", bold=True), "{{ dieu_1 }}{{ ':' if noi_dung else '.' }}")
    tag(paper, "{%p for muc in noi_dung %}")
    body(paper, "{{ muc.stt }}. {{ muc.cau }}.")
    tag(paper, "{%p endfor %}")
    write(body(paper, "Điều 2. ", bold=True), "Quyết định này có hiệu lực {{ hieu_luc }}.")
    write(body(paper, "Điều 3. ", bold=True), "{{ ben_thi_hanh }} chịu trách nhiệm thi hành Quyết định này.")
    foot(paper)
    tag(paper, "{%p if to_chuc %}")
    annex(paper)
    tag(paper, "{%p endif %}")
    return paper


def annex(paper: Paper) -> None:
    """Add the list of the organisations whose plans one decision approves, on a page of its own."""
    title = paper.add_paragraph()
    title.add_run().add_break(WD_BREAK.PAGE)
    write(title, "DANH SÁCH", bold=True, size=16, align=CENTER)
    write(paper.add_paragraph(), "Các tổ chức đảng được phê duyệt quy hoạch", bold=True, align=CENTER)
    note = write(paper.add_paragraph(), "(Kèm theo {{ kem_theo }})", italic=True, size=13, align=CENTER)
    note.paragraph_format.space_after = Pt(8)
    table = [
        ("STT", "{{ dong.stt }}", 10),
        ("Tổ chức đảng", "{{ dong.ten }}", 49),
        ("Quy hoạch", "{{ dong.chuc_danh }}", 37),
        ("Tờ trình", "{{ dong.to_trinh }}", 30),
        ("Số đồng chí", "{{ dong.so_luong }}", 13),
        ("Ghi chú", "{{ dong.ghi_chu }}", 26),
    ]
    headings, cells, widths = zip(*table, strict=True)
    grid(paper, headings, cells, widths, size=12, rows="to_chuc")
    total = write(paper.add_paragraph(), "Tổng số: {{ tong_so }}.", italic=True)
    total.paragraph_format.space_before = Pt(6)


def people() -> Paper:
    paper = new_paper("Danh sách quy hoạch", lying=True)
    head(paper, width=WIDTH_LYING, numbered=False)
    heading(paper, "DANH SÁCH TRÍCH NGANG")
    tag(paper, "{%p if kem_theo %}")
    write(paper.add_paragraph(), "(Kèm theo {{ kem_theo }})", italic=True, size=13, align=CENTER)
    tag(paper, "{%p endif %}")
    note_of_part(paper)
    note = write(paper.add_paragraph(), "Số liệu tính đến ngày {{ tinh_den }}", italic=True, size=13, align=CENTER)
    note.paragraph_format.space_after = Pt(6)
    table = [
        ("STT", "stt", 9),
        ("Họ và tên", "ho_ten", 25),
        ("Nam/ nữ", "gioi_tinh", 10),
        ("Ngày sinh", "ngay_sinh", 18),
        ("Dân tộc", "dan_toc", 13),
        ("Quê quán", "que_quan", 21),
        ("Ngày vào Đảng", "vao_dang", 18),
        ("Ngày chính thức", "chinh_thuc", 18),
        ("Chuyên môn", "chuyen_mon", 19),
        ("Lý luận chính trị", "ly_luan", 13),
        ("Chức vụ hiện nay (Đảng, chính quyền)", "chuc_vu", 40),
        ("Chức danh quy hoạch", "chuc_danh", 21),
        ("Đối tượng", "doi_tuong", 12),
        ("Ghi chú", "ghi_chu", 15),
    ]
    headings, names, widths = zip(*table, strict=True)
    cells = [f"{{{{ dong.{name} }}}}" for name in names]
    grid(paper, headings, cells, widths, size=10, rows="nhan_su", groups="nhom")
    gap(paper)
    total = write(paper.add_paragraph(), "Danh sách này có {{ tong_so }}.", italic=True)
    total.paragraph_format.keep_with_next = True
    foot(paper, width=WIDTH_LYING, with_recipients=False)
    return paper


def ballot_minutes() -> Paper:
    paper = new_paper("Biên bản kiểm phiếu quy hoạch")
    head(paper)
    heading(paper, "BIÊN BẢN KIỂM PHIẾU")
    body(
        paper,
        "{{ ngay_lay_phieu }}, tại {{ to_chuc }}, {{ cuoc_hop }} đã lấy phiếu giới thiệu {{ noi_dung }}. "
        "Tổ kiểm phiếu đã kiểm phiếu, kết quả như sau:",
    )
    body(paper, "- Số người được triệu tập: {{ trieu_tap }} đồng chí; có mặt: {{ co_mat }} đồng chí.")
    body(
        paper,
        "- Số phiếu phát ra: {{ phat_ra }}; thu về: {{ thu_ve }}; hợp lệ: {{ hop_le }}; "
        "không hợp lệ: {{ khong_hop_le }}.",
    )
    body(
        paper,
        "- Tỷ lệ tính trên {{ tinh_tren }}. Mức để được giới thiệu: {{ muc }}, tức là từ {{ nguong }} phiếu đồng ý "
        "trở lên.",
    )
    table = [
        ("STT", "{{ dong.stt }}", 10),
        ("Họ và tên", "{{ dong.ho_ten }}", 38),
        ("Chức danh giới thiệu", "{{ dong.chuc_danh }}", 42),
        ("Số phiếu đồng ý", "{{ dong.dong_y }}", 14),
        ("Tỷ lệ đồng ý", "{{ dong.ty_le }}", 30),
        ("Kết quả", "{{ dong.ket_luan }}", 31),
    ]
    headings, cells, widths = zip(*table, strict=True)
    grid(paper, headings, cells, widths, size=11, rows="ket_qua")
    body(paper, "{{ tong_hop }}.").paragraph_format.space_before = Pt(6)
    body(paper, "Biên bản được đọc lại và những người có tên dưới đây nhất trí ký.")
    paper.paragraphs[-1].paragraph_format.keep_with_next = True
    gap(paper)
    left, right = columns(paper, WIDTH - 85, 85)
    write(left.paragraphs[0], "{{ chu_tri }}", bold=True, align=CENTER)
    signature(right)
    gap(paper)
    recipients(columns(paper, WIDTH)[0])
    return paper


def comparison() -> Paper:
    paper = new_paper("Biểu so sánh rà soát quy hoạch")
    head(paper, numbered=False)
    heading(paper, "BIỂU SO SÁNH")
    tag(paper, "{%p if theo %}")
    write(paper.add_paragraph(), "({{ theo }})", italic=True, size=13, align=CENTER)
    tag(paper, "{%p endif %}")
    gap(paper)
    totals = [
        ("Trước rà soát", "truoc"),
        ("Đưa ra", "dua_ra"),
        ("Bổ sung", "bo_sung"),
        ("Giữ nguyên", "giu_nguyen"),
        ("Sau rà soát", "sau"),
    ]
    headings, names = zip(*totals, strict=True)
    grid(paper, headings, [f"{{{{ dong.{name} }}}}" for name in names], [33] * 5, size=12, rows="tong_hop")
    note = write(paper.add_paragraph(), "{{ don_vi }}.", italic=True, size=12)
    note.paragraph_format.space_before, note.paragraph_format.space_after = Pt(4), Pt(8)
    table = [
        ("STT", "{{ dong.stt }}", 10),
        ("Họ và tên", "{{ dong.ho_ten }}", 40),
        ("Ngày sinh", "{{ dong.ngay_sinh }}", 22),
        ("Chức danh quy hoạch", "{{ dong.chuc_danh }}", 42),
        ("Lý do, ghi chú", "{{ dong.ghi_chu }}", 51),
    ]
    headings, cells, widths = zip(*table, strict=True)
    grid(paper, headings, cells, widths, size=11, rows="nhan_su", groups="nhom")
    foot(paper, with_recipients=False)
    return paper


PLAN_PAPERS = {
    "to-trinh-quy-hoach": submission,
    "quyet-dinh-quy-hoach": decision,
    "danh-sach-quy-hoach": people,
    "kiem-phieu-quy-hoach": ballot_minutes,
    "so-sanh-quy-hoach": comparison,
}
