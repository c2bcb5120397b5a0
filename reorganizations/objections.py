"""What stands in the way of a reorganisation, in sentences that say what to do first."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q

from common.formats import padded, short_day
from common.periods import today
from organizations.codes import UNADDRESSABLE, is_addressable
from organizations.models import MemberCount, Organization, OrganizationKind, OrganizationVersion, Term
from personnel.checks.structure import block
from personnel.models import Dossier, Holding, Membership
from planning.models import PlanApproval, PlanEntry, PlanningRound
from regulations.findings import Finding
from reorganizations.drafts import ENDING, Draft, Kind, Successor

IN_ORDER = "Hãy ghi nhận các thay đổi theo thứ tự thời gian."


def incomplete(draft: Draft) -> list[Finding]:
    """Return what is missing or too much for the kind; such a draft cannot be looked into."""
    return [block(sentence) for sentence in _of_the_form(draft)]


def objections(draft: Draft, versions: Sequence[OrganizationVersion]) -> list[Finding]:
    """Return what forbids the whole act; `versions` are its sources as they stand on the day."""
    sentences = _of_the_day(draft, versions)
    for successor in draft.successors:
        sentences += _of_new(successor, draft) if successor.is_new else _of_standing(successor, draft, versions)
    if draft.kind == Kind.TRANSFERRED:
        sentences += _of_transfer(draft, versions)
    if draft.ended:
        sentences += _undecided(draft.ended)
        sentences += _later_than_the_end(draft.ended, draft.effective_on)
    return [block(sentence) for sentence in sentences]


# Whether it is whole


def _of_the_form(draft: Draft) -> list[str]:
    sources, successors, new = len(draft.sources), len(draft.successors), [each.is_new for each in draft.successors]
    if draft.effective_on > today():
        day = short_day(draft.effective_on)
        return [f"Ngày có hiệu lực {day} chưa đến. Hãy ghi nhận khi việc sắp xếp đã có hiệu lực."]
    if draft.kind == Kind.ESTABLISHED:
        return [] if new == [True] and not sources else ["Thành lập thì phải có đúng một tổ chức mới."]
    if draft.kind == Kind.MERGED:
        enough = sources >= (2 if new == [True] else 1) and successors == 1
        return [] if enough else ["Hãy chọn ít nhất hai tổ chức hợp nhất thành một, hoặc một tổ chức sáp nhập vào."]
    if sources != 1:
        return ["Hãy chọn đúng một tổ chức."]
    if draft.kind == Kind.SPLIT:
        enough = successors >= (1 if draft.goes_on else 2) and all(new)
        return [] if enough else ["Chia thì phải có ít nhất hai tổ chức mới, tách thì ít nhất một."]
    if draft.kind == Kind.DISSOLVED:
        return ["Khi giải thể, đảng viên chỉ chuyển đến tổ chức đang hoạt động."] if any(new) else []
    return _of_changes(draft)


def _of_changes(draft: Draft) -> list[str]:
    source = draft.source
    if draft.kind == Kind.RENAMED and draft.name.strip() in ("", source.standing_on(draft.effective_on).name):
        return ["Hãy ghi tên mới, khác tên đang dùng."]
    same_kind = ("", source.standing_on(draft.effective_on).kind)
    if draft.kind == Kind.KIND_CHANGED and draft.new_kind in same_kind:
        return ["Hãy chọn loại hình mới, khác loại hình hiện nay."]
    if draft.kind == Kind.TRANSFERRED and draft.new_parent is None:
        return ["Hãy chọn cấp trên trực tiếp mới."]
    return []


def immovable(memberships: Iterable[Membership], day: date) -> list[Finding]:
    """Return of whom the register says already that they came on the day, or leave after it."""
    changing = [each for each in memberships if each.valid_from == day or each.valid_to]
    return [block(_of_membership(each, f"từ ngày {short_day(day)} trở đi")) for each in changing]


def _of_membership(membership: Membership, when: str) -> str:
    return f"{membership.person} có thay đổi về nơi sinh hoạt ở {membership.organization} {when}. {IN_ORDER}"


# The day, and what changes after it


def _of_the_day(draft: Draft, versions: Sequence[OrganizationVersion]) -> list[str]:
    day = draft.effective_on
    standing = {version.organization_id: version for version in versions}
    sentences = []
    for source in draft.sources:
        version = standing.get(source.pk)
        if version is None:
            sentences.append(f"{source.name} không hoạt động vào ngày {short_day(day)}.")
        elif source in draft.ended and version.valid_from == day:
            sentences.append(f"{source.name} có thay đổi từ chính ngày {short_day(day)}. {IN_ORDER}")
        elif draft.kind in (*ENDING, Kind.TRANSFERRED) and _ends_after(source):
            sentences.append(_ends_after(source))
    moving = draft.kind in (*ENDING, Kind.TRANSFERRED)
    where = Q(organization__in=draft.sources)
    for version in versions if moving else ():
        where |= Q(path__startswith=version.path)
    stood = Q(organization__versions__valid_from__lte=day)  # whatever was established later has its place of later
    later = OrganizationVersion.objects.filter(where, valid_from__gt=day).filter(stood).order_by("valid_from").first()
    if later:
        sentences.append(f"{later.name} đã có thay đổi từ ngày {short_day(later.valid_from)}. {IN_ORDER}")
    came = OrganizationVersion.objects.filter(parent__in=draft.ended, valid_from__gt=day).order_by("valid_from").first()
    if came:
        sentences.append(f"{came.name} đứng dưới tổ chức kết thúc từ ngày {short_day(came.valid_from)}. {IN_ORDER}")
    return sentences


# Where all go


def _of_new(successor: Successor, draft: Draft) -> list[str]:
    sentences = []
    if not successor.code.strip() or not successor.name.strip():
        return ["Hãy ghi mã và tên của tổ chức mới."]
    if successor.kind not in OrganizationKind.values:
        return [f"Hãy chọn loại hình của {successor.name}."]
    if not is_addressable(successor.code):
        sentences.append(UNADDRESSABLE.format(code=successor.code))
    if Organization.objects.filter(code=successor.code).exists():
        sentences.append(f"Mã {successor.code} đã được dùng. Hãy chọn mã khác cho {successor.name}.")
    if [each.code for each in draft.successors].count(successor.code) > 1:
        sentences.append(f"Mã {successor.code} được ghi cho hai tổ chức mới.")
    sentences += _of_parent(successor.parent, successor.name, draft)
    if successor.term and successor.term.planned_end <= draft.effective_on:
        sentences.append(f"Nhiệm kỳ của {successor.name} phải kết thúc sau ngày {short_day(draft.effective_on)}.")
    if successor.seats and not successor.term:
        sentences.append(f"Hãy ghi nhiệm kỳ của {successor.name} trước khi chỉ định nhân sự.")
    return sentences


def _of_parent(parent: Organization | None, name: str, draft: Draft) -> list[str]:
    if parent is None:
        return []
    stands = parent.versions.as_of(draft.effective_on).first()
    if stands is None:
        return [f"{parent.name}, cấp trên của {name}, không hoạt động vào ngày {short_day(draft.effective_on)}."]
    if parent in draft.ended:
        return [f"{parent.name} kết thúc nên không là cấp trên của {name} được."]
    return [_ends_after(parent)] if _ends_after(parent) else []


def _ends_after(organization: Organization) -> str:
    """Say that nothing may come to rest on an organisation that ends later; empty while it lasts."""
    last = organization.versions.order_by("valid_from").last()
    if last is None or last.valid_to is None:
        return ""
    return f"{organization.name} đã kết thúc hoạt động từ ngày {short_day(last.valid_to)}. {IN_ORDER}"


def _of_standing(successor: Successor, draft: Draft, versions: Sequence[OrganizationVersion]) -> list[str]:
    organization, day = successor.organization, draft.effective_on
    version = organization.versions.as_of(day).first()
    if organization in draft.sources:
        return [f"{organization.name} không thể vừa kết thúc vừa tiếp nhận."]
    if version is None:
        return [f"{organization.name} không hoạt động vào ngày {short_day(day)}."]
    if _ends_after(organization):
        return [_ends_after(organization)]
    if any(version.path.startswith(each.path) for each in versions):
        return [f"{organization.name} nằm dưới tổ chức kết thúc. Hãy chuyển nó đi trước, hoặc chọn tổ chức khác."]
    if successor.term:
        return [f"{organization.name} đang trong nhiệm kỳ của mình, không mở nhiệm kỳ mới bằng việc sắp xếp này."]
    return []


def _of_transfer(draft: Draft, versions: Sequence[OrganizationVersion]) -> list[str]:
    parent = draft.new_parent
    sentences = _of_parent(parent, draft.source.name, draft)
    for version in versions:
        if version.parent_id == parent.pk:
            sentences.append(f"{parent.name} đang là cấp trên trực tiếp của {version.name}.")
        elif f"/{draft.source.pk}/" in parent.standing_on(draft.effective_on).path:
            sentences.append(f"{parent.name} nằm dưới {version.name} nên không thể là cấp trên trực tiếp.")
    return sentences


# What an organisation leaves undone when it ends


def _undecided(ended: Sequence[Organization]) -> Iterable[str]:
    """Dossiers and plans without a decision, and rounds still open: nobody could decide on them afterwards."""
    open_states = (Dossier.State.DRAFT, Dossier.State.SUBMITTED)
    for dossier in Dossier.objects.filter(organization__in=ended, state__in=open_states).order_by("year", "number"):
        state = dossier.get_state_display().lower()
        yield f"Hồ sơ {dossier.code} còn ở trạng thái “{state}”. Hãy giải quyết hoặc rút hồ sơ trước."
    waiting = PlanApproval.objects.waiting().filter(organization__in=ended)
    for plan in waiting.select_related("organization", "round").order_by("pk"):
        yield f"Quy hoạch {plan} ({plan.round}) chờ phê duyệt. Hãy phê duyệt hoặc trả lại trước."
    introduced = PlanEntry.objects.filter(organization__in=ended, valid_from__isnull=True, valid_to__isnull=True)
    introduced = introduced.exclude(approval__in=waiting).select_related("organization", "round")
    places: dict[tuple[str, str], int] = {}
    for entry in introduced.order_by("organization", "round", "pk"):
        place = entry.organization.name, str(entry.round)
        places[place] = places.get(place, 0) + 1
    for (name, planning_round), count in places.items():
        what = f"{padded(count)} lượt giới thiệu quy hoạch chưa trình ({planning_round})"
        yield f"{name} còn {what}. Hãy trình hoặc đưa ra trước."
    rounds = PlanningRound.objects.filter(authority__in=ended, closed_on__isnull=True).select_related("authority")
    for planning_round in rounds.order_by("pk"):
        yield f"Đợt quy hoạch {planning_round} do {planning_round.authority.name} chủ trì chưa kết thúc."


def _later_than_the_end(ended: Sequence[Organization], day: date) -> Iterable[str]:
    """What begins or ends after the end of its organisation: that is mended first."""
    since = Q(valid_from__gte=day) | Q(valid_to__gt=day)
    when = f"từ ngày {short_day(day)} trở đi"
    held = Holding.objects.filter(since, body__term__organization__in=ended).select_related("person", "position")
    for holding in held.order_by("pk"):
        yield f"{holding.person} có thay đổi về chức danh {holding.position} {when}. Hãy đính chính thay đổi đó trước."
    members = Membership.objects.filter(since, organization__in=ended).select_related("person", "organization")
    for membership in members.order_by("pk"):
        yield _of_membership(membership, when)
    for term in Term.objects.filter(since, organization__in=ended).select_related("organization").order_by("pk"):
        yield f"Nhiệm kỳ {term} của {term.organization} có thay đổi {when}. Hãy chọn ngày sau đó."
    for entry in PlanEntry.objects.filter(since, organization__in=ended).values("organization__name").distinct():
        yield f"Quy hoạch của {entry['organization__name']} có thay đổi {when}. Hãy chọn ngày sau đó."
    counts = MemberCount.objects.filter(organization__in=ended, counted_on__gt=day).select_related("organization")
    for count in counts.order_by("pk"):
        number = f"tính đến ngày {short_day(count.counted_on)}"
        yield f"{count.organization.name} có số lượng đảng viên {number}, sau khi kết thúc. Hãy sửa số liệu đó trước."
