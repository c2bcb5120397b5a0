"""The papers of a dossier."""

from docx.document import Document as Paper
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


DOSSIER_PAPERS = {
    "to-trinh": submission,
    "quyet-dinh": decision,
    "trich-ngang": extract,
    "kiem-phieu": ballot_minutes,
}
