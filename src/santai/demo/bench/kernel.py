"""How fast a need is taken in and a step is taken, as a share of the bare SQL that writes the same rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from random import Random

from santai.casework.actions import take_step
from santai.casework.models import Case
from santai.demo.bench.bare import Rate, measure
from santai.demo.lay_texts import spoken
from santai.intake.receive import Applicant, Need, receive
from santai.registry.models import Region
from santai.trust.actors import Actor, Channel
from santai.trust.memberships import members_in_charge
from santai.trust.models import User
from santai.trust.roles import HANDLERS

WEB = Actor(channel=Channel.WEB)
MATTER = "劳动纠纷"
WARM_UP = 4


def needs(rng: Random) -> Iterator[Need]:
    """People who never come twice."""
    counties = list(Region.objects.filter(level=6).order_by("code").values_list("code", flat=True))
    number = 0
    while True:
        number += 1
        words = f"{spoken(rng, MATTER)}（{number}）"
        yield Need(Channel.WEB, words, rng.choice(counties), Applicant("王小明", f"138{number:08d}"))


def measure_kernel(rounds: int, *, now: datetime, report: Callable[[], object]) -> list[Rate]:
    request, claim = Rate("收一件诉求（含分类和分派）"), Rate("办一步（签收）")
    people = needs(Random(1))
    for number in range(2 * rounds + WARM_UP):
        need = next(people)
        measure(request, number, lambda need=need: receive(need, actor=WEB, at=now))  # type: ignore[misc]
        report()
    waiting = [receive(next(people), actor=WEB, at=now).case.pk for _ in range(2 * rounds + WARM_UP)]
    # As a page reads it (casework.access.case_for).
    cases = Case.objects.select_related("applicant", "organisation", "handler").filter(pk__in=waiting)
    for number, case in enumerate(cases.filter(state="dispatched").order_by("pk")):
        handler = _handler_of(case)
        measure(claim, number, lambda case=case, who=handler: take_step(case, "claim", actor=who, at=now))  # type: ignore[misc]
        report()
    for rate in (request, claim):
        del rate.whole[: WARM_UP // 2], rate.bare[: WARM_UP // 2]
    return [request, claim]


def _handler_of(case: Case) -> Actor:
    if case.handler is not None:
        return Actor.staff(case.handler)
    anybody = members_in_charge(HANDLERS, organisation_id=case.organisation_id)
    return Actor.staff(User.objects.get(pk=min(anybody)))
