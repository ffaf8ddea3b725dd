import pytest
from django.utils import timezone

from santai.casework.actions import take_step
from santai.casework.models import Case
from santai.people.models import Contact, Party
from santai.trust.models import SensitiveLook
from santai.trust.roles import Role
from tests import factories
from tests.web.staff_pages import answered_case, at_desk, case_in_hand, earlier, waiting_case

pytestmark = pytest.mark.django_db
PHONE = "13800001111"
NEED = {
    "text": "老板拖欠我三个月工资，一共一万五千元",
    "name": "赵大川",
    "phone": PHONE,
    "region": "230102",
    "id_number": "",
    "kind": "person",
    "key": "one",
}


@pytest.fixture
def agent(town):
    return at_desk(town.staff[Role.HOTLINE_AGENT])


@pytest.fixture
def caller(db):
    return factories.make_party("赵大川", phone=PHONE)


def test_a_call_opens_the_callers_whole_history_and_leaves_a_trace(town, agent, caller):
    on_web, at_counter = case_in_hand(town, applicant=caller), waiting_case(applicant=caller, channel="counter")
    answered = agent.get("/hotline/", {"phone": "138 0000 1111"})
    assert answered.headers["Location"] == "/hotline/"
    page = agent.get("/hotline/")
    assert {case.pk for case in page.context["history"]} == {on_web.pk, at_counter.pk}
    assert Contact.objects.get().party == caller
    assert SensitiveLook.objects.get().reason == "热线接待，按电话查找"


def test_neither_name_nor_number_of_a_known_caller_is_shown(agent, caller):
    agent.get("/hotline/", {"phone": PHONE})
    page = agent.get("/hotline/").content.decode()
    assert "赵**" in page
    assert "赵大川" not in page


def test_several_people_of_one_phone_are_told_apart_before_anything_is_opened(agent, caller):
    wife = factories.make_party("钱小芳", phone=PHONE)
    agent.get("/hotline/", {"phone": PHONE})
    page = agent.get("/hotline/")
    assert page.context["party"] is None
    assert not Contact.objects.exists()
    ticket = next(ticket for party, ticket in page.context["known"] if party == wife)
    agent.post("/hotline/person", {"person": ticket})
    assert Contact.objects.get().party == wife
    assert agent.get("/hotline/").context["party"] == wife


def test_a_number_alone_opens_nobody(agent, caller):
    page = agent.post("/hotline/person", {"person": str(caller.pk)}, follow=True)
    assert not Contact.objects.exists()
    assert "再找一次" in page.content.decode()


def test_an_agent_of_another_division_continues_the_callers_case(town, caller):
    far = factories.make_organisation("hotline", region="2303")
    outsider = at_desk(factories.make_staff(Role.HOTLINE_AGENT, far))
    case = case_in_hand(town, applicant=caller)
    assert outsider.get("/hotline/", {"case": case.code}).status_code == 404
    outsider.get("/hotline/", {"phone": PHONE})
    assert outsider.get("/hotline/", {"case": case.code}).status_code == 200
    words = {"version": case.version, "text": "我又想起一件事"}
    outsider.post(f"/hotline/cases/{case.code}/steps/add", words)
    entry = case.log.last()
    assert (entry.step, entry.channel, entry.told) == ("add", "hotline", "您留言：我又想起一件事")
    outsider.post("/hotline/end")
    assert outsider.get("/hotline/", {"case": case.code}).status_code == 404


def test_a_new_need_is_taken_in_and_read_out(agent, town):
    agent.get("/hotline/", {"phone": PHONE})
    answer = agent.post("/hotline/need", NEED)
    case = Case.objects.get()
    assert answer.headers["Location"] == f"/hotline/?done={case.code}"
    assert (case.channel, case.applicant.phone, case.log.first().actor) == (
        "hotline",
        PHONE,
        town.staff[Role.HOTLINE_AGENT],
    )
    page = agent.get(f"/hotline/?done={case.code}").content.decode()
    assert f"<span>{case.code[:6]}</span><span>{case.code[6:8]}</span>" in page
    assert "以后上网、打电话、到窗口" in page
    assert agent.get("/hotline/").context["party"] == case.applicant


