"""`manage.py compare_closing`: closed books beside those of today, with every record that differs."""

from argparse import ArgumentParser
from collections.abc import Iterator

from common.periods import today
from organizations.models import Closing
from reports.closings import Comparison, compare
from reports.commands import ReportCommand, add_period_arguments, period_of, wrong_use

NO_DATA = "chưa có số liệu"


class Command(ReportCommand):
    help = "Compare the newest closing of a period with the books of today; exit code 1 when they differ."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_period_arguments(parser)
        parser.add_argument("--organization", default="", metavar="CODE", help="default: whichever was closed last")

    def handle(self, *args, **options) -> None:
        period = period_of(options)
        closings = Closing.objects.filter(first=period.first, end=period.end).select_related("organization")
        if options["organization"]:
            closings = closings.filter(organization__code=options["organization"])
        closing = closings.first()
        if closing is None:
            raise wrong_use(f"Chưa khóa sổ {period}.")
        comparison = compare(closing, today())
        for line in _lines(comparison):
            self.stdout.write(line)
        if not comparison.is_same:
            raise SystemExit(1)


def _lines(comparison: Comparison) -> Iterator[str]:
    yield str(comparison.closing)
    for figure in comparison.figures:
        then, now = (NO_DATA if each is None else str(each) for each in (figure.closed.value, figure.today))
        yield f"  {'  ' * figure.closed.depth}{figure.closed.label}: {then} → {now}"
    if comparison.is_same:
        yield "Không có gì khác."
    for difference in comparison.differences:
        yield f"{difference.since.label}: {'; '.join(value for _, value in difference.told if value)}"
        for cell in difference.altered:
            yield f"    {cell.heading}: {cell.before or '—'} → {cell.after or '—'}"
        for done in difference.acts:
            reason = f"; lý do: {done.reason}" if done.reason else ""
            yield f"    {done.act}, {done.actor}, {done.at:%d/%m/%Y}{reason}"
