"""`santai bench`: ratios, measured in one run in a database of its own, so that they mean the same on every machine."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone
from tqdm import tqdm

from santai.demo.bench.bare import Rate
from santai.demo.bench.kernel import measure_kernel
from santai.demo.bench.scratch import scratch_province
from santai.demo.bench.search import MOST_FIRST, MOST_WHOLE, measure_search
from santai.demo.bench.triage import measure_triage
from santai.demo.bench.worklist import SEEDS, Page, measure_worklist
from santai.knowledge.ranking.judged import BadQuestions
from santai.knowledge.ranking.measuring import Figures, Pace
from santai.knowledge.sources.texts import UnknownSource
from santai.triage.learning.lessons import BadLessons

LEAST_SHARE = 0.25
MOST_GROWTH = 1.5
MOST_QUERIES = 6
SMALL = 10_000
MOST_CASES = 1_000_000
VERDICTS = {True: "达标", False: "未达标"}


class Command(BaseCommand):
    help = "量一量速度：收件和办理占裸 SQL 的比例，案件增多时工作列表慢多少。用临时数据库，不碰现有数据。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "part", nargs="?", choices=["kernel", "worklist", "search", "triage"], help="只量一项；不写则量前两项"
        )
        parser.add_argument("--cases", type=int, default=100_000, help="工作列表最多量到多少件（默认 100000）")
        parser.add_argument("--rounds", type=int, default=60, help="收件和办理各量多少次（默认 60）")
        parser.add_argument("--laws", help="search：法律文本的来源（同 import-laws）")
        parser.add_argument(
            "--questions",
            type=Path,
            help="search：有标准答案的问题，每行 {id, question, gold}；triage：{id, question, label, scheme}",
        )
        parser.add_argument("--answers", type=Path, help="search、triage：律师对这些问题的答复，每行 {id, answer}")
        parser.add_argument(
            "--areas", type=Path, help="search：这些问题的法律领域，每行 {question, label, scheme: area}"
        )
        parser.add_argument("--strict", action="store_true", help="有未达标的项目时以失败结束")

    def handle(self, *args: Any, part: str | None, cases: int, rounds: int, strict: bool, **options: Any) -> None:
        if not SMALL < cases <= MOST_CASES or not 2 <= rounds <= 5000:
            raise CommandError(f"--cases 应大于 {SMALL}，不超过 {MOST_CASES}；--rounds 应在 2 到 5000 之间。")
        if part == "search":
            return self.finish(self.search(options), strict)
        if part == "triage":
            return self.finish(self.triage(options["questions"], options["answers"]), strict)
        good: list[bool] = []
        self.stdout.write(f"数据库：{connection.vendor}")
        if part != "worklist":
            good += self.kernel(rounds)
        if part != "kernel":
            good += self.worklist(cases)
        return self.finish(good, strict)

    def finish(self, good: list[bool], strict: bool) -> None:
        if strict and not all(good):
            raise CommandError("有未达标的项目。")

    def search(self, options: dict[str, Any]) -> list[bool]:
        laws, questions, good = options["laws"], options["questions"], []
        if not laws or not questions:
            raise CommandError("请用 --laws 给出法律文本，用 --questions 给出有标准答案的问题。")
        try:
            files = (options["answers"], options["areas"])
            for name, found in measure_search(laws, questions, *files, lambda doing: self.stdout.write(f"{doing}……")):
                self.stdout.write(_figures_line(name, found) if isinstance(found, Figures) else _pace_line(name, found))
                if isinstance(found, Pace):
                    good.append(found.p95 <= _most(name))
        except (BadQuestions, UnknownSource) as fault:
            raise CommandError(str(fault)) from fault
        return good

    def triage(self, questions: Path | None, answers: Path | None) -> list[bool]:
        if not questions:
            raise CommandError("请用 --questions 给出已经判好类别的问题。")
        good = []
        try:
            for line, is_good in measure_triage(questions, answers, lambda doing: self.stdout.write(f"{doing}……")):
                self.stdout.write(line)
                good.append(is_good)
        except BadLessons as fault:
            raise CommandError(str(fault)) from fault
        return good

    def kernel(self, rounds: int) -> list[bool]:
        with scratch_province(), tqdm(desc="收件和办理", unit="次", ncols=88, disable=None) as bar:
            rates = measure_kernel(rounds, now=timezone.now(), report=bar.update)
        for rate in rates:
            self.stdout.write(_rate_line(rate))
        return [rate.share >= LEAST_SHARE for rate in rates]

    def worklist(self, cases: int) -> list[bool]:
        sizes = [size for size in (SMALL, SMALL * 10, MOST_CASES) if size < cases] + [cases]
        with (
            scratch_province(),
            tqdm(desc="工作列表", unit="步", ncols=88, disable=None, total=SEEDS + len(sizes)) as bar,
        ):
            pages = measure_worklist(sizes, now=timezone.now(), report=bar.update)
        good = []
        for page in pages:
            first = next(other for other in pages if other.viewer == page.viewer)
            good.append(page.seconds <= first.seconds * MOST_GROWTH and page.queries <= MOST_QUERIES)
            self.stdout.write(_page_line(page, first, VERDICTS[good[-1]]))
        return good


def _most(name: str) -> float:
    return MOST_FIRST if name == "字词检索" else MOST_WHOLE


def _figures_line(name: str, found: Figures) -> str:
    recall = "，".join(f"R@{depth} {share:.3f}" for depth, share in found.recall.items())
    return f"{name}：{found.questions} 个问题，{recall}，MRR@10 {found.mrr:.3f}"


def _pace_line(name: str, found: Pace) -> str:
    verdict = VERDICTS[found.p95 <= _most(name)]
    return f"{name}：p50 {found.p50:.1f} 毫秒，p95 {found.p95:.1f} 毫秒（应不超过 {_most(name):.0f}，{verdict}）"


def _rate_line(rate: Rate) -> str:
    verdict = VERDICTS[rate.share >= LEAST_SHARE]
    return (
        f"{rate.label}：每秒 {rate.per_second:.0f} 次；只写同样的行每秒 {rate.bare_per_second:.0f} 次；"
        f"占 {rate.share:.2f}（应不低于 {LEAST_SHARE}，{verdict}）"
    )


def _page_line(page: Page, first: Page, verdict: str) -> str:
    return (
        f"{page.viewer}：{page.cases} 件时一页 {page.seconds * 1000:.1f} 毫秒，{page.queries} 次查询；"
        f"是 {first.cases} 件时的 {page.seconds / first.seconds:.2f} 倍"
        f"（应不超过 {MOST_GROWTH} 倍、{MOST_QUERIES} 次，{verdict}）"
    )
