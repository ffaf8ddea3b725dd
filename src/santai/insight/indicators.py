"""The few figures everybody asks for first: by platform, how much came in, was finished, in time, and how it was rated.

Two aggregate queries, whatever the number of cases. A share of nothing is not applicable (None), never 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Avg, Count, F, Q, QuerySet, Sum
from django.utils import timezone

from santai.casework.access import in_region
from santai.casework.models import Case, CaseClock
from santai.evaluation.rate import LOWEST_SATISFIED
from santai.procedures.work_order import PROCEDURE
from santai.trust.actors import Channel

# A need is finished when it has an answer: from the rating on. Declined, withdrawn and terminated ones are not.
FINISHED = PROCEDURE.stages["评价"] | PROCEDURE.stages["归档"]
CHANNELS = (Channel.WEB, Channel.HOTLINE, Channel.COUNTER, Channel.API)
WORK_ORDER = "work_order"
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Indicator:
    """`value` is numerator / denominator; None when there is nothing to divide by. A count has no denominator."""

    code: str
    label: str
    numerator: float
    denominator: int | None
    value: float | None


@dataclass
class Tally:
    """What was counted for one platform; `waited` is the time from receipt to answer, added up."""

    received: int = 0
    finished: int = 0
    late: int = 0
    rated: int = 0
    satisfied: int = 0
    stars: int = 0
    timed: int = 0
    waited: timedelta = timedelta()

    def add(self, other: Tally) -> None:
        for name in self.__dataclass_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


def indicators(region: str = "", since: date | None = None, until: date | None = None) -> list[Indicator]:
    """For all platforms together ("all") and each one; `since` and `until` are days of receipt, both counted."""
    tallies = _tallies(_received(region, since, until))
    together = Tally()
    for tally in tallies.values():
        together.add(tally)
    found = _of("all", "全部", together)
    for channel in CHANNELS:
        found += _of(channel.value, str(channel.label), tallies.get(channel.value, Tally()))
    return found


def _received(region: str, since: date | None, until: date | None) -> QuerySet[Case]:
    cases = Case.objects.filter(procedure=WORK_ORDER)
    if region:
        cases = cases.filter(in_region(region))
    if since:
        cases = cases.filter(opened_at__gte=_midnight(since))
    if until:
        cases = cases.filter(opened_at__lt=_midnight(until + DAY))
    return cases


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _tallies(cases: QuerySet[Case]) -> dict[str, Tally]:
    finished = Q(state__in=FINISHED)
    # An order that is being redone keeps its poor rating, but it is not finished: shares stay within 100%.
    rated = finished & Q(rating__isnull=False)
    counted = cases.values("channel").annotate(
        received=Count("pk"),
        finished=Count("pk", filter=finished),
        rated=Count("pk", filter=rated),
        satisfied=Count("pk", filter=Q(rating__gte=LOWEST_SATISFIED)),
        stars=Sum("rating", default=0),
    )
    tallies = {row["channel"]: _tally(row) for row in counted.order_by()}
    # An answer given at once never had a finish clock: it was in time.
    answered = CaseClock.objects.filter(case__in=cases.filter(finished), name="finish", stopped_at__isnull=False)
    waits = answered.values("case__channel").annotate(
        late=Count("pk", filter=Q(condition=CaseClock.Condition.MISSED) | Q(missed_before__gt=0)),
        timed=Count("pk"),
        waited=Avg(F("stopped_at") - F("case__opened_at")),
    )
    for row in waits.order_by():
        tally = tallies[row["case__channel"]]
        tally.late, tally.timed, tally.waited = row["late"], row["timed"], row["waited"] * row["timed"]
    return tallies


def _tally(row: Mapping[str, Any]) -> Tally:
    return Tally(**{name: row[name] for name in ("received", "finished", "rated", "satisfied", "stars")})


def _of(code: str, label: str, tally: Tally) -> list[Indicator]:
    in_time = tally.finished - tally.late
    days = round(tally.waited / DAY, 4)
    return [
        Indicator(f"received.{code}", f"{label}·受理件数", tally.received, None, tally.received),
        _share(f"finished.{code}", f"{label}·办结率", tally.finished, tally.received),
        _share(f"in_time.{code}", f"{label}·按期办结率", in_time, tally.finished),
        _share(f"rated.{code}", f"{label}·评价率", tally.rated, tally.finished),
        _share(f"satisfied.{code}", f"{label}·满意率", tally.satisfied, tally.rated),
        _share(f"rating.{code}", f"{label}·平均评分", tally.stars, tally.rated),
        _share(f"days.{code}", f"{label}·平均答复天数", days, tally.timed),
    ]


def _share(code: str, label: str, numerator: float, denominator: int) -> Indicator:
    value = round(numerator / denominator, 4) if denominator else None
    return Indicator(code, label, numerator, denominator, value)
