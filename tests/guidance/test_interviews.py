"""Every interview is sound: nothing unknown, nothing idle, each way through it ends in advice and a draft."""

from __future__ import annotations

import pytest

from santai.guidance.checking import faults
from santai.guidance.interview import interviews

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("slug", list(interviews()))
def test_every_way_through_it_ends_and_nothing_lies_idle(slug: str) -> None:
    assert faults(interviews()[slug]) == []
