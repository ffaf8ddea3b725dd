from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from santai.casework.actions import take_step
from santai.casework.models import Case, CaseDocument
from santai.dispatch.models import Reservation
from santai.documents.models import Letter
from santai.trust.models import SensitiveLook
from santai.trust.roles import Role
from tests import factories
from tests.web.staff_pages import answered_case, at_desk, case_in_hand, dispatched_case, earlier, waiting_case

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4 a paper"


def page_of(client, case, query=""):
    return client.get(f"/desk/cases/{case.code}{query}")


def take(client, case, step, **data):
    return client.post(f"/desk/cases/{case.code}/steps/{step}", {"version": case.version, **data})


def pdf(name="工资条.pdf"):
    return SimpleUploadedFile(name, PDF, content_type="application/pdf")


# --- who sees it ---------------------------------------------------------------------------------------------------


def test_a_foreign_case_is_not_there_and_a_role_without_cases_is_refused(town):
    case = case_in_hand(town)
    assert page_of(at_desk(town.staff[Role.MEDIATOR]), case).status_code == 404
    assert page_of(at_desk(town.staff[Role.SYSTEM_ADMIN]), case).status_code == 403
    assert page_of(at_desk(town.staff[Role.LAWYER]), case).status_code == 200


def test_who_may_only_look_gets_no_button(town):
    case = case_in_hand(town)
    page = page_of(at_desk(town.staff[Role.AUDITOR]), case)
    assert page.context["offers"] == []
    assert "现在轮不到您办这件事" in page.content.decode()


def test_the_page_tells_the_story_the_dates_and_the_reasons(town):
    reasons = [["matter", "说到“工资”，判断为劳动纠纷"]]
    case = case_in_hand(town, facts={"reasons": reasons, "groups": ["migrant_worker"]})
    page = page_of(at_desk(town.staff[Role.LAWYER]), case).content.decode()
    for words in ("判断为劳动纠纷", "离当事人最近", "农民工", "为什么是这一天", "首日不计", "已接单"):
        assert words in page


def test_beside_the_list_comes_the_case_without_the_frame(town):
    case = case_in_hand(town)
    client = at_desk(town.staff[Role.LAWYER])
    beside = client.get(f"/desk/cases/{case.code}", headers={"HX-Request": "true", "HX-Target": "detail"})
    assert case.matter in beside.content.decode()
    assert "<html" not in beside.content.decode()
    assert "<html" in page_of(client, case).content.decode()


# --- steps ---------------------------------------------------------------------------------------------------------


def test_a_form_opens_in_place_by_a_plain_link(town):
    case = case_in_hand(town)
    page = page_of(at_desk(town.staff[Role.LAWYER]), case, "?step=finish")
    assert page.context["opened"].step.name == "finish"
    assert 'name="answer"' in page.content.decode()


def test_a_step_without_a_form_is_one_button(town):
    case = dispatched_case(town)
    client = at_desk(town.staff[Role.LAWYER])
    assert f"/desk/cases/{case.code}/steps/claim" in page_of(client, case).content.decode()
    assert take(client, case, "claim").status_code == 302
    case.refresh_from_db()
    assert (case.state, case.handler) == ("handling", town.staff[Role.LAWYER])


def test_a_form_with_a_fault_comes_back_with_every_field(town):
    case = case_in_hand(town)
    page = take(at_desk(town.staff[Role.LAWYER]), case, "ask_extension", amount="9", reason="要等鉴定结果出来")
    assert page.status_code == 422
    shown = page.content.decode()
    assert "要等鉴定结果出来" in shown
    assert "不能大于 5" in shown


def test_a_stale_page_shows_what_happened_meanwhile_and_keeps_the_form(town):
    case = case_in_hand(town)
    seen = case.version
    take_step(case, "progress", actor=town.actor(Role.LAWYER), data={"text": "已经联系对方单位"}, at=earlier(1))
    client = at_desk(town.staff[Role.LAWYER])
    page = client.post(
        f"/desk/cases/{case.code}/steps/contact", {"version": seen, "way": "phone", "text": "打了半截的话"}
    )
    assert page.status_code == 409
    opened = page.context["opened"]
    assert [line.label for line in opened.meanwhile] == ["告知进展"]
    assert "打了半截的话" in page.content.decode()
    assert f'name="version" value="{case.version}"' in page.content.decode()


def test_a_step_that_is_not_open_any_more_keeps_its_form_to_copy_from(town):
    case = case_in_hand(town)
    seen = case.version
    take_step(case, "finish", actor=town.actor(Role.LAWYER), data={"answer": "别人已经答复了。"}, at=earlier(1))
    client = at_desk(town.staff[Role.LAWYER])
    page = client.post(
        f"/desk/cases/{case.code}/steps/contact", {"version": seen, "way": "phone", "text": "没说完的话"}
    )
    assert page.status_code == 409
    assert not page.context["opened"].is_possible
    assert "没说完的话" in page.content.decode()
    assert "确认：联系当事人" not in page.content.decode()


