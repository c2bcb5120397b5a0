"""Succession planning: which rounds there were and on what each rests. The modules beside tell who was planned."""

from datetime import date

from demo import plans_bloc, plans_facts, plans_grassroots, plans_later
from demo.planning_office import open_round_on
from demo.world import World
from organizations.actions import record_document
from organizations.models import Document, DocumentType, IssuerLevel
from planning.models import PlanningRound

NEXT_TERM, PRESENT_TERM = "2025-2030", "2020-2025"
FIRST, REVIEW = PlanningRound.Kind.FIRST, PlanningRound.Kind.REVIEW


def schedule(world: World) -> None:
    """Lay down the rounds; two plan terms are live at once in 2022 (DOMAIN.md §6)."""
    world.at(date(2021, 3, 15), _review_present_term_2021, world)
    world.at(date(2022, 3, 7), _review_present_term_2022, world)
    world.at(date(2022, 6, 20), _introduce_next_term, world)
    world.at(date(2022, 12, 5), _review_next_term_2022, world)
    plans_later.schedule(world)
    plans_facts.schedule(world)


def _review_present_term_2021(world: World) -> None:
    day = date(2021, 3, 15)
    guidance = _guidance(world, 2, date(2021, 3, 2), "Rà soát, bổ sung quy hoạch nhiệm kỳ 2020-2025")
    planning_round = open_round_on(world, day, PRESENT_TERM, REVIEW, [guidance])
    plans_bloc.plan_present_term(world, planning_round)
    plans_grassroots.plan_present_term(world, planning_round, range(1, 16), date(2021, 4, 20), date(2021, 6, 10))


def _review_present_term_2022(world: World) -> None:
    """Trap: approved in 2022 too, but for the term under way; it counts nowhere among the plans for 2025-2030."""
    guidance = _guidance(world, 4, date(2022, 2, 18), "Rà soát, bổ sung quy hoạch nhiệm kỳ 2020-2025 năm 2022")
    planning_round = open_round_on(world, date(2022, 3, 7), PRESENT_TERM, REVIEW, [guidance])
    plans_grassroots.plan_present_term(world, planning_round, range(16, 26), date(2022, 4, 11), date(2022, 5, 20))


def _introduce_next_term(world: World) -> None:
    """Open the round of 2022, on exactly the three papers that the yearly summary cites."""
    planning_round = open_round_on(world, date(2022, 6, 20), NEXT_TERM, FIRST, _legal_basis_of_2022(world))
    plans_bloc.plan_next_term(world, planning_round)
    plans_grassroots.plan_next_term(world, planning_round)


def _review_next_term_2022(world: World) -> None:
    """Trap: introduced in December 2022, approved in February 2023: at the end of 2022 these only wait."""
    guidance = Document.objects.get(type=DocumentType.GUIDANCE, issuer=world.bloc, number=6)
    planning_round = open_round_on(world, date(2022, 12, 5), NEXT_TERM, REVIEW, [guidance])
    plans_bloc.add_after_first_approval(world, planning_round)


# The papers


def _guidance(world: World, number: int, day: date, summary: str) -> Document:
    return record_document(
        type=DocumentType.GUIDANCE,
        number=number,
        symbol="ĐUK",
        issuer=world.bloc,
        issued_on=day,
        summary=summary,
        by=world.users["bantochuc"],
    )


def _legal_basis_of_2022(world: World) -> list[Document]:
    resolution = record_document(
        type=DocumentType.RESOLUTION,
        number=21,
        symbol="TW",
        issuer_name="Ban Chấp hành Trung ương Đảng khóa XIII",
        issuer_level=IssuerLevel.CENTRAL,
        issued_on=date(2022, 6, 16),
        summary="Tăng cường củng cố, xây dựng tổ chức cơ sở đảng và nâng cao chất lượng đội ngũ đảng viên",
        by=world.users["bantochuc"],
    )
    regulation = record_document(
        type=DocumentType.REGULATION,
        number=15,
        symbol="TU",
        issuer_name="Ban Thường vụ Tỉnh ủy",
        issuer_level=IssuerLevel.PROVINCIAL,
        issued_on=date(2022, 3, 23),
        summary="Công tác quy hoạch cán bộ",
        by=world.users["bantochuc"],
    )
    guidance = _guidance(world, 6, date(2022, 5, 25), "Công tác quy hoạch cấp ủy nhiệm kỳ 2025-2030")
    return [resolution, regulation, guidance]
