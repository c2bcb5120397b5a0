"""What each paper of a plan says, under the names that its template uses (`organizations.papers.SAMPLES`)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from common.formats import padded, short_day
from personnel.papers.frame import NOT_APPLICABLE, capitalized, cited, frame, numbered, works_from
from personnel.papers.people import line_of
from planning.models import PlanEntry
from planning.papers.facts import Facts
from planning.papers.plans import Leaver, PlanOnPaper
from planning.papers.wording import (
    approved,
    balloted,
    by_position,
    cited_as_basis,
    comrades,
    matter,
    people,
    request,
    reviewed,
    shares,
    subject_together,
    turns,
)

WITH_LIST = "(có danh sách kèm theo)"
DECIDED = "được phê duyệt tại Quyết định này"


def submission(facts: Facts) -> dict[str, object]:
    """Tờ trình: the organisation asks for the approval of its plan, or of all that go with the same paper."""
    paper = facts.approval.submission
    summary = paper.summary if paper else f"Đề nghị phê duyệt {matter(facts.plans)}"
    return frame(facts.proposer, "TTr", paper, summary) | {
        "trich": _which_part(facts, "được đề nghị tại Tờ trình này"),
        "kinh_gui": facts.decider.name,
        "can_cu": [cited_as_basis(document) for document in facts.legal_basis],
        "ben_trinh": facts.proposer.name,
        "noi_dung": [
            {"stt": number, "cau": request(plan), "co_cau": shares(plan.everybody, facts.day)}
            for number, plan in enumerate(facts.plans, start=1)
        ],
        "lay_phieu": numbered(list(_ballots(facts))),
        "kem_theo": ", ".join(_enclosures(facts.plans)),
        "noi_nhan": ["Như trên,", *_filed(facts.plans)],
    }


def _ballots(facts: Facts) -> Iterator[str]:
    """Yield how each ballot went; that nothing is known of them where people were introduced without one."""
    several = len(facts.plans) > 1
    for plan in facts.plans:
        whose = f"{plan.group.label}: " if several else ""
        for step in plan.steps:
            yield whose + balloted(step)
        if plan.coming and not plan.steps:
            yield f"{plan.group.label}: chưa có số liệu lấy phiếu"


def _enclosures(plans: Sequence[PlanOnPaper]) -> list[str]:
    there = [
        ("danh sách trích ngang", True),
        ("biên bản kiểm phiếu", any(plan.steps for plan in plans)),
        ("biểu so sánh kết quả rà soát", any(plan.is_review for plan in plans)),
    ]
    return [name for name, is_there in there if is_there]


def _filed(plans: Sequence[PlanOnPaper]) -> list[str]:
    terms = sorted({plan.approval.round.plan_term for plan in plans})
    return [f"Lưu hồ sơ quy hoạch nhiệm kỳ {', '.join(terms)}."]


def decision(facts: Facts) -> dict[str, object]:
    """Quyết định phê duyệt: all plans that it approves; while the plan waits, a draft of it for this plan."""
    paper = facts.approval.decision
    of_many = facts.organizations > 1
    concerned = "Các tổ chức đảng" if of_many else _committee(facts.plans[0])
    summary = paper.summary if paper else f"Phê duyệt {matter(facts.plans)}"
    return frame(facts.decider, "QĐ", paper, capitalized(summary)) | {
        "du_thao": "" if paper else "DỰ THẢO",
        "trich": _which_part(facts, DECIDED),
        "can_cu": [*(cited_as_basis(document) for document in facts.legal_basis), _asked_by(facts)],
        "ben_quyet_dinh": facts.decider.name.upper(),
        "dieu_1": f"Phê duyệt {matter(facts.plans)}{_for_how_many(facts.plans)} {WITH_LIST}",
        "noi_dung": numbered(_by_group(facts.plans) if of_many else _by_plan(facts.plans)),
        "hieu_luc": works_from(paper),
        "ben_thi_hanh": f"{concerned} và các đồng chí có tên trong danh sách kèm theo",
        "noi_nhan": ["Như Điều 3,", *_filed(facts.plans)],
        "kem_theo": cited(paper) if paper else "Quyết định phê duyệt quy hoạch",
        "to_chuc": [_row_of_plan(number, plan) for number, plan in enumerate(facts.plans, start=1)] if of_many else [],
        "tong_so": f"{padded(facts.organizations)} tổ chức đảng, {comrades(_everybody(facts.plans))}",
    }


def _committee(plan: PlanOnPaper) -> str:
    return plan.place.committee_name


def _everybody(plans: Iterable[PlanOnPaper]) -> list[PlanEntry]:
    return [entry for plan in plans for entry in plan.everybody]


def _which_part(facts: Facts, what: str) -> str:
    """Return, when the paper cannot tell all that is on it, how much of it this is; empty when it is all."""
    if not facts.unseen:
        return ""
    shown = len(facts.plans)
    return f"Trích: {padded(shown)}/{padded(shown + facts.unseen)} quy hoạch {what}"


def _asked_by(facts: Facts) -> str:
    """Return on whose request: the tờ trình, or that there are several."""
    papers = {plan.approval.submission for plan in facts.plans}
    if len(papers) == 1:
        [paper] = papers
        if paper:
            return f"Xét đề nghị tại {paper.citation}"
    if facts.organizations > 1:
        return "Xét đề nghị của các tổ chức đảng có tên trong danh sách kèm theo"
    return f"Xét đề nghị của {facts.proposer.name}"


def _for_how_many(plans: Sequence[PlanOnPaper]) -> str:
    """Return for how many people; a review says so by itself."""
    if all(plan.is_review for plan in plans):
        return ""
    return f" đối với {comrades(_everybody(plans))}"


def _by_plan(plans: Sequence[PlanOnPaper]) -> list[str]:
    """Return what is decided on the plans of one organisation, with the names."""
    if len(plans) == 1 and plans[0].is_review:
        return [capitalized(said) for said in reviewed(plans[0])]
    reviews = [f"{plan.group.label}: {'; '.join(reviewed(plan))}" for plan in plans if plan.is_review]
    return [said for plan in plans if not plan.is_review for said in approved(plan)] + reviews


def _by_group(plans: Sequence[PlanOnPaper]) -> list[str]:
    """Return what is decided on the plans of many organisations, in numbers."""
    groups: dict[str, list[PlanOnPaper]] = defaultdict(list)
    for plan in sorted(plans, key=lambda plan: list(type(plan.group)).index(plan.group)):
        groups[plan.group.label].append(plan)
    return [
        f"{label}: {padded(len({plan.approval.organization_id for plan in each}))} tổ chức đảng, "
        f"{comrades(_everybody(each))}"
        for label, each in groups.items()
    ]


def _row_of_plan(number: int, plan: PlanOnPaper) -> dict[str, object]:
    paper, submitted = plan.approval.submission, short_day(plan.approval.submitted_on)
    out = [each.entry for each in plan.leaving]
    changes = f"Bổ sung {padded(people(plan.coming))}, đưa ra {padded(people(out))}"
    return {
        "stt": number,
        "ten": plan.place.name,
        "chuc_danh": plan.group.label,
        "to_trinh": f"{paper.full_number}, ngày {short_day(paper.issued_on)}" if paper else f"Trình ngày {submitted}",
        "so_luong": padded(people(plan.everybody)),
        "ghi_chu": changes if plan.is_review else NOT_APPLICABLE,
    }


def people_list(facts: Facts) -> dict[str, object]:
    """Danh sách trích ngang: a line for each person and position, grouped by position, of many by organisation too."""
    asked = "" if facts.asked.is_final else "đề nghị "
    after = ", sau rà soát, bổ sung" if all(plan.is_review for plan in facts.plans) else ""
    summary = f"Nhân sự {asked}{subject_together(facts.plans)}{after}"
    decided = facts.approval.decision
    paper = decided or facts.approval.submission
    issuer, type = (facts.decider, "QĐ") if decided else (facts.proposer, "TTr")
    return frame(issuer, type, None, summary, day=paper and paper.issued_on) | {
        "so_ky_hieu": "",  # a list bears the number of the paper that it goes with
        "kem_theo": cited(paper) if paper else "",
        "trich": _which_part(facts, DECIDED),
        "tinh_den": short_day(facts.day),
        "nhom": [group for plan in facts.plans for group in _groups(plan, facts)],
        "tong_so": turns(_everybody(facts.plans)),
    }


def _groups(plan: PlanOnPaper, facts: Facts) -> Iterator[dict[str, object]]:
    several = len(facts.plans) > 1
    terms = len({each.approval.round.plan_term for each in facts.plans})
    for position, entries in by_position(plan.everybody).items():
        where = f"{plan.place.name} – {position}" if several else position
        when = f", nhiệm kỳ {plan.approval.round.plan_term}" if terms > 1 else ""
        yield {
            "ten": f"{where}{when} ({comrades(entries)})",
            "nhan_su": [{"stt": number} | _line(entry, plan) for number, entry in enumerate(entries, start=1)],
        }


def _line(entry: PlanEntry, plan: PlanOnPaper) -> dict[str, str]:
    return line_of(entry.person) | {
        "chuc_danh": entry.position.name,
        "doi_tuong": str(entry.object_group),
        "ghi_chu": "; ".join(_notes(entry, plan)) or NOT_APPLICABLE,
    }


def _notes(entry: PlanEntry, plan: PlanOnPaper) -> Iterator[str]:
    if plan.is_review and entry in plan.coming:
        yield "Đưa trở lại" if entry.returns_id else "Bổ sung"
    if entry.note and not entry.valid_to:  # whoever has left bears the note of the leaving
        yield entry.note
    for measure in entry.person.disciplines_on_day:
        yield f"{measure.get_kind_display()} từ {short_day(measure.valid_from)}"
    if entry.valid_to and not plan.is_final:
        yield f"Đã đưa ra từ {short_day(entry.valid_to)}: {entry.get_removal_reason_display()}"


def comparison(facts: Facts) -> dict[str, object]:
    """Biểu so sánh: who leaves the plan by the review, who comes in, who stays. Whoever reviewed writes it."""
    plan, decided = facts.asked, facts.approval.decision
    paper = decided or facts.approval.submission
    gone = [*plan.left, *plan.leaving]
    out = [each.entry for each in gone]
    unit = "đồng chí" if people([*out, *plan.everybody]) == len(out) + len(plan.everybody) else "lượt chức danh"
    return frame(facts.proposer, "BC", None, capitalized(matter([plan])), day=paper and paper.issued_on) | {
        "so_ky_hieu": "",
        "theo": f"{'Theo' if decided else 'Kèm theo'} {cited(paper)}" if paper else "",
        "tong_hop": [
            {
                "truoc": padded(len(out) + len(plan.staying)),
                "dua_ra": padded(len(out)),
                "bo_sung": padded(len(plan.coming)),
                "giu_nguyen": padded(len(plan.staying)),
                "sau": padded(len(plan.everybody)),
            }
        ],
        "don_vi": f"Đơn vị tính: {unit}",
        "nhom": [
            _compared(f"I. Đưa ra khỏi quy hoạch ({padded(len(gone))} {unit})", out, map(_why, gone)),
            _compared(f"II. Bổ sung vào quy hoạch ({padded(len(plan.coming))} {unit})", plan.coming),
            _compared(f"III. Giữ nguyên ({padded(len(plan.staying))} {unit})", plan.staying),
        ],
    }


def _compared(name: str, entries: Sequence[PlanEntry], reasons: Iterable[str] | None = None) -> dict[str, object]:
    reasons = reasons or map(_own_note, entries)
    rows = [
        {
            "stt": number,
            "ho_ten": entry.person.full_name,
            "ngay_sinh": entry.person.birth_display,
            "chuc_danh": entry.position.name,
            "ghi_chu": reason,
        }
        for number, (entry, reason) in enumerate(zip(entries, reasons, strict=True), start=1)
    ]
    return {"ten": name, "nhan_su": rows}


def _own_note(entry: PlanEntry) -> str:
    notes = ["Đưa trở lại" if entry.returns_id else "", "" if entry.valid_to else entry.note]
    return "; ".join(filter(None, notes)) or NOT_APPLICABLE


def _why(leaving: Leaver) -> str:
    since = f", từ ngày {short_day(leaving.when)}" if leaving.when else ""
    return f"{leaving.reason}{since}" + (f"; {leaving.note}" if leaving.note else "")
