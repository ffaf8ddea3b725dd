"""One question played from its first word to its rating, through three channels and several hands."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from santai.demo.rehearsal import legal_aid
from santai.demo.rehearsal.office import CITY, LEAD, Office
from santai.demo.rehearsal.people import Citizen
from santai.demo.rehearsal.scores import Outcome
from santai.trust.actors import Channel

POOR_EVERY, RETURNED_EVERY, REFERRED_EVERY = 10, 15, 20
SATISFIED, POOR = 4, 1
FINISHED = "finished"
ENDS = frozenset({"rated", "archived"})
POOL = frozenset({"received", "returned"})
Case = dict[str, Any]
WORDS = {
    Channel.WEB: "我刚想起来，当时还有一个证人在场。",
    Channel.HOTLINE: "当事人来电说，对方今天又催了一次，请尽快联系。",
    Channel.COUNTER: "合同复印件.png",
}
# Whoever began on the phone goes on at the counter, and so on round.
NEXT_DOOR = {Channel.HOTLINE: Channel.COUNTER, Channel.COUNTER: Channel.WEB, Channel.WEB: Channel.HOTLINE}


@dataclass(frozen=True)
class Plan:
    """What happens in the story with this number, counted from 1."""

    number: int
    channel: Channel
    question: str

    @property
    def is_rated_poor(self) -> bool:
        return self.number % POOR_EVERY == 0

    @property
    def is_returned(self) -> bool:
        return self.number % RETURNED_EVERY == 0

    @property
    def is_referred(self) -> bool:
        return self.number % REFERRED_EVERY == 0


class Door(Protocol):
    """A channel as the person of one story uses it, by themselves or through staff."""

    def raise_need(self, text: str) -> str: ...

    def go_on(self, code: str, words: str) -> None: ...

    def rate(self, code: str, score: int, comment: str) -> None: ...

    def history(self, code: str) -> list[str]: ...


class Lost(Exception):
    """The story is not where it should be."""


@dataclass
class Story:
    plan: Plan
    citizen: Citizen
    doors: dict[Channel, Door]
    office: Office
    dispatch: Callable[[str], None]

    def play(self, outcome: Outcome) -> None:
        """Fills in how far it came; raises whatever stops it."""
        began = time.monotonic()
        own = self.doors[self.plan.channel]
        code = outcome.code = own.raise_need(self.plan.question)
        outcome.is_received = True
        handler = self._given(code)
        outcome.is_finished = self._handled(code, handler) == FINISHED
        self._rate(own, code)
        outcome.seconds = time.monotonic() - began
        self._look_again(code, outcome)

    # --- dispatch -------------------------------------------------------------------------------------------------

    def _given(self, code: str) -> str:
        """The login of whoever has it in the end."""
        case = self._dispatched(code)
        if self.plan.is_returned:
            self._return(code, case)
            case = self._dispatched(code)
        return self.office.holder(case)

    def _return(self, code: str, case: Case) -> None:
        better = next(
            body
            for body in self.office.organisations("law_firm", CITY)
            if body["id"] != case["organisation_id"] and self.office.colleagues(body["id"])
        )
        self.office.step(
            code,
            "return_order",
            self.office.holder(case),
            reason="wrong_matter",
            ground="本单位执业范围不含此类事项",
            explanation="这件事由更熟悉的单位办理更合适。",
            better_owner=better["id"],
        )

    def _dispatched(self, code: str) -> Case:
        """Given to somebody by the platform itself, else by the dispatcher in the pool."""
        case = self.office.case(code)
        if case["state"] in POOL:
            self.dispatch(code)
            case = self.office.case(code)
        if case["state"] != "dispatched":
            raise Lost(f"dispatched nowhere: {case['state']}")
        return case

    # --- handling -------------------------------------------------------------------------------------------------

    def _handled(self, code: str, handler: str) -> str:
        """The state it is in when there is an answer."""
        office = self.office
        office.step(code, "claim", handler)
        office.step(code, "contact", handler, way="phone", text="已通话，问清了经过，约好尽快答复。")
        self._go_on_elsewhere(code, handler)
        if self.plan.is_referred:
            office.step(code, "refer", handler, procedure="legal_aid_civil", explanation="经济困难，转申请法律援助")
            legal_aid.walk(office, code, self.citizen)
            return str(office.case(code)["state"])
        answer = "您可以先协商，协商不成到当地申请调解或者起诉。"
        return str(office.step(code, "finish", handler, answer=answer, basis="民法典")["state"])

    def _go_on_elsewhere(self, code: str, handler: str) -> None:
        """The same story through another door; who began on the phone is asked for a paper and brings it."""
        door = NEXT_DOOR[self.plan.channel]
        if door == Channel.COUNTER:
            wanted = {"what": "合同复印件", "by": legal_aid.in_a_week()}
            self.office.step(code, "ask_for_more", handler, **wanted)
        self.doors[door].go_on(code, WORDS[door])

    # --- rating ---------------------------------------------------------------------------------------------------

    def _rate(self, own: Door, code: str) -> None:
        if self.plan.is_rated_poor:
            own.rate(code, POOR, "只念了条文，没有说下一步怎么办。")
            again = self.office.step(code, "order_redo", LEAD, explanation="已回访，请写清步骤后重新答复。")
            better = "第一步带身份证和证据到调解委员会；第二步可以起诉。"
            self.office.step(code, "finish", self.office.holder(again), answer=better)
        own.rate(code, SATISFIED, "讲得明白")

    # --- afterwards -----------------------------------------------------------------------------------------------

    def _look_again(self, code: str, outcome: Outcome) -> None:
        case = self.office.case(code)
        outcome.is_rated = case["state"] in ENDS and case["rating"] == SATISFIED
        outcome.is_in_time = not any(clock["condition"] == "missed" for clock in case["clocks"])
        told, heard, seen = (
            self.doors[channel].history(code) for channel in (Channel.WEB, Channel.HOTLINE, Channel.COUNTER)
        )
        # The agent reads more than the citizen is told, the clerk the same.
        lacking = [line for line in told if line not in heard]
        if not told or told != seen or lacking:
            raise Lost(f"the channels tell different stories: {lacking or (told, seen)}")
        if not any(WORDS[NEXT_DOOR[self.plan.channel]] in line for line in told):
            raise Lost("what was added on another channel is missing")
        if not outcome.is_finished or not outcome.is_rated:
            raise Lost(f"it ended as {case['state']}")
