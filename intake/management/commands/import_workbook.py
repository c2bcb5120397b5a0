"""`manage.py import_workbook KIND FILE`: fill the register from a workbook without a browser."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.files.base import File
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from common.errors import Refused
from intake.actions import discard_import, send_file
from intake.kinds.base import Kind, State
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
        parser.add_argument(
            "--by", metavar="USERNAME", help="who imports; may be left out where only one account may import the kind"
        )
        parser.add_argument("--dry-run", action="store_true", help="only say what it would come to")
        parser.add_argument(
            "--report", type=Path, metavar="OUT.xlsx", help="write the file back with its faults in red"
        )

    def handle(self, *args, **options) -> None:
        kind = KINDS[options["kind"]]
        user = _user(options["by"], kind)
        sent = self._read(kind, options["file"], user)
        self.stdout.write(", ".join(f"{STATE_WORDS[each]}: {sent.counts[each]}" for each in State))
        self._report(kind, sent, user, options["report"])
        wrong = sent.counts[State.WRONG]
        self._finish(sent, user, dry_run=options["dry_run"] or bool(wrong))
        if wrong:
            raise CommandError(f"Có {wrong} dòng cần sửa; chưa ghi gì.", returncode=1)

    def _read(self, kind: Kind, path: Path, user: User) -> Import:
        try:
            with path.open("rb") as content:  # read only once its size is known to be allowed
                sent = send_file(kind, upload=File(content, name=path.name), by=user)
        except (OSError, Refused) as error:
            raise CommandError(str(error), returncode=2) from error
        try:
            read_file(sent, by=user)
        except Refused as error:
            discard_import(sent, by=user)
            raise CommandError(str(error), returncode=2) from error
        sent.refresh_from_db()
        return sent

    def _report(self, kind: Kind, sent: Import, user: User, file: Path | None) -> None:
        """Say which cells are wrong, the first of them here and all in the workbook asked for."""
        outcome = outcome_of(sent)
        for name in outcome.unread:
            self.stderr.write(f"Không đọc trang “{name}”: mẫu không có trang tên như vậy.")
        for said in outcome.books:
            self.stderr.write(f"Cảnh báo: {said}")
        for row in outcome.in_state(State.WRONG)[:FAULTS_SHOWN]:
            for heading, value, reason in row.told_faults:
                self.stderr.write(f"Trang “{row.sheet}”, dòng {row.line}, cột “{heading}” (“{value}”): {reason}")
        if file is None:
            return
        try:
            file.write_bytes(marked_workbook(kind, sent, outcome, made_by=str(user)))
        except OSError as error:
            discard_import(sent, by=user)
            raise CommandError(f"Không ghi được tệp {file}: {error.strerror}.", returncode=2) from error

    def _finish(self, sent: Import, user: User, *, dry_run: bool) -> None:
        if dry_run or not (sent.counts[State.NEW] + sent.counts[State.CHANGED]):
            discard_import(sent, by=user)
            return
        try:
            commit_file(sent, by=user)
        except Refused as error:
            discard_import(sent, by=user)
            raise CommandError(str(error), returncode=1) from error
        self.stdout.write(f"Đã ghi vào sổ (lần nhập số {sent.pk}).")


def _user(username: str | None, kind: Kind) -> User:
    """Return the account of this name; without one, the only account that may import the kind."""
    active = User.objects.filter(is_active=True)
    if username:
        found = list(active.filter(username=username))
        problem = f"Không có tài khoản “{username}” đang hoạt động."
    else:
        found = [each for each in active if each.scope.may(kind.right)]
        names = ", ".join(sorted(each.username for each in found))
        problem = f"Hãy ghi rõ ai nhập, bằng --by. Tài khoản nhập được loại này: {names or 'chưa có'}."
    if len(found) != 1:
        raise CommandError(problem, returncode=2)
    return found[0]
