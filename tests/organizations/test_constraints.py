"""What the database itself refuses of organisations, terms, bodies, positions and documents."""

from datetime import UTC, date, datetime

import pytest

from organizations.models import (
    Body,
    Closing,
    Document,
    DocumentFile,
    MemberCount,
    Organization,
    OrganizationVersion,
    PaperTemplate,
    Position,
    Reorganization,
    ReorganizationPart,
    Term,
)
from tests import factories
from tests.common.constraints import DAY, Rows, World, case, constraints_of, earlier, try_insert, try_update
from tests.factories import STANDS_FROM, TERM_BEGINS, TERM_ENDS

# Terms


def term(world: World, **fields) -> Term:
    defaults = {
        "organization": world.other_organization,
        "label": "2020-2025",
        "ordinal": 7,
        "congress_on": TERM_BEGINS,
        "valid_from": TERM_BEGINS,
        "planned_end": TERM_ENDS,
    }
    return Term(**(defaults | fields))


def former_term(world: World, **fields) -> Term:
    """Return the term before the one that `world.organization` has."""
    begins = earlier(TERM_BEGINS, years=5)
    days = {"congress_on": begins, "valid_from": begins, "planned_end": TERM_BEGINS, "valid_to": TERM_BEGINS}
    return term(world, **({"organization": world.term.organization, "label": "2015-2020"} | days | fields))


@case("organizations_term_ends_after_it_begins")
def _(world):
    return Rows(
        refused=[term(world, valid_to=TERM_BEGINS), term(world, valid_to=TERM_BEGINS - DAY)],
        accepted=[term(world, valid_to=TERM_BEGINS + DAY), term(world, valid_to=None)],
    )


@case("one_term_of_an_organization_at_a_time")
def _(world):
    return Rows(
        refused=[former_term(world, valid_to=TERM_BEGINS + DAY), former_term(world, valid_to=None)],
        accepted=[former_term(world, valid_to=TERM_BEGINS)],
    )


@case("one_term_of_a_label_in_an_organization")
def _(world):
    return Rows(
        refused=[former_term(world, label=world.term.label)],
        accepted=[former_term(world), term(world, label=world.term.label)],
    )


@case("term_begins_with_its_congress")
def _(world):
    return Rows(
        refused=[term(world, congress_on=TERM_BEGINS + DAY)],
        accepted=[term(world, congress_on=TERM_BEGINS), term(world, congress_on=TERM_BEGINS - DAY)],
    )


@case("term_is_planned_to_last")
def _(world):
    return Rows(
        refused=[term(world, planned_end=TERM_BEGINS)],
        accepted=[term(world, planned_end=TERM_BEGINS + DAY)],
    )


# Bodies and positions


@case("one_body_of_a_kind_in_a_term")
def _(world):
    world.term.bodies.get(kind="inspection_committee").delete()
    return Rows(
        refused=[Body(term=world.term, kind="committee")],
        accepted=[Body(term=world.term, kind="inspection_committee")],
    )


@case("position_can_be_held")
def _(world):
    def position(max_holders):
        return Position(
            code="adviser", name="Cố vấn", short_name="CV", body_kind="committee", rank=99, max_holders=max_holders
        )

    return Rows(refused=[position(0)], accepted=[position(1), position(None)])


# Documents


def document(world: World, **fields) -> Document:
    defaults = {
        "type": "QĐ",
        "number": 1,
        "symbol": "TU",
        "issuer_name": "Ban Thường vụ Tỉnh ủy",
        "issuer_level": 2,
        "issued_on": date(2022, 3, 23),
        "summary": "Về công tác cán bộ",
    }
    return Document(**(defaults | fields))


@case("document_number_is_used_once_in_the_issuers_term")
def _(world):
    issued = {"issuer": world.organization, "issuer_term": world.term}
    document(world, **issued).save()
    return Rows(
        refused=[document(world, **issued, issued_on=date(2023, 1, 1))],
        accepted=[
            document(world, **issued, number=2),
            document(world, **issued, type="BC"),
            document(world, issuer=world.bloc, issuer_term=world.term),
        ],
    )


@case("outside_document_is_entered_once")
def _(world):
    document(world).save()
    return Rows(
        refused=[document(world)],
        accepted=[
            document(world, issued_on=date(2022, 3, 24)),
            document(world, number=2),
            document(world, issuer=world.organization, issuer_term=world.term),
        ],
    )


@case("document_has_issuer_and_issuers_term_together")
def _(world):
    return Rows(
        refused=[document(world, issuer=world.organization), document(world, issuer_term=world.term)],
        accepted=[document(world), document(world, issuer=world.organization, issuer_term=world.term)],
    )


@case("document_number_is_positive")
def _(world):
    return Rows(refused=[document(world, number=0)], accepted=[document(world, number=1)])


# Files


def file(world: World, **fields) -> DocumentFile:
    defaults = {
        "document": world.document,
        "name": "scan.pdf",
        "kind": "pdf",
        "size": 1,
        "sha256": "a" * 64,
        "content": "documents/a.pdf",
        "uploaded_by": world.drafter,
        "uploaded_at": datetime(2022, 3, 23, tzinfo=UTC),
    }
    return DocumentFile(**(defaults | fields))


@case("file_is_attached_once_to_a_document")
def _(world):
    file(world).save()
    stored = {"content": "documents/b.pdf"}
    return Rows(
        refused=[file(world, **stored)],
        accepted=[file(world, **stored, sha256="b" * 64), file(world, **stored, document=factories.document())],
    )


