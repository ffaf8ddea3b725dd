"""The people of a case besides the applicant: sealed wherever they are kept, plain for whoever may read the case."""

from __future__ import annotations

import json

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from santai.casework.models import Case, CaseParty, LogEntry
from santai.casework.other_parties import is_same_name, kind_of, names_in, others_in
from santai.casework.timeline import citizen_timeline, staff_timeline
from santai.casework.veiled import open_sentence, opened, veil_sentence
from santai.documents.models import DocumentKind as Doc
from santai.documents.models import Letter
from santai.notices.models import Notice
from santai.procedures.forms.fields import SealedNameField
from santai.trust.crypto import encrypt
from santai.trust.immutable import NeverChanged
from santai.trust.roles import Role
from tests import factories
from tests.procedures.arbitration_story import Commercial
from tests.procedures.legal_aid_story import Story
from tests.procedures.mediation_story import Mediation
from tests.web.staff_pages import at_desk

NAME = "欧阳不凡"
SIDE = CaseParty.Side


def everything_kept() -> str:
    """Facts, step data and sentences of every case, as the database has them."""
    facts = list(Case.objects.values_list("facts", flat=True))
    steps = list(LogEntry.objects.values_list("data", "told"))
    notices = list(Notice.objects.values_list("text", flat=True))
    return json.dumps([facts, steps, notices], ensure_ascii=False)


def raw(column: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM casework_caseparty")
        return [row[0] for row in cursor.fetchall()]


@pytest.fixture
def mediated(town, monday) -> Mediation:
    return (
        Mediation(town, monday).apply(other_name=NAME, other_contact="5组12号").reply().accept().name().begin().meet()
    )


def test_no_name_of_the_other_side_is_kept_in_plain_words(town, monday, mediated):
    Story(town, monday).apply(adverse_name=NAME).accept()
    Commercial(town, monday).apply(adverse_name=NAME, adverse_contact="江边街9号")
    kept = everything_kept()
    assert NAME not in kept
    assert "江边街" not in kept
    assert NAME not in "".join(raw("name"))
    assert {row.name for row in CaseParty.objects.all()} == {NAME}
    assert {row.side for row in CaseParty.objects.all()} == {SIDE.OTHER, SIDE.RESPONDENT}


def test_letters_and_both_timelines_name_them(mediated):
    assert any(NAME in line.sentence for line in citizen_timeline(mediated.case))
    assert any(NAME in words for line in staff_timeline(mediated.case) for _, words in line.details)
    assert any(NAME in letter.body for letter in Letter.objects.filter(case_code=mediated.case.code))


def test_a_text_message_speaks_of_the_other_side_without_a_name(mediated):
    texts = list(Notice.objects.filter(case_code=mediated.case.code, way="sms").values_list("text", flat=True))
    assert any("会去问对方愿不愿意" in text for text in texts)


def test_the_case_page_shows_them_and_lists_and_exports_do_not(town, mediated):
    client = at_desk(town.staff[Role.MEDIATOR])
    assert NAME in client.get(f"/desk/cases/{mediated.case.code}").content.decode()
    assert NAME not in client.get("/desk/mine").content.decode()
    sheet = b"".join(client.get("/desk/export?scope=mine").streaming_content).decode()
    assert mediated.case.code in sheet
    assert NAME not in sheet


def test_whoever_may_not_see_the_case_sees_nobody(town, mediated):
    stranger = factories.make_staff(Role.LAWYER, town.other_firm)
    page = at_desk(stranger).get(f"/desk/cases/{mediated.case.code}")
    assert page.status_code == 404
    assert NAME not in page.content.decode()


def test_the_row_says_which_step_named_them_and_is_never_changed(mediated):
    (row,) = CaseParty.objects.filter(case=mediated.case)
    entry = mediated.case.log.get(step="apply")
    assert (row.number, row.field, row.contact, row.kind) == (entry.number, "other_name", "5组12号", "person")
    row.name = "别人"
    with pytest.raises(NeverChanged):
        row.save()
    with pytest.raises(NeverChanged):
        CaseParty.objects.update(side="third")


def test_a_later_step_that_names_somebody_else_holds_and_the_first_is_kept(town, monday):
    case = factories.make_case(monday)
    for number, name in ((2, "甲某"), (3, "乙某")):
        CaseParty.objects.create(case=case, side="other", name=name, field="who", number=number, named_at=monday)
    CaseParty.objects.create(case=case, side="agent", name="丙某", field="agent", number=2, named_at=monday)
    assert {row.name for row in others_in([case])} == {"乙某", "丙某"}
    assert CaseParty.objects.count() == 3


def test_several_names_in_one_field_are_several_people(town, monday):
    story = Mediation(town, monday).apply(other_name="甲某、乙某，某某建筑公司")
    found = {row.name: row.kind for row in CaseParty.objects.filter(case=story.case)}
    assert found == {"甲某": "person", "乙某": "person", "某某建筑公司": "company"}


@pytest.mark.parametrize(("typed", "names"), [("甲、乙；丙", ["甲", "乙", "丙"]), ("甲，甲", ["甲"]), (" 、 ", [])])
def test_names_are_told_apart(typed, names):
    assert names_in(typed) == names


@pytest.mark.parametrize("name", ["某某公司", "榆树村村委会", "道里区人民医院", "老张面馆连锁店"])
def test_a_company_is_known_by_its_name(name):
    assert kind_of(name) == "company"


@pytest.mark.parametrize("name", ["李大山", "欧阳部", "阿迪力·买买提"])
def test_a_person_is_not_taken_for_one(name):
    assert kind_of(name) == "person"


def test_sealed_names_are_compared_by_what_they_say():
    assert is_same_name(encrypt("李大山"), "李大山 ")
    assert not is_same_name(encrypt("李大山"), encrypt("李小山"))


def test_what_only_looks_sealed_is_shown_as_typed():
    assert opened("AQ" + "x" * 60) == "AQ" + "x" * 60
    assert opened({"a": [encrypt("甲"), 3, None]}) == {"a": ["甲", 3, None]}
    assert open_sentence("⟦对方:AQxx⟧") == "⟦对方:AQxx⟧"
    assert veil_sentence(f"去问⟦对方:{encrypt('甲')}⟧") == "去问对方"


@pytest.mark.parametrize("typed", ["、、", "x" * 121, ""])
def test_a_field_for_a_name_refuses_what_names_nobody(typed):
    with pytest.raises(ValidationError):
        SealedNameField(side=SIDE.OTHER).clean(typed)


def test_a_case_that_is_taken_back_leaves_no_row(town, monday):
    story = Mediation(town, monday)
    with pytest.raises(Exception, match="纠纷类型"):
        story.take("apply", Role.APPLICANT, {"other_name": NAME}, Doc.IDENTITY)
    assert not CaseParty.objects.exists()
