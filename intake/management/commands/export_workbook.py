"""`manage.py export_workbook KIND OUT.xlsx`: the register in the columns of a template, to be imported elsewhere."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from common.journal import record_access
from common.periods import today
from intake.kinds.base import Kind
from intake.registry import KINDS
from intake.workbooks import register_workbook
from organizations.scope import Right, Scope


class Command(BaseCommand):
    help = "Write all records of a kind, or those that an account sees, in the columns of its template."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=sorted(KINDS), metavar="KIND", help=", ".join(KINDS))
        parser.add_argument("file", type=Path, metavar="OUT.xlsx")

        parser.add_argument(
            "--by", metavar="USERNAME", help="who takes it: gets what they see, and is journaled; must be said of plans"
        )

    def handle(self, *args, **options) -> None:
        kind = KINDS[options["kind"]]
        by = _user(options["by"], kind) if options["by"] or kind.journal_export else None
        scope = by.scope if by else Scope.everything()
        made = register_workbook(kind, kind.export(scope, today()), made_by=str(by or "Lệnh export_workbook"))
        try:
            options["file"].write_bytes(made)
        except OSError as error:
            raise CommandError(f"Không ghi được tệp {options['file']}: {error.strerror}.", returncode=2) from error
        if by:
            record_access(by, by=by, what=f"Xuất Excel theo mẫu nhập: {kind.label}")
        if by and kind.journal_export:
            kind.journal_export(scope, by=by)


def _user(username: str | None, kind: Kind) -> User:
    """Return the account of this name, under which the journal keeps who took the workbook."""
    if not username:
        raise CommandError(f"{kind.label} là danh sách mật: hãy ghi rõ ai xuất, bằng --by.", returncode=2)
    found = User.objects.filter(is_active=True, username=username).first()
    if found is None:
        raise CommandError(f"Không có tài khoản “{username}” đang hoạt động.", returncode=2)
    if not found.scope.may(Right.VIEW_PLANS if kind.journal_export else kind.right):
        raise CommandError(f"Tài khoản “{username}” không được xuất loại dữ liệu này.", returncode=2)
    return found
