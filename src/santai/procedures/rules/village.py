"""What contract and booking share: how much service is due, who served when, which contract a village has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from santai.casework.models import Case, LogEntry
from santai.casework.parameters import value

CONTRACT, SERVICE = "village_adviser", "village_service"
SERVING = frozenset({"in_force", "replacing", "exiting", "renewing"})
# 2018 guidance as recalled; provinces set more (hours a month, villages for one lawyer): parameters by place and date.
VISITS_KEY, HOURS_KEY, LECTURES_KEY = "village.visits_per_month", "village.hours_per_month", "village.lectures"
MOST_VILLAGES_KEY, LOG_DAYS_KEY = "village.most_villages", "village.log_days"
LEAST_VISITS, LEAST_HOURS, LEAST_LECTURES, MOST_VILLAGES, LOG_DAYS = 1, 0, 0, 5, 5
COMMITTEE = re.compile(r"(村民委员会|居民委员会|村委会|居委会)$")
PLACE = re.compile(r"(行政村|社区|村)$")


@dataclass(frozen=True)
class Session:
    """One visit or remote service, by whichever record. `adviser` is the user who served."""

    day: date
    begins: str
    ends: str
    kind: str
    adviser: int | None
    where: str

    @property
    def hours(self) -> Decimal:
        return Decimal(_minutes(self.ends) - _minutes(self.begins)) / 60

    def overlaps(self, other: Session) -> bool:
        return self.day == other.day and self.begins < other.ends and other.begins < self.ends


def _minutes(hour: str) -> int:
    hours, minutes = hour.split(":")
    return int(hours) * 60 + int(minutes)


def setting(key: str, default: int, region: str, on: date) -> int:
    """A whole number; a mistyped one does not stop the province."""
    found = value(key, region=region, on=on, default=default)
    return found if isinstance(found, int) and not isinstance(found, bool) and found >= 0 else default


def least_of(contract: Mapping[str, Any], region: str, on: date) -> dict[str, int]:
    """What is due each month: the contract may promise more than the setting, never less."""
    return {
        "visits": max(int(contract.get("visits", 0)), setting(VISITS_KEY, LEAST_VISITS, region, on)),
        "hours": max(int(contract.get("hours", 0)), setting(HOURS_KEY, LEAST_HOURS, region, on)),
        "lectures": max(int(contract.get("lectures", 0)), setting(LECTURES_KEY, LEAST_LECTURES, region, on)),
    }


# --- sessions -----------------------------------------------------------------------------------------------------


def session_in(data: Mapping[str, Any], adviser: int | None, where: str) -> Session:
    day = data["visited_on"]
    return Session(
        day=day if isinstance(day, date) else date.fromisoformat(day),
        begins=str(data["begins"]),
        ends=str(data["ends"]),
        kind=str(data["kind"]),
        adviser=adviser,
        where=where,
    )


def logged(log: list[LogEntry], where: str) -> list[Session]:
    """What stands in the log of a contract; a record that was struck does not count."""
    struck = {(e.data["visited_on"], e.data["begins"]) for e in _struck(log)}
    visits = (entry for entry in log if entry.step == "log_visit")
    return [
        session_in(entry.data, entry.actor_id, where)
        for entry in visits
        if (entry.data["visited_on"], entry.data["begins"]) not in struck
    ]


def _struck(log: list[LogEntry]) -> Iterator[LogEntry]:
    """The disputes that were answered by striking the record."""
    pending: LogEntry | None = None
    for entry in log:
        if entry.step == "dispute_visit":
            pending = entry
        elif pending is not None and entry.step in {"strike_visit", "keep_visit"}:
            if entry.step == "strike_visit":
                yield pending
            pending = None


def booked(contract_code: str) -> list[Session]:
    """Booked services of this contract that the village has confirmed."""
    cases = Case.objects.filter(procedure=SERVICE, facts__contract=contract_code, facts__counts=True)
    return [session_in(one.facts["session"], one.facts["session"].get("adviser"), one.code) for one in cases]


def sessions_of(case: Case, log: list[LogEntry]) -> list[Session]:
    return [*logged(log, case.code), *booked(case.code)]


def sessions_on(adviser: int, day: date, *, but: str = "") -> list[Session]:
    """All that one adviser has on record for a day, in every village; `but` leaves out one booking."""
    entries = LogEntry.objects.filter(case__procedure=CONTRACT, step="log_visit", actor_id=adviser)
    same_day = entries.filter(data__visited_on=day.isoformat()).select_related("case")
    found = [one for case in {e.case for e in same_day} for one in logged(list(case.log.order_by("number")), case.code)]
    services = Case.objects.filter(procedure=SERVICE, facts__session__adviser=adviser).exclude(code=but)
    found += [session_in(one.facts["session"], adviser, one.code) for one in services]
    return [one for one in found if one.day == day and one.adviser == adviser]


# --- contracts ----------------------------------------------------------------------------------------------------


def plain_name(village: str) -> str:
    return PLACE.sub("", COMMITTEE.sub("", village.strip()))


def contracts_of(adviser_pk: int, *, but: int | None = None) -> int:
    """How many villages a practitioner serves, those being signed included."""
    held = Case.objects.filter(procedure=CONTRACT, closed_at__isnull=True, facts__adviser__id=adviser_pk)
    return held.exclude(pk=but or 0).exclude(state__in=("preparing", "proposed", "term_over")).count()


def contract_for(case: Case, village: str) -> Case | None:
    """The contract in force of the committee that asks, else of the village of that name in the same county."""
    running = Case.objects.filter(procedure=CONTRACT, state__in=SERVING).select_related("organisation", "handler")
    own = running.filter(applicant=case.applicant).order_by("-pk").first()
    if own is not None:
        return own
    here = running.filter(region__startswith=case.region[:6]).order_by("-pk")
    return here.filter(facts__village_name=plain_name(village)).first()


# --- months -------------------------------------------------------------------------------------------------------


def month_of(day: date) -> str:
    return f"{day:%Y-%m}"


def first_of_next(month: date) -> date:
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def whole_months(begins: date, ends: date) -> Iterator[date]:
    """The first days of the months that lie wholly within a term."""
    month = begins if begins.day == 1 else first_of_next(begins)
    while first_of_next(month) - timedelta(days=1) <= ends:
        yield month
        month = first_of_next(month)


def last_day_to_log(month: date, region: str, on: date) -> date:
    """Records of a month may still be made in the first days of the next."""
    return first_of_next(month) + timedelta(days=setting(LOG_DAYS_KEY, LOG_DAYS, region, on) - 1)
