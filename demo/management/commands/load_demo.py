"""manage.py load_demo: fill an empty database with the demonstration."""

from django.core.management.base import BaseCommand, CommandError

from demo.accounts import demo_accounts_exist
from demo.loader import build, database_is_empty
from organizations.models import Organization
from personnel.models import ChangeItem, Person


class Command(BaseCommand):
    help = "Nạp dữ liệu minh họa vào cơ sở dữ liệu trống (chạy lại cũng không nạp hai lần)."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="Cơ sở dữ liệu đã có dữ liệu thì bỏ qua, không báo lỗi."
        )

    def handle(self, *args, **options) -> None:
        if demo_accounts_exist():
            self.stdout.write("Dữ liệu minh họa đã có sẵn, không nạp lại.")
            return
        if not database_is_empty():
            message = "Cơ sở dữ liệu đã có dữ liệu khác nên không nạp dữ liệu minh họa."
            if not options["if_empty"]:
                raise CommandError(message, returncode=2)
            self.stdout.write(message)
            return
        build()
        organizations, people, items = (model.objects.count() for model in (Organization, Person, ChangeItem))
        self.stdout.write(
            f"Đã nạp dữ liệu minh họa: {organizations} tổ chức đảng, {people} đảng viên, {items} lượt thay đổi. "
            "Xem tài khoản: manage.py demo_accounts"
        )
