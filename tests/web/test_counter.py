import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from santai.casework.actions import take_step
from santai.casework.models import Case
from santai.people.models import Contact, Party
from santai.trust.models import SensitiveLook
from santai.trust.roles import Role
from tests import factories
from tests.web.staff_pages import answered_case, at_desk, case_in_hand, earlier, waiting_case

pytestmark = pytest.mark.django_db
ID = "230102199003074518"
PHONE = "13800001111"


@pytest.fixture
def clerk(town):
    return at_desk(town.staff[Role.COUNTER_CLERK])


@pytest.fixture
def visitor(db):
    return Party.objects.create(name="赵大川", phone=PHONE, id_number=ID)


def meet(clerk, by="phone", typed=PHONE):
    page = clerk.post(f"/counter/find/{by}", {"q": typed})
    return clerk.post("/counter/choose", {"person": page.context["found"][0][1]})


def pdf(name="工资条.pdf"):
    return SimpleUploadedFile(name, b"%PDF-1.4 a paper", content_type="application/pdf")


@pytest.mark.parametrize(("by", "typed"), [("id_number", ID), ("phone", "138-0000-1111"), ("name", "赵大川")])
def test_a_person_is_found_by_what_they_bring_and_opened_only_when_chosen(clerk, visitor, by, typed):
    page = clerk.post(f"/counter/find/{by}", {"q": typed})
    assert [party for party, _ in page.context["found"]] == [visitor]
    assert "赵大川" not in page.content.decode()
    assert not Contact.objects.exists()
    clerk.post("/counter/choose", {"person": page.context["found"][0][1]})
    assert Contact.objects.get().channel == "counter"
    assert SensitiveLook.objects.get().reason.startswith("窗口接待，按")


def test_a_code_finds_its_owner(clerk, visitor):
    case = waiting_case(applicant=visitor)
    assert meet(clerk, "code", case.code).headers["Location"] == "/counter/person"


def test_a_wrong_number_is_told_on_the_same_screen(clerk):
    page = clerk.post("/counter/find/phone", {"q": "1380000"})
    assert page.status_code == 422
    assert 'value="1380000"' in page.content.decode()
    assert clerk.post("/counter/find/phone", {"q": " "}).status_code == 422
    assert clerk.get("/counter/find/shoe-size").status_code == 404


def test_nobody_found_leads_on_to_a_new_need(clerk):
    page = clerk.post("/counter/find/name", {"q": "查无此人"})
    assert "没有找到这个人" in page.content.decode()
    assert "/counter/need/what" in page.content.decode()


def test_the_whole_history_is_there_wherever_it_began(clerk, town, visitor):
    far = waiting_case(applicant=visitor, region="230103", channel="hotline")
    assert clerk.get(f"/counter/cases/{far.code}").status_code == 404
    meet(clerk)
    assert far.code in clerk.get("/counter/person").content.decode()
    assert clerk.get(f"/counter/cases/{far.code}").status_code == 200


def test_papers_asked_for_are_taken_at_the_counter_and_the_case_goes_on(clerk, town, visitor):
    case = case_in_hand(town, applicant=visitor)
    asked = {"what": "工资条和考勤记录", "by": timezone.localdate().isoformat()}
    take_step(case, "ask_for_more", actor=town.actor(Role.LAWYER), data=asked, at=earlier(1))
    meet(clerk)
    page = clerk.get(f"/counter/cases/{case.code}").content.decode()
    assert "工资条和考勤记录" in page
    assert "交补充的材料" in page
    data = {"version": case.version, "kind": "matter_proof", "files": pdf()}
    assert clerk.post(f"/counter/cases/{case.code}/papers", data).status_code == 302
    case.refresh_from_db()
    entry = case.log.last()
    assert (case.state, entry.step, entry.channel) == ("handling", "supplement", "counter")
    assert "工资条.pdf" in entry.told
    assert case.documents.get().kind == "matter_proof"


def test_a_bad_file_changes_nothing_and_says_what_to_do(clerk, town, visitor):
    case = case_in_hand(town, applicant=visitor)
    meet(clerk)
    empty = SimpleUploadedFile("空.pdf", b"")
    page = clerk.post(f"/counter/cases/{case.code}/papers", {"version": case.version, "kind": "other", "files": empty})
    assert page.status_code == 422
    assert not case.documents.exists()
    nothing = clerk.post(f"/counter/cases/{case.code}/papers", {"version": case.version, "kind": "other"})
    assert "还没有选择文件" in nothing.content.decode()


def walk(clerk, **said):
    answers = {
        "what": {"text": said.get("text", "租的房子房东不退押金两千元")},
        "who": {"name": "孙小美", "phone": "13900002222", "id_number": "", "kind": "person"},
        "where": {"region": said.get("region", "230102"), "groups": ["elderly"]},
    }
    path = "/counter/need/what"
    while not path.endswith("check"):
        part = path.rsplit("/", 1)[1]
        answer = clerk.post(path, answers[part])
        if answer.status_code != 302:
            return answer
        path = answer.headers["Location"]
    return clerk.post(path)


