"""An enterprise's legal check-up: questions from a file, a computed report, a lawyer's opinion, rectification."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from santai.casework.chain import fault_in
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.casework.timeline import citizen_timeline
from santai.documents.models import DocumentKind as Doc
from santai.people.models import Party
from santai.procedures.enterprise_checkup import PROCEDURE
from santai.procedures.rules.enterprise_questions import LEVELS, overall, report, sections
from santai.registry.models import Practitioner
from santai.trust.roles import Role
from santai.workdays.imports import import_package_years
from tests.factories import Town
from tests.procedures.adviser_story import APPLICANT, DECLINE, LAWYER, REASON, SUPERVISOR, Story, on

pytestmark = pytest.mark.django_db
APPLY = {"business": "农产品收购和初加工", "employees": 12, "size": "small", "contact": "李经理 13800000000"}
REVIEW = {"opinion": "劳动用工和合同管理要先整改，其他方面按建议逐步完善。"}
SAFE = {one.id: one.safe for section in sections() for one in section.questions}


class Checkup(Story):
    procedure = "enterprise_checkup"
    name = "某某农产品公司"

    def apply(self, **changes: object) -> Checkup:
        self.take("apply", APPLICANT, {**APPLY, **changes})
        return self

    def assigned(self) -> Checkup:
        self.apply()
        self.take("assign", SUPERVISOR, {"practitioner": self.lawyer.pk, "no_conflict": True})
        return self

    def answer(self, key: str, **changes: str) -> Checkup:
        section = next(one for one in sections() if one.key == key)
        given = {one.id: SAFE[one.id] for one in section.questions} | changes
        self.take(f"answer_{key}", APPLICANT, given)
        return self

    def answered(self, **changes: str) -> Checkup:
        for section in sections():
            mine = {one.id: changes[one.id] for one in section.questions if one.id in changes}
            self.answer(section.key, **mine)
        return self

    def reported(self, **changes: str) -> Checkup:
        self.assigned().answered(**changes)
        self.take("hand_in", APPLICANT)
        self.take("report", LAWYER, REVIEW)
        return self


@pytest.fixture
def story(town: Town, monday: datetime) -> Checkup:
    return Checkup(town, monday)


# --- the questionnaire --------------------------------------------------------------------------------------------


def test_the_questionnaire_has_forty_questions_and_more_in_its_sections() -> None:
    questions = [one for section in sections() for one in section.questions]
    assert len(questions) >= 40
    assert {"劳动用工", "合同管理", "公司治理", "知识产权", "税务财务", "数据与个人信息"} <= {
        s.label for s in sections()
    }


def test_no_question_of_the_file_is_without_risk_advice_and_basis() -> None:
    questions = [one for section in sections() for one in section.questions]
    assert len({one.id for one in questions}) == len(questions)
    for one in questions:
        assert one.text.endswith("？")
        assert 1 <= one.weight <= 5
        assert one.safe in {"yes", "no"}
        assert all((one.risk, one.advice, one.basis))


def test_every_section_has_a_step_of_its_own() -> None:
    steps = {step.name for step in PROCEDURE.steps if step.name.startswith("answer_")}
    assert steps == {f"answer_{section.key}" for section in sections()}


# --- the report ---------------------------------------------------------------------------------------------------


def test_safe_answers_find_nothing() -> None:
    found = report(SAFE)
    assert [one["level"] for one in found] == ["none"] * len(found)
    assert overall(found) == "none"


def test_one_critical_answer_makes_a_section_high() -> None:
    found = {one["key"]: one for one in report({**SAFE, "L01": "no"})}
    assert (found["labour"]["level"], found["labour"]["percent"]) == ("high", round(500 / 38))
    assert found["labour"]["lines"][0]["id"] == "L01"
    assert overall(list(found.values())) == "high"


def test_an_unclear_answer_weighs_half_and_a_question_that_does_not_apply_weighs_nothing() -> None:
    unclear = {one["key"]: one for one in report({**SAFE, "L07": "unsure"})}["labour"]
    assert (unclear["level"], unclear["percent"]) == ("low", 4)
    assert unclear["lines"][0]["risk"].startswith("还不清楚")
    not_asked = {one["key"]: one for one in report({**SAFE, "E01": "na", "E02": "na", "E03": "na"})}["safety"]
    assert (not_asked["level"], not_asked["percent"]) == ("none", 0)


def test_a_fifth_of_the_weight_is_medium_and_half_is_high() -> None:
    labour = next(one for one in sections() if one.key == "labour")
    total = sum(one.weight for one in labour.questions)
    answers = {**SAFE, "L04": "no", "L05": "no"}
    found = {one["key"]: one for one in report(answers)}["labour"]
    assert (found["level"], found["percent"]) == ("medium", round(100 * 8 / total))
    assert LEVELS[found["level"]] == "中风险"


def test_the_worst_section_decides_over_all() -> None:
    assert overall([{"level": "low"}, {"level": "medium"}, {"level": "none"}]) == "medium"


# --- the whole way ------------------------------------------------------------------------------------------------


def test_a_company_is_checked_reported_and_mends(story: Checkup) -> None:
    story.reported(L01="no", C03="no")
    body = story.letter("checkup_report")
    assert "二倍工资" in body
    assert "劳动合同法第十条" in body
    assert story.facts["overall_label"] == "高风险"
    assert "律师的意见" in body
    story.take("feedback", APPLICANT, {"wants_help": True})
    story.take("report_rectified", APPLICANT, {"section": "labour", "done": "和全体员工补签了劳动合同。"},
               Doc.RECTIFICATION)  # fmt: skip
    story.take("follow_up_done", LAWYER, {"section": "labour", "opinion": "已核对签收记录，整改到位。"})
    with pytest.raises(NotFromHere, match="合同管理"):
        story.take("close", LAWYER)
    story.take("report_rectified", APPLICANT, {"section": "contract", "done": "公章专人保管，用印登记。"},
               Doc.RECTIFICATION)  # fmt: skip
    story.take("follow_up_open", LAWYER, {"section": "contract", "opinion": "登记簿还没有连续编号，请补上。"})
    story.take("report_rectified", APPLICANT, {"section": "contract", "done": "已连续编号并专人保管。"})
    story.take("follow_up_done", LAWYER, {"section": "contract", "opinion": "已到位，可以通过。"})
    story.take("close", LAWYER)
    assert (story.state, story.letters[-1]) == ("closed", "checkup_closed")
    assert fault_in(story.case.log.order_by("number"), code=story.case.code, version=story.case.version) == ""


def test_the_company_reads_it_in_plain_words(story: Checkup) -> None:
    story.reported(L01="no")
    told = [line.sentence for line in citizen_timeline(story.case)]
    assert not [sentence for sentence in told if "{" in sentence or "None" in sentence]


def test_a_check_up_is_free_of_charge() -> None:
    forms = [step.form for step in PROCEDURE.steps if step.form and not step.name.startswith("answer_")]
    labels = [str(field.label) for form in forms for field in form.base_fields.values()]
    assert [label for label in labels if "费" in label or "元" in label] == []


# --- applying and inviting ----------------------------------------------------------------------------------------


def test_a_chamber_invites_and_the_company_may_say_no(story: Checkup) -> None:
    data = {"chamber": "道里区商会", "pairing": "万所联万会第3号", "practitioner": story.lawyer.pk,
            "contact": "李经理 13800000000"}  # fmt: skip
    story.take("invite", SUPERVISOR, data)
    assert "要不要做由您决定" in story.letter("checkup_invitation")
    story.take("refuse_invitation", APPLICANT, {})
    assert story.state == "refused"


def test_an_invitation_that_is_accepted_goes_on_like_an_application(story: Checkup) -> None:
    data = {"chamber": "道里区商会", "practitioner": story.lawyer.pk, "contact": "李经理 13800000000"}
    story.take("invite", SUPERVISOR, data)
    story.take("accept_invitation", APPLICANT)
    story.take("assign", SUPERVISOR, {"practitioner": story.lawyer.pk, "no_conflict": True})
    assert (story.state, story.case.organisation) == ("answering", story.town.firm)


def test_a_person_has_no_check_up_and_nobody_twice_a_year(story: Checkup, town: Town) -> None:
    Party.objects.filter(pk=story.case.applicant_id).update(kind=Party.Kind.PERSON)
    with pytest.raises(Missing, match="对象是企业"):
        story.refresh().apply()
    Party.objects.filter(pk=story.case.applicant_id).update(kind=Party.Kind.COMPANY)
    story.refresh().reported(L01="no")
    again = Checkup(
        town,
        story.at + timedelta(days=100),
    )
    again.case.applicant = story.case.applicant
    again.case.save()
    again.citizen = story.citizen
    with pytest.raises(Missing, match="一年内已经体检过"):
        again.apply()
    again.apply(concerns="去年底增资扩股，用工翻了一倍。")


def test_whoever_is_no_lawyer_does_not_check(story: Checkup, town: Town) -> None:
    story.apply()
    mediator = town.staff[Role.MEDIATOR].practitioner  # type: ignore[attr-defined]
    with pytest.raises(Missing, match="由律师办理"):
        story.take("assign", SUPERVISOR, {"practitioner": mediator.pk, "no_conflict": True})
    story.lawyer.standing = Practitioner.Standing.SUSPENDED
    story.lawyer.save()
    with pytest.raises(Missing, match="停止执业"):
        story.take("assign", SUPERVISOR, {"practitioner": story.lawyer.pk, "no_conflict": True})


@pytest.mark.parametrize("role", [Role.LAWYER, Role.DISPATCHER, Role.MEDIATOR])
def test_only_the_bureau_assigns(story: Checkup, role: Role) -> None:
    story.apply()
    with pytest.raises(NotYou):
        story.take("assign", role, {})


# --- answering ----------------------------------------------------------------------------------------------------


def test_every_question_is_answered_before_it_is_handed_in(story: Checkup) -> None:
    story.assigned().answer("labour")
    with pytest.raises(Missing) as refusal:
        story.take("hand_in", APPLICANT)
    assert len(refusal.value.problems) == len(sections()) - 1


def test_a_section_may_be_answered_again_and_handed_back(story: Checkup) -> None:
    story.assigned().answered(L01="no").answer("labour")
    story.take("hand_in", APPLICANT)
    assert story.facts["report"][0]["level"] == "none"
    story.take("send_back", LAWYER, REASON)
    assert story.state == "answering"
    with pytest.raises(Missing, match="从四项里选一项"):
        story.answer("labour", L02="也许")
    story.answer("labour", L02="no")
    story.take("hand_in", APPLICANT)
    assert story.facts["report"][0]["level"] == "high"


def test_the_lawyer_does_not_answer_for_the_company(story: Checkup) -> None:
    story.assigned()
    with pytest.raises(NotYou):
        story.take("answer_labour", LAWYER, {})


# --- after the report ---------------------------------------------------------------------------------------------


def test_only_a_section_with_risk_is_mended(story: Checkup) -> None:
    story.reported(L01="no")
    story.take("feedback", APPLICANT, {})
    with pytest.raises(Missing, match="没有发现风险"):
        story.take("report_rectified", APPLICANT, {"section": "tax", "done": "核对了一遍账目。"})
    story.take("report_rectified", APPLICANT, {"section": "labour", "done": "补签了劳动合同。"})
    with pytest.raises(Missing, match="劳动用工"):
        story.take("follow_up_done", LAWYER, {"section": "contract", "opinion": "看过了没有问题。"})


def test_a_question_about_the_report_waits_for_an_answer(story: Checkup) -> None:
    story.reported(L01="no")
    with pytest.raises(NotFromHere):
        story.take("explain_to_company", LAWYER, {"answer": "没有人问过。"})
    story.take("ask_lawyer", APPLICANT, {"question": "补签合同要不要补发工资？"})
    story.take("explain_to_company", LAWYER, {"answer": "补签以后从签订之日起算，之前的要付二倍工资差额。"})


def test_a_check_up_may_be_stopped_declined_or_withdrawn(town: Town, monday: datetime) -> None:
    stopped = Checkup(town, monday).assigned()
    stopped.take("stop", LAWYER, {"reason": "no_answers", **REASON})
    declined = Checkup(town, monday).apply()
    with pytest.raises(Missing):
        declined.take("decline", SUPERVISOR, {"reason": "not_here"})
    declined.take("decline", SUPERVISOR, {"reason": "not_enterprise", **DECLINE})
    withdrawn = Checkup(town, monday).assigned()
    withdrawn.take("withdraw", APPLICANT, {})
    settled = Checkup(town, monday).reported(L01="no")
    settled.take("settle", APPLICANT, {})
    assert [one.state for one in (stopped, declined, withdrawn, settled)] == [
        "stopped",
        "declined",
        "withdrawn",
        "closed",
    ]
    assert "可以重新申请" in stopped.letter("checkup_stopped")
    assert "不是企业" in declined.letter("checkup_declined")
    assert "高风险" in settled.letter("checkup_closed")


# --- limits -------------------------------------------------------------------------------------------------------


@pytest.fixture
def autumn(town: Town) -> Checkup:
    """Thursday 24 September 2026; 25 to 27 September and 1 to 7 October off, Saturday 10 October works."""
    import_package_years([2026])
    return Checkup(town, on(9, 24))


def test_a_lawyer_is_assigned_and_reports_within_ten_working_days(autumn: Checkup) -> None:
    autumn.apply()
    assert autumn.due("assignment") == date(2026, 10, 15)
    autumn.take("assign", SUPERVISOR, {"practitioner": autumn.lawyer.pk, "no_conflict": True}, on=on(9, 28))
    assert autumn.due("answers") == date(2026, 10, 28)
    autumn.answered()
    autumn.take("hand_in", APPLICANT, on=on(9, 29))
    assert autumn.due("review") == date(2026, 10, 19)


def test_a_second_review_has_ten_days_of_its_own(autumn: Checkup) -> None:
    autumn.assigned().answered()
    autumn.take("hand_in", APPLICANT, on=on(9, 29))
    autumn.take("send_back", LAWYER, REASON, on=on(10, 19))
    autumn.take("hand_in", APPLICANT, on=on(10, 20))
    assert autumn.due("review") == date(2026, 11, 3)


def test_no_limit_of_a_check_up_pretends_to_be_law() -> None:
    assert {clock.confidence for clock in PROCEDURE.clocks} == {"U"}
