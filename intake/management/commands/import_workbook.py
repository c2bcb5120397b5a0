"""`manage.py import_workbook KIND FILE`: fill the register from a workbook without a browser."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from common.errors import Refused
from intake.actions import discard_import, send_file
from intake.kinds.base import State
from intake.models import Import
from intake.outcomes import STATE_WORDS
from intake.registry import KINDS
from intake.workbooks import marked_workbook
from intake.workflow import commit_file, outcome_of, read_file

FAULTS_SHOWN = 20


class Command(BaseCommand):
    help = "Import a workbook: all of it or nothing. Exit code 1 when rows are wrong, 2 when it cannot be read."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=sorted(KINDS), metavar="KIND", help=", ".join(KINDS))
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--by", required=True, metavar="USERNAME", help="who imports; holds the rights there")
        parser.add_argument("--dry-run", action="store_true", help="only say what it would come to")
        parser.add_argument(
            "--report", type=Path, metavar="OUT.xlsx", help="write the file back with its faults in red"
        )

    def handle(self, *args, **options) -> None:
        user = User.objects.filter(username=options["by"], is_active=True).first()
        if user is None:
            raise CommandError(f"Không có tài khoản “{options['by']}”.", returncode=2)
        kind, path = KINDS[options["kind"]], options["file"]
        try:
            upload = SimpleUploadedFile(path.name, path.read_bytes())
            sent = send_file(kind, upload=upload, by=user)
        except (OSError, Refused) as error:
            raise CommandError(str(error), returncode=2) from error
        try:
            read_file(sent, by=user)
        except Refused as error:
            discard_import(sent, by=user)
            raise CommandError(str(error), returncode=2) from error
        sent.refresh_from_db()
        outcome = outcome_of(sent)
        self.stdout.write(", ".join(f"{STATE_WORDS[each]}: {sent.counts[each]}" for each in State))
        if options["report"]:
            options["report"].write_bytes(marked_workbook(kind, sent, outcome, made_by=str(user)))
        wrong = outcome.in_state(State.WRONG)
        for row in wrong[:FAULTS_SHOWN]:
            for heading, value, reason in row.told_faults:
                self.stderr.write(f"Trang “{row.sheet}”, dòng {row.line}, cột “{heading}” (“{value}”): {reason}")
        self._finish(sent, user, dry_run=options["dry_run"] or bool(wrong))
        if wrong:
            raise CommandError(f"Có {len(wrong)} dòng cần sửa; chưa ghi gì.", returncode=1)

    def _finish(self, sent: Import, user: User, *, dry_run: bool) -> None:
        if dry_run or not (sent.counts["new"] + sent.counts["changed"]):
            discard_import(sent, by=user)
            return
        try:
            commit_file(sent, by=user)
        except Refused as error:
            raise CommandError(str(error), returncode=1) from error
        self.stdout.write(f"Đã ghi vào sổ (lần nhập số {sent.pk}).")
