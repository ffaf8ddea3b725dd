"""Walks one request along its path through the real engine, at times in the past."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from django.utils.timezone import localtime

from santai.casework.actions import open_case, take_step
from santai.casework.models import Case
from santai.casework.refusals import Refused
from santai.demo.cast import Cast, Post
from santai.demo.fillings import FILLINGS
from santai.demo.lay_texts import spoken
from santai.demo.papers import sample_papers
from santai.demo.paths import Move, Part, Path
from santai.demo.scene import Scene
from santai.people.models import Party
from santai.triage.classify import classify
from santai.trust.actors import SYSTEM, Actor, Channel
from santai.trust.models import User
from santai.trust.roles import Role

log = logging.getLogger(__name__)
OPENS, CLOSES = 8.5, 17.0
CHANNELS = {Channel.WEB: 38, Channel.HOTLINE: 35, Channel.COUNTER: 20, Channel.API: 7}
# How often staff speak for the person at a later step: the story goes on through another door.
THROUGH_STAFF = 0.3
STAFF = {
    Part.DISPATCHER: Role.DISPATCHER,
    Part.SUPERVISOR: Role.SUPERVISOR,
    Part.OFFICER: Role.LEGAL_AID_OFFICER,
    Part.DIRECTOR: Role.LEGAL_AID_DIRECTOR,
}
OFFICE = (Part.OFFICER, Part.DIRECTOR)


class Walker:
    def __init__(self, cast: Cast, rng: Random, now: datetime) -> None:
        self.cast = cast
        self.rng = rng
        self.now = now
        self.papers = sample_papers()

    def with_seed(self, seed: int) -> Walker:
        """The same walker with other luck."""
        self.rng.seed(seed)
        return self

    def walk(self, path: Path, *, matter: str, applicant: Party, region: str, meant_for: Post | None = None) -> Case:
        """The request, opened and led along its path."""
        waits = [self.rng.uniform(*move.hours) for move in (*path.moves, *path.child, *path.after)]
        rest = timedelta(days=self.rng.uniform(*path.rest))
        started = self.now - rest - timedelta(hours=sum(waits))
        case = self._open(matter, applicant, region, started)
        try:
            self._lead(case, path, iter(waits), case.opened_at, meant_for)
        except Refused as refusal:
            # A calendar nobody foresaw may bar a step; the case rests where it is, and the demo is built all the same.
            log.warning("demo case %s rests early (%s): %s", case.code, path.name, refusal)
        return case

    def _lead(self, case: Case, path: Path, waits: Iterator[float], at: datetime, meant_for: Post | None) -> None:
        at = self._play(case, path.moves, waits, at, meant_for)
        if path.child:
            at = self._play(case.children.get(), path.child, waits, at)
        if path.after:
            # The child moved its parent on when it closed.
            moved = Case.objects.select_related("applicant", "organisation", "handler").get(pk=case.pk)
            self._play(moved, path.after, waits, at)

    def _play(
        self, case: Case, moves: tuple[Move, ...], waits: Iterator[float], at: datetime, meant_for: Post | None = None
    ) -> datetime:
        scene = Scene(case, self.cast, self.rng, at, meant_for=meant_for)
        for move in moves:
            self._take(scene, move, next(waits))
        return scene.at

    def _open(self, matter: str, applicant: Party, region: str, at: datetime) -> Case:
        text = spoken(self.rng, matter)
        channel = self.rng.choices(list(CHANNELS), list(CHANNELS.values()))[0]
        opened_at = self._moment(at, Part.DISPATCHER) if channel == Channel.COUNTER else at
        finding = classify(text, region=region, groups=applicant.groups, matter=matter)
        return open_case(
            "work_order",
            applicant=applicant,
            region=region,
            text=text,
            channel=channel,
            actor=self._speaker(channel, applicant, region),
            matter=matter,
            urgency=finding.urgency,
            facts=finding.as_facts(),
            at=opened_at,
        )

    def _speaker(self, channel: Channel, applicant: Party, region: str) -> Actor:
        if channel == Channel.HOTLINE:
            return Actor.staff(self.cast.holder(Role.HOTLINE_AGENT, region), channel)
        if channel == Channel.COUNTER:
            return Actor.staff(self.cast.holder(Role.COUNTER_CLERK, region), channel)
        return Actor.applicant(applicant.pk, channel)

    def _take(self, scene: Scene, move: Move, hours: float) -> None:
        scene.at = self._moment(scene.at + timedelta(hours=hours), move.part)
        actor = self._actor(scene, move.part)
        papers = [(self.papers[kind], kind) for kind in move.papers]
        take_step(scene.case, move.step, actor=actor, data=FILLINGS[move.data](scene), documents=papers, at=scene.at)

    def _moment(self, at: datetime, part: Part) -> datetime:
        """Staff work in office hours, as long as that does not lead into the future."""
        wanted = at if part in (Part.APPLICANT, Part.SYSTEM, Part.DESK) else self._office_time(at)
        return wanted if wanted <= self.now else min(at, self.now)

    def _office_time(self, at: datetime) -> datetime:
        local = localtime(at)
        hour = local.hour + local.minute / 60
        day = local if hour < CLOSES else local + timedelta(days=1)
        while day.weekday() >= 5:
            day += timedelta(days=1)
        if day == local and hour >= OPENS:
            return at
        return day.replace(hour=8, minute=30) + timedelta(minutes=self.rng.randrange(0, 240))

    def _actor(self, scene: Scene, part: Part) -> Actor:
        case = scene.case
        if part is Part.SYSTEM:
            return SYSTEM
        if part is Part.APPLICANT:
            through_staff = self.rng.random() < THROUGH_STAFF
            doors = (Channel.HOTLINE, Channel.COUNTER) if through_staff else (Channel.WEB,)
            return self._speaker(self.rng.choice(doors), case.applicant, case.region)
        if part is Part.DESK:
            counter = case.channel == Channel.COUNTER
            return self._speaker(Channel.COUNTER if counter else Channel.HOTLINE, case.applicant, case.region)
        if part in (Part.HANDLER, Part.LAWYER):
            return Actor.staff(self._handler(scene))
        place = case.organisation.region_id if case.organisation and part in OFFICE else case.region
        return Actor.staff(self.cast.holder(STAFF[part], place))

    def _handler(self, scene: Scene) -> User:
        case = scene.case
        if case.handler_id:
            return self.cast.users[case.handler_id]
        if scene.meant_for:
            return scene.meant_for.user
        if case.organisation is None:
            raise ValueError(f"{case.code} has nobody to handle it in {case.state}")
        return self.cast.worker(case.organisation)
