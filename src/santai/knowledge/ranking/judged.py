"""Judged questions: what people asked and which articles were the answer."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class BadQuestions(Exception):
    """A file of judged questions that cannot be used; the message says why in Chinese."""


@dataclass(frozen=True)
class Judged:
    question: str
    gold: tuple[str, ...]
    answer: str = ""


def read(path: Path, answers: Path | None = None) -> list[Judged]:
    """{id, question, gold: [article names]} a line; `answers` {id, answer} may add what the lawyer said."""
    told = {row["id"]: str(row.get("answer") or "") for row in _rows(answers)} if answers else {}
    try:
        judged = [Judged(str(row["question"]), tuple(row["gold"]), told.get(row["id"], "")) for row in _rows(path)]
    except (KeyError, TypeError) as fault:
        raise BadQuestions(f"{path.name} 每行应是 {{id, question, gold}} 形式的 JSON。") from fault
    if not judged:
        raise BadQuestions(f"{path.name} 里没有问题。")
    return judged


def _rows(path: Path) -> list[dict[str, Any]]:
    try:
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, ValueError) as fault:
        raise BadQuestions(f"读不了 {path}：{fault}") from fault
