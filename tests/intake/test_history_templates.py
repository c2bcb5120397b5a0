"""The sheets of the kinds that take over old files: a template can be made of each, and its example is read."""

import pytest

from common.workbooks import FormColumn, OfficeWorkbook
from intake.kinds.base import read_rows
from intake.kinds.changes import CHANGES
from intake.kinds.documents import DOCUMENTS
from intake.kinds.holdings import HOLDINGS
from intake.kinds.plans import PLANS_KIND
from tests.intake.sheets import read

KINDS = (DOCUMENTS, CHANGES, HOLDINGS, PLANS_KIND)
SHEETS = [pytest.param(kind, spec, id=f"{kind.code}: {spec.name}") for kind in KINDS for spec in kind.sheets]


def template(spec) -> bytes:
    book = OfficeWorkbook(title=spec.name, creator="Kiểm thử")
    columns = [
        FormColumn(each.heading, each.width, each.note, each.choices, each.must, each.as_typed) for each in spec.columns
    ]
    example = [spec.example.get(column.key) for column in spec.columns]
    book.add_form(spec.name, title=spec.name, columns=columns, example=example, blank_rows=3, notes=spec.notes)
    return book.to_bytes()


@pytest.mark.parametrize(("kind", "spec"), SHEETS)
def test_a_template_is_made_and_its_example_is_read(kind, spec):
    [example] = read_rows(spec, read(kind, template(spec)))

    assert example.faults == {}
    assert set(spec.example) <= {column.key for column in spec.columns}
    assert all(example.values[key] not in (None, "") for key in spec.example)


@pytest.mark.parametrize(("kind", "spec"), SHEETS)
def test_no_two_columns_of_a_sheet_have_one_heading(kind, spec):
    headings = [text for column in spec.columns for text in (column.heading, *column.spellings)]

    assert len(set(headings)) == len(headings)
    assert len({column.key for column in spec.columns}) == len(spec.columns)


def test_kinds_are_told_apart():
    assert len({kind.code for kind in KINDS}) == len(KINDS)
