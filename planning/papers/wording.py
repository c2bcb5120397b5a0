"""How papers put a plan into words: what it is for, how many it holds, who they are, how the ballots went."""

from collections.abc import Iterable, Sequence
from datetime import date

from common.formats import padded, percent, short_day
from organizations.models import Document
from personnel.models import Gender, Person
from personnel.papers.issuers import CELLS
from planning.checks.numbers import YOUNG, is_of_minority, is_young
from planning.models import BallotStep, PlanEntry, PlanTarget, PositionGroup
from planning.papers.plans import Leaver, Place, PlanOnPaper, in_order

REVIEW = "kết quả rà soát, bổ sung "


def subject(group: PositionGroup, place: Place, plan_term: str) -> str:
    """Return what a plan is for: quy hoạch Bí thư, Phó Bí thư Đảng ủy Sở A, nhiệm kỳ 2025-2030."""
    is_cell = place.kind in CELLS
    committee = place.committee_name
    posts = {
        PositionGroup.COMMITTEE: committee if is_cell else f"Ban Chấp hành {place.name}",
        PositionGroup.STANDING: f"Ban Thường vụ {committee}",
        PositionGroup.SECRETARIES: f"Bí thư, Phó Bí thư {place.name if is_cell else committee}",
        PositionGroup.INSPECTION_HEADS: f"Chủ nhiệm, Phó Chủ nhiệm Ủy ban Kiểm tra {committee}",
    }
    return f"quy hoạch {posts[group]}, nhiệm kỳ {plan_term}"


def subject_together(plans: Sequence[PlanOnPaper]) -> str:
    """Return what plans are for, one or several: quy hoạch nhiệm kỳ 2025-2030 của 73 tổ chức đảng."""
    if len(plans) == 1:
        return subject(plans[0].group, plans[0].place, plans[0].approval.round.plan_term)
    terms = " và ".join(sorted({plan.approval.round.plan_term for plan in plans}))
    places = {plan.approval.organization_id: plan.place.name for plan in plans}
    whose = f"{padded(len(places))} tổ chức đảng" if len(places) > 1 else next(iter(places.values()))
    return f"quy hoạch nhiệm kỳ {terms} của {whose}"


def matter(plans: Sequence[PlanOnPaper]) -> str:
    """Return what is to be approved: the plans, or the results of reviews of them."""
    reviews = [plan.is_review for plan in plans]
    first = "" if all(reviews) else "quy hoạch và " if any(reviews) else None
    return subject_together(plans) if first is None else f"{first}{REVIEW}{subject_together(plans)}"


def cited_as_basis(document: Document) -> str:
    """Return the document as a ground of the paper: Căn cứ Quy định số … của … về công tác quy hoạch cán bộ."""
    about = document.summary.removeprefix("Về ").removeprefix("về ")
    if about[1:2].islower():
        about = about[:1].lower() + about[1:]
    return f"Căn cứ {document.citation}" + (f" về {about}" if about and not document.is_confidential else "")


def unbroken(text: str) -> str:
    """Return the text in which no line ends between a number and its per cent sign."""
    return text.replace(" %", "\u00a0%")


def people(entries: Iterable[PlanEntry]) -> int:
    """Return how many people the entries are of, each counted once."""
    return len({entry.person_id for entry in entries})


def comrades(entries: Iterable[PlanEntry]) -> str:
    """Return how many people the entries are of: 03 đồng chí."""
    return f"{padded(people(entries))} đồng chí"


def turns(entries: Sequence[PlanEntry]) -> str:
    """Return how many people a list holds, and how many lines where somebody has several."""
    several = len(entries) > people(entries)
    return f"{comrades(entries)} ({padded(len(entries))} lượt chức danh)" if several else comrades(entries)


def by_position(entries: Iterable[PlanEntry]) -> dict[str, list[PlanEntry]]:
    """Return the entries by the name of their position, the highest first, each in the order of names."""
    found: dict[str, list[PlanEntry]] = {}
    for entry in in_order(entries):
        found.setdefault(entry.position.name, []).append(entry)
    return found


def shares(entries: Iterable[PlanEntry], day: date) -> str:
    """Return the shares of women, of people under 40 and of ethnic minorities, each with its base."""
    them = list({entry.person_id: entry.person for entry in entries}.values())
    base = len(them)
    if not base:
        return ""
    women = sum(person.gender == Gender.FEMALE for person in them)
    young = sum(is_young(person, day) for person in them)
    said = [f"nữ {percent(women, base)}", f"dưới {YOUNG} tuổi {percent(young, base)}"]
    return unbroken("; ".join([*said, f"dân tộc thiểu số {_minorities(them)}"]))


