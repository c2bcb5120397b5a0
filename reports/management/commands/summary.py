"""`manage.py summary`: the yearly summary without a browser."""

import json
from argparse import ArgumentParser
from pathlib import Path

from common.periods import today
from organizations.scope import Scope
from reports.choices import UnknownChoice, choose
from reports.commands import ReportCommand, add_period_arguments, day_of, period_of, wrong_use
from reports.summary import Summary, summarize
from reports.texts import summary_json, summary_text
from reports.workbook import summary_workbook


class Command(ReportCommand):
    help = "Print the summary of a year or of any two days as text, JSON or an Excel workbook."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_period_arguments(parser)
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
        period = period_of(options)
        as_at = day_of(options["as_at"], "--as-at") or today()
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


def _rendered(summary: Summary, form: str) -> bytes:
    if form == "xlsx":
        return summary_workbook(summary, made_by="Lệnh summary")
    if form == "json":
        return (json.dumps(summary_json(summary), ensure_ascii=False, indent=2) + "\n").encode()
    return summary_text(summary).encode()