@case("stored_file_belongs_to_one_document")
def _(world):
    file(world).save()
    other = {"document": factories.document()}
    return Rows(refused=[file(world, **other)], accepted=[file(world, **other, content="documents/b.pdf")])


@case("file_has_content")
def _(world):
    return Rows(refused=[file(world, size=0)], accepted=[file(world, size=1)])


@case("one_template_of_a_paper")
def _(world):
    def template(kind):
        by, at = world.drafter, datetime(2022, 3, 23, tzinfo=UTC)
        return PaperTemplate(kind=kind, name="x.docx", content="templates/x.docx", uploaded_by=by, uploaded_at=at)

    template("to-trinh").save()
    return Rows(refused=[template("to-trinh")], accepted=[template("quyet-dinh")])


# Organisations


@case("organization_path_runs_from_root_to_itself")
def _(world):
    def organization(path):
        return Organization(code="X", name="Đảng bộ X", kind="bloc", path=path, sort_key="1", search_key="x")

    return Rows(
        refused=[organization("1/"), organization("/1"), organization("1")],
        accepted=[organization("/1/"), organization("/1/2/"), organization("")],
    )


def version(world: World, **fields) -> OrganizationVersion:
    """Return what `world.bloc` was before its present version."""
    defaults = {
        "organization": world.bloc,
        "name": "Đảng bộ cũ",
        "kind": "bloc",
        "path": world.bloc.path,
        "valid_from": earlier(STANDS_FROM),
        "valid_to": STANDS_FROM,
    }
    return OrganizationVersion(**(defaults | fields))


@case("organizations_organizationversion_ends_after_it_begins")
def _(world):
    begins = earlier(STANDS_FROM)
    return Rows(refused=[version(world, valid_to=begins)], accepted=[version(world, valid_to=begins + DAY)])


@case("one_version_of_an_organization_at_a_time")
def _(world):
    return Rows(
        refused=[version(world, valid_to=STANDS_FROM + DAY), version(world, valid_to=None)],
        accepted=[version(world)],
    )


@case("organization_is_not_its_own_parent")
def _(world):
    return Rows(
        refused=[version(world, parent=world.bloc)],
        accepted=[version(world, parent=world.other_organization), version(world, parent=None)],
    )


@case("one_member_count_a_day")
def _(world):
    def count(day):
        return MemberCount(organization=world.bloc, counted_on=day, official=30)

    count(date(2022, 1, 1)).save()
    return Rows(refused=[count(date(2022, 1, 1))], accepted=[count(date(2022, 1, 2))])


# Reorganisations


@case("correction_names_the_reorganisation_it_takes_back")
def _(world):
    def reorganization(**fields):
        return Reorganization(decision=world.document, effective_on=date(2022, 3, 1), **fields)

    return Rows(
        refused=[reorganization(kind="correction"), reorganization(kind="renamed", corrects=world.reorganization)],
        accepted=[reorganization(kind="correction", corrects=world.reorganization), reorganization(kind="renamed")],
    )


def part(world: World, **fields) -> ReorganizationPart:
    defaults = {"reorganization": world.reorganization, "organization": world.organization, "side": "to"}
    return ReorganizationPart(**(defaults | fields))


@case("organization_stands_once_on_a_side")
def _(world):
    return Rows(
        refused=[part(world, side="from")],
        accepted=[part(world), part(world, side="from", organization=world.other_organization)],
    )


@case("members_moved_are_counted_in_both_ways")
def _(world):
    return Rows(refused=[part(world, official=30)], accepted=[part(world, official=30, probationary=0), part(world)])


# Closed books


def closing(world: World, **fields) -> Closing:
    """Return books closed beside those of `world.closing`: of 2021."""
    defaults = {
        "organization": world.closing.organization,
        "first": date(2021, 1, 1),
        "end": date(2022, 1, 1),
        "as_at": date(2022, 1, 5),
        "closed_by": world.decider,
        "closed_at": datetime(2022, 1, 5, tzinfo=UTC),
    }
    return Closing(**(defaults | fields))


def reopened(world: World, **fields) -> Closing:
    reopening = {"reopened_by": world.decider, "reopened_at": datetime(2022, 2, 1, tzinfo=UTC), "reopen_reason": "Sai"}
    return closing(world, **(reopening | fields))


@case("closed_period_ends_after_it_begins")
def _(world):
    return Rows(
        refused=[closing(world, end=date(2021, 1, 1)), closing(world, end=date(2020, 12, 31))],
        accepted=[closing(world, end=date(2021, 1, 2))],
    )


@case("one_closing_of_a_period_at_a_time")
def _(world):
    days = {"first": world.closing.first, "end": world.closing.end}
    return Rows(
        refused=[closing(world, **days)],
        accepted=[
            reopened(world, **days),
            closing(world, **(days | {"end": date(2022, 12, 31)})),
            closing(world, **days, organization=world.organization),
        ],
    )


@case("books_are_reopened_by_somebody_for_a_reason")
def _(world):
    return Rows(
        refused=[
            reopened(world, reopen_reason=""),
            reopened(world, reopened_by=None),
            reopened(world, reopened_at=None),
            closing(world, reopen_reason="Sai"),
        ],
        accepted=[reopened(world), closing(world)],
    )


@pytest.mark.django_db
@pytest.mark.parametrize("name", constraints_of("organizations"))
def test_the_database_refuses_to_insert(name):
    try_insert(name)


@pytest.mark.django_db
@pytest.mark.parametrize("name", constraints_of("organizations"))
def test_the_database_refuses_to_update(name):
    try_update(name)