def test_a_step_of_another_role_is_refused_with_who_takes_it(town):
    case = case_in_hand(town)
    page = take(at_desk(town.staff[Role.LAWYER]), case, "supervise", text="请抓紧办理")
    assert page.status_code == 403
    assert "监督员" in page.content.decode()
    assert "请抓紧办理" in page.content.decode()


def test_a_step_no_procedure_has_is_told(town):
    page = take(at_desk(town.staff[Role.LAWYER]), case_in_hand(town), "abracadabra")
    assert page.status_code == 409
    assert "没有“abracadabra”这一步" in page.content.decode()


def test_after_giving_a_case_back_the_person_lands_on_their_list(town):
    case = dispatched_case(town)
    page = take(
        at_desk(town.staff[Role.LAWYER]),
        case,
        "return_order",
        reason="conflict",
        ground="律师法第39条",
        explanation="对方是本所的客户",
        better_owner=town.other_firm.name,
    )
    assert page.status_code == 302
    assert page.headers["Location"] == "/desk/"


def test_what_was_asked_for_stands_in_the_form_that_grants_it(town):
    case = case_in_hand(town)
    asked = {"amount": "3", "reason": "要等鉴定结果出来"}
    take_step(case, "ask_extension", actor=town.actor(Role.LAWYER), data=asked, at=earlier(1))
    page = page_of(at_desk(town.staff[Role.DISPATCHER]), case, "?step=extend").content.decode()
    assert "要等鉴定结果出来" in page
    assert 'value="3"' in page


def test_going_back_leads_only_within_the_platform(town):
    case = dispatched_case(town)
    answer = take(at_desk(town.staff[Role.LAWYER]), case, "claim", next="https://elsewhere.example/")
    assert answer.headers["Location"].startswith(f"/desk/cases/{case.code}")


# --- whom to give it to --------------------------------------------------------------------------------------------


def choices_for(client, case, step="dispatch"):
    return page_of(client, case, f"?step={step}").context["opened"].suggested.choices


def test_a_proposal_is_taken_with_its_reasons(town):
    case = waiting_case(matter="劳动纠纷")
    client = at_desk(town.staff[Role.DISPATCHER])
    best = choices_for(client, case)[0]
    assert best.reasons
    take(client, case, "dispatch", proposal=best.value, organisation="", handler="", reasons="")
    case.refresh_from_db()
    assert case.organisation.name == best.title
    assert case.log.last().data["reasons"] == "；".join(best.reasons)


def test_the_dispatcher_may_choose_somebody_else(town):
    case = waiting_case()
    client = at_desk(town.staff[Role.DISPATCHER])
    take(client, case, "dispatch", proposal="", organisation=town.mediation.name, handler="", reasons="当事人要求")
    case.refresh_from_db()
    assert case.organisation == town.mediation


def test_a_made_up_proposal_counts_for_nothing(town):
    case = waiting_case()
    page = take(at_desk(town.staff[Role.DISPATCHER]), case, "dispatch", proposal="made:up", organisation="")
    assert page.status_code == 422
    case.refresh_from_db()
    assert case.organisation is None


def test_the_choice_stays_ticked_when_the_form_comes_back(town):
    case = waiting_case(matter="劳动纠纷")
    client = at_desk(town.staff[Role.DISPATCHER])
    best = choices_for(client, case)[0]
    page = take(client, case, "dispatch", proposal=best.value, reasons="长" * 1001)
    assert page.status_code == 422
    assert page.context["opened"].chosen == best.value
    assert best.value in [choice.value for choice in page.context["opened"].suggested.choices]


def test_whom_a_colleague_is_choosing_cannot_be_taken(town):
    case = waiting_case(matter="劳动纠纷")
    client = at_desk(town.staff[Role.DISPATCHER])
    best = next(choice for choice in choices_for(client, case) if choice.person)
    rival = factories.make_staff(Role.DISPATCHER, town.centre, name="另一位分派员")
    Reservation.objects.update(user=rival, until=timezone.now() + timedelta(minutes=1))
    page = take(client, case, "dispatch", proposal=best.value)
    assert page.status_code == 409
    assert "另一位分派员正在选派" in page.content.decode()


