"""Those who sit at the desks while stories are played: one agent, one clerk, a dispatcher for each worker."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

import httpx

from santai.demo.rehearsal.browser import Network
from santai.demo.rehearsal.counter import Counter
from santai.demo.rehearsal.hotline import Hotline
from santai.demo.rehearsal.office import CITY, DISPATCHER, Office, logged_in
from santai.demo.rehearsal.people import Citizen, invent
from santai.demo.rehearsal.pool import accept_first
from santai.demo.rehearsal.scores import Outcome
from santai.demo.rehearsal.seat import Seat
from santai.demo.rehearsal.story import Door, Plan, Story
from santai.demo.rehearsal.web import Web
from santai.trust.actors import Channel

AGENT, CLERK = "agent", "clerk"


@dataclass(frozen=True)
class Seats:
    """Who sits where; all stories share them."""

    agent: Seat
    clerk: Seat

    @classmethod
    def taken(cls, network: Network) -> Seats:
        return cls(Seat(logged_in(network, AGENT)), Seat(logged_in(network, CLERK)))


class Crew:
    """One worker: it plays stories one after the other."""

    def __init__(self, network: Network, seats: Seats, run: int, seed: int) -> None:
        self.network, self.seats, self.run = network, seats, run
        self.rng = Random(seed)
        self.dispatcher = logged_in(network, DISPATCHER)
        self.office = Office(network, self.dispatcher, self.rng)
        self.counties = [row["code"] for row in self.office.call("GET", "regions", params={"parent": CITY})]

    def play(self, plan: Plan) -> Outcome:
        """What became of it. Whatever stops a story is its fault, and never stops the others."""
        outcome = Outcome(plan.channel, plan.number)
        citizen = invent(self.rng, self.run, plan.number, self.rng.choice(self.counties))
        try:
            self._story(plan, citizen).play(outcome)
        except httpx.ConnectError:
            raise  # nobody is there any more: the other stories would only say the same
        except Exception as fault:  # every reason why a story was lost is told in the end
            outcome.fault = f"{type(fault).__name__}: {fault}"
        return outcome

    def _story(self, plan: Plan, citizen: Citizen) -> Story:
        doors: dict[Channel, Door] = {
            Channel.WEB: Web(self.network, citizen),
            Channel.HOTLINE: Hotline(self.seats.agent, citizen),
            Channel.COUNTER: Counter(self.seats.clerk, citizen),
        }
        return Story(plan, citizen, doors, self.office, lambda code: accept_first(self.dispatcher, code))
