"""How good triage is on judged questions, and how fast; nothing else is learned from, and no database is touched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from santai.triage.folding import fold
from santai.triage.learning.lessons import AREA, SCHEMES, Judged, answers_in, judged_in
from santai.triage.learning.measuring import (
    FOLDS,
    MOST_MILLISECONDS,
    Figures,
    cross_validate,
    figures,
    pace,
    tables_alone,
    train,
)
from santai.triage.learning.model import Model
from santai.triage.matters import matters, points_in

SEEDS = 3
MOST_TIMED = 300
SHOWN = 12
VERDICTS = {True: "达标", False: "未达标"}


Line = tuple[str, bool]


def measure_triage(questions: Path, answers: Path | None, report: Callable[[str], object]) -> Iterator[Line]:
    """Lines to print, each with whether it meets what is asked."""
    told = answers_in(answers)
    for scheme in SCHEMES:
        judged = judged_in(questions, scheme)
        report(f"{scheme}：{len(judged)} 个问题，{FOLDS} 折")
        if scheme != AREA:
            yield _figures_line(f"{scheme}，只用规则表", tables_alone(judged, matters())), True
        first: Figures | None = None
        for seed in range(SEEDS if scheme != AREA else 1):
            found = figures(cross_validate(judged, scheme, told, seed=seed))
            first = first or found
            yield _figures_line(f"{scheme}，第 {seed + 1} 次分折", found), True
        if first:
            yield from ((line, True) for line in _detail(first))
        yield _pace_line(scheme, train(judged, scheme, told), judged)


def _figures_line(name: str, found: Figures) -> str:
    return (
        f"{name}：准确率 {found.accuracy:.3f}，前三 {found.top3:.3f}"
        + (f"，校准误差 {found.error:.3f}" if found.error else "")
        + (f"；交给人看的（把握低）{found.unsure:.2f}，其余的准确率 {found.accuracy_sure:.3f}" if found.error else "")
    )


def _detail(found: Figures) -> Iterator[str]:
    for label, (right, of) in found.by_label.items():
        wrong = "、".join(f"{said} {count}" for was, said, count in found.confused if was == label)
        yield f"  {label}：{right}/{of}" + (f"，误判为 {wrong}" if wrong else "")
    worst = "；".join(f"{was}→{said} {count}" for was, said, count in found.confused[:SHOWN])
    yield f"  最常混淆：{worst}"


def _pace_line(scheme: str, model: Model, judged: list[Judged]) -> Line:
    texts = [one.folded for one in judged][:MOST_TIMED] + ["合同" * 5000]

    def judge(text: str) -> None:
        folded = fold(text)
        model.chances(folded, points_in(folded) if model.by_tables else None)

    p50, p95, most = pace(judge, texts)
    is_good = most <= MOST_MILLISECONDS
    line = (
        f"{scheme}：每个问题 p50 {p50:.2f} 毫秒，p95 {p95:.2f} 毫秒；一万字 {most:.1f} 毫秒"
        f"（应不超过 {MOST_MILLISECONDS:.0f}，{VERDICTS[is_good]}）"
    )
    return line, is_good
