"""`santai search`: the articles that answer one question, or every question of a file."""

from __future__ import annotations

import json
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from santai.knowledge.imports import texts_of
from santai.knowledge.index import store
from santai.knowledge.index.corpus import Corpus
from santai.knowledge.meaning import add_vectors, is_wanted
from santai.knowledge.ranking.ranker import ranker_for
from santai.knowledge.search import Library, home, library
from santai.knowledge.sources.texts import UnknownSource

MOST = 1000


class Command(BaseCommand):
    help = "查条文：写一个问题，或者用 --jsonl 给一个文件，每行输出一个 JSON：{id, names}，最相关的在前。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("question", nargs="?", help="要查的问题")
        parser.add_argument("--jsonl", type=Path, help="每行一个 JSON：{id, question}")
        parser.add_argument("--k", type=int, default=100, help="每个问题最多列出几条（默认 100）")
        parser.add_argument("--laws", help="在这个来源里查（同 import-laws 的来源），不用也不改法律库")
        parser.add_argument("--first-stage", action="store_true", help="只用字词检索，不用训练出的排序")

    def handle(self, *args: Any, question: str | None, jsonl: Path | None, k: int, **options: Any) -> None:
        if not 1 <= k <= MOST or bool(question) == bool(jsonl):
            raise CommandError(f"请写一个问题，或者用 --jsonl 给一个文件；--k 应在 1 到 {MOST} 之间。")
        asked = _questions(jsonl) if jsonl else [{"id": "", "question": question}]
        with tempfile.TemporaryDirectory() as scratch:
            opened = _in_source(options["laws"], Path(scratch)) if options["laws"] else library()
            if opened is None:
                raise CommandError("法律库是空的，请先运行 santai import-laws。")
            for row in tqdm(asked, desc="检索", unit="个", ncols=88, disable=None if jsonl else True):
                ranking = opened.search(str(row["question"]), limit=k, learned=not options["first_stage"])
                names = [opened.index.names[at] for at in ranking.rows]
                if jsonl:
                    self.stdout.write(json.dumps({"id": row["id"], "names": names}, ensure_ascii=False))
                else:
                    self.stdout.write("\n".join(names))


def _in_source(source: str, scratch: Path) -> Library:
    try:
        corpus = Corpus.of_texts(texts_of(source, []))
        with tqdm(total=len(corpus), desc="读条文的意思", unit="条", ncols=88, disable=None, delay=2) as bar:
            more = add_vectors(corpus, home(), bar.update) if is_wanted(home()) else lambda _: None
            index = store.build(corpus, scratch, more=more)
    except UnknownSource as fault:
        raise CommandError(str(fault)) from fault
    return Library(index, ranker_for(index, home() / "ranker"))


def _questions(path: Path) -> list[dict[str, Any]]:
    try:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        return [{"id": row["id"], "question": row["question"]} for row in rows]
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise CommandError(f"读不了 {path}：每行应是 {{id, question}} 形式的 JSON（{fault}）。") from fault