def _minorities(them: Sequence[Person]) -> str:
    known = [person for person in them if person.ethnic_group]
    said = percent(sum(is_of_minority(person) for person in known), len(known)) if known else "chưa có số liệu"
    missing = len(them) - len(known)
    return f"{said}, {padded(missing)} đồng chí chưa có số liệu" if known and missing else said


def request(plan: PlanOnPaper) -> str:
    """Return what a submission asks for: the numbers of a plan, beside what was aimed at."""
    asked = f"Đề nghị phê duyệt {matter([plan])}"
    if plan.is_review:
        said = f"{asked}: {'; '.join(changes(plan))}; {result(plan)}"
    else:
        said = f"{asked} đối với {turns(plan.coming)}{_parts(plan.coming)}"
    aims = ", ".join(_aim(target) for target in plan.targets)
    return f"{said}; chỉ tiêu: {aims}" if aims else said


def changes(plan: PlanOnPaper) -> list[str]:
    """Return what a review changes, in numbers."""
    out = [each.entry for each in plan.leaving]
    said = [f"giữ {comrades(plan.staying)}", f"bổ sung {comrades(plan.coming)}", f"đưa ra {comrades(out)}"]
    if plan.left:
        said.append(f"đã đưa ra từ khi mở đợt {comrades(each.entry for each in plan.left)}")
    return said


def result(plan: PlanOnPaper) -> str:
    """Return how many are in the plan after a review."""
    return f"quy hoạch sau rà soát, bổ sung có {turns(plan.everybody)}{_parts(plan.everybody)}"


def _parts(entries: Sequence[PlanEntry]) -> str:
    """Return how many there are for each position, where there are several."""
    found = by_position(entries)
    if len(found) < 2:
        return ""
    return ", gồm " + ", ".join(f"{position} {comrades(each)}" for position, each in found.items())


def _aim(target: PlanTarget) -> str:
    coefficient = f"{target.coefficient.normalize():f}".replace(".", ",")
    whose = f"{target.position.name} " if target.position else ""
    return f"{whose}{padded(target.seats)} vị trí, hệ số {coefficient}"


def approved(plan: PlanOnPaper) -> list[str]:
    """Return what a decision says of a plan introduced: who is planned for which position."""
    found = by_position(plan.coming)
    return [
        f"{position} ({comrades(entries)}): {', '.join(entry.person.full_name for entry in entries)}"
        for position, entries in found.items()
    ]


def reviewed(plan: PlanOnPaper) -> list[str]:
    """Return what a decision says of a plan reviewed: who leaves, who comes, how many there are then."""
    out, said = [each.entry for each in plan.leaving], []
    if out:
        said.append(f"đưa ra khỏi quy hoạch {comrades(out)}{_who(map(_leaver, plan.leaving))}")
    if plan.coming:
        said.append(f"bổ sung vào quy hoạch {comrades(plan.coming)}{_who(map(_newcomer, plan.coming))}")
    return [*said, result(plan)]


def _who(named: Iterable[str]) -> str:
    named = list(named)
    return f"{', gồm' if len(named) > 1 else ' là'} {', '.join(named)}"


def _newcomer(entry: PlanEntry) -> str:
    return f"{entry.person.full_name}{_in_brackets(_position(entry))}"


def _leaver(leaving: Leaver) -> str:
    reason = leaving.reason[:1].lower() + leaving.reason[1:]
    return f"{leaving.entry.person.full_name}{_in_brackets(_position(leaving.entry), reason)}"


def _position(entry: PlanEntry) -> str:
    """Return the position where its group has several; the group says it otherwise."""
    return entry.position.name if len(entry.group.positions) > 1 else ""


def _in_brackets(*said: str) -> str:
    there = ", ".join(filter(None, said))
    return f" ({there})" if there else ""


def balloted(step: BallotStep) -> str:
    """Return how a ballot went. The step knows how many `stood` and how many are `going` on."""
    return unbroken(
        f"Bước {step.number}, {step.body} ngày {short_day(step.held_on)}: triệu tập {padded(step.summoned)}, "
        f"có mặt {padded(step.present)} đồng chí, {padded(step.valid)} phiếu hợp lệ; "
        f"{padded(step.going)}/{padded(step.stood)} đồng chí được giới thiệu (mức cần đạt: {step.rule})"
    )
