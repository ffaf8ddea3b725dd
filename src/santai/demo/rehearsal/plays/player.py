"""Plays one play over HTTP: staff at their desks and over the API in turn, the citizen in their own browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import httpx
from django.utils.timezone import localdate

from santai.casework.access import procedure_of
from santai.casework.family import family, root_of
from santai.casework.kernel import Procedure, Step, procedure_in_force
from santai.casework.models import Case, LogEntry
from santai.demo.logins import token_of
from santai.demo.rehearsal.browser import Browser, Network, Refused, Upload
from santai.demo.rehearsal.office import sample
from santai.demo.rehearsal.page import CannotFill
from santai.demo.rehearsal.people import MOST_STORIES, Citizen, invent
from santai.demo.rehearsal.plays.acting import Acting, NotAsPlayed
from santai.demo.rehearsal.plays.cast import COUNTY, PASSWORD, Cast, values_for
from santai.demo.rehearsal.plays.clocked import HEADER, TICK
from santai.demo.rehearsal.plays.filling import STORY
from santai.demo.rehearsal.plays.script import Line, Play, Script
from santai.demo.rehearsal.plays.setting import SETTINGS
from santai.demo.rehearsal.web import Web
from santai.documents.models import DocumentKind, Letter
from santai.trust.models import User
from santai.trust.roles import Role

CHINA = ZoneInfo("Asia/Shanghai")
BEGINS = time(9, 5)
PAUSE = timedelta(minutes=7)
USUAL_DAY = datetime(2026, 3, 2, tzinfo=CHINA).date()
RUN = 1
OWN_CHOICE = "proposal"


class Stamped(httpx.BaseTransport):
    """Writes the moment of the play on every request."""

    def __init__(self) -> None:
        self.inner = httpx.HTTPTransport(limits=httpx.Limits(max_keepalive_connections=0))
        self.now = datetime.combine(USUAL_DAY, BEGINS, CHINA)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.headers[HEADER] = self.now.isoformat()
        return self.inner.handle_request(request)


@dataclass
class Outcome:
    """What one play reached; `fault` is empty when all of it went as the script says."""

    script: Script
    play: Play
    taken: set[tuple[str, str, str]] = field(default_factory=set)
    ended_in: set[tuple[str, str, str]] = field(default_factory=set)
    letters: int = 0
    fault: str = ""


class Player:
    def __init__(self, url: str, seed: int = 1) -> None:
        self.clock = Stamped()
        self.network = Network(url, transport=self.clock)
        self.rng = Random(seed)
        self.cast = Cast(self.rng)
        self.browsers: dict[str, Browser] = {}
        self.set_up: set[str] = set()
        self.api = self.network.client()
        self.played = 0

    def play(self, script: Script, play: Play) -> Outcome:
        self.played += 1
        outcome = Outcome(script, play)
        self.clock.now = datetime.combine(script.starts or USUAL_DAY, BEGINS, CHINA)
        citizen = invent(self.rng, RUN, self.played, COUNTY)
        self._set_up(script)
        try:
            Performance(self, script, citizen, outcome).perform(play)
        except Exception as fault:  # every reason why a play did not go through is told in the end
            outcome.fault = f"{type(fault).__name__}: {fault}"
        return outcome

    def _set_up(self, script: Script) -> None:
        name = script.procedure.name
        if name in SETTINGS and name not in self.set_up:
            SETTINGS[name](self.cast, localdate(self.clock.now))
            self.set_up.add(name)

    def call(self, method: str, path: str, user: User | None = None, **request: Any) -> Any:
        headers = {"Authorization": f"Bearer {token_of(user.username)}"} if user else {}
        answer = self.network.send(self.api, method, f"api/v1/{path}", headers=headers, **request)
        if answer.is_error:
            raise Refused(answer.status_code, f"{method} {path}", answer.text[:500])
        return answer.json()

    def tick(self) -> None:
        answer = self.network.send(self.api, "POST", TICK.lstrip("/"))
        if answer.is_error:
            raise Refused(answer.status_code, TICK, answer.text[:500])

    def desk(self, user: User, url: str) -> Browser:
        """The user's browser on a page, logged in again when their session is over."""
        browser = self.browsers.setdefault(user.username, Browser(self.network))
        page = browser.get(url)
        if "/login" in page.url:
            browser.submit("/login", {"username": user.username, "password": PASSWORD})
            browser.get(url)
        return browser


