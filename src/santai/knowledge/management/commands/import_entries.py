"""`santai import-entries [FOLDER]`: take standard answers, guides, cases and policies into the library."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from santai.knowledge.entries.files import files_in
from santai.knowledge.entries.imports import STARTER, import_entries
from santai.knowledge.models import Entry, EntryCitation
from santai.knowledge.sources.texts import Fault, UnknownSource

MOST_TOLD = 50


class Command(BaseCommand):
    help = "把标准答复、办事指南、典型案例和政策文件收进知识库，可以反复运行；工作人员改过的不会被盖掉。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folder",
            nargs="?",
            type=Path,
            default=STARTER,
            help="文件夹，下有 answers、guides、cases、policies；不写就用随平台带来的文字",
        )

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            with tqdm(total=len(files_in(folder)), desc="收入知识", unit="篇", ncols=88, disable=None) as bar:
                taken = import_entries(folder, at=timezone.now(), report=bar.update)
        except UnknownSource as unknown:
            raise CommandError(str(unknown)) from unknown
        self.stdout.write(
            f"新增 {taken.added} 篇，出新版 {taken.changed} 篇，没有变化 {taken.unchanged} 篇，"
            f"没有动的 {len(taken.left)} 篇，没读懂的 {len({one.where for one in taken.faults})} 篇。"
        )
        self.tell("没有动", taken.left)
        self.tell("没读懂", taken.faults)
        self.stdout.write(
            f"知识库现有 {Entry.objects.filter(published__isnull=False).count()} 篇，"
            f"引用 {EntryCitation.objects.count()} 处，其中 {taken.cited} 处在法律库里找到了条文。"
        )

    def tell(self, what: str, faults: list[Fault]) -> None:
        for fault in faults[:MOST_TOLD]:
            self.stdout.write(f"  {what}：{fault.where}：{fault.what}")
        if len(faults) > MOST_TOLD:
            self.stdout.write(f"  还有 {len(faults) - MOST_TOLD} 处没有列出")
