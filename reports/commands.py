"""What the commands of reports share: how a period is asked for, and how a wrong use is told."""

from argparse import ArgumentParser
from datetime import date, datetime

from django.core.management.base import BaseCommand, CommandError, CommandParser

from common.periods import FIRST_YEAR, LAST_YEAR, Period

WRONG_USE = 2
DAY_SPELLINGS = ("%Y-%m-%d", "%d/%m/%Y")


class OneLineParser(CommandParser):
    """Says what is wrong in one line, without the usage."""

    def error(self, message: str) -> None:
        text = f"Tùy chọn không đúng: {message}"
        if not self.called_from_command_line:
            raise CommandError(text, returncode=WRONG_USE)
        self.exit(WRONG_USE, f"{text}\n")


class ReportCommand(BaseCommand):
    """A command that tells a wrong option in one line, without the usage."""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs) -> CommandParser:
        # Django builds its parser by name; ours differs only in how it reports a wrong option.
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.__class__ = OneLineParser
        return parser


def add_period_arguments(parser: ArgumentParser) -> None:
    """Add the options that name a period: a year, or any two days."""
    parser.add_argument("--year", type=int, help="calendar year")
    parser.add_argument("--from", dest="first", metavar="D", help="first day, d/m/Y or Y-m-d")
    parser.add_argument("--to", dest="last", metavar="D", help="last day, included")


def period_of(options) -> Period:
    first, last = day_of(options["first"], "--from"), day_of(options["last"], "--to")
    if options["year"] is not None and (first or last):
        raise wrong_use("Chỉ dùng một trong hai: --year, hoặc --from và --to.")
    if options["year"] is not None:
        if not FIRST_YEAR <= options["year"] <= LAST_YEAR:
            raise wrong_use(f"Năm {options['year']} không hợp lệ: phải từ {FIRST_YEAR} đến {LAST_YEAR}.")
        return Period.of_year(options["year"])
    if first is None or last is None:
        raise wrong_use("Cần --year, hoặc cả --from và --to.")
    if last < first:
        raise wrong_use("Ngày --to sớm hơn ngày --from.")
    return Period.between(first, last)


def day_of(text: str | None, option: str) -> date | None:
    if text is None:
        return None
    for spelling in DAY_SPELLINGS:
        try:
            return datetime.strptime(text, spelling).date()
        except ValueError:
            continue
    raise wrong_use(f"Không đọc được ngày “{text}” của {option}. Hãy viết như 31/12/2022.")


def wrong_use(message: str) -> CommandError:
    """Return the error of a command that was asked something impossible: one line, exit code 2."""
    return CommandError(message, returncode=WRONG_USE)
