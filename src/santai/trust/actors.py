"""Who acts, and through which platform."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import TextChoices

from santai.trust.roles import Role

if TYPE_CHECKING:
    from santai.trust.models import User


class Channel(TextChoices):
    WEB = "web", "网络"
    HOTLINE = "hotline", "热线"
    COUNTER = "counter", "窗口"
    API = "api", "接口"
    SYSTEM = "system", "系统"


@dataclass(frozen=True)
class Actor:
    """A staff member (`user`), a person acting on their own case (`party_id`), or the platform itself (neither)."""

    channel: Channel
    user: User | None = None
    party_id: int | None = None
    name: str = ""

    @classmethod
    def staff(cls, user: User, channel: Channel = Channel.WEB) -> Actor:
        return cls(channel=channel, user=user, name=user.display_name)

    @classmethod
    def applicant(cls, party_id: int, channel: Channel = Channel.WEB) -> Actor:
        return cls(channel=channel, party_id=party_id, name=str(Role.APPLICANT.label))


SYSTEM = Actor(channel=Channel.SYSTEM, name="系统")
