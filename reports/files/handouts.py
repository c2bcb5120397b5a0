"""What is handed out: the summary or a standard table, as it is asked for, ready to be written as a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from common.formats import short_day
from common.papers import CONTENT_TYPE as WORD
from common.workbooks import CONTENT_TYPE as EXCEL
from reports.files.excel import table_workbook
from reports.files.head import Head
from reports.files.word import summary_paper, table_paper
from reports.frame import Frame
from reports.models import Export
from reports.summary import Summary, summarize
from reports.tables import TABLES
from reports.tables.base import Options, StandardTable, Table
from reports.workbook import shown_plan_lists, summary_workbook

SUMMARY = "tong-hop"
CONTENT_TYPES = {Export.Format.EXCEL: EXCEL, Export.Format.WORD: WORD}
ENDINGS = {Export.Format.EXCEL: "xlsx", Export.Format.WORD: "docx"}


class Handout(Protocol):
    """A report that can be written as a file of a format. `rows` is how many lines of tables it then has."""

    key: str
    frame: Frame
    title: str
    filtered_by: str

    def rows(self, format: str) -> int: ...

    def names_planned_people(self, format: str) -> bool: ...

    def write(self, export: Export) -> bytes: ...


@dataclass(frozen=True)
class SummaryHandout:
    """The summary of a frame: a workbook with the records of each figure, in the unit looked at; or the report as a
    paper, in the units in which the office prints it."""

    summary: Summary
    key = SUMMARY
    filtered_by = ""

    @property
    def frame(self) -> Frame:
        return self.summary.frame

    @property
    def title(self) -> str:
        return f"Kết quả kiện toàn cấp ủy và quy hoạch {self.frame.period}"

    def rows(self, format: str) -> int:
        results = self.summary.every
        return len(results) + (sum(each.count or 0 for each in results) if format == Export.Format.EXCEL else 0)

    def names_planned_people(self, format: str) -> bool:
        return format == Export.Format.EXCEL and bool(shown_plan_lists(self.summary))

    def write(self, export: Export) -> bytes:
        printed = self.summary if self.frame.catalogue is self.frame.printed else summarize(self.frame.as_printed)
        if export.format == Export.Format.EXCEL:
            by, code = str(export.made_by), export.shown_code
            return summary_workbook(self.summary, made_by=by, code=code, printed=printed)
        return summary_paper(printed, Head.of(export, self.frame, f"Kỳ báo cáo: {self.frame.period}"))


@dataclass(frozen=True)
class TableHandout:
    """A standard table of a frame, with the options chosen."""

    definition: StandardTable
    frame: Frame
    table: Table
    filtered_by: str

    @property
    def key(self) -> str:
        return self.definition.key

    @property
    def told(self) -> str:
        return told_of(self.definition, self.frame)

    @property
    def title(self) -> str:
        return f"{self.definition.name} {self.told}"

    def rows(self, format: str) -> int:
        return self.table.count

    def names_planned_people(self, format: str) -> bool:
        return self.table.names_planned_people

    def write(self, export: Export) -> bytes:
        write = table_workbook if export.format == Export.Format.EXCEL else table_paper
        return write(self.definition, self.table, Head.of(export, self.frame, of_period=self.definition.of_period))


def told_of(definition: StandardTable, frame: Frame) -> str:
    """Return what a table is of, as its title goes on: "năm 2022", "tính đến ngày 31/12/2022"."""
    return str(frame.period) if definition.of_period else f"tính đến ngày {short_day(frame.day)}"


def handout_of(key: str, frame: Frame, chosen: Mapping[str, object]) -> Handout:
    """Return the report of that name for a frame; `chosen` are the values of its options, where it has any.

    Raises `KeyError` for a name that no report has.
    """
    if key == SUMMARY:
        return SummaryHandout(summarize(frame))
    definition = TABLES[key]
    options = options_of(definition, chosen)
    return TableHandout(definition, frame, definition.make(frame, options.cleaned_data), options.in_words())


def options_of(definition: StandardTable, chosen: Mapping[str, object]) -> Options:
    """Return the options as chosen; what cannot be is as if nothing had been chosen."""
    options = definition.options(chosen)
    if options.is_valid():
        return options
    usual = definition.options({})
    usual.is_valid()
    return usual


def file_name(export: Export) -> str:
    return f"{export.table}-{export.period.slug}-{export.organization.code}.{ENDINGS[export.format]}"
