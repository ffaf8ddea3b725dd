"""People to play, and cases brought to where a journey begins."""

from __future__ import annotations

import re
from html import unescape
from random import Random

from santai.demo.rehearsal.browser import Browser, Network
from santai.demo.rehearsal.office import Office
from santai.demo.rehearsal.people import Citizen, invent, run_number

COUNTY = "230102"
OWED = "老板拖欠我三个月工资一共两万一千元，打电话不接，我该怎么办？"


class People:
    """Everybody is somebody else."""

    def __init__(self) -> None:
        self.rng, self.run, self.count = Random(11), run_number(), 0

    def somebody(self, region: str = COUNTY) -> Citizen:
        self.count += 1
        return invent(self.rng, self.run, self.count, region)


class Desk:
    def __init__(self, network: Network, office: Office, people: People) -> None:
        self.network, self.office, self.people = network, office, people

    def need(self, citizen: Citizen, text: str = OWED, *, region: str = "") -> str:
        """The code of a need that came in by the API."""
        body = {
            "channel": "api",
            "text": text,
            "region": region or citizen.region,
            "applicant": {"name": citizen.name, "phone": citizen.phone, "id_number": citizen.id_number},
        }
        return str(self.office.call("POST", "requests", json=body)["code"])

    def given_to(self, code: str, handler: str) -> None:
        """Dispatched, or handed over, to the organisation and person of this login."""
        organisation = self.organisation_of(handler)
        case = self.office.case(code)
        if case["state"] == "received":
            self.office.step(code, "dispatch", "dispatcher", organisation=organisation, handler=handler)
            return
        self.office.step(code, "claim", self.office.holder(case))
        self.office.step(code, "transfer", "dispatcher", organisation=organisation, handler=handler)

    def organisation_of(self, login: str) -> str:
        """As the login page tells it."""
        page = Browser(self.network).get("/login").text
        told = re.search(rf'value="{login}">.*?<div class="small"><span>([^<]*)</span>', page, re.DOTALL)
        assert told, f"the login page offers no {login}"
        return unescape(told.group(1))

    def handler_of(self, code: str) -> str:
        """Whoever has it, after making sure somebody has."""
        case = self.office.case(code)
        if case["state"] == "received":
            self.given_to(code, "lawyer")
            case = self.office.case(code)
        return self.office.holder(case)

    def finished(self, code: str) -> None:
        handler = self.handler_of(code)
        self.office.step(code, "claim", handler)
        self.office.step(code, "finish", handler, answer="先收集欠条和聊天记录，再到劳动监察大队投诉。", basis="劳动法")
