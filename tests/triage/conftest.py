from __future__ import annotations

import pytest

from santai.registry.regions import load_regions
from santai.triage import places


@pytest.fixture
def heilongjiang(db: None) -> None:
    load_regions("23")
    places.forget()
