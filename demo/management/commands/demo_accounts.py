"""manage.py demo_accounts: who may sign in to the demonstration."""

from django.core.management.base import BaseCommand

from accounts.roles import Role
from demo.accounts import DEMO_ACCOUNTS, DEMO_PASSWORD, demo_accounts_exist
from organizations.models import Organization


class Command(BaseCommand):
    help = "Liệt kê các tài khoản của dữ liệu minh họa."

    def handle(self, *args, **options) -> None:
        if not demo_accounts_exist():
            self.stdout.write("Cơ sở dữ liệu này không có dữ liệu minh họa.")
            return
        names = dict(Organization.objects.values_list("code", "name"))
        rows = [("Tài khoản", "Vai trò", "Phạm vi", "Mật khẩu")]
        for account in DEMO_ACCOUNTS:
            role = Role(account.role).label + (" (xem quy hoạch)" if account.sees_plans else "")
            rows.append((account.username, role, names[account.organization_code], DEMO_PASSWORD))
        widths = [max(len(row[column]) for row in rows) for column in range(4)]
        for row in rows:
            self.stdout.write("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
