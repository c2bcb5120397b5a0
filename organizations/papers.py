"""The Word templates of the papers of dossiers and of plans: what they may use, and which one is in use.

The names in a template are read by the office's administrator, who may edit it, so they are Vietnamese. `SAMPLES` says
which there are. `personnel.papers` and `planning.papers` fill in exactly these.
"""

from pathlib import Path

from django.core.files.uploadedfile import UploadedFile

from common.papers import render
from common.uploads import FileKind, inspect
from organizations.models import PaperKind, PaperTemplate

FOLDER = Path(__file__).resolve().parent / "paper_templates"

# The head and the foot, alike in all.
FRAME = {
    "cap_tren": "ĐẢNG ỦY KHỐI",
    "co_quan": "ĐẢNG ỦY SỞ A",
    "so_ky_hieu": "Số 01-TTr/ĐU",
    "noi_ky": "……………",
    "ngay_ky": "ngày 05 tháng 02 năm 2026",
    "du_thao": "",
    "trich_yeu": "Đề nghị chuẩn y kiện toàn Đảng ủy Sở A, nhiệm kỳ 2025-2030",
    "thay_mat": "T/M BAN THƯỜNG VỤ",
    "chuc_vu_ky": "BÍ THƯ",
    "nguoi_ky": "Nguyễn Văn A",
}
ITEM = {"stt": 1, "cau": "Chỉ định đồng chí Trần Thị B tham gia Ban Chấp hành Đảng bộ Sở A, nhiệm kỳ 2025-2030"}
PERSON = {
    "stt": 1,
    "ho_ten": "Trần Thị B",
    "gioi_tinh": "Nữ",
    "ngay_sinh": "20/5/1980",
    "dan_toc": "Kinh",
    "que_quan": "Xã C",
    "vao_dang": "03/02/2005",
    "chinh_thuc": "03/02/2006",
    "chuyen_mon": "Đại học, Luật",
    "ly_luan": "Cao cấp",
    "chuc_vu": "Chánh Văn phòng",
    "du_kien": "Bổ sung: Ủy viên Ban Chấp hành",
    "xep_loai": "chưa có số liệu",
    "ky_luat": "Không",
    "ghi_chu": "—",
}
VOTE = {
    "stt": 1,
    "ho_ten": "Trần Thị B",
    "chuc_danh": "Ủy viên Ban Chấp hành",
    "ngay_bau": "05/02/2026",
    "trieu_tap": 15,
    "khong_tinh": 0,
    "co_mat": 15,
    "phat_ra": 15,
    "thu_ve": 15,
    "hop_le": 15,
    "dong_y": 12,
    "ty_le": "80,00 % (12/15)",
    "nguong": 8,
    "ket_qua": "Trúng cử",
}
PLANNED = {name: value for name, value in PERSON.items() if name not in ("du_kien", "xep_loai", "ky_luat")}
PLANNED |= {"chuc_danh": "Bí thư", "doi_tuong": "1"}
FIGURE = {"stt": 1, "ten": "Bổ sung Bí thư", "so": "03", "don_vi": "đồng chí", "cho": "00", "so_sanh": "02"}
MADE = {"lap_boi": "Người lập: Nguyễn Văn A, lúc 10:05 ngày 05/02/2026. Mã bản xuất: XK7F-2M9Q"}
COMPARED = {"stt": 1, "ho_ten": "Trần Thị B", "ngay_sinh": "20/5/1980", "chuc_danh": "Bí thư", "ghi_chu": "Quá tuổi"}
SAMPLES: dict[str, dict[str, object]] = {
    PaperKind.SUBMISSION: FRAME
    | {
        "kinh_gui": "Ban Thường vụ Đảng ủy Khối",
        "ben_trinh": "Đảng ủy Sở A",
        "noi_dung": [ITEM],
        "kem_theo": "danh sách trích ngang",
        "noi_nhan": ["Như trên,"],
    },
    PaperKind.DECISION: FRAME
    | {
        "can_cu": ["Xét Tờ trình số 01-TTr/ĐU, ngày 05/02/2026 của Đảng ủy Sở A"],
        "ben_quyet_dinh": "BAN THƯỜNG VỤ ĐẢNG ỦY KHỐI",
        "noi_dung": [ITEM],
        "hieu_luc": "kể từ ngày ký",
        "ben_thi_hanh": "Đảng ủy Sở A và đồng chí có tên tại Điều 1",
        "noi_nhan": ["Như Điều 3,"],
    },
    PaperKind.EXTRACT: FRAME | {"kem_theo": "Tờ trình số 01-TTr/ĐU", "tinh_den": "05/02/2026", "nhan_su": [PERSON]},
    PaperKind.BALLOT_MINUTES: FRAME
    | {
        "cuoc_hop": "Hội nghị Đảng ủy Sở A",
        "ben_kiem_phieu": "Tổ kiểm phiếu",
        "ket_qua": [VOTE],
        "khong_tinh": ["Đồng chí Trần Thị B: không tính 01, lý do: vắng có lý do"],
        "chu_tri": "CHỦ TRÌ HỘI NGHỊ",
        "noi_nhan": ["Lưu hồ sơ HS-2026-001."],
    },
    PaperKind.PLAN_SUBMISSION: FRAME
    | {
        "trich": "Trích: 02/73 quy hoạch được đề nghị tại Tờ trình này",
        "kinh_gui": "Ban Thường vụ Đảng ủy Khối",
        "can_cu": ["Căn cứ Hướng dẫn số 06-HD/ĐUK, ngày 25/5/2022 của Ban Thường vụ Đảng ủy Khối"],
        "ben_trinh": "Đảng ủy Sở A",
        "noi_dung": [ITEM | {"co_cau": "nữ 33,33 % (1/3); dưới 40 tuổi 66,67 % (2/3); dân tộc thiểu số 0,00 % (0/3)"}],
        "lay_phieu": [ITEM],
        "kem_theo": "danh sách trích ngang",
        "noi_nhan": ["Như trên,"],
    },
    PaperKind.PLAN_DECISION: FRAME
    | {
        "du_thao": "DỰ THẢO",
        "trich": "Trích: 02/73 quy hoạch được phê duyệt tại Quyết định này",
        "can_cu": ["Xét đề nghị tại Tờ trình số 01-TTr/ĐU, ngày 05/02/2026 của Đảng ủy Sở A"],
        "ben_quyet_dinh": "BAN THƯỜNG VỤ ĐẢNG ỦY KHỐI",
        "dieu_1": "Phê duyệt quy hoạch nhiệm kỳ 2025-2030 của 02 tổ chức đảng đối với 05 đồng chí",
        "noi_dung": [ITEM],
        "hieu_luc": "kể từ ngày ký",
        "ben_thi_hanh": "Các tổ chức đảng và các đồng chí có tên trong danh sách kèm theo",
        "noi_nhan": ["Như Điều 3,"],
        "kem_theo": "Quyết định số 34-QĐ/ĐUK, ngày 10/3/2026",
        "to_chuc": [
            {
                "stt": 1,
                "ten": "Đảng bộ Sở A",
                "chuc_danh": "Bí thư, Phó Bí thư",
                "to_trinh": "01-TTr/ĐU ngày 05/02/2026",
                "so_luong": "05",
                "ghi_chu": "—",
            }
        ],
        "tong_so": "02 tổ chức đảng, 05 đồng chí",
    },
    PaperKind.PLAN_LIST: FRAME
    | {
        "kem_theo": "Quyết định số 34-QĐ/ĐUK, ngày 10/3/2026",
        "trich": "Trích: 02/73 quy hoạch được phê duyệt tại Quyết định này",
        "tinh_den": "05/02/2026",
        "nhom": [{"ten": "Bí thư (01 đồng chí)", "nhan_su": [PLANNED]}],
        "tong_so": "01 đồng chí",
    },
    PaperKind.PLAN_BALLOT_MINUTES: FRAME
    | {
        "ngay_lay_phieu": "Ngày 05/02/2026",
        "to_chuc": "Đảng bộ Sở A",
        "cuoc_hop": "Hội nghị Ban Chấp hành",
        "noi_dung": "quy hoạch Bí thư, Phó Bí thư Đảng ủy Sở A, nhiệm kỳ 2025-2030",
        "trieu_tap": "15",
        "co_mat": "15",
        "phat_ra": "15",
        "thu_ve": "15",
        "hop_le": "15",
        "khong_hop_le": "00",
        "tinh_tren": "số người được triệu tập (15)",
        "muc": "trên 50 % số người được triệu tập",
        "nguong": "08",
        "ket_qua": [
            {
                "stt": 1,
                "ho_ten": "Trần Thị B",
                "chuc_danh": "Bí thư",
                "dong_y": 12,
                "ty_le": "80,00 % (12/15)",
                "ket_luan": "Được giới thiệu",
            }
        ],
        "tong_hop": "Có 01/01 đồng chí được giới thiệu",
        "chu_tri": "CHỦ TRÌ HỘI NGHỊ",
        "noi_nhan": ["Lưu hồ sơ quy hoạch."],
    },
    PaperKind.REPORT: FRAME
    | MADE
    | {
        "doan": ["Trong năm 2022, Đảng ủy Khối đã bổ sung 03 Ủy viên Ban Chấp hành."],
        "ky": "Năm 2022",
        "ky_so_sanh": "Năm 2021",
        "muc": [{"ten": "Củng cố, kiện toàn cấp ủy cơ sở", "dong": [FIGURE]}],
        "ghi_chu": ["Chỉ đếm nội dung đã chuẩn y đến ngày 31/12/2022"],
        "noi_nhan": ["Ban Thường vụ Đảng ủy Khối,"],
    },
    PaperKind.REPORT_TABLE: FRAME
    | MADE
    | {
        "ghi_chu": ["Đảng bộ Khối và các tổ chức trực thuộc; số liệu tính đến ngày 31/12/2022"],
        "chu_thich": ["Chỉ kê các lượt đã chuẩn y, có hiệu lực trong kỳ"],
        "so_cot": 3,
        "cot": ["STT", "Họ và tên", "Chức danh"],
        "dong": [
            {"nhom": "Bổ sung Bí thư", "cong": "", "o": []},
            {"nhom": "", "cong": "", "o": ["1", "Trần Thị B", "Bí thư"]},
            {"nhom": "", "cong": "Cộng", "o": ["Cộng", "01 lượt", ""]},
        ],
        "trong": "",
    },
    PaperKind.PLAN_COMPARISON: FRAME
    | {
        "theo": "Kèm theo Tờ trình số 01-TTr/ĐU, ngày 05/02/2026",
        "tong_hop": [{"truoc": "05", "dua_ra": "01", "bo_sung": "01", "giu_nguyen": "04", "sau": "05"}],
        "don_vi": "Đơn vị tính: đồng chí",
        "nhom": [{"ten": "I. Đưa ra khỏi quy hoạch (01 đồng chí)", "nhan_su": [COMPARED]}],
    },
}


def default_template(kind: str) -> Path:
    """Return the template that comes with the product."""
    return FOLDER / f"{PaperKind(kind).value}.docx"


def template_in_use(kind: str) -> Path | bytes:
    """Return the office's own template of the paper, or the one that comes with the product."""
    own = PaperTemplate.objects.filter(kind=kind).first()
    if own is None:
        return default_template(kind)
    with own.content.open() as file:
        return file.read()


def inspect_template(kind: str, upload: UploadedFile) -> str:
    """Return the upload's name when the paper can be written with it, full and empty; raise `Refused` when not."""
    found = inspect(upload, allowed=[FileKind.DOCX])
    content = upload.read()
    upload.seek(0)
    for context in (SAMPLES[kind], _emptied(SAMPLES[kind])):
        render(content, context)
    return found.name


def _emptied(context: dict[str, object]) -> dict[str, object]:
    """Return the context with nothing in its texts and lists, for the branches that the full one skips."""
    return {name: type(value)() for name, value in context.items()}
