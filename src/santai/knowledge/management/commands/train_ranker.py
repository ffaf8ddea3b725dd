"""`santai train-ranker FILE.jsonl`: learn from judged questions which articles answer what people ask."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from santai.knowledge.index import store
from santai.knowledge.index.corpus import Corpus
from santai.knowledge.ranking.memory import BadQuestions, Memory, read
from santai.knowledge.ranking.practice import COUNT
from santai.knowledge.ranking.ranker import Lessons, Ranker, train
from santai.knowledge.search import home


class Command(BaseCommand):
    help = "用有标准答案的问题训练检索的排序，结果存放在 SANTAI_HOME/search/ranker；没有训练过时，检索按字词排序。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="每行一个 JSON：{id, question, gold: [条文名]}")
        parser.add_argument("--answers", type=Path, help="律师对这些问题的答复，每行一个 JSON：{id, answer}")

    def handle(self, *args: Any, file: Path, answers: Path | None, **options: Any) -> None:
        try:
            judged = read(file, answers)
        except BadQuestions as fault:
            raise CommandError(str(fault)) from fault
        corpus = Corpus.of_library()
        if not len(corpus):
            raise CommandError("法律库是空的，请先运行 santai import-laws。")
        memory = Memory(judged, store.build(corpus, home()))
        known = sum(bool(gold) for gold in memory.gold)
        if not known:
            raise CommandError("法律库里没有这些问题的答案条文，请先收入相应的法律。")
        with tqdm(total=len(judged) + COUNT, desc="读问题", unit="个", ncols=88, disable=None) as bar:
            lessons = Lessons.prepare(memory, corpus.texts, bar.update)
        self.stdout.write("正在训练……")
        Ranker(train(lessons), memory).save(home() / "ranker")
        self.stdout.write(f"用 {known} 个问题训练好了（共 {len(judged)} 个，其余的答案不在法律库里），检索立即使用。")
