"""A learned model on disk and in memory: derived numbers, one line a gram, that a person can read.

What this installation has learned itself (`SANTAI_HOME/triage`) goes before what is shipped. Without either, triage
goes by the tables alone.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from django.conf import settings

from santai.triage.learning.grams import Floats, grams
from santai.triage.learning.learned import Learned, softmax
from santai.triage.tables import FOLDER

log = logging.getLogger(__name__)
FORMAT = 1
SHIPPED = FOLDER / "weights"
# Weights are kept to a tenth.
SCALE = 10
# Points of the tables never say more than this, however many there are: half of it at four points.
HALFWAY = 4.0


@dataclass(frozen=True)
class Model:
    """`by_tables` is what all points of the tables are worth beside the learned logits; `heat` divides both, so that a
    chance is a true one."""

    labels: tuple[str, ...]
    learned: Learned
    heat: float = 1.0
    by_tables: float = 0.0

    def chances(self, folded: str, points: Mapping[str, float] | None = None) -> Floats:
        """The chance of each label."""
        logits = self.learned.logits(grams(folded)) + self.by_tables * shares(self.labels, points or {})
        return softmax(logits / self.heat)

    def words(self, folded: str, label: str, most: int = 3) -> list[str]:
        return self.learned.strongest(grams(folded), self.labels.index(label), most)

    def save(self, path: Path) -> None:
        numbers = np.rint(SCALE * self.learned.weights).astype(int).tolist()
        rows = {
            gram: [round(rarity, 2), *row]
            for (gram, rarity), row in zip(self.learned.idf.items(), numbers, strict=True)
        }
        told = {
            "format": FORMAT,
            "labels": list(self.labels),
            "bias": [round(value, 2) for value in self.learned.bias.tolist()],
            "heat": round(self.heat, 3),
            "by_tables": self.by_tables,
        }
        lines = ",\n".join(f"{json.dumps(gram, ensure_ascii=False)}:{_short(row)}" for gram, row in rows.items())
        head = json.dumps(told, ensure_ascii=False)[:-1]
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".draft")
        draft.write_text(f'{head},\n"grams":{{\n{lines}\n}}}}\n', encoding="utf-8")
        draft.replace(path)


def shares(labels: Sequence[str], points: Mapping[str, float]) -> Floats:
    total = sum(points.values()) + HALFWAY
    return np.array([points.get(label, 0.0) / total for label in labels])


def _short(row: list[float]) -> str:
    return json.dumps(row, separators=(",", ":"))


def read(path: Path) -> Model | None:
    """None when there is none, or none that can be used (which is logged)."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        if told["format"] != FORMAT:
            log.warning("the triage model %s is of another format; triage goes on without it", path)
            return None
        rows = np.array(list(told["grams"].values()), dtype=float)
        idf = dict(zip(told["grams"], rows[:, 0].tolist(), strict=True))
        learned = Learned(idf, rows[:, 1:] / SCALE, np.array(told["bias"]))
        model = Model(tuple(told["labels"]), learned, float(told["heat"]), float(told["by_tables"]))
        model.chances("")
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        log.exception("the triage model %s cannot be read; triage goes on without it", path)
        return None
    return model


def learned_at(scheme: str) -> Path:
    return Path(settings.HOME) / "triage" / f"{scheme}.json"


_KEPT: dict[str, tuple[float, Model | None]] = {}


def model_for(scheme: str) -> Model | None:
    """Read once a process, and again when the installation has learned anew."""
    path = learned_at(scheme)
    stamp = path.stat().st_mtime if path.exists() else 0.0
    kept = _KEPT.get(str(path))
    if kept is None or kept[0] != stamp:
        kept = stamp, (read(path) if stamp else None) or read(SHIPPED / f"{scheme}.json")
        _KEPT[str(path)] = kept
    return kept[1]
