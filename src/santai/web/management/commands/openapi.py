"""`santai openapi`: the description of the API that other systems build on; it changes only when somebody says so."""

from __future__ import annotations

import difflib
import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from santai.web.api.service import PREFIX, api

KEPT = Path("docs") / "openapi.json"


class Command(BaseCommand):
    help = "Print the OpenAPI description of the API, write it to a file, or compare it with the committed one."
    # It describes the API alone, and needs neither a database nor the pages.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--write", action="store_true", help=f"write it to {KEPT} instead of printing it")
        parser.add_argument("--check", action="store_true", help=f"fail when {KEPT} says something else")

    def handle(self, *args: Any, **options: Any) -> None:
        made = description()
        if options["write"]:
            KEPT.write_text(made, encoding="utf-8")
        elif options["check"]:
            self._compare(made)
        else:
            self.stdout.write(made, ending="")

    def _compare(self, made: str) -> None:
        kept = KEPT.read_text(encoding="utf-8") if KEPT.exists() else ""
        changes = difflib.unified_diff(kept.splitlines(), made.splitlines(), str(KEPT), "the code", lineterm="")
        told = list(changes)[:80]
        if told:
            self.stderr.write("\n".join(told))
            raise CommandError(f"{KEPT} is not what the code does. When the change is meant: santai openapi --write")


def description() -> str:
    schema = api.get_openapi_schema(path_prefix=PREFIX)
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True, default=str) + "\n"
