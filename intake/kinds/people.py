"""The kind of import "đảng viên": people with the facts of form 2C, where they were members, measures against them."""

from collections.abc import Sequence
from datetime import date

from intake.kinds.base import Kind, Listed, Rows, in_columns
from intake.kinds.people_columns import (
    MEASURES,
    MEMBERSHIPS,
    PEOPLE_SHEET,
    measure_cells,
    membership_cells,
    people_cells,
)
from intake.kinds.people_read import FIELDS, Reading
from intake.papers import record_cited
from organizations.scope import Right, Scope
from personnel.actions.registers import record_people
from personnel.models import Discipline, Membership, Person


def understand(rows: Rows, *, scope: Scope, day: date) -> list[Listed]:
    """Return what each row comes to: a new person, one told more of, or one known already."""
    return Reading(rows, scope).understand()


def write(listed: Sequence[Listed], *, by) -> None:
    """Enter the new people, what is now said of others, memberships begun and ended, measures. Part of an act."""
    of_people = [each for each in listed if each.sheet == PEOPLE_SHEET.name]
    of_homes = [each for each in listed if each.sheet == MEMBERSHIPS.name]
    memberships = [each.meant for each in of_homes if each.is_new]
    memberships += [each.meant.membership for each in of_people if each.meant.membership]
    measures = [each.meant for each in listed if each.sheet == MEASURES.name]
    record_cited((each.document for each in measures), by=by)
    record_people(
        [each.meant.person for each in of_people if each.is_new],
        [each.meant.person for each in of_people if not each.is_new and each.differences],
        memberships,
        measures,
        ended=[each.meant for each in of_homes if not each.is_new],
        fields=FIELDS,
        by=by,
    )


def export(scope: Scope, day: date) -> dict[str, list[list[object]]]:
    """Return every person, membership and measure that the scope sees, in the columns of the sheets."""
    people = Person.objects.visible_to(scope).filter(merged_into=None).in_name_order()
    memberships = Membership.objects.visible_to(scope).select_related("person", "organization")
    measures = Discipline.objects.visible_to(scope).select_related("person", "document__issuer")
    current = {each.person_id: each for each in memberships.filter(valid_to=None)}
    return {
        PEOPLE_SHEET.name: [in_columns(PEOPLE_SHEET, people_cells(each, current.get(each.pk))) for each in people],
        MEMBERSHIPS.name: [
            in_columns(MEMBERSHIPS, membership_cells(each)) for each in memberships.order_by("person", "valid_from")
        ],
        MEASURES.name: [
            in_columns(MEASURES, measure_cells(each)) for each in measures.order_by("person", "valid_from", "pk")
        ],
    }


PEOPLE = Kind(
    code="dang-vien",
    label="Đảng viên",
    right=Right.KEEP_REGISTER,
    sheets=(PEOPLE_SHEET, MEMBERSHIPS, MEASURES),
    understand=understand,
    write=write,
    export=export,
)
