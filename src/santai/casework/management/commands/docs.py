"""`santai docs`: write docs/procedures/*.md from the tables; `--check` says whether they are what the tables say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from santai.casework.describe import page
from santai.casework.kernel import all_procedures


class Command(BaseCommand):
    help = "Write the procedure pages from their tables, or check that they are up to date."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=Path("docs/procedures"), help="where the pages lie")
        parser.add_argument("--check", action="store_true", help="write nothing; fail when a page is out of date")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        pages = {f"{table.name}-{table.version}.md": page(table) for table in all_procedures()}
        stale = [name for name, text in pages.items() if _read(folder / name) != text]
        extra = [path.name for path in folder.glob("*.md") if path.name not in pages]
        if options["check"]:
            if stale or extra:
                raise CommandError(f"out of date: {', '.join(sorted([*stale, *extra]))}; run `santai docs`")
            self.stdout.write(f"{len(pages)} procedure pages are up to date")
            return
        folder.mkdir(parents=True, exist_ok=True)
        for name in stale:
            (folder / name).write_text(pages[name], encoding="utf-8")
        for name in extra:
            (folder / name).unlink()
        self.stdout.write(f"{len(pages)} procedure pages, {len(stale)} written, {len(extra)} removed")


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""
