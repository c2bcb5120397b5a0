"""What happens to organisations after 2020: each kind of reorganisation at least once, none of them in 2022."""

from datetime import date, timedelta

from demo.accounts import BLOC_CODE
from demo.organizations import CELLS, Plan
from demo.people import PEOPLE_OF_A_GRASSROOTS_CELL, register_members
from demo.world import World
from organizations.models import BodyKind, Document, Organization, OrganizationKind, Position, Reorganization
from reorganizations.actions import reorganize, take_back
from reorganizations.drafts import Draft, Kind, Plans, Successor, TermDraft

SUCCESSOR_CODE = "DEMO-CQD"
MERGED_INTO, SPLIT_OFF = "CS-75", "CS-76"
MERGED = ("CS-56", "CS-70")
DIVIDED, DISSOLVED, HEIR = "CS-34", "CS-71", "CS-73"
SPLIT_OFF_MEMBERS = (31, 1)  # official, probationary
ENDED = {**dict.fromkeys(MERGED, date(2026, 3, 1)), DISSOLVED: date(2026, 5, 4)}
BORN = {MERGED_INTO: date(2026, 3, 1), SPLIT_OFF: date(2026, 4, 1)}
EXPLANATION = "Thực hiện chủ trương sắp xếp tổ chức bộ máy."


def schedule(world: World) -> None:
    """Lay down the reorganisations."""
    name = f"Chi bộ {CELLS[-1]}"
    cell = OrganizationKind.GRASSROOTS_CELL
    established_2021 = Plan("CS-73", name, cell, BLOC_CODE, date(2021, 9, 1))
    name = "Chi bộ Trung tâm Phục vụ hành chính công"
    established_2023 = Plan("CS-74", name, cell, BLOC_CODE, date(2023, 4, 1))
    for plan in (established_2021, established_2023):
        world.at(plan.valid_from - timedelta(days=8), _establish, world, plan)
    world.at(date(2023, 9, 20), _rename_by_mistake, world)
    world.at(date(2024, 2, 20), _rename, world)
    world.at(date(2024, 5, 22), _turn_into_committee, world)
    world.at(date(2025, 6, 20), _hand_over, world)
    world.at(date(2026, 2, 12), _merge, world)
    world.at(date(2026, 3, 17), _split, world)
    world.at(date(2026, 4, 21), _dissolve, world)


def _act(
    world: World, draft: Draft, day: date, summary: str, *, by: str = "bantochuc", decision: Document | None = None
) -> Reorganization:
    decision = decision or world.decision(day, summary, effective_on=draft.effective_on)
    return reorganize(draft, decision=decision, by=world.users[by], explanation=EXPLANATION)


def _keep(world: World, code: str) -> Organization:
    world.organizations[code] = Organization.objects.get(code=code)
    return world.organizations[code]


def _establish(world: World, plan: Plan) -> None:
    new = Successor(code=plan.code, name=plan.name, kind=plan.kind, parent=world.organizations[plan.parent])
    draft = Draft(Kind.ESTABLISHED, plan.valid_from, successors=(new,))
    _act(world, draft, plan.valid_from - timedelta(days=8), f"Thành lập {plan.name}")
    _keep(world, plan.code)
    register_members(world, plan.code, PEOPLE_OF_A_GRASSROOTS_CELL, member_from=plan.valid_from)


def _rename_by_mistake(world: World) -> None:
    """Entered for the wrong organisation, and taken back a week later: both stay readable."""
    name = "Chi bộ Trung tâm Đăng kiểm phương tiện"
    draft = Draft(Kind.RENAMED, date(2023, 9, 20), (world.organizations["CS-63"],), name=name)
    wrong = _act(world, draft, date(2023, 9, 20), f"Đổi tên {world.organizations['CS-64']} thành {name}")
    day = date(2023, 9, 27)
    correction = world.decision(day, "Đính chính quyết định đổi tên Chi bộ Trung tâm Đăng kiểm")
    reason = "Ghi nhầm tổ chức: quyết định chỉ áp dụng với Chi bộ Trung tâm Đăng kiểm và đã được thu hồi."
    take_back(wrong, decision=correction, reason=reason, by=world.users["bantochuc"])
    world.organizations["CS-63"].refresh_from_db()


def _rename(world: World) -> None:
    name = "Đảng bộ Sở Nông nghiệp và Môi trường nông thôn"
    draft = Draft(Kind.RENAMED, date(2024, 3, 1), (world.organizations["CS-04"],), name=name)
    _act(world, draft, date(2024, 2, 20), f"Đổi tên Đảng bộ Sở Nông nghiệp thành {name}")


