"""The ledger of the duty lawyers (工作台账), read from the log of their cases: nothing in it is typed a second time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.timezone import localdate, localtime

from santai.casework.access import cases_for, procedure_of
from santai.casework.models import Case, CaseClock, LogEntry
from santai.casework.wording import words
from santai.trust.actors import Actor

CHINA = ZoneInfo("Asia/Shanghai")
PROCEDURE = "duty_lawyer"
# What the ledger lists, with the field that says when it happened.
LISTED = {
    "help": "helped_at",
    "refuse_help": "refused_at",
    "witness_plea": "signed_on",
    "no_plea_paper": "",
    "give_opinion": "",
}
MOST = 5000


@dataclass(frozen=True)
class Entry:
    """One line. `is_late` when it was written down on a later day than it happened."""

    case: Case
    happened: str
    place: str
    what: str
    details: str
    lawyer: str
    organ: str
    written_at: datetime
    is_late: bool

    @property
    def happened_on(self) -> str:
        """2026-03-02 09:30, or the day alone when no clock time was written down."""
        if "T" not in self.happened:
            return self.happened
        return f"{localtime(datetime.fromisoformat(self.happened)):%Y-%m-%d %H:%M}"


@dataclass(frozen=True)
class Summary:
    asked: int
    noticed: int
    helped: int
    refused: int
    told_in_time: int
    told: int


def entries(
    actor: Actor, *, first: date, last: date, place: int | None = None, at: datetime, most: int = MOST
) -> list[Entry]:
    """Written down from the first day to the last, the newest first; no more than the actor may see."""
    found = _log(actor, first=first, last=last, place=place, at=at).filter(step__in=LISTED)
    newest = found.select_related("case__applicant").order_by("-at", "-pk")[:most]
    return [_entry(one) for one in newest]


def summary(actor: Actor, *, first: date, last: date, place: int | None = None, at: datetime) -> Summary:
    log = _log(actor, first=first, last=last, place=place, at=at)
    count = Counter(log.values_list("step", flat=True))
    asked = log.filter(step="register_request").values("case")
    told = Counter(
        CaseClock.objects.filter(case__in=asked, name="tell_lawyer", condition__in=("met", "missed")).values_list(
            "condition", flat=True
        )
    )
    return Summary(
        asked=count["register_request"],
        noticed=count["register_notice"] + count["register_urgent_notice"],
        helped=count["help"],
        refused=count["refuse_help"],
        told_in_time=told["met"],
        told=told.total(),
    )


def _log(actor: Actor, *, first: date, last: date, place: int | None, at: datetime) -> QuerySet[LogEntry]:
    cases = cases_for(actor, at=at).filter(procedure=PROCEDURE)
    if place is not None:
        cases = cases.filter(facts__place__id=place)
    begins = datetime.combine(first, time(), CHINA)
    ends = datetime.combine(last + timedelta(days=1), time(), CHINA)
    return LogEntry.objects.filter(case__in=cases, at__gte=begins, at__lt=ends)


def _entry(entry: LogEntry) -> Entry:
    case = entry.case
    step = procedure_of(case).step(entry.step)
    given = str(entry.data.get(LISTED[entry.step]) or "")
    happened = given or entry.at.isoformat()
    return Entry(
        case=case,
        happened=happened,
        place=str(case.facts.get("place", {}).get("name", "")),
        what=step.label,
        details="；".join(_details(entry)),
        lawyer=entry.actor_name,
        organ=str(case.facts.get("duty", {}).get("organ", "")),
        written_at=entry.at,
        is_late=bool(given) and date.fromisoformat(given[:10]) < localdate(entry.at),
    )


def _details(entry: LogEntry) -> Iterator[str]:
    form = procedure_of(entry.case).step(entry.step).form
    fields = form().fields if form else {}
    for name in ("way", "services", "reason", "about"):
        if entry.data.get(name):
            yield words(fields.get(name), entry.data[name])