def test_names_are_looked_up_while_typing(town):
    client = at_desk(town.staff[Role.DISPATCHER])
    found = client.get("/desk/lookup/organisations", {"q": town.firm.name[:4]}).json()["options"]
    assert town.firm.name in [option["value"] for option in found]
    people = client.get("/desk/lookup/handlers", {"organisation": town.firm.name}).json()["options"]
    assert [option["value"] for option in people] == [town.staff[Role.LAWYER].username]
    assert client.get("/desk/lookup/organisations", {"q": ""}).json()["options"] == []


# --- papers and letters --------------------------------------------------------------------------------------------


def test_a_paper_is_put_on_the_case_and_comes_back_as_an_attachment(town):
    case = case_in_hand(town)
    client = at_desk(town.staff[Role.LAWYER])
    client.post(f"/desk/cases/{case.code}/documents", {"kind": "matter_proof", "files": pdf()})
    paper = CaseDocument.objects.get(case=case)
    assert (paper.kind, paper.file.name, paper.added_by) == (
        "matter_proof",
        "工资条.pdf",
        town.staff[Role.LAWYER].display_name,
    )
    answer = client.get(f"/desk/cases/{case.code}/documents/{paper.pk}")
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith("attachment")
    assert at_desk(town.staff[Role.MEDIATOR]).get(f"/desk/cases/{case.code}/documents/{paper.pk}").status_code == 404


def test_a_paper_of_one_case_is_not_reached_through_another(town):
    mine, other = case_in_hand(town), waiting_case()
    paper = CaseDocument.objects.create(
        case=other, file=factories.make_file(), kind="other", channel="web", added_by="x", added_at=timezone.now()
    )
    client = at_desk(town.staff[Role.LAWYER])
    assert client.get(f"/desk/cases/{mine.code}/documents/{paper.pk}").status_code == 404


def test_a_file_that_is_not_what_it_says_is_refused_with_what_to_do(town):
    case = case_in_hand(town)
    fake = SimpleUploadedFile("工资条.pdf", b"PK\x03\x04 not a pdf")
    page = at_desk(town.staff[Role.LAWYER]).post(f"/desk/cases/{case.code}/documents", {"kind": "other", "files": fake})
    assert page.status_code == 422
    assert "文件名写的是PDF" in page.content.decode()
    assert not case.documents.exists()


def test_who_may_only_look_puts_nothing_on_the_case(town):
    case = case_in_hand(town)
    page = at_desk(town.staff[Role.AUDITOR]).post(
        f"/desk/cases/{case.code}/documents", {"kind": "other", "files": pdf()}
    )
    assert page.status_code == 403


def test_a_letter_is_shown_as_it_was_issued(town):
    case = case_in_hand(town)
    issued = Letter.objects.get(case_code=case.code)
    page = at_desk(town.staff[Role.LAWYER]).get(f"/desk/cases/{case.code}/letters/{issued.pk}")
    assert issued.number in page.content.decode()


# --- the person ----------------------------------------------------------------------------------------------------


def test_full_details_need_a_reason_and_leave_a_trace(town):
    party = factories.make_party("欧阳小明", phone="13811112222")
    case = case_in_hand(town, applicant=party)
    client = at_desk(town.staff[Role.LAWYER])
    assert "13811112222" not in page_of(client, case).content.decode()
    short = client.post(f"/desk/cases/{case.code}/person", {"fields_wanted": ["phone"], "reason": "看"})
    assert short.status_code == 422
    assert "13811112222" not in short.content.decode()
    shown = client.post(f"/desk/cases/{case.code}/person", {"fields_wanted": ["phone"], "reason": "约当事人见面"})
    assert "13811112222" in shown.content.decode()
    assert "欧阳小明" not in shown.content.decode()
    assert shown["Cache-Control"] == "no-store"
    look = SensitiveLook.objects.get()
    assert (look.user, look.fields, look.reason, look.case_code) == (
        town.staff[Role.LAWYER],
        "phone",
        "约当事人见面",
        case.code,
    )


def test_a_child_case_is_linked_only_for_who_may_see_it(town):
    case = case_in_hand(town)
    take_step(
        case,
        "refer",
        actor=town.actor(Role.LAWYER),
        data={"procedure": "legal_aid_civil", "explanation": ""},
        at=earlier(1),
    )
    child = Case.objects.get(parent=case)
    link = f'href="/desk/cases/{child.code}"'
    assert link in page_of(at_desk(town.staff[Role.SUPERVISOR]), case).content.decode()
    page = page_of(at_desk(town.staff[Role.LAWYER]), case).content.decode()
    assert link not in page
    assert child.code in page


def test_the_handler_does_not_rate_their_own_answer(town):
    case = answered_case(town)
    offered = {offer.step.name for offer in page_of(at_desk(town.staff[Role.LAWYER]), case).context["offers"]}
    assert not offered & {"rate", "rate_poor"}