def test_the_need_of_a_known_caller_needs_no_name(agent, caller, town):
    agent.get("/hotline/", {"phone": PHONE})
    agent.post("/hotline/need", {**NEED, "name": "", "phone": ""})
    assert Case.objects.get().applicant == caller
    assert Party.objects.count() == 1


def test_a_fault_keeps_what_was_written_and_shows_no_more_than_before(agent, caller, town):
    agent.get("/hotline/", {"phone": PHONE})
    page = agent.post("/hotline/need", {**NEED, "name": "", "phone": "", "region": "999999"})
    assert page.status_code == 422
    shown = page.content.decode()
    assert NEED["text"] in shown
    assert "没有这个地区" in shown
    assert "赵大川" not in shown


def test_pressed_twice_it_is_one_case(agent, town):
    agent.post("/hotline/need", NEED)
    page = agent.post("/hotline/need", NEED, follow=True)
    assert Case.objects.count() == 1
    assert "没有重复登记" in page.content.decode()


def test_the_preview_says_what_it_looks_like_and_what_to_ask(agent, town):
    page = agent.post("/hotline/preview", NEED)
    shown = page.content.decode()
    assert page.context["preview"].finding.matter == "劳动纠纷"
    assert "在哪家单位干活" in shown
    assert NEED["text"] in shown
    assert not Case.objects.exists()
    part = agent.post("/hotline/preview", NEED, headers={"HX-Request": "true"}).content.decode()
    assert "在哪家单位干活" in part
    assert "<html" not in part


def test_danger_is_said_first(agent, town):
    page = agent.post("/hotline/preview", {**NEED, "text": "我丈夫正在打我，孩子也在哭"})
    assert page.context["preview"].finding.urgency == 2
    assert "请立即拨打110" in page.content.decode()


@pytest.mark.parametrize(("by", "typed"), [("name", "赵大川"), ("phone", PHONE), ("id_number", "230102199003074518")])
def test_a_caller_with_another_phone_is_found_otherwise(agent, by, typed):
    Party.objects.create(name="赵大川", phone=PHONE, id_number="230102199003074518")
    agent.get("/hotline/", {"phone": "13999999999"})
    page = agent.post("/hotline/find", {"by": by, "q": typed})
    assert len(page.context["found"]) == 1
    assert not Contact.objects.exists()


def test_a_code_read_out_finds_its_owner_and_a_wrong_one_says_why(agent, town, caller):
    case = waiting_case(applicant=caller)
    assert agent.post("/hotline/find", {"by": "code", "q": case.code}).context["found"][0][0] == caller
    assert "少输了" in agent.post("/hotline/find", {"by": "code", "q": "2301"}).content.decode()


def test_the_caller_rates_an_answer_at_the_end_of_the_call(agent, town, caller):
    case = answered_case(town, applicant=caller)
    agent.get("/hotline/", {"phone": PHONE})
    assert [one.pk for one in agent.get("/hotline/").context["unrated"]] == [case.pk]
    poor = agent.post(f"/hotline/cases/{case.code}/rate", {"version": case.version, "score": "1", "comment": ""})
    assert poor.status_code == 422
    assert "哪里不满意" in poor.content.decode()
    agent.post(f"/hotline/cases/{case.code}/rate", {"version": case.version, "score": "5", "comment": ""})
    case.refresh_from_db()
    assert (case.state, case.rating, case.log.last().channel) == ("rated", 5, "hotline")


def test_a_step_taken_meanwhile_is_shown_and_the_words_are_kept(agent, town, caller):
    case = case_in_hand(town, applicant=caller)
    seen = case.version
    take_step(case, "progress", actor=town.actor(Role.LAWYER), data={"text": "已联系单位"}, at=earlier(1))
    page = agent.post(f"/hotline/cases/{case.code}/steps/add", {"version": seen, "text": "来电人补充说"})
    assert page.status_code == 409
    assert "来电人补充说" in page.content.decode()
    assert [line.label for line in page.context["opened"].meanwhile] == ["告知进展"]


def test_hanging_up_ends_the_contact_and_forgets_the_number(agent, caller, town):
    agent.get("/hotline/", {"phone": PHONE})
    agent.post("/hotline/end")
    page = agent.get("/hotline/")
    assert page.context["call"] is None
    assert PHONE not in page.content.decode()
    assert Contact.objects.get().closes_at <= timezone.now()
