"""How the tests of pages send what somebody types of a reorganisation."""

from django.urls import reverse

from organizations.models import Reorganization
from tests.pages import text_of

LIST, NEW = reverse("reorganizations:reorganization_list"), reverse("reorganizations:reorganization_new")
DECISION = {
    "source": "new",
    "type": "QĐ",
    "issued_by": "outside",
    "issuer_name": "Ban Thường vụ Tỉnh ủy",
    "number": "12",
    "symbol": "TU",
    "issued_on": "01/03/2022",
    "signed_by": "Lê Văn Ký",
    "summary": "Về sắp xếp tổ chức",
}
BLANK = {"note": "", "explanation": ""}


def address(kind: str, *codes: str, day: str = "10/03/2022") -> str:
    return f"{NEW}?hinh-thuc={kind}&ngay={day}" + "".join(f"&tu={code}" for code in codes)


def send(client, url: str, typed: dict, button: str = "xac-nhan"):
    return client.post(url, BLANK | DECISION | typed | {button: "1"})


def refused(answer) -> str:
    """Return what a reader sees of a page that says why it did not go on."""
    assert answer.status_code == 422
    answer.status_code = 200
    return text_of(answer)


def made() -> Reorganization:
    return Reorganization.objects.get()