def _turn_into_committee(world: World) -> None:
    """A grassroots cell that grew past thirty members becomes a grassroots committee (DOMAIN.md §2)."""
    name = "Đảng bộ Trung tâm Công nghệ thông tin"
    draft = Draft(
        Kind.KIND_CHANGED,
        date(2024, 6, 1),
        (world.organizations["CS-61"],),
        name=name,
        new_kind=OrganizationKind.GRASSROOTS_COMMITTEE,
    )
    _act(world, draft, date(2024, 5, 22), f"Nâng cấp Chi bộ Trung tâm Công nghệ thông tin thành {name}")


def _hand_over(world: World) -> None:
    """In 2025 one organisation passes to another upper-level committee, which is new in the register."""
    day = date(2025, 6, 20)
    name = "Đảng bộ các cơ quan Đảng"
    new = Successor(code=SUCCESSOR_CODE, name=name, kind=OrganizationKind.BLOC)
    founding = world.provincial_decision(day, f"Thành lập {name}", effective_on=date(2025, 7, 1))
    draft = Draft(Kind.ESTABLISHED, date(2025, 7, 1), successors=(new,))
    _act(world, draft, day, "", by="caidat", decision=founding)
    successor = _keep(world, SUCCESSOR_CODE)
    handed_over = world.organizations["CS-30"]
    draft = Draft(Kind.TRANSFERRED, date(2025, 7, 15), (handed_over,), new_parent=successor)
    _act(world, draft, day, f"Chuyển giao {handed_over.name} về {successor.name}", by="caidat")


def _merge(world: World) -> None:
    """Two centres become one: its first committee is designated out of the two former ones."""
    day, effective_on = date(2026, 2, 12), BORN[MERGED_INTO]
    sources = tuple(world.organizations[code] for code in MERGED)
    new = Successor(
        code=MERGED_INTO,
        name="Chi bộ Trung tâm Công tác xã hội và Dịch vụ việc làm",
        kind=OrganizationKind.GRASSROOTS_CELL,
        parent=world.bloc,
        term=TermDraft("2026-2030", date(2030, 5, 30), {BodyKind.COMMITTEE: 5}),
        seats=_designated(world, effective_on),
    )
    draft = Draft(Kind.MERGED, effective_on, sources, (new,), plans=Plans.CARRY)
    _act(world, draft, day, f"Hợp nhất {sources[0].name} và {sources[1].name}")
    _keep(world, MERGED_INTO)
    world.members[MERGED_INTO] = [person for code in MERGED for person in world.members[code]]


def _designated(world: World, day: date) -> tuple:
    """Return the secretary of the first as secretary, that of the second as deputy, and one member of each."""
    seats = []
    for code, office in zip(MERGED, (Position.SECRETARY, Position.DEPUTY_SECRETARY), strict=True):
        held = world.seats(code, day)
        leader = held[Position.SECRETARY][0]
        others = [person for person in held[Position.COMMITTEE_MEMBER] if person != leader]
        named = [(leader, Position.COMMITTEE_MEMBER), (leader, office)]
        named += [(person, Position.COMMITTEE_MEMBER) for person in others[:1]]
        seats += [(person, world.positions[code]) for person, code in named]
    return tuple(seats)


def _split(world: World) -> None:
    """A company hands one of its works to a company of its own; the rest goes on."""
    source, works = world.organizations[DIVIDED], world.organizations[f"{DIVIDED}.3"]
    official, probationary = SPLIT_OFF_MEMBERS
    new = Successor(
        code=SPLIT_OFF,
        name="Đảng bộ Công ty cổ phần Dịch vụ công ích",
        kind=OrganizationKind.GRASSROOTS_COMMITTEE,
        parent=world.bloc,
        official=official,
        probationary=probationary,
    )
    draft = Draft(Kind.SPLIT, BORN[SPLIT_OFF], (source,), (new,), goes_on=True, places={works.pk: 0})
    _act(world, draft, date(2026, 3, 17), f"Tách {source.name}, lập {new.name}")
    _keep(world, SPLIT_OFF)


def _dissolve(world: World) -> None:
    source, heir = world.organizations[DISSOLVED], world.organizations[HEIR]
    draft = Draft(Kind.DISSOLVED, ENDED[DISSOLVED], (source,), (Successor(heir),))
    _act(world, draft, date(2026, 4, 21), f"Kết thúc hoạt động {source.name}, chuyển đảng viên về {heir.name}")
