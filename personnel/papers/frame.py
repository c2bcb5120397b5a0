"""What all papers of the office have alike: the head, the foot, and the words for what is not known."""

from datetime import date

from django.conf import settings

from common.formats import long_day, short_day
from organizations.models import Document
from personnel.papers.issuers import BLANK, Issuer

UNKNOWN = "chưa có số liệu"
NOT_APPLICABLE = "—"
NO_DAY = "ngày …… tháng …… năm ………"


def frame(issuer: Issuer, type: str, paper: Document | None, summary: str, *, day: date | None = None) -> dict:
    """Return the head and the foot; without a paper in the register its number, and often its day, stay open."""
    day = paper.issued_on if paper else day
    return {
        "cap_tren": issuer.above,
        "co_quan": issuer.head,
        "so_ky_hieu": f"Số {paper.full_number if paper else f'{BLANK}-{type}/{issuer.symbol}'}",
        "noi_ky": settings.PAPER_PLACE,
        "ngay_ky": long_day(day) if day else NO_DAY,
        "du_thao": "",
        "trich_yeu": summary,
        "thay_mat": issuer.on_behalf,
        "chuc_vu_ky": issuer.title,
        "nguoi_ky": issuer.signer,
    }


def numbered(sentences: list[str]) -> list[dict[str, object]]:
    """Return the sentences as a numbered list of the templates."""
    return [{"stt": number, "cau": sentence} for number, sentence in enumerate(sentences, start=1)]


def cited(paper: Document) -> str:
    """Return the paper as a list names the one that it goes with: Tờ trình số 12-TTr/ĐU, ngày 15/02/2022."""
    return f"{paper.get_type_display()} số {paper.full_number}, ngày {short_day(paper.issued_on)}"


def works_from(decision: Document | None) -> str:
    """Return from when a decision works; a draft works from its signature on."""
    begins, signed = decision and decision.effective_day, decision and decision.issued_on
    return "kể từ ngày ký" if begins == signed else f"kể từ ngày {short_day(begins)}"


def capitalized(summary: str) -> str:
    """Return the text with its first letter a capital, the rest as it is."""
    return summary[:1].upper() + summary[1:]
