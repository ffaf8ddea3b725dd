"""A case while it is walked, as those who fill in its forms see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from santai.casework.models import Case
from santai.demo.cast import Cast, Post
from santai.registry.models import Organisation

Filling = dict[str, Any]


@dataclass
class Scene:
    """A case while it is walked. `better_owner` is whom the last return named, `meant_for` who is to
    have the case."""

    case: Case
    cast: Cast
    rng: Random
    at: datetime
    better_owner: Organisation | None = None
    meant_for: Post | None = None

    def receiver(self) -> Organisation:
        if self.meant_for:
            return self.meant_for.organisation
        return self.cast.receiver(self.case.matter, self.case.region, other_than=self.case.organisation)


def words(*choices: str, field: str = "text") -> Callable[[Scene], Filling]:
    """A form of one field, filled with one of these."""
    return lambda scene: {field: scene.rng.choice(choices)}
