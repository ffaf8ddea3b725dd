from collections.abc import Iterator

import pytest

from santai.notices import adapters, periodic, queue
from santai.notices.adapters import Message
from santai.people.models import Party
from santai.trust.models import User


class Provider:
    """Takes messages, or fails as often as it is told to."""

    def __init__(self) -> None:
        self.taken: list[Message] = []
        self.faults: list[Exception] = []

    def send(self, message: Message) -> None:
        if self.faults:
            raise self.faults.pop(0)
        self.taken.append(message)


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Provider:
    provider = Provider()
    monkeypatch.setattr(queue, "sms_adapter", lambda: provider)
    return provider


@pytest.fixture
def no_jobs(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An empty registry, so that a test meets only the jobs it makes."""
    monkeypatch.setattr(periodic, "JOBS", {})
    monkeypatch.setattr(periodic, "discover", lambda: None)
    yield
    adapters._made.cache_clear()


@pytest.fixture
def citizen(db: None) -> Party:
    return Party.objects.create(name="王小明", phone="13812345678")


@pytest.fixture
def lawyer(db: None) -> User:
    return User.objects.create(username="lawyer", display_name="孙律师")
