"""The enterprise check-up on its pages: what is left to fill in, what was found, and where it stands."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from santai.casework.actions import take_step
from santai.casework.models import Case
from santai.people.models import Party
from santai.procedures.rules.enterprise_questions import sections
from santai.trust.actors import Actor
from santai.trust.roles import Role
from santai.web.portal.session import PHONES
from tests.factories import Town, make_case, make_party
from tests.web.portal_steps import prove
from tests.web.staff_pages import at_desk

pytestmark = pytest.mark.django_db
PHONE = "13812345678"
APPLY = {"business": "农产品收购和初加工", "employees": 12, "size": "small", "contact": "李经理 13800000000"}
OPINION = "劳动用工要先整改，其他方面按建议逐步完善就可以了。"
RISKY = "L01"


class Company:
    """A company that asked for a check-up on the web; every step a minute after the other, ending now."""

    def __init__(self, town: Town) -> None:
        self.town, self.at, self.client = town, timezone.now() - timedelta(minutes=30), Client()
        party = make_party("某某农产品公司", PHONE, kind=Party.Kind.COMPANY)
        self.actor = Actor.applicant(party.pk)
        self.order = make_case(self.at, applicant=party)
        take_step(self.order, "apply_for", actor=self.actor, data={"procedure": "enterprise_checkup"}, at=self.at)
        self.case: Case = self.order.children.get()
        self.take("apply", self.actor, **APPLY)
        lawyer = town.staff[Role.LAWYER].practitioner  # type: ignore[attr-defined]
        self.take("assign", town.actor(Role.SUPERVISOR), practitioner=lawyer.pk, no_conflict=True)

    def take(self, step: str, actor: Actor, **data: Any) -> None:
        self.at += timedelta(minutes=1)
        take_step(self.case, step, actor=actor, data=data, at=self.at)

    def answer(self, *parts: str) -> None:
        for section in sections():
            if not parts or section.key in parts:
                given = {one.id: one.safe for one in section.questions}
                self.take(f"answer_{section.key}", self.actor, **{**given, **({RISKY: "no"} if RISKY in given else {})})

    def page(self) -> str:
        if not self.client.session.get(PHONES):
            prove(self.client, PHONE)
        return self.client.get(f"/my/{self.order.code}").content.decode()

    def desk(self) -> str:
        client = at_desk(self.town.staff[Role.LAWYER])
        return client.get(f"/desk/cases/{self.case.code}").content.decode()


@pytest.fixture
def company(settings: Any, town: Town) -> Company:
    settings.DEMO = True
    return Company(town)


def form_of(page: str, case: Case, part: str) -> str:
    return page.split(f"/my/{case.code}/steps/answer_{part}")[1].split("</form>")[0]


def test_the_procedure_under_way_heads_the_page_and_not_the_request(company: Company) -> None:
    top = company.page().split('id="todo"')[0]
    assert "填写问卷" in top
    assert "法定程序办理中" not in top


def test_the_questionnaire_tells_what_is_left_and_opens_the_next_part(company: Company) -> None:
    company.answer("labour", "contract")
    page = company.page()
    first, *rest = sections()
    assert f"问卷一共 {len(sections())} 部分，已填 2 部分" in page
    places = [page.index(f"steps/answer_{key}") for key in ("governance", "market", "labour")]
    assert places == sorted(places)
    before = page[: page.index("steps/answer_governance")]
    assert before.rindex("<details") == before.rindex('<details class="opens-form" open')
    assert page.count("已填，可以改") == 2
    assert (first.key, len(rest)) == ("labour", len(sections()) - 1)


def test_a_part_that_was_filled_in_shows_what_was_filled_in(company: Company) -> None:
    company.answer("labour")
    filled, empty = (form_of(company.page(), company.case, part) for part in ("labour", "contract"))
    assert filled.count("checked") == len(sections()[0].questions)
    assert 'name="L01" value="no"' in filled
    assert "checked" not in empty


def test_the_lawyer_sees_what_was_found_before_reporting_and_the_company_after(company: Company) -> None:
    company.answer()
    assert "体检结果" not in company.desk()
    company.take("hand_in", company.actor)
    assert "体检结果：高风险" in company.desk()
    assert "体检结果" not in company.page()
    company.take("report", company.town.actor(Role.LAWYER), opinion=OPINION)
    assert "体检结果：高风险" in company.page()


def test_what_was_mended_is_told(company: Company) -> None:
    company.answer()
    company.take("hand_in", company.actor)
    lawyer = company.town.actor(Role.LAWYER)
    company.take("report", lawyer, opinion=OPINION)
    company.take("feedback", company.actor)
    assert "还没有复查通过" in company.page()
    company.take("report_rectified", company.actor, section="labour", done="已经全部补签劳动合同。")
    company.take("follow_up_done", lawyer, section="labour", opinion="合同都已补签，复查通过。")
    page = company.page()
    assert "已整改，复查通过" in page
    assert "还没有复查通过" not in page


def test_the_answers_of_a_part_are_folded_in_the_story(company: Company) -> None:
    company.answer("labour")
    assert f"看 {len(sections()[0].questions)} 个回答" in company.desk()
