"""`manage.py export_workbook KIND OUT.xlsx`: the register in the columns of a template, to be imported elsewhere."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from common.periods import today
from intake.registry import KINDS
from intake.workbooks import register_workbook
from organizations.scope import Scope


class Command(BaseCommand):
    help = "Write all records of a kind in the columns of its template."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=sorted(KINDS), metavar="KIND", help=", ".join(KINDS))
        parser.add_argument("file", type=Path, metavar="OUT.xlsx")

    def handle(self, *args, **options) -> None:
        kind = KINDS[options["kind"]]
        made = register_workbook(kind, kind.export(Scope.everything(), today()), made_by="Lệnh export_workbook")
        try:
            options["file"].write_bytes(made)
        except OSError as error:
            raise CommandError(f"Không ghi được tệp {options['file']}: {error.strerror}.", returncode=2) from error
