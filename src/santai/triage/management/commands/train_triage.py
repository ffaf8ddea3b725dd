"""`santai train-triage FILE.jsonl`: learn from judged questions which matter or area of law a text is about."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from santai.triage.learning.lessons import SCHEMES, BadLessons, answers_in, judged_in
from santai.triage.learning.measuring import FOLDS, train
from santai.triage.learning.model import learned_at


class Command(BaseCommand):
    help = "用已经判好类别的问题训练分类，结果存放在 SANTAI_HOME/triage，立即使用；没有训练过时用随平台带的。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="每行一个 JSON：{id, question, label, scheme}")
        parser.add_argument("--scheme", choices=SCHEMES, action="append", help="只训练这种分类；不写则都训练")
        parser.add_argument("--answers", type=Path, help="律师对这些问题的答复，每行一个 JSON：{id, answer}")
        parser.add_argument("--out", type=Path, help="存放到这个文件夹，而不是 SANTAI_HOME/triage")

    def handle(self, *args: Any, file: Path, answers: Path | None, out: Path | None, **options: Any) -> None:
        for scheme in options["scheme"] or SCHEMES:
            try:
                judged, told = judged_in(file, scheme), answers_in(answers)
            except BadLessons as fault:
                raise CommandError(str(fault)) from fault
            with tqdm(total=FOLDS + 1, desc=f"学习 {scheme}", unit="遍", ncols=88, disable=None) as bar:
                model = train(judged, scheme, told, bar.update)
            path = out / f"{scheme}.json" if out else learned_at(scheme)
            model.save(path)
            self.stdout.write(f"{scheme}：用 {len(judged)} 个问题学会了 {len(model.labels)} 类，存放在 {path}。")
