"""How papers put a change item: whom it is about, into or out of which seat, on what ground, from when."""

from common.formats import percent, short_day
from organizations.models import BodyKind
from personnel.models import Act, ChangeItem, Method, Person, Precision, ReleaseReason
from personnel.papers.facts import Facts

BORN = {Precision.DAY: "sinh ngày", Precision.MONTH: "sinh tháng", Precision.YEAR: "sinh năm"}
GROUNDS = {
    ReleaseReason.RETIREMENT: "để nghỉ hưu",
    ReleaseReason.TRANSFER: "do chuyển công tác",
    ReleaseReason.RESIGNATION: "do thôi giữ chức vụ quản lý",
    ReleaseReason.OWN_WISH: "theo nguyện vọng cá nhân",
    ReleaseReason.DISCIPLINE: "do bị kỷ luật",
    ReleaseReason.DEATH: "do từ trần",
    ReleaseReason.ORGANIZATION_ENDED: "do tổ chức đảng kết thúc hoạt động",
}
OPENINGS = {
    Method.CONGRESS: "Chuẩn y",
    Method.SUPPLEMENTARY_ELECTION: "Chuẩn y kết quả bầu bổ sung",
    Method.DESIGNATION: "Chỉ định",
}


def proposal(item: ChangeItem, facts: Facts) -> str:
    """Return what is asked for, with the vote and the day asked for."""
    vote = getattr(item, "vote", None)
    on = f" ngày {short_day(item.elected_on)}" if item.elected_on else ""
    result = vote and f"kết quả bầu{on}: {percent(vote.in_favour, vote.summoned - vote.excluded)} đồng ý"
    since = item.proposed_on and f"đề nghị có hiệu lực từ ngày {short_day(item.proposed_on)}"
    return "; ".join(filter(None, [change(item, facts), result, since]))


def ruling(item: ChangeItem, facts: Facts) -> str:
    """Return what is decided, with the day from which it works; none while that will be the decision's own."""
    since = item.effective_on or item.proposed_on
    return f"{change(item, facts)}, kể từ ngày {short_day(since)}" if since else change(item, facts)


def change(item: ChangeItem, facts: Facts) -> str:
    """Return the change itself: Chỉ định đồng chí A (sinh ngày …) tham gia Ban Chấp hành Đảng bộ B, nhiệm kỳ …"""
    if item.act == Act.ANNUL:
        return f"Hủy bỏ nội dung “{_entry(item.corrects)}” đã ghi tại hồ sơ {item.corrects.dossier.code}"
    who, term = _comrade(item.person), item.body.term.label if item.body else facts.term_label
    seat = f"{post(item, facts)}, nhiệm kỳ {term}"
    if item.act == Act.APPOINT:
        said = f"{OPENINGS[item.method]} {who} {seat}"
    elif item.release_reason == ReleaseReason.DEATH:
        said = f"Ghi nhận {who} thôi {seat}, {GROUNDS[item.release_reason]}"
    else:
        said = f"Cho {who} thôi {seat}, {GROUNDS[item.release_reason]}"
    return f"{said} (thay cho nội dung đã ghi tại hồ sơ {item.corrects.dossier.code})" if item.corrects else said


def _entry(item: ChangeItem) -> str:
    return f"{item.get_act_display()} {item.position.name}: {item.person.full_name}"


def _comrade(person: Person) -> str:
    about = [f"{BORN[person.birth_precision]} {person.birth_display}", person.present_post]
    return f"đồng chí {person.full_name} ({', '.join(filter(None, about))})"


def post(item: ChangeItem, facts: Facts) -> str:
    """Return the seat in words: "giữ chức vụ Bí thư Đảng ủy A", "tham gia Ban Chấp hành Đảng bộ A"."""
    place, committee = facts.place.name, facts.place.committee_name
    if item.position.is_officer:
        of_cell = facts.is_cell and item.position.body_kind == BodyKind.COMMITTEE
        return f"giữ chức vụ {item.position.name} {place if of_cell else committee}"
    if item.position.body_kind == BodyKind.COMMITTEE:
        return f"tham gia {committee}" if facts.is_cell else f"tham gia Ban Chấp hành {place}"
    return f"tham gia {BodyKind(item.position.body_kind).label} {committee}"
