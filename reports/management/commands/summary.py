"""`manage.py summary`: the yearly summary without a browser."""

import json
from argparse import ArgumentParser
from datetime import date, datetime
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from common.periods import Period, today
from organizations.scope import Scope
from reports.choices import UnknownChoice, choose
from reports.summary import Summary, summarize
from reports.texts import summary_json, summary_text
from reports.workbook import summary_workbook

WRONG_USE = 2
DAY_SPELLINGS = ("%Y-%m-%d", "%d/%m/%Y")


class OneLineParser(CommandParser):
    """Says what is wrong in one line, without the usage."""

    def error(self, message: str) -> None:
        text = f"Tùy chọn không đúng: {message}"
        if not self.called_from_command_line:
            raise CommandError(text, returncode=WRONG_USE)
        self.exit(WRONG_USE, f"{text}\n")


class Command(BaseCommand):
    help = "Print the summary of a year or of any two days as text, JSON or an Excel workbook."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs) -> CommandParser:
        # Django builds its parser by name; ours differs only in how it reports a wrong option.
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.__class__ = OneLineParser
        return parser

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--year", type=int, help="calendar year")
        parser.add_argument("--from", dest="first", metavar="D", help="first day, d/m/Y or Y-m-d")
        parser.add_argument("--to", dest="last", metavar="D", help="last day, included")
        parser.add_argument("--organization", default="", metavar="CODE", help="default: the top of the tree")
        parser.add_argument("--plan-term", default="", metavar="2025-2030", help="default: the newest of the period")
        parser.add_argument("--as-at", metavar="DATE", help="count what was confirmed by this day; default: today")
        parser.add_argument("--format", choices=["text", "json", "xlsx"], default="text")
        parser.add_argument("--output", type=Path, metavar="FILE", help="default: standard output")

    def handle(self, *args, **options) -> None:
        if options["format"] == "xlsx" and not options["output"]:
            raise wrong_use("Bảng tính cần --output TỆP.xlsx.")
        summary = summarize(self._frame(options))
        content = _rendered(summary, options["format"])
        if options["output"] is None:
            self.stdout.write(content.decode(), ending="")
            return
        try:
            options["output"].write_bytes(content)
        except OSError as error:
            raise wrong_use(f"Không ghi được tệp {options['output']}: {error.strerror}.") from error

    def _frame(self, options):
        period = _period(options)
        as_at = _day(options["as_at"], "--as-at") or today()
        try:
            choices = choose(
                scope=Scope.everything(),
                period=period,
                as_at=as_at,
                code=options["organization"],
                plan_term=options["plan_term"],
            )
        except UnknownChoice as error:
            raise wrong_use(str(error)) from error
        if choices.frame is None:
            raise wrong_use("Không có tổ chức đảng nào như vậy hoạt động vào ngày được hỏi.")
        return choices.frame


def _period(options) -> Period:
    first, last = _day(options["first"], "--from"), _day(options["last"], "--to")
    if options["year"] is not None and (first or last):
        raise wrong_use("Chỉ dùng một trong hai: --year, hoặc --from và --to.")
    if options["year"] is not None:
        if not 1930 <= options["year"] <= 2100:
            raise wrong_use(f"Năm {options['year']} không hợp lệ: phải từ 1930 đến 2100.")
        return Period.of_year(options["year"])
    if first is None or last is None:
        raise wrong_use("Cần --year, hoặc cả --from và --to.")
    if last < first:
        raise wrong_use("Ngày --to sớm hơn ngày --from.")
    return Period.between(first, last)


def _day(text: str | None, option: str) -> date | None:
    if text is None:
        return None
    for spelling in DAY_SPELLINGS:
        try:
            return datetime.strptime(text, spelling).date()
        except ValueError:
            continue
    raise wrong_use(f"Không đọc được ngày “{text}” của {option}. Hãy viết như 31/12/2022.")


def _rendered(summary: Summary, form: str) -> bytes:
    if form == "xlsx":
        return summary_workbook(summary, made_by="Lệnh summary")
    if form == "json":
        return (json.dumps(summary_json(summary), ensure_ascii=False, indent=2) + "\n").encode()
    return summary_text(summary).encode()


def wrong_use(message: str) -> CommandError:
    """Return the error of a command that was asked something impossible: one line, exit code 2."""
    return CommandError(message, returncode=WRONG_USE)
