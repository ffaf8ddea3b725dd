"""What a model learns from: judged texts of a file, example sentences of ours, and the terms of the matter table."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from santai.triage.folding import fold
from santai.triage.learning.grams import Floats, grams
from santai.triage.learning.learned import Lesson
from santai.triage.lexicon import GAP
from santai.triage.tables import rows_of

MATTER, AREA = "matter24", "area"
SCHEMES = (MATTER, AREA)
# How much one sentence of ours, one term and one lawyer's answer count beside a judged text.
EXAMPLE, TERM, ANSWER = 0.35, 0.4, 0.3
ANSWER_READ = 150


class BadLessons(Exception):
    """A file of judged texts that cannot be used; the message says why in Chinese."""


@dataclass(frozen=True)
class Judged:
    id: str
    folded: str
    label: str


def judged_in(path: Path, scheme: str) -> list[Judged]:
    """{id, question, label, scheme} a line; rows of another scheme are left out."""
    rows = [row for row in rows_in(path, "label") if row.get("scheme", scheme) == scheme]
    found = [Judged(str(row["id"]), fold(str(row["question"])), str(row["label"])) for row in rows]
    if len({one.label for one in found}) < 2:
        raise BadLessons(f"{path.name} 里没有 {scheme} 的两种以上类别，没法学习。")
    return found


def rows_in(path: Path, *also: str) -> Iterator[dict[str, Any]]:
    """Rows of a file of {id, question} with the fields named besides."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as fault:
        raise BadLessons(f"读不了文件 {path}：{fault}。请检查路径，并保存为 UTF-8 编码。") from fault
    wanted = ("id", "question", *also)
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            [row[name] for name in wanted]
        except (ValueError, TypeError, KeyError, RecursionError) as fault:
            told = f"{{{', '.join(wanted)}}}"
            raise BadLessons(f"{path.name} 第 {number} 行不是 {told} 形式的 JSON，请改正后重试。") from fault
        yield row


def answers_in(path: Path | None) -> dict[str, str]:
    """What lawyers answered, by the id of the question."""
    if path is None:
        return {}
    try:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        return {row["id"]: f"{row.get('keywords', '')} {row['answer']}"[:ANSWER_READ] for row in rows}
    except (OSError, ValueError, TypeError, KeyError) as fault:
        raise BadLessons(f"{path} 每行应是 {{id, answer}} 形式的 JSON。") from fault


def certain(labels: Sequence[str], label: str) -> Floats:
    return np.array([float(label == other) for other in labels])


def of_judged(judged: Iterable[Judged], labels: Sequence[str], answers: Mapping[str, str]) -> Iterator[Lesson]:
    for one in judged:
        yield Lesson(grams(one.folded), certain(labels, one.label))
        if one.id in answers:
            yield Lesson(grams(fold(answers[one.id])), certain(labels, one.label), ANSWER)


def of_examples(labels: Sequence[str]) -> Iterator[Lesson]:
    for row in rows_of("examples.csv"):
        yield Lesson(grams(fold(row["text"])), certain(labels, row["matter"]), EXAMPLE)


def of_terms(labels: Sequence[str], is_open: Callable[[str], bool] = lambda _: True) -> Iterator[Lesson]:
    """A term may stand in several rows; the weights of the rows share it out. `is_open` tells which may be used."""
    terms: dict[str, dict[str, float]] = {}
    for row in rows_of("matters.csv"):
        terms.setdefault(row["term"], {})[row["matter"]] = float(row["weight"])
    mean = sum(max(weights.values()) for weights in terms.values()) / len(terms)
    for term, weights in terms.items():
        if is_open(term):
            shares = np.array([weights.get(label, 0.0) for label in labels])
            yield Lesson(grams(term.replace(GAP, " ")), shares / shares.sum(), TERM * max(weights.values()) / mean)
