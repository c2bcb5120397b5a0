"""Files of people as an office sends them, for tests of the way that any file goes."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from intake.actions import send_file
from intake.kinds.people import PEOPLE
from intake.models import Import
from intake.workflow import outcome_of, read_file

HEADINGS = ["Số thẻ đảng viên", "Họ và tên", "Ngày sinh", "Nam/nữ", "Mã nơi sinh hoạt đảng", "Sinh hoạt từ ngày"]
AN = ["0001", "Nguyễn Văn An", "05/3/1970", "Nam", "CS-01", "2015"]
BINH = ["0002", "Trần Thị Bình", "8/1975", "Nữ", "CS-01", "01/02/2016"]

# As an office of its own habits has it.
OWN_HEADINGS = ["TT", "Đồng chí ấy", "Sinh ngày", "Phái", "Đơn vị", "Vào từ"]
OWN_ROW = ["1", "Nguyễn Văn An", "05/3/1970", "Nam", "CS-01", "2015"]
OWN_MAPPING = {
    "Đảng viên": {
        "sheet": "Sheet1",
        "columns": {
            "name": "Đồng chí ấy",
            "born": "Sinh ngày",
            "gender": "Phái",
            "organization": "Đơn vị",
            "begins": "Vào từ",
        },
    }
}


def file_of(*rows, headings=HEADINGS, name="dang-vien.xlsx", sheet="Đảng viên") -> SimpleUploadedFile:
    book = Workbook()
    book.active.title = sheet
    for row in (headings, *rows):
        book.active.append(row)
    stream = BytesIO()
    book.save(stream)
    return SimpleUploadedFile(name, stream.getvalue())


def sent(by, *rows, **options) -> Import:
    made = send_file(PEOPLE, upload=file_of(*rows, **options), by=by)
    read_file(made, by=by)
    made.refresh_from_db()
    return made


def faults(made: Import) -> list[tuple[int, str, str]]:
    return [(row.line, heading, reason) for row in outcome_of(made).rows for heading, _, reason in row.told_faults]
