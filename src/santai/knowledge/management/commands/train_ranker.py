"""`santai train-ranker FILE.jsonl ...`: learn from judged questions which articles answer what people ask."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import numpy as np
from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate
from tqdm import tqdm

from santai.knowledge.embedding.embedder import embedder
from santai.knowledge.index import store
from santai.knowledge.index.corpus import Corpus
from santai.knowledge.index.store import Index
from santai.knowledge.meaning import add_vectors
from santai.knowledge.ranking.features import Known, known
from santai.knowledge.ranking.judged import BadQuestions, read
from santai.knowledge.ranking.own_questions import own_questions
from santai.knowledge.ranking.practice import COUNT
from santai.knowledge.ranking.ranker import Lessons, Ranker, remembered, train
from santai.knowledge.search import home


class Command(BaseCommand):
    help = "用有标准答案的问题训练检索的排序，结果存放在 SANTAI_HOME/search/ranker；没有训练过时，检索按字词排序。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "files", nargs="+", type=Path, help="每行一个 JSON：{id, question, gold: [条文名]}，可以有几个文件"
        )
        parser.add_argument(
            "--answers",
            type=Path,
            help="律师对这些问题的答复，每行一个 JSON：{id, answer}；不写则用同一文件夹里名称相应的 answers 文件",
        )
        parser.add_argument(
            "--own", action="store_true", help="加上本平台自己的：答复、指南、案例的问法和工作人员的评价"
        )
        parser.add_argument("--words-only", action="store_true", help="只按字词训练，不读条文的意思，快得多")
        parser.add_argument(
            "--forget", type=Path, metavar="FOLDER", help="学会排序但不记住这些问题，结果写到这个文件夹，供随软件附带"
        )

    def handle(self, *args: Any, files: list[Path], answers: Path | None, **options: Any) -> None:
        try:
            judged = [one for file in files for one in read(file, answers or beside(file))]
        except BadQuestions as fault:
            raise CommandError(str(fault)) from fault
        judged += own_questions(on=localdate()) if options["own"] else []
        corpus = Corpus.of_library()
        if not len(corpus):
            raise CommandError("法律库是空的，请先运行 santai import-laws。")
        model = None if options["words_only"] else embedder()
        index = self._index(corpus) if model else store.build(corpus, home())
        memory = remembered(judged, index, model)
        usable = sum(bool(gold) for gold in memory.gold)
        if not usable:
            raise CommandError("法律库里没有这些问题的答案条文，请先收入相应的法律。")
        with tqdm(total=len(judged) + COUNT, desc="读问题", unit="个", ncols=88, disable=None) as bar:
            lessons = Lessons.prepare(memory, corpus.texts, bar.update)
        self.stdout.write("正在训练……")
        if options["forget"]:
            seen, empty = known(memory, forgets=True), remembered([], index, model)
            general = Known(np.ones(0, dtype=bool), empty.usual, seen.bridge)
            Ranker(train(lessons, seen=seen, forgets=True), empty, general).save(options["forget"])
            self.stdout.write(f"用 {usable} 个问题训练好了，写在 {options['forget']}。")
            return
        seen = known(memory)
        Ranker(train(lessons, seen=seen), memory, seen).save(home() / "ranker")
        self.stdout.write(f"用 {usable} 个问题训练好了（共 {len(judged)} 个，其余的答案不在法律库里），检索立即使用。")

    def _index(self, corpus: Corpus) -> Index:
        with tqdm(total=len(corpus), desc="读条文的意思", unit="条", ncols=88, disable=None) as bar:
            return store.build(corpus, home(), more=add_vectors(corpus, home(), bar.update))


def beside(file: Path) -> Path | None:
    """questions_train.jsonl → answers_train.jsonl, when there is such a file."""
    path = file.with_name(file.name.replace("questions", "answers"))
    return path if path != file and path.exists() else None
