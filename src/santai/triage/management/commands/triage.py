"""`santai triage --jsonl FILE`: the likeliest matters of each question, one JSON line each."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from santai.triage.folding import fold
from santai.triage.matters import matters, ranked

SCHEMES = ("matter24",)
SHOWN = 3


class Command(BaseCommand):
    help = "给文件中的每个问题判断事项，每行输出一个 JSON：{id, labels}，按可能性从高到低排列。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--jsonl", required=True, help="每行一个 JSON：{id, question}")
        parser.add_argument("--scheme", default="matter24", choices=SCHEMES, help="事项分类体系")

    def handle(self, *args: Any, **options: Any) -> None:
        for row in _questions(Path(options["jsonl"]), options["scheme"]):
            answer = {"id": row["id"], "labels": likeliest(str(row["question"]))}
            self.stdout.write(json.dumps(answer, ensure_ascii=False))


def likeliest(question: str) -> list[str]:
    """Always `SHOWN` labels: those recognised first, then in the order of the table."""
    recognised = [opinion.matter for opinion in ranked(fold(question))]
    return list(dict.fromkeys([*recognised, *matters()]))[:SHOWN]


def _questions(path: Path, scheme: str) -> Iterator[dict[str, Any]]:
    """Rows of another scheme are left out; a row without a scheme counts as of this one."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as fault:
        raise CommandError(f"读不了文件 {path}：{fault}。请检查路径，并保存为 UTF-8 编码。") from fault
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            row["id"], row["question"]
        except (ValueError, TypeError, KeyError) as fault:
            raise CommandError(f"第 {number} 行不是 {{id, question}} 形式的 JSON，请改正后重试。") from fault
        if row.get("scheme", scheme) == scheme:
            yield row
