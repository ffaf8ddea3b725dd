"""What the library does by itself."""

from __future__ import annotations

from datetime import datetime, time

from django.utils.timezone import localdate, localtime

from santai.knowledge import citations
from santai.knowledge.building import rebuild
from santai.knowledge.entries.citing import link_citations
from santai.knowledge.imports import come_into_force
from santai.knowledge.subscribing import tell_subscribers
from santai.notices.periodic import every

# News waits for the morning.
FIRST_MESSAGE, LAST_MESSAGE = time(8), time(20)


@every(hours=1)
def let_laws_come_into_force(*, at: datetime) -> int:
    """On its first day a new wording is the one that is found, opened and cited."""
    changed = come_into_force(on=localdate(at))
    if changed:
        citations.link()
        rebuild()
        link_citations()
    return changed


@every(minutes=30)
def tell_of_new_policies(*, at: datetime) -> int:
    is_day = FIRST_MESSAGE <= localtime(at).time() < LAST_MESSAGE
    return tell_subscribers(at) if is_day else 0
