"""A legal aid case at its beginning, and one in the hands of a lawyer."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.factories import Town
from tests.procedures.legal_aid_story import Story, keep_standard


@pytest.fixture
def story(town: Town, monday: datetime) -> Story:
    keep_standard()
    return Story(town, monday)


@pytest.fixture
def handled(story: Story) -> Story:
    return story.apply().accept().grant().assign().begin_handling()
