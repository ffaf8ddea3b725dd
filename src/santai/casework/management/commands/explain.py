"""`santai explain CODE`: every clock of a case, line by line."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from santai.casework.access import procedure_of
from santai.casework.codes import code_fault, tidy
from santai.casework.models import Case
from santai.casework.reading import clocks_of


class Command(BaseCommand):
    help = "Explain every computed date of a case."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code")

    def handle(self, *args: Any, **options: Any) -> None:
        code = tidy(options["code"])
        case = Case.objects.filter(code=code).first()
        if case is None:
            raise CommandError(code_fault(code) or "no case has this code")
        table = procedure_of(case)
        self.stdout.write(f"{case.code} {table.label}（{table.version}起施行） {table.state_label(case.state)}")
        for reading in clocks_of(case, now=timezone.now()):
            self.stdout.write(f"\n{reading.clock.label}（{reading.clock.limit}）")
            for line in reading.explain():
                self.stdout.write(f"  {line}")
