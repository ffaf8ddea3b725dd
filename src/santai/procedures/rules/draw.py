"""Drawing lots that anybody can draw again: the seed is the case code, the pool is kept, chance plays no other part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from santai.trust.crypto import sm3


@dataclass(frozen=True)
class Draw:
    """`pool` are the keys of those who could be drawn, in ascending order; `turn` counts the draws of one case."""

    seed: str
    turn: int
    pool: tuple[int, ...]
    chosen: int

    def as_facts(self) -> dict[str, Any]:
        return {**asdict(self), "pool": list(self.pool)}


def draw(seed: str, pool: Sequence[int], turn: int = 1) -> Draw:
    """ValueError when nobody can be drawn."""
    if not pool:
        raise ValueError("an empty pool")
    ordered = tuple(sorted(pool))
    number = int(sm3(f"{seed}:{turn}".encode()), 16)
    return Draw(seed, turn, ordered, ordered[number % len(ordered)])


def draw_several(seed: str, pool: Sequence[int], count: int) -> list[int]:
    """`count` different members, one draw after the other; all of them when the pool is smaller."""
    left = sorted(set(pool))
    drawn: list[int] = []
    while left and len(drawn) < count:
        chosen = draw(seed, left, turn=len(drawn) + 1).chosen
        left.remove(chosen)
        drawn.append(chosen)
    return drawn


def is_honest(kept: Mapping[str, Any]) -> bool:
    """Drawn again from what was kept, the same one comes out."""
    return draw(str(kept["seed"]), kept["pool"], int(kept["turn"])).chosen == int(kept["chosen"])
