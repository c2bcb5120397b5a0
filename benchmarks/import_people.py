"""`make bench`: 10,000 people out of a workbook: how long the preview and the writing take, and how much memory.

It runs on a throw-away SQLite database in a process of its own, prints its figures and ends with 1 past the limits.
"""

import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROWS = int(os.environ.get("ROWS", "10000"))
LONGEST_SECONDS, MOST_MEGABYTES = 20, 400
FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý")
MIDDLES = ("Văn", "Thị", "Đức", "Minh", "Thanh", "Ngọc", "Quang", "Hữu", "Xuân", "Thu")
GIVEN = ("An", "Bình", "Cường", "Dũng", "Đào", "Giang", "Hà", "Hùng", "Khánh", "Lan", "Mai", "Nam", "Oanh", "Phúc")


def measure() -> int:
    """Fill a database with the people; return the exit code."""
    sys.path.insert(0, str(ROOT))
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from intake.actions import send_file
    from intake.kinds.people import PEOPLE
    from intake.workflow import commit_file, read_file
    from tests import factories

    bloc = factories.organization(code="KHOI")
    for number in range(1, 74):
        factories.organization(bloc, code=f"CS-{number:02d}")
    content = Path(os.environ["BENCH_FILE"]).read_bytes()
    by = factories.office()
    sent = send_file(PEOPLE, upload=SimpleUploadedFile("dang-vien.xlsx", content), by=by)
    begun = time.perf_counter()
    read_file(sent, by=by)
    previewed = time.perf_counter() - begun
    sent.refresh_from_db()
    assert sent.counts["new"] == ROWS, sent.counts
    begun = time.perf_counter()
    commit_file(sent, by=by)
    written = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{ROWS} rows: preview {previewed:.1f} s, commit {written:.1f} s, peak memory {peak:.0f} MB")
    return int(previewed > LONGEST_SECONDS or written > LONGEST_SECONDS or peak > MOST_MEGABYTES)


def workbook() -> bytes:
    """Return a workbook of people as an office has them."""
    from openpyxl import Workbook

    chance = random.Random(7)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Đảng viên")
    sheet.append(
        [
            "STT",
            "Số thẻ đảng viên",
            "Họ và tên",
            "Ngày sinh",
            "Nam/nữ",
            "Dân tộc",
            "Quê quán",
            "Ngày vào Đảng",
            "Trình độ chuyên môn",
            "Lý luận chính trị",
            "Chức vụ hiện nay",
            "Mã nơi sinh hoạt đảng",
            "Sinh hoạt từ ngày",
        ]
    )
    for number in range(1, ROWS + 1):
        name = f"{chance.choice(FAMILIES)} {chance.choice(MIDDLES)} {chance.choice(GIVEN)}"
        born = f"{chance.randint(1, 28):02d}/{chance.randint(1, 12)}/{chance.randint(1962, 1998)}"
        sheet.append(
            [
                number,
                f"{number:08d}",
                name,
                born,
                chance.choice(("Nam", "Nữ")),
                chance.choice(("Kinh", "Tày", "Nùng", "Mường")),
                "Xã Tân Lập",
                str(chance.randint(1999, 2018)),
                chance.choice(("Đại học", "Thạc sĩ", "Cao đẳng")),
                chance.choice(("Trung cấp", "Cao cấp", "Sơ cấp")),
                "Chuyên viên",
                f"CS-{chance.randint(1, 73):02d}",
                "01/01/2019",
            ]
        )
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


if __name__ == "__main__":
    if "BENCH_FILE" in os.environ:
        sys.exit(measure())
    with tempfile.TemporaryDirectory(prefix="committee-tracker-bench-") as folder:
        file = Path(folder) / "people.xlsx"
        file.write_bytes(workbook())
        variables = os.environ | {
            "VAR_DIR": folder,
            "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
            "BENCH_FILE": str(file),
        }
        sys.exit(subprocess.run([sys.executable, __file__], env=variables, check=False).returncode)