class Performance(Acting):
    """One play under way: the case it is about now, and how often somebody acted."""

    def __init__(self, player: Player, script: Script, citizen: Citizen, outcome: Outcome) -> None:
        self.player, self.outcome = player, outcome
        self.script, self.cast = script, player.cast
        self.citizen = self._under_their_name(citizen)
        self.second = invent(player.rng, RUN, MOST_STORIES // 2 + player.played, COUNTY)
        self.web = Web(player.network, self.citizen)
        self.case: Case = self._opened()
        self.turn = player.played
        self.actor = ""

    # --- the beginning --------------------------------------------------------------------------------------------

    def _under_their_name(self, citizen: Citizen) -> Citizen:
        name = self.script.usual.get("open", {}).get("name", "")
        if not name.startswith("@"):
            return citizen
        return replace(citizen, name=self.player.cast.member(Role(name[1:])).display_name)

    def _opened(self) -> Case:
        table = self.script.procedure
        opening = self.script.usual.get("open", {})
        who = opening.get("as", "")
        if "procedure" in opening:
            table = procedure_in_force(opening["procedure"], localdate(self.player.clock.now))
        if table.name == "work_order" or (table.applied_for and not who):
            return self._applied(table)
        if not who and not table.opened_by:
            self.player.tick()
            return _newest(table.name)
        role = Role(who) if who else min(table.opened_by - {Role.SYSTEM})
        return self._opened_at_desk(table, role, opening)

    def _applied(self, table: Procedure) -> Case:
        person, words = self.citizen, f"{STORY}（{self.citizen.phone}）"
        need = {"channel": "web", "text": words, "region": person.region, "applicant": self._applicant()}
        if table.name != "work_order":
            need["procedure"] = table.name
        code = self.player.call("POST", "requests", json=need)["code"]
        root = _case(code)
        return root if table.name == "work_order" else _case(root.children.get().code)

    def _opened_at_desk(self, table: Procedure, role: Role, opening: dict[str, str]) -> Case:
        user, applicant = self.player.cast.member(role), self._applicant()
        body = {"procedure": table.name, "text": STORY, "region": opening.get("region", COUNTY), "applicant": applicant}
        return _case(self.player.call("POST", "cases", user, json=body)["code"])

    def _applicant(self) -> dict[str, str]:
        """The citizen, or the body they speak for."""
        person, opening = self.citizen, self.script.usual.get("open", {})
        kind, told = opening.get("kind", "person"), opening.get("name", "")
        if kind == "person":
            name = person.name if not told or told.startswith("@") else told
            return {"name": name, "phone": person.phone, "id_number": person.id_number, "kind": kind}
        return {"name": f"{told}（{person.phone[-6:]}）", "phone": person.phone, "kind": kind}

    # --- the course -----------------------------------------------------------------------------------------------

    def perform(self, play: Play) -> None:
        for line in (*self.script.begins, *play.lines):
            try:
                self._do(line)
            except Exception as fault:
                now = _case(self.case.code)
                at = f"{self.actor} {line.word}（{now.procedure} {now.state} {now.organisation or ''}）"
                self._look_back()
                raise NotAsPlayed(f"{at} {type(fault).__name__}: {fault}") from fault
        self._look_back()

    def _do(self, line: Line) -> None:
        if line.word == "wait":
            self.player.clock.now += line.wait
        elif line.word == "tick":
            self.player.tick()
        elif line.word == "child":
            self.case = Case.objects.filter(parent=self.case).select_related("parent", "organisation").latest("pk")
        elif line.word == "parent":
            self.case = _case(self.case.parent.code) if self.case.parent else self.case
        elif line.word == "again":
            self.case = self._opened()
        elif line.word == "newest":
            self._go_on_with(_newest(line.filling.get("procedure", "")))
        elif line.word == "page":
            self._on_another_page(line)
        else:
            self._act(line)

    def _go_on_with(self, case: Case) -> None:
        self._look_back()
        person = case.applicant
        if person.phone != self.citizen.phone:
            self.citizen = Citizen(person.name, person.phone, person.id_number, case.region)
            self.web = Web(self.player.network, self.citizen)
        self.case = case

    def _act(self, line: Line) -> None:
        self.case = _case(self.case.code)
        self.player.clock.now += PAUSE
        version = self.case.version
        try:
            self._take(line, procedure_of(self.case).step(line.word))
        except (Refused, CannotFill):
            may_be = line.must_be_refused or line.may_be_refused
            if may_be and _case(self.case.code).version == version:
                return
            raise
        if line.must_be_refused:
            raise NotAsPlayed("was taken, and should have been refused")
        if not LogEntry.objects.filter(case=self.case, number__gt=version, step=line.word).exists():
            raise NotAsPlayed("was answered, but is not in the log")

    def _take(self, line: Line, step: Step) -> None:
        self.turn += 1
        papers = self.papers(line, step)
        if line.who == Role.APPLICANT or (not line.who and self.is_the_citizens(step)):
            self.actor = "当事人"
            self._by_the_citizen(step, self.filled(line, step, None, on=localdate(self.player.clock.now)), papers)
            return
        user = self.somebody(line, step)
        self.actor = user.username
        filling = self.filled(line, step, user, on=localdate(self.player.clock.now))
        if self.turn % 2:
            self._at_the_desk(user, step, filling, papers)
        else:
            self._over_the_api(user, step, filling, papers)

    def _on_another_page(self, line: Line) -> None:
        self.player.clock.now += PAUSE
        self.case = _case(self.case.code)
        user = self.player.cast.member(Role(line.who), 1, self.case)
        self.actor = user.username
        told = values_for(self.player.cast, self.case, localdate(self.player.clock.now))
        newest = self.case.payments.order_by("pk").last()
        action = line.action.replace("@payment", str(newest.pk if newest else ""))
        browser = self.player.desk(user, line.url)
        browser.submit(action, {name: told(value, None) for name, value in line.filling.items()})

    def _joins(self, user: User) -> User:
        """Whoever acts here needs a password."""
        if not user.username.startswith("play-"):
            self.player.cast.adopt(user)
        return user

    # --- through which door ---------------------------------------------------------------------------------------

    def _by_the_citizen(self, step: Step, filling: dict[str, Any], papers: list[DocumentKind]) -> None:
        root = root_of(self.case)
        browser = self.web.browser
        page = browser.get(f"/my/{root.code}")
        if "/my/" not in page.url:
            self.web.prove(root.code)
            browser.get(f"/my/{root.code}")
        browser.submit(f"/my/{self.case.code}/steps/{step.name}", filling, files=self._uploads(papers))

    def _at_the_desk(self, user: User, step: Step, filling: dict[str, Any], papers: list[DocumentKind]) -> None:
        action = f"/desk/cases/{self.case.code}/steps/{step.name}"
        browser = self.player.desk(user, f"/desk/cases/{self.case.code}?step={step.name}")
        form = browser.page.form(action)
        if OWN_CHOICE in form.values and OWN_CHOICE not in filling:
            # The page suggests somebody; the script says whom.
            filling = {**filling, OWN_CHOICE: ""}
        offered = form.files
        self._upload(user, [kind for kind in papers if f"file_{kind}" not in offered])
        with_it = [kind for kind in papers if f"file_{kind}" in offered]
        browser.submit(action, filling, files=self._uploads(with_it))

    def _over_the_api(self, user: User, step: Step, filling: dict[str, Any], papers: list[DocumentKind]) -> None:
        numbers = self._upload(user, papers)
        body = {"data": {name: _plain(value) for name, value in filling.items()}, "documents": numbers}
        self.player.call("POST", f"cases/{self.case.code}/steps/{step.name}", user, json=body)

    def _upload(self, user: User, papers: list[DocumentKind]) -> list[int]:
        path, numbers = f"cases/{self.case.code}/documents", []
        for kind in papers:
            upload = {"file": self._paper(kind)}
            numbers.append(self.player.call("POST", path, user, params={"kind": kind.value}, files=upload)["id"])
        return numbers

    def _uploads(self, papers: list[DocumentKind]) -> dict[str, Upload]:
        return {f"file_{kind}": self._paper(kind) for kind in papers}

    def _paper(self, kind: DocumentKind) -> Upload:
        """Another one than those handed in before."""
        number = self.case.documents.filter(kind=kind).count() + 1
        return (f"{kind.label}.png", sample(kind, number), "image/png")

    # --- afterwards -----------------------------------------------------------------------------------------------

    def _look_back(self) -> None:
        for case in _whole_family(_case(self.case.code)):
            table = (case.procedure, case.procedure_version)
            self.outcome.taken |= {(*table, step) for step in case.log.values_list("step", flat=True)}
            if case.closed_at:
                self.outcome.ended_in.add((*table, case.state))
            self.outcome.letters += Letter.objects.filter(case_code=case.code).count()


def _plain(value: Any) -> Any:
    return True if value == "on" else value


def _case(code: str) -> Case:
    return Case.objects.select_related("parent", "organisation", "handler").get(code=code)


def _newest(procedure: str) -> Case:
    """Of everything, or of what is still open of a procedure where the plays take place."""
    found = Case.objects.select_related("parent", "organisation", "handler", "applicant")
    if procedure:
        found = found.filter(procedure=procedure, region__startswith=COUNTY, closed_at=None)
    return found.latest("pk")


def _whole_family(case: Case) -> Iterator[Case]:
    """A sealed one is in nobody's family."""
    members = family(root_of(case))
    yield from members
    if case not in members:
        yield case
