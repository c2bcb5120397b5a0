"""`manage.py close_period`: close the books of a period without a browser."""

from argparse import ArgumentParser

from accounts.models import User
from common.errors import Refused
from organizations.models import Organization
from reports.actions import close_period
from reports.commands import ReportCommand, add_period_arguments, period_of, wrong_use


class Command(ReportCommand):
    help = "Close the books of a year or of any two days, in the name of somebody who may."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_period_arguments(parser)
        parser.add_argument("--organization", default="", metavar="CODE", help="default: the top of the tree")
        parser.add_argument("--plan-term", default="", metavar="2025-2030", help="default: the newest of the period")
        parser.add_argument("--note", default="", help="what is noted with the closing")
        parser.add_argument("--by", required=True, metavar="USERNAME", help="who closes the books")

    def handle(self, *args, **options) -> None:
        by = User.objects.filter(username=options["by"], is_active=True).first()
        if by is None:
            raise wrong_use(f"Không có người dùng “{options['by']}” đang hoạt động.")
        organizations = Organization.objects.visible_to(by.scope)
        found = organizations.filter(code=options["organization"]) if options["organization"] else organizations
        organization = min(found, key=lambda each: each.path.count("/"), default=None)
        if organization is None:
            raise wrong_use(f"Không có tổ chức đảng mã “{options['organization']}”.")
        try:
            closing = close_period(
                organization,
                period=period_of(options),
                plan_term=options["plan_term"],
                note=options["note"],
                by=by,
            )
        except Refused as error:
            raise wrong_use(str(error)) from error
        self.stdout.write(f"Đã khóa sổ {closing.period} của {organization} (số {closing.pk}).")
