"""Legal aid from a referral to the lawyer at work, as the office and the lawyer see it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from santai.demo.rehearsal.legal_aid import in_a_week
from santai.demo.rehearsal.office import Office, sample
from santai.demo.rehearsal.people import Citizen
from santai.documents.models import DocumentKind as Doc
from tests.journeys.conftest import Opens, Shot
from tests.journeys.helpers import Desk, People
from tests.journeys.test_desk import done, take

pytestmark = pytest.mark.journey
APPLICATION = {
    "matter": "labour",
    "service": "litigation",
    "story": "干了三个月没有发工资，请求依法讨回两万一千元。",
    "adverse_name": "某某建筑劳务有限公司",
    "household_size": 4,
    "household_income": 2000,
    "commitment": True,
}


def referred(desk: Desk, citizen: Citizen) -> tuple[str, str]:
    """A work order handled by the demo lawyer, and the legal-aid case it was referred to, applied for."""
    office, parent = desk.office, desk.need(citizen)
    desk.given_to(parent, "lawyer")
    office.step(parent, "claim", "lawyer")
    office.step(parent, "refer", "lawyer", procedure="legal_aid_civil", explanation="经济困难，转申请法律援助")
    child = str(office.case(parent)["children"][-1]["code"])
    office.step(child, "apply", "officer", **APPLICATION, place=citizen.region)
    office.papers(child, "officer", Doc.IDENTITY, Doc.COMMITMENT)
    return parent, child


def upload(page: Page, kind: Doc) -> None:
    paper = {"name": f"{kind.label}.png", "mimeType": "image/png", "buffer": sample(kind)}
    page.locator(f"input[name=file_{kind}]").set_input_files(paper)


def brought_by_the_clerk(office: Office, citizen: Citizen, child: str) -> None:
    who = {"id_number": citizen.id_number, "channel": "counter", "reason": "来访人补交材料"}
    office.call("POST", "parties/lookup", "clerk", json=who)
    office.papers(child, "clerk", Doc.MATTER_PROOF)
    office.step(child, "supplement", "clerk", note="补交欠条和考勤记录")


def test_legal_aid_is_supplemented_granted_assigned_and_taken_up_by_the_lawyer(
    staff: Opens, people: People, desk: Desk, shot: Shot
) -> None:
    citizen = people.somebody()
    parent, child = referred(desk, citizen)
    officer = staff("officer", f"/desk/cases/{child}")
    take(officer, "通知补正", items="欠条或者考勤记录", by=in_a_week())
    done(officer, "通知补正")
    expect(officer.get_by_text("中止计时").first).to_be_visible()
    shot(officer, "aid-waits-for-papers")

    brought_by_the_clerk(desk.office, citizen, child)
    expect(officer.get_by_text("补交的材料已收到，审查继续").first).to_be_visible()
    officer.reload()
    take(officer, "核查经济困难状况", checked="data_sharing", finding="通过信息共享查询，与填写一致")
    done(officer, "核查经济困难状况")

    director = staff("director", f"/desk/cases/{child}")
    take(director, "给予法律援助", opinion="符合条件，同意")
    done(director, "给予法律援助")
    director.locator("#case-do").get_by_role("link", name="指派承办人", exact=True).click()
    shot(director, "aid-assign")
    form = director.locator("#open-step form")
    form.locator("input[name=proposal][value='']").check()
    form.locator("[name=practitioner]").fill(licence_of(desk, "lawyer"))
    form.get_by_role("button", name="确认：指派承办人").click()
    done(director, "指派承办人")

    lawyer = staff("lawyer", f"/desk/cases/{child}?step=sign_agreement")
    upload(lawyer, Doc.AGREEMENT)
    lawyer.locator("#open-step [name=signed_on]").fill(today_of(lawyer))
    lawyer.get_by_role("button", name="确认：签订委托协议").click()
    done(lawyer, "签订委托协议")
    shot(lawyer, "aid-lawyer")
    assert desk.office.case(parent)["state"] == "referred"
    assert desk.office.case(child, "officer")["state"] == "handling"


def licence_of(desk: Desk, login: str) -> str:
    firm = desk.organisation_of(login)
    found = desk.office.browser.json(f"/desk/lookup/handlers?organisation={firm}&q={login}")["options"]
    name = next(row["label"].split(" · ")[0] for row in found if row["value"] == login)
    return desk.office.licence(name, firm)


def today_of(page: Page) -> str:
    return str(page.evaluate("new Date().toLocaleDateString('sv-SE')"))
