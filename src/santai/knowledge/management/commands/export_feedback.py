"""`santai export-feedback FILE.jsonl`: what staff found helpful, for `santai train-ranker`."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from santai.knowledge.entries.feedback import judged_questions


class Command(BaseCommand):
    help = "把工作人员点过“这条帮上了忙”的问题写成文件，每行一个 JSON：{id, question, gold}，可以交给 train-ranker。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="写到哪个文件（.jsonl）")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        count = 0
        try:
            with file.open("w", encoding="utf-8") as handle:
                for row in judged_questions():
                    handle.write(json.dumps(row, ensure_ascii=False) + "\n")
                    count += 1
        except OSError as fault:
            raise CommandError(f"写不了 {file}：{fault.strerror}。请换一个能写的位置。") from fault
        self.stdout.write(f"写了 {count} 个问题。姓名、号码和地址在记下问题时已经去掉。")
