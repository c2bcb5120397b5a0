"""What each paper says, under the names that its template uses (`organizations.papers.SAMPLES`)."""

from collections.abc import Callable
from datetime import date
from itertools import groupby

from common.formats import padded, percent, short_day
from organizations.models import Document, PaperKind
from personnel.models import Act, ChangeItem, Dossier, Person
from personnel.papers.facts import Facts
from personnel.papers.frame import NOT_APPLICABLE, UNKNOWN, capitalized, cited, frame, numbered, works_from
from personnel.papers.people import line_of, measures_in_words
from personnel.papers.wording import change, proposal, ruling

RELEASED = "Thôi"


def submission(facts: Facts) -> dict[str, object]:
    """Tờ trình: the organisation asks its direct superior."""
    paper = facts.dossier.submission
    return frame(facts.proposer, "TTr", paper, paper.summary if paper else f"Đề nghị {_subject(facts)}") | {
        "kinh_gui": facts.decider.name,
        "ben_trinh": facts.proposer.name,
        "noi_dung": numbered([proposal(item, facts) for item in facts.items]),
        "kem_theo": _enclosures(facts),
        "noi_nhan": ["Như trên,", f"Lưu hồ sơ {facts.dossier.code}."],
    }


def decision(facts: Facts) -> dict[str, object]:
    """Quyết định chuẩn y: what the superior confirmed; a draft of it while the dossier waits."""
    paper, asked = facts.dossier.decision, facts.dossier.submission
    summary = paper.summary if paper else _subject(facts)
    items = [item for item in facts.items if paper is None or item.outcome == ChangeItem.Outcome.CONFIRMED]
    days = {item.effective_on or item.proposed_on for item in items}
    people = {item.person_id for item in items}
    return frame(facts.decider, "QĐ", paper, capitalized(summary)) | {
        "du_thao": "" if paper else "DỰ THẢO",
        "can_cu": [
            "Căn cứ Điều lệ Đảng Cộng sản Việt Nam",
            f"Xét {asked.citation}" if asked else f"Xét đề nghị của {facts.proposer.name}",
        ],
        "ben_quyet_dinh": facts.decider.name.upper(),
        "noi_dung": numbered([ruling(item, facts) if len(days) > 1 else change(item, facts) for item in items]),
        "hieu_luc": _from_when(paper, days),
        "ben_thi_hanh": (
            f"{facts.proposer.name} và {'các đồng chí' if len(people) > 1 else 'đồng chí'} có tên tại Điều 1"
        ),
        "noi_nhan": ["Như Điều 3,", f"Lưu hồ sơ {facts.dossier.code}."],
    }


def _from_when(decision: Document | None, days: set[date | None]) -> str:
    """Return from when the decision works, and all of its items where that is another day than its own."""
    works = works_from(decision)
    [day] = days if len(days) == 1 else [None]
    if day is None or (decision and day == decision.effective_day):
        return works
    return f"{works}; các nội dung tại Điều 1 tính từ ngày {short_day(day)}"


def extract(facts: Facts) -> dict[str, object]:
    """Danh sách trích ngang: one line for each person, as the register knew them on the day of the submission."""
    paper = facts.dossier.submission
    by_person = groupby(sorted(facts.items, key=_place_in_list), key=lambda item: item.person)
    rows = [_person(person, list(items)) for person, items in by_person]
    return frame(facts.proposer, "TTr", None, f"Nhân sự đề nghị {_subject(facts)}", day=paper and paper.issued_on) | {
        "so_ky_hieu": "",  # a list bears the number of the paper that it goes with
        "kem_theo": cited(paper) if paper else "",
        "tinh_den": short_day(facts.day),
        "nhan_su": [{"stt": number} | row for number, row in enumerate(rows, start=1)],
    }


