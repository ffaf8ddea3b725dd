"""What a dossier holds, who may open it, what leaves the house and what is written down of it."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from pypdf import PdfReader

from santai.archive.dossier import exporting
from santai.archive.dossier.duties import Duties
from santai.archive.dossier.exporting import export_for_staff, export_own
from santai.archive.dossier.opening import OPENERS, NotYours, OpenedTooLongAgo, may_open, open_dossier, opened
from santai.archive.dossier.reading import PARTS, lines_of, own_scope, staff_scope
from santai.archive.dossier.shape import Dossier
from santai.archive.models import DossierExport
from santai.casework.actions import take_step
from santai.casework.models import Case
from santai.people.models import Party
from santai.people.parties import close_contact, open_contact
from santai.trust.actors import SYSTEM, Actor, Channel
from santai.trust.models import Membership, SensitiveLook
from santai.trust.roles import ROLES, Reach, Role
from tests import factories

pytestmark = pytest.mark.django_db
WORDS = "来电询问去年的援助案"


@pytest.fixture
def party(town) -> Party:
    return factories.make_party(
        "王小明", phone="13812345678", id_number="230102199001011234", groups=["migrant_worker"]
    )


@pytest.fixture
def case(town, party, monday) -> Case:
    """In the county of the town, answered and rated."""
    case = factories.make_case(monday, applicant=party)
    given = {"organisation": str(town.firm.pk), "handler": "", "reasons": "离当事人最近"}
    lawyer = town.actor(Role.LAWYER)
    take_step(case, "dispatch", actor=SYSTEM, data=given, at=monday)
    take_step(case, "claim", actor=lawyer, at=monday)
    take_step(case, "finish", actor=lawyer, data={"answer": "可以申请劳动仲裁。", "basis": ""}, at=monday)
    person = Actor.applicant(party.pk)
    take_step(case, "rate", actor=person, data={"score": 5, "comment": "很耐心"}, at=monday)
    return case


@pytest.fixture
def elsewhere(town, party, monday) -> Case:
    factories.make_region("230203")
    return factories.make_case(monday + timedelta(hours=1), applicant=party, region="230203")


def part(name: str):
    return next(one for one in PARTS if one.name == name)


def codes(scope) -> list[str]:
    return [line.code for line in lines_of(part("cases"), scope, most=50)]


# --- what it holds


def test_the_person_sees_all_of_it(party, case, elsewhere, town, monday):
    clerk = town.staff[Role.COUNTER_CLERK]
    open_contact(party, user=clerk, channel=Channel.COUNTER, found_by="phone", at=monday)
    scope = own_scope(party)
    assert codes(scope) == [elsewhere.code, case.code]
    (rating,) = lines_of(part("ratings"), scope, most=9)
    assert (rating.score, rating.comment, rating.case_code) == (5, "很耐心", case.code)
    assert {line.case_code for line in lines_of(part("letters"), scope, most=9)} == {case.code, elsewhere.code}
    (contact,) = lines_of(part("contacts"), scope, most=9)
    assert contact.duties == [f"窗口人员 · {town.centre.name}"]
    (look,) = lines_of(part("looks"), scope, most=9)
    assert (look.what, look.by, look.duties) == (["办理记录"], clerk.display_name, contact.duties)


def test_nothing_of_another_person_is_in_it(party, case, monday):
    stranger = factories.make_case(monday, applicant=factories.make_party("李四"))
    scope = own_scope(party)
    for one in PARTS:
        shown = json.dumps([line.model_dump(mode="json") for line in lines_of(one, scope, most=99)], ensure_ascii=False)
        assert stranger.code not in shown


def test_eligibility_and_fees_are_told_with_their_reasons(party, case):
    facts = {
        "eligibility": {
            "overall": "fail",
            "criteria": [{"label": "经济困难", "outcome": "fail", "reason": "高于标准", "basis": "x"}],
        },
        "fee_relief": "申请人是低保、特困等社会救助对象",
    }
    Case.objects.filter(pk=case.pk).update(facts=facts)
    (line,) = lines_of(part("reliefs"), own_scope(party), most=9)
    assert line.result == "不符合"
    assert line.reasons == ["经济困难：不符合。高于标准", "申请人是低保、特困等社会救助对象"]


def test_complaints_stand_by_themselves_too(party, case, monday):
    complaint = factories.make_case(monday, applicant=party, procedure="complaint_legal_aid")
    scope = own_scope(party)
    assert [line.code for line in lines_of(part("complaints"), scope, most=9)] == [complaint.code]
    assert complaint.code in codes(scope)


def test_a_company_has_a_dossier_as_well(town, monday):
    company = factories.make_party("哈尔滨某某食品有限公司", kind="company")
    case = factories.make_case(monday, applicant=company)
    exported = export_own(own_scope(company), "json", at=monday)
    told = Dossier.model_validate_json(exported.content)
    assert (told.person.kind, told.person.name) == ("company", company.name)
    assert [line.code for line in told.cases] == [case.code]


def test_a_duty_is_the_one_of_that_day(town, monday):
    user = town.staff[Role.COUNTER_CLERK]
    held = Membership.objects.get(user=user)
    Membership.objects.filter(pk=held.pk).update(until=monday.date())
    Membership.objects.create(
        user=user, role=Role.DISPATCHER, organisation=town.bureau, since=monday.date() + timedelta(days=1)
    )
    duties = Duties([user.pk])
    assert duties.at(user.pk, monday) == [f"窗口人员 · {town.centre.name}"]
    assert duties.at(user.pk, monday + timedelta(days=2)) == [f"分派员 · {town.bureau.name}"]


# --- who may open it


def test_staff_see_the_cases_of_their_division_and_no_others(party, case, elsewhere, town):
    scope = staff_scope(party, town.actor(Role.SUPERVISOR))
    assert codes(scope) == [case.code]
    for one in PARTS:
        shown = json.dumps([line.model_dump(mode="json") for line in lines_of(one, scope, most=99)], ensure_ascii=False)
        assert elsewhere.code not in shown


def test_whoever_speaks_with_the_person_sees_all_until_the_conversation_ends(party, case, elsewhere, town, monday):
    clerk = town.staff[Role.COUNTER_CLERK]
    actor = Actor.staff(clerk)
    contact = open_contact(party, user=clerk, channel=Channel.COUNTER, found_by="phone")
    assert codes(staff_scope(party, actor)) == [elsewhere.code, case.code]
    close_contact(contact)
    assert codes(staff_scope(party, actor)) == [case.code]


def test_a_will_in_the_sealed_file_is_in_nobody_elses_dossier(party, case, town, monday):
    will = factories.make_case(monday, applicant=party, procedure="notarization_will")
    clerk = town.staff[Role.COUNTER_CLERK]
    open_contact(party, user=clerk, channel=Channel.COUNTER, found_by="phone")
    will_child = factories.make_case(monday, applicant=party, parent=will)
    for actor in (Actor.staff(clerk), town.actor(Role.SUPERVISOR)):
        scope = staff_scope(party, actor)
        shown = [one.lines(list(one.rows(scope))) for one in PARTS]
        assert will_child.code in str(shown)
        assert will.code not in str(shown)
    assert will.code in codes(own_scope(party))


@pytest.mark.parametrize("role", [role for role in Role if ROLES[role].reach is not Reach.OWN])
def test_a_role_alone_opens_nobodys_dossier(role, party, town, monday):
    """No case in reach and no conversation: nobody."""
    home = factories.make_organisation("bureau", region="230203")
    user = factories.make_staff(role, home)
    factories.make_case(monday, applicant=party)
    assert not may_open(Actor.staff(user), party, at=monday)


def test_whoever_handles_single_cases_audits_or_administers_opens_no_dossier(party, case, town, monday):
    closed = {Role.LAWYER, Role.MEDIATOR, Role.AUDITOR, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.NOTARY}
    assert not OPENERS & closed
    for role in closed & set(town.staff):
        assert not may_open(town.actor(role), party, at=monday)
        with pytest.raises(NotYours):
            open_dossier(party, actor=town.actor(role), purpose="contact", words=WORDS)
    assert not may_open(SYSTEM, party, at=monday)
    assert not may_open(Actor.applicant(party.pk), party, at=monday)


@pytest.mark.parametrize(
    ("purpose", "words", "field"),
    [
        ("", WORDS, "purpose"),
        ("curious", WORDS, "purpose"),
        ("contact", "", "words"),
        ("contact", " 看 看 看 ", "words"),
        ("contact", "看" * 121, "words"),
    ],
)
def test_without_a_reason_nothing_is_opened_and_nothing_written(purpose, words, field, party, case, town):
    with pytest.raises(ValidationError) as refused:
        open_dossier(party, actor=town.actor(Role.SUPERVISOR), purpose=purpose, words=words)
    assert list(refused.value.message_dict) == [field]
    assert SensitiveLook.objects.count() == 0


def test_an_opening_is_written_down_before_anything_is_shown(party, case, town, monday):
    ticket = open_dossier(
        party, actor=town.actor(Role.SUPERVISOR), purpose="supervision", words=WORDS, case_code=case.code, at=monday
    )
    look = SensitiveLook.objects.get()
    assert (look.fields, look.case_code, look.at) == ("dossier", case.code, monday)
    assert look.reason == f"督办或者处理投诉：{WORDS}"
    assert opened(ticket, actor=town.actor(Role.SUPERVISOR), at=monday + timedelta(minutes=29)) == look


def test_a_ticket_opens_for_its_owner_alone_and_for_half_an_hour(party, case, town, monday):
    supervisor = town.actor(Role.SUPERVISOR)
    ticket = open_dossier(party, actor=supervisor, purpose="supervision", words=WORDS, at=monday)
    for foreign in (town.actor(Role.COUNTER_CLERK), town.actor(Role.HOTLINE_LEAD), SYSTEM, Actor.applicant(party.pk)):
        with pytest.raises(NotYours):
            opened(ticket, actor=foreign, at=monday)
    for forged in (ticket[:-1], "x", ""):
        with pytest.raises(NotYours):
            opened(forged, actor=supervisor, at=monday)
    with pytest.raises(OpenedTooLongAgo):
        opened(ticket, actor=supervisor, at=monday + timedelta(minutes=31))


def test_a_ticket_is_worth_nothing_once_the_right_is_gone(party, case, town, monday):
    supervisor = town.staff[Role.SUPERVISOR]
    ticket = open_dossier(party, actor=Actor.staff(supervisor), purpose="supervision", words=WORDS, at=monday)
    Membership.objects.filter(user=supervisor).delete()
    fresh = type(supervisor).objects.get(pk=supervisor.pk)
    with pytest.raises(NotYours):
        opened(ticket, actor=Actor.staff(fresh), at=monday)


def test_a_ticket_of_another_look_opens_no_dossier(party, case, town, monday):
    from django.core import signing

    from santai.archive.dossier.opening import SALT
    from santai.trust.looks import write_look

    supervisor = town.staff[Role.SUPERVISOR]
    look = write_look(party.pk, user=supervisor, what=["phone"], reason="电话回访", at=monday)
    with pytest.raises(NotYours):
        opened(signing.dumps(look.pk, salt=SALT), actor=Actor.staff(supervisor), at=monday)


# --- what leaves the house


def taken(party, town, monday, form: str):
    actor = town.actor(Role.SUPERVISOR)
    ticket = open_dossier(party, actor=actor, purpose="supervision", words=WORDS, at=monday)
    look = opened(ticket, actor=actor, at=monday)
    return export_for_staff(staff_scope(party, actor), form, look=look, user=actor.user, at=monday)


def words_of(pdf: bytes) -> str:
    return re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages))


def test_an_export_says_who_took_it_when_and_why_and_is_written_down_twice(party, case, town, monday):
    exported = taken(party, town, monday, "json")
    told = Dossier.model_validate_json(exported.content)
    supervisor = town.staff[Role.SUPERVISOR]
    assert (told.made.by, told.made.at, told.made.scope) == (supervisor.display_name, monday, "staff")
    assert told.made.duties == [f"监督员(司法行政) · {town.bureau.name}"]
    assert WORDS in told.made.reason
    kept = DossierExport.objects.get()
    assert (kept.number, kept.user, kept.party, kept.form) == (told.made.number, supervisor, party, "json")
    assert kept.sha256 == hashlib.sha256(exported.content).hexdigest()
    last = SensitiveLook.objects.order_by("-pk").first()
    assert last.fields == "export"
    assert told.made.number in last.reason
    assert "JSON" in last.reason


def test_an_export_of_staff_holds_no_more_than_their_page(party, case, elsewhere, town, monday):
    for form in ("json", "pdf"):
        content = taken(party, town, monday, form).content
        text = content.decode() if form == "json" else words_of(content)
        assert case.code in text
        for hidden in (elsewhere.code, "王小明", "13812345678", "230102199001011234"):
            assert hidden not in text
        assert json.loads(content)["looks"] == [] if form == "json" else "谁看过" not in text


def test_every_sheet_of_the_pdf_bears_who_when_and_number(party, town, monday):
    for minute in range(45):
        factories.make_case(monday + timedelta(minutes=minute), applicant=party)
    exported = taken(party, town, monday + timedelta(hours=1), "pdf")
    pages = PdfReader(BytesIO(exported.content)).pages
    assert len(pages) > 2
    for page in pages:
        text = re.sub(r"\s", "", page.extract_text())
        assert exported.number in text
        assert town.staff[Role.SUPERVISOR].display_name.replace(" ", "") in text


def test_the_persons_own_export_is_whole_and_written_down(party, case, elsewhere, monday):
    for form in ("json", "pdf"):
        exported = export_own(own_scope(party), form, at=monday)
        text = exported.content.decode() if form == "json" else words_of(exported.content)
        assert {case.code, elsewhere.code} <= set(re.findall(r"\d{19}", text))
        assert "王小明" in text
        kept = DossierExport.objects.get(number=exported.number)
        assert (kept.user, kept.form) == (None, form)
    assert SensitiveLook.objects.count() == 0


def test_words_that_look_like_markup_stay_words(party, town, monday, case):
    Case.objects.filter(pk=case.pk).update(matter='#import "x" *粗* $数$ @引 <标> \\')
    text = words_of(export_own(own_scope(party), "pdf", at=monday).content)
    assert '#import"x"*粗*$数$@引<标>' in text


def test_an_empty_dossier_is_a_page_that_says_so(party, monday):
    exported = export_own(own_scope(party), "pdf", at=monday)
    assert "还没有办过的事" in words_of(exported.content)


def test_what_is_too_long_is_cut_and_says_so(party, town, monday, monkeypatch):
    monkeypatch.setattr(exporting, "MOST_LINES", 2)
    for minute in range(3):
        factories.make_case(monday + timedelta(minutes=minute), applicant=party)
    told = Dossier.model_validate_json(export_own(own_scope(party), "json", at=monday).content)
    assert told.made.is_cut
    assert len(told.cases) == 2
    assert "没有全部列出" in words_of(export_own(own_scope(party), "pdf", at=monday).content)


def test_numbers_of_exports_are_never_given_twice(party, monday):
    numbers = [export_own(own_scope(party), "json", at=monday).number for _ in range(3)]
    assert numbers == ["DA2026000001", "DA2026000002", "DA2026000003"]


def test_the_published_schema_is_the_one_of_the_export(request):
    file = request.config.rootpath / "docs" / "dossier.schema.json"
    told = json.dumps(Dossier.model_json_schema(), ensure_ascii=False, indent=1) + "\n"
    assert file.read_text(encoding="utf-8") == told, f"write it again: {file.name}"
