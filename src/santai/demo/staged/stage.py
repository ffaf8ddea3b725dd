"""Plays the lines of a script through the engine itself, at moments in the past, until they end or cannot go on."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.timezone import localdate, localtime

from santai.casework.access import procedure_of
from santai.casework.actions import take_step
from santai.casework.family import family, root_of
from santai.casework.kernel import Procedure, Step, procedure_in_force
from santai.casework.models import Case
from santai.casework.periodic import take_due_steps
from santai.casework.refusals import Stale
from santai.demo.rehearsal.office import sample
from santai.demo.rehearsal.people import MOST_RUNS, Citizen, invent
from santai.demo.rehearsal.plays.acting import Acting
from santai.demo.rehearsal.plays.cast import COUNTY
from santai.demo.rehearsal.plays.player import USUAL_DAY
from santai.demo.rehearsal.plays.script import Line
from santai.demo.staged.choice import Showing
from santai.demo.staged.troupe import Troupe
from santai.demo.staged.words import BY_CITIZEN, BY_STAFF, STEMS, need_of
from santai.documents.files import store
from santai.documents.models import DocumentKind, StoredFile
from santai.intake.opening import Opening, open_at_desk
from santai.intake.receive import Applicant, Need, receive
from santai.trust.actors import Actor, Channel
from santai.trust.models import User
from santai.trust.roles import Role

log = logging.getLogger(__name__)
CHINA = ZoneInfo("Asia/Shanghai")
# A step follows another after so many hours; staff sit at their desks from nine to five.
PAUSES = (0.3, 3.0)
OPENS, CLOSES = 9, 17
STEPS_A_DAY = 4
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# Firms and villages whose names in a script say that they are invented.
INVENTED = re.compile(r"演练(?=[甲乙丙丁]?村(?:村民委员会)?$|\w*公司$)")
CALENDAR = frozenset({"year", "month"})
CASE = ("parent", "applicant", "organisation", "handler")


class Papers:
    """Sample papers, each stored when it is first handed in."""

    def __init__(self) -> None:
        self.kept: dict[tuple[DocumentKind, int], StoredFile] = {}

    def __call__(self, kind: DocumentKind, number: int) -> StoredFile:
        if (kind, number) not in self.kept:
            self.kept[kind, number] = store(ContentFile(sample(kind, number), f"{kind.label}.png"))
        return self.kept[kind, number]


class Stage(Acting):
    """One showing. `number` tells it from the others: another citizen, another pace."""

    def __init__(
        self,
        showing: Showing,
        troupe: Troupe,
        papers: Papers,
        *,
        number: int,
        now: datetime,
        begins: datetime | None = None,
    ) -> None:
        self.showing, self.troupe, self.cast, self.stored, self.now = showing, troupe, troupe, papers, now
        self.number, self.rng = number, Random(number)
        self.at = begins or self._begins()
        usual = {step: self._told_here(filling) for step, filling in showing.script.usual.items()}
        self.script = replace(showing.script, usual=usual)
        self.lines = [replace(line, filling=self._told_here(line.filling)) for line in showing.lines]
        self.citizen: Citizen = self._citizen(number)
        self.second = invent(self.rng, MOST_RUNS, 2 * number + 1, COUNTY)

    def _told_here(self, filling: dict[str, str]) -> dict[str, str]:
        """In the days and with the names of this showing."""
        moved = _moved(filling, self.first_day, localdate(self.at))
        return {name: self._named(value) for name, value in moved.items()}

    def _named(self, told: str) -> str:
        return INVENTED.sub(STEMS[self.number % len(STEMS)], told.replace("演练区", "道里区"))

    @property
    def first_day(self) -> date:
        return self.showing.script.starts or USUAL_DAY

    @property
    def keeps_calendar(self) -> bool:
        """What is counted by calendar years and months begins on the same day of a year."""
        script = self.showing.script
        told = (*script.usual.values(), *(line.filling for play in script.plays for line in play.lines))
        return any(name in CALENDAR for filling in told for name in filling)

    def _citizen(self, number: int) -> Citizen:
        invented = invent(self.rng, MOST_RUNS, 2 * number, COUNTY)
        name = self.script.usual.get("open", {}).get("name", "")
        if not name.startswith("@"):
            return invented
        return replace(invented, name=self.troupe.member(Role(name[1:])).display_name)

    def _begins(self) -> datetime:
        """Early enough that all of it has happened so many days ago, weekends and all; never before the law."""
        lines = self.showing.lines
        waits = sum((line.wait for line in lines), timedelta())
        days = sum(line.is_step for line in lines) / STEPS_A_DAY * 7 / 5
        latest = self.now - timedelta(days=self.showing.rests + days) - waits
        begins = _same_day_of_a_year(self.first_day, latest) if self.keeps_calendar else latest
        return max(begins, datetime.combine(self.showing.script.procedure.in_force, time(OPENS), CHINA))

    # --- the course -----------------------------------------------------------------------------------------------

    def show(self) -> None:
        """A case that cannot go on rests where it is: the demo is built all the same."""
        try:
            with transaction.atomic():
                self._turn_to(self._opened())
            self.go_on()
        except Exception as fault:  # whatever it is, nobody's demo may fail for it
            log.warning("demo play not begun (%s, %s): %s", self.showing.procedure, self.showing.name, fault)

    def lead(self, case: Case) -> None:
        """A case that is there already."""
        self._turn_to(case)
        self.go_on()

    def go_on(self) -> None:
        for line in self.lines:
            try:
                with transaction.atomic():
                    self._do(line)
            except Exception as fault:
                if line.may_be_refused:
                    continue
                told = (self.case.code, self.showing.procedure, self.showing.name, line.word, fault)
                level = logging.INFO if self.showing.may_stop else logging.WARNING
                log.log(level, "demo case %s rests early (%s, %s) at %s: %s", *told)
                return
            if self.at > self.now:
                return

    def _do(self, line: Line) -> None:
        if line.is_step:
            try:
                self._take(line)
            except Stale:
                # What another case brought about moved this one meanwhile.
                self._turn_to(self.case)
                self._take(line)
            return
        doing: dict[str, Callable[[], Any]] = {
            "tick": self._tick,
            "child": lambda: self._turn_to(Case.objects.filter(parent=self.case).latest("pk")),
            "parent": lambda: self._turn_to(self.case.parent or self.case),
            "newest": lambda: self._turn_to(Case.objects.latest("pk")),
            "again": lambda: self._turn_to(self._opened()),
        }
        self.at += line.wait
        doing.get(line.word, lambda: None)()

    def _tick(self) -> None:
        for one in family(root_of(self.case)):
            take_due_steps(one, at=self.at)
        self._turn_to(self.case)

    def _turn_to(self, case: Case) -> None:
        """As it is now: others may have moved it."""
        self.case = Case.objects.select_related(*CASE).get(pk=case.pk)

    def _take(self, line: Line) -> None:
        step = procedure_of(self.case).step(line.word)
        self.at = working_time(self.at + timedelta(hours=self.rng.uniform(*PAUSES)))
        if self.at > self.now:
            return
        user = None if self._is_theirs(line, step) else self.somebody(line, step)
        self.words = self.rng.choice(BY_STAFF if user else BY_CITIZEN)
        take_step(
            self.case,
            step.name,
            actor=Actor.staff(user) if user else Actor.applicant(self.case.applicant_id, Channel.WEB),
            data=self.filled(line, step, user, on=localdate(self.at)),
            documents=[(self._paper(kind), kind) for kind in self.papers(line, step)],
            at=self.at,
        )

    def _is_theirs(self, line: Line, step: Step) -> bool:
        return line.who == Role.APPLICANT or (not line.who and self.is_the_citizens(step))

    def _joins(self, user: User) -> User:
        return self.troupe.known(user)

    def _paper(self, kind: DocumentKind) -> StoredFile:
        return self.stored(kind, self.case.documents.filter(kind=kind).count() + 1)

    # --- the beginning --------------------------------------------------------------------------------------------

    def _opened(self) -> Case:
        opening, today = self.script.usual.get("open", {}), localdate(self.at)
        table = procedure_in_force(opening.get("procedure", self.script.procedure.name), today)
        # A case may begin on a weekend, but not in the future.
        self.at = min(working_time(self.at), self.now)
        if table.applied_for and "as" not in opening:
            return self._applied(table)
        role = Role(opening["as"]) if "as" in opening else min(table.opened_by - {Role.SYSTEM})
        actor = Actor.staff(self.troupe.member(role))
        told = Opening(table.name, need_of(table.name), opening.get("region", COUNTY), self._applicant())
        return open_at_desk(told, actor=actor, at=self.at)

    def _applied(self, table: Procedure) -> Case:
        """On the web, where a need is a work order that leads to the procedure."""
        need = Need(Channel.WEB, need_of(table.name), COUNTY, self._applicant(), procedure=table.name)
        nobody = Actor(channel=Channel.WEB, name=str(Role.APPLICANT.label))
        return receive(need, actor=nobody, at=self.at).case.children.get()

    def _applicant(self) -> Applicant:
        opening, person = self.script.usual.get("open", {}), self.citizen
        kind, told = opening.get("kind", "person"), opening.get("name", "")
        if kind == "person":
            name = person.name if not told or told.startswith("@") else told
            return Applicant(name, person.phone, person.id_number)
        return Applicant(told, self.troupe.phones.setdefault(told, person.phone), kind=kind)


def _moved(filling: dict[str, str], there: date, here: date) -> dict[str, str]:
    """Days, months and years that a script names outright stand as far from its first day as here."""
    found = dict(filling)
    for name, value in filling.items():
        if DAY.match(value):
            found[name] = (date.fromisoformat(value[:10]) + (here - there)).isoformat() + value[10:]
        elif name in CALENDAR:
            found[name] = str(int(value[:4]) + here.year - there.year) + value[4:]
    return found


def _same_day_of_a_year(first: date, latest: datetime) -> datetime:
    """The last time it was that day of the year by then."""
    local = localtime(latest, CHINA)
    begun = local.replace(month=first.month, day=first.day)
    return begun if begun <= local else begun.replace(year=begun.year - 1)


def working_time(at: datetime) -> datetime:
    """The moment itself in office hours, else the beginning of the next day at work."""
    local = localtime(at, CHINA)
    if local.hour >= CLOSES:
        local = _morning(local + timedelta(days=1))
    elif local.hour < OPENS:
        local = _morning(local)
    while local.weekday() >= 5:
        local = _morning(local + timedelta(days=1))
    return local


def _morning(day: datetime) -> datetime:
    return day.replace(hour=OPENS, minute=10 + day.minute // 2, second=0, microsecond=0)