def ballot_minutes(facts: Facts) -> dict[str, object]:
    """Biên bản kiểm phiếu: the numbers of each vote, its threshold and its verdict."""
    voted = [item for item in facts.items if hasattr(item, "vote")]
    days = {item.elected_on for item in voted}
    at_congress = facts.dossier.kind == Dossier.Kind.CONGRESS
    place = f"Đại hội {facts.place.name}" if at_congress else f"Hội nghị {facts.place.committee_name}"
    subject = "Bầu cử" if at_congress else "Bầu bổ sung các chức danh"
    head = frame(
        facts.proposer,
        "BB",
        None,
        f"{subject} tại {place}, nhiệm kỳ {facts.term_label}",
        day=days.pop() if len(days) == 1 else None,
    )
    signed = {
        "thay_mat": f"T/M {'BAN' if at_congress else 'TỔ'} KIỂM PHIẾU",
        "chuc_vu_ky": "TRƯỞNG BAN" if at_congress else "TỔ TRƯỞNG",
        "nguoi_ky": "",
    }
    return (
        head
        | signed
        | {
            "cuoc_hop": place,
            "ben_kiem_phieu": "Ban kiểm phiếu" if at_congress else "Tổ kiểm phiếu",
            "ket_qua": [{"stt": number} | _vote(item) for number, item in enumerate(voted, start=1)],
            "khong_tinh": [_excluded(item) for item in voted if item.vote.excluded],
            "chu_tri": "T/M ĐOÀN CHỦ TỊCH" if at_congress else "CHỦ TRÌ HỘI NGHỊ",
            "noi_nhan": [f"Lưu hồ sơ {facts.dossier.code}."],
        }
    )


CONTEXTS: dict[str, Callable[[Facts], dict[str, object]]] = {
    PaperKind.SUBMISSION: submission,
    PaperKind.DECISION: decision,
    PaperKind.EXTRACT: extract,
    PaperKind.BALLOT_MINUTES: ballot_minutes,
}


def _subject(facts: Facts) -> str:
    """Return what the dossier is about, as the summary of a paper says it after "đề nghị"."""
    dossier = facts.dossier
    if dossier.kind == Dossier.Kind.CORRECTION:
        return f"đính chính nội dung hồ sơ {dossier.corrects.code} của {facts.place.committee_name}"
    if dossier.kind == Dossier.Kind.CONGRESS:
        return f"chuẩn y kết quả bầu cử tại Đại hội {facts.place.name}, nhiệm kỳ {facts.term_label}"
    return f"chuẩn y kiện toàn {facts.place.committee_name}, nhiệm kỳ {facts.term_label}"


def _enclosures(facts: Facts) -> str:
    voted = any(hasattr(item, "vote") for item in facts.items)
    return "danh sách trích ngang, biên bản kiểm phiếu" if voted else "danh sách trích ngang"


def _place_in_list(item: ChangeItem) -> tuple:
    """List people by name as the office does, the items of one person together, the highest position first."""
    return item.person.sort_key, item.person_id, item.position.rank


def _person(person: Person, items: list[ChangeItem]) -> dict[str, str]:
    notes = dict.fromkeys(item.note for item in items if item.note)
    return line_of(person) | {
        "du_kien": "; ".join(_intended(item) for item in items),
        "xep_loai": UNKNOWN,
        "ky_luat": measures_in_words(person) or "Không",
        "ghi_chu": "; ".join(notes) or NOT_APPLICABLE,
    }


def _intended(item: ChangeItem) -> str:
    said = {Act.APPOINT: item.position.name, Act.RELEASE: f"{RELEASED} {item.position.name}"}
    return said.get(item.act, f"Hủy bỏ nội dung đã ghi: {item.position.name}")


def _vote(item: ChangeItem) -> dict[str, object]:
    vote = item.vote
    won, lost = ("Đạt", "Không đạt") if item.act == Act.RELEASE else ("Trúng cử", "Không trúng cử")
    return {
        "ho_ten": item.person.full_name,
        "chuc_danh": _intended(item),
        "ngay_bau": short_day(item.elected_on) if item.elected_on else NOT_APPLICABLE,
        "trieu_tap": vote.summoned,
        "khong_tinh": vote.excluded,
        "co_mat": vote.present,
        "phat_ra": vote.issued,
        "thu_ve": vote.collected,
        "hop_le": vote.valid,
        "dong_y": vote.in_favour,
        "ty_le": percent(vote.in_favour, vote.summoned - vote.excluded),
        "nguong": vote.threshold,
        "ket_qua": won if vote.is_elected else lost,
    }


def _excluded(item: ChangeItem) -> str:
    vote = item.vote
    return f"Đồng chí {item.person.full_name}: không tính {padded(vote.excluded)}, lý do: {vote.excluded_reason}"