def test_a_need_is_written_down_one_question_a_screen_and_ends_with_a_receipt(clerk, town):
    answer = walk(clerk)
    case = Case.objects.get()
    assert answer.headers["Location"] == f"/counter/cases/{case.code}/receipt?new"
    assert (case.channel, case.applicant.name, case.facts["groups"]) == ("counter", "孙小美", ["elderly"])
    page = clerk.get(answer.headers["Location"]).content.decode()
    assert "登记好了" in page
    assert "<svg" in page
    assert Contact.objects.get().party == case.applicant


def test_who_was_found_is_not_asked_who_they_are(clerk, town, visitor):
    meet(clerk)
    answer = clerk.post("/counter/need/what", {"text": "租的房子房东不退押金两千元"})
    assert answer.headers["Location"] == "/counter/need/where"
    clerk.post("/counter/need/where", {"region": "230102"})
    check = clerk.get("/counter/need/check").content.decode()
    assert "赵**" in check
    assert "赵大川" not in check
    clerk.post("/counter/need/check")
    assert Case.objects.get().applicant == visitor


def test_each_screen_names_its_own_fault_and_keeps_what_was_said(clerk, town):
    assert walk(clerk, text="嗯").status_code == 422
    wrong = walk(clerk, region="999999")
    assert wrong.status_code == 422
    assert "没有这个地区" in wrong.content.decode()
    assert "租的房子房东不退押金两千元" in clerk.get("/counter/need/what").content.decode()
    assert not Case.objects.exists()


def test_an_id_number_of_somebody_else_is_refused_with_the_reason(clerk, town, visitor):
    clerk.post("/counter/need/what", {"text": "租的房子房东不退押金两千元"})
    who = {"name": "孙小美", "phone": "13900002222", "id_number": ID, "kind": "person"}
    clerk.post("/counter/need/who", who)
    clerk.post("/counter/need/where", {"region": "230102"})
    page = clerk.post("/counter/need/check")
    assert page.status_code == 422
    assert "已登记在另一个姓名" in page.content.decode()
    assert not Case.objects.exists()


def test_the_person_rates_at_the_counter(clerk, town, visitor):
    case = answered_case(town, applicant=visitor)
    meet(clerk)
    assert f"/counter/cases/{case.code}/rate" in clerk.get(f"/counter/cases/{case.code}").content.decode()
    clerk.post(f"/counter/cases/{case.code}/rate", {"version": case.version, "score": "2", "comment": "等得太久"})
    case.refresh_from_db()
    assert (case.state, case.rating, case.log.last().channel) == ("dissatisfied", 2, "counter")
    late = clerk.post(f"/counter/cases/{case.code}/rate", {"version": case.version, "score": "5"})
    assert late.status_code == 409


def test_a_step_has_a_screen_of_its_own(clerk, town, visitor):
    case = case_in_hand(town, applicant=visitor)
    meet(clerk)
    assert 'name="text"' in clerk.get(f"/counter/cases/{case.code}/steps/add").content.decode()
    clerk.post(f"/counter/cases/{case.code}/steps/add", {"version": case.version, "text": "地址换了"})
    assert case.log.last().told == "您留言：地址换了"
    stale = clerk.post(f"/counter/cases/{case.code}/steps/add", {"version": case.version, "text": "还有一句"})
    assert stale.status_code == 409
    assert "还有一句" in stale.content.decode()


def test_leaving_closes_the_contact_and_forgets_the_draft(clerk, town, visitor):
    far = waiting_case(applicant=visitor, region="230103")
    meet(clerk)
    clerk.post("/counter/need/what", {"text": "还没说完的事情"})
    page = clerk.get("/counter/person").content.decode()
    assert 'data-idle="120"' in page
    assert 'id="idle-warning"' in page
    clerk.post("/counter/leave")
    assert clerk.get(f"/counter/cases/{far.code}").status_code == 404
    assert clerk.get("/counter/person").headers["Location"] == "/counter/"
    assert "还没说完的事情" not in clerk.get("/counter/need/what").content.decode()
    assert "data-idle" not in clerk.get("/counter/").content.decode()


def test_the_next_visitor_does_not_see_the_one_before(clerk, town, visitor):
    other = factories.make_party("钱小芳", phone="13700003333")
    meet(clerk)
    clerk.post("/counter/need/what", {"text": "上一位说的事情"})
    meet(clerk, "phone", "13700003333")
    assert Contact.objects.filter(party=visitor, closes_at__gt=timezone.now()).count() == 0
    assert clerk.get("/counter/person").context["visitor"] == other
    assert "上一位说的事情" not in clerk.get("/counter/need/what").content.decode()
