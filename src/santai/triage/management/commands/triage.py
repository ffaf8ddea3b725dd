"""`santai triage --jsonl FILE`: the likeliest matters (or areas of law) of each question, one JSON line each."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from santai.triage.areas import ranked_areas
from santai.triage.folding import fold
from santai.triage.learning.lessons import AREA, MATTER, SCHEMES, BadLessons, rows_in
from santai.triage.matters import matters, ranked

SHOWN = 5


class Command(BaseCommand):
    help = "给文件中的每个问题判断事项或法律领域，每行输出一个 JSON：{id, labels}，按可能性从高到低排列。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--jsonl", required=True, help="每行一个 JSON：{id, question}")
        parser.add_argument(
            "--scheme", default=MATTER, choices=SCHEMES, help="matter24：二十类事项；area：法律领域（默认 matter24）"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        scheme = options["scheme"]
        try:
            for row in rows_in(Path(options["jsonl"])):
                # Rows of another scheme are left out; a row without one counts as of this.
                if row.get("scheme", scheme) == scheme:
                    answer = {"id": row["id"], "labels": likeliest(str(row["question"]), scheme)}
                    self.stdout.write(json.dumps(answer, ensure_ascii=False))
        except BadLessons as fault:
            raise CommandError(str(fault)) from fault


def likeliest(question: str, scheme: str = MATTER) -> list[str]:
    """Always `SHOWN` labels: those recognised first, then in the order of the table."""
    folded = fold(question)
    recognised = [opinion.matter for opinion in ranked(folded)]
    if scheme == AREA:
        return ranked_areas(folded, recognised)[:SHOWN]
    return list(dict.fromkeys([*recognised, *matters()]))[:SHOWN]
