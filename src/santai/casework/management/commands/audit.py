"""`santai audit verify`: recompute every case's chain."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from santai.casework.audit import broken_chains
from santai.casework.models import Case


class Command(BaseCommand):
    help = "Verify that no step log was changed, shortened or reordered."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["verify"])
        parser.add_argument("--case", default="", help="only this case code")

    def handle(self, *args: Any, **options: Any) -> None:
        cases = Case.objects.order_by("pk")
        if options["case"]:
            cases = cases.filter(code=options["case"])
        total = cases.count()
        with tqdm(total=total, unit="case", desc="verify") as bar:
            broken = list(broken_chains(cases, advance=bar.update))
        for code, fault in broken:
            self.stderr.write(f"{code}: {fault}")
        if broken:
            raise CommandError(f"{len(broken)} of {total} chains do not verify")
        self.stdout.write(self.style.SUCCESS(f"{total} chains verify"))
