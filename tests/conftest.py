"""What every test may lean on: the working-day calendar, one city with its organisations, and a morning to live in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache

from santai.knowledge.entries.finding import forget as forget_entries
from santai.knowledge.ranking import ranker
from santai.workdays.calendar import forget
from tests import factories

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture(autouse=True)
def _fresh_cache(settings, tmp_path: Path) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path / "uploads"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    cache.clear()
    forget()
    forget_entries()
    yield
    forget()


@pytest.fixture(autouse=True)
def _nothing_learned(monkeypatch: pytest.MonkeyPatch) -> None:
    """Search goes by words unless a test trains or ships something; the ranker shipped has tests of its own."""
    monkeypatch.setattr(ranker, "SHIPPED", Path("/nowhere"))


@pytest.fixture
def monday() -> datetime:
    """Monday 2 March 2026, 9 in the morning: an ordinary week follows."""
    return datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI)


@pytest.fixture
def town(db: None) -> factories.Town:
    """A county with one organisation and one member of staff of every kind a story needs."""
    return factories.build_town()
