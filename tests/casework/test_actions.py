"""`take_step` keeps its promises: one transaction, one writer, three refusals, an unbroken chain."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from santai.casework.access import case_for, cases_for, roles_on, steps_open_to
from santai.casework.actions import open_case, take_step
from santai.casework.chain import fault_in
from santai.casework.codes import code_fault, grouped, tidy
from santai.casework.models import Case, LogEntry
from santai.casework.refusals import Missing, NotFromHere, NotYou, Stale
from santai.notices.models import Notice
from santai.people.parties import open_contact
from santai.trust.actors import SYSTEM, Actor, Channel
from santai.trust.immutable import NeverChanged
from santai.trust.roles import Role
from tests.factories import Town, make_case, make_organisation, make_party, make_staff

pytestmark = pytest.mark.django_db
ANSWER = {"answer": "可以向劳动监察投诉，也可以申请劳动仲裁。"}


def dispatched(town: Town, at: datetime) -> Case:
    case = make_case(at)
    take_step(case, "dispatch", actor=SYSTEM, data={"organisation": town.firm.pk}, at=at)
    return case


def claimed(town: Town, at: datetime) -> Case:
    case = dispatched(town, at)
    take_step(case, "claim", actor=town.actor(Role.LAWYER), at=at + timedelta(hours=1))
    return case


def test_a_need_walks_from_receipt_to_archive(town: Town, monday: datetime) -> None:
    case = claimed(town, monday)
    citizen = Actor.applicant(case.applicant_id)
    lawyer = town.actor(Role.LAWYER)
    take_step(case, "finish", actor=lawyer, data=ANSWER, at=monday + timedelta(days=1))
    take_step(case, "rate", actor=citizen, data={"score": 5}, at=monday + timedelta(days=2))
    take_step(case, "archive", actor=town.actor(Role.COUNTER_CLERK), at=monday + timedelta(days=3))
    case.refresh_from_db()
    assert (case.state, case.rating, case.version, case.due_at) == ("archived", 5, 6, None)
    assert case.closed_at == monday + timedelta(days=3)
    assert fault_in(case.log.order_by("number"), code=case.code, version=case.version) == ""


def test_a_stale_page_is_told_so_and_writes_nothing(town: Town, monday: datetime) -> None:
    case = dispatched(town, monday)
    seen = case.version
    take_step(case, "claim", actor=town.actor(Role.LAWYER), at=monday)
    with pytest.raises(Stale):
        take_step(case, "finish", actor=town.actor(Role.LAWYER), data=ANSWER, at=monday, version=seen)
    assert case.log.count() == 3


def test_of_two_who_hold_the_same_page_only_the_first_moves_the_case(town: Town, monday: datetime) -> None:
    case = dispatched(town, monday)
    colleague = make_staff(Role.LAWYER, town.firm)
    mine, theirs = Case.objects.get(pk=case.pk), Case.objects.get(pk=case.pk)
    take_step(mine, "claim", actor=town.actor(Role.LAWYER), at=monday)
    with pytest.raises(Stale):
        take_step(theirs, "claim", actor=Actor.staff(colleague), at=monday)
    case.refresh_from_db()
    assert case.handler == town.staff[Role.LAWYER]
    assert case.log.count() == case.version == 3


def test_a_refused_step_leaves_no_trace(town: Town, monday: datetime) -> None:
    case = claimed(town, monday)
    before = (case.log.count(), Notice.objects.count())
    with pytest.raises(Missing) as caught:
        take_step(case, "finish", actor=town.actor(Role.LAWYER), data={"answer": ""}, at=monday + timedelta(hours=2))
    assert "answer" in caught.value.fields
    assert (case.log.count(), Notice.objects.count()) == before


def test_the_wrong_role_is_refused(town: Town, monday: datetime) -> None:
    case = claimed(town, monday)
    with pytest.raises(NotYou):
        take_step(case, "finish", actor=town.actor(Role.SUPERVISOR), data=ANSWER, at=monday + timedelta(hours=2))


def test_the_wrong_order_is_refused(town: Town, monday: datetime) -> None:
    case = make_case(monday)
    with pytest.raises(NotFromHere):
        take_step(case, "archive", actor=town.actor(Role.DISPATCHER), at=monday)


def test_time_never_runs_backwards_in_a_log(town: Town, monday: datetime) -> None:
    case = dispatched(town, monday)
    with pytest.raises(NotFromHere, match="早于"):
        take_step(case, "claim", actor=town.actor(Role.LAWYER), at=monday - timedelta(minutes=1))


def test_a_changed_entry_breaks_the_chain(town: Town, monday: datetime) -> None:
    case = claimed(town, monday)
    log = list(case.log.order_by("number"))
    log[1].data = {**log[1].data, "reasons": "另有原因"}
    assert "entry 2 was changed" in fault_in(log, code=case.code)
    sound = list(case.log.order_by("number"))
    assert "is missing" in fault_in([sound[0], sound[2]], code=case.code)
    assert "are expected" in fault_in(sound[:2], code=case.code, version=3)


def test_the_database_refuses_to_change_or_delete_the_log(town: Town, monday: datetime) -> None:
    entry = make_case(monday).log.get()
    with pytest.raises(NeverChanged):
        LogEntry.objects.filter(pk=entry.pk).update(told="x")
    from django.db import connection

    for sql in ("UPDATE casework_logentry SET told='x'", "DELETE FROM casework_logentry"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_a_second_return_goes_to_the_arbiter_and_a_ruling_ends_it(town: Town, monday: datetime) -> None:
    case = dispatched(town, monday)
    reason = {"reason": "not_our_duty", "ground": "律师法第二条", "explanation": "属于调解事项"}
    lawyer, mediator = town.actor(Role.LAWYER), town.actor(Role.MEDIATOR)
    take_step(case, "return_order", actor=lawyer, data={**reason, "better_owner": town.mediation.pk}, at=monday)
    take_step(
        case, "redispatch", actor=town.actor(Role.DISPATCHER), data={"organisation": town.mediation.pk}, at=monday
    )
    with pytest.raises(NotFromHere, match="已经退回过一次"):
        take_step(case, "return_order", actor=mediator, data={**reason, "better_owner": town.firm.pk}, at=monday)
    take_step(case, "contest", actor=mediator, data={**reason, "better_owner": town.firm.pk}, at=monday)
    assert case.state == "disputed"
    ruling = {"organisation": town.firm.pk, "ruling": "由律师事务所主办"}
    take_step(case, "rule_owner", actor=town.actor(Role.SUPERVISOR), data=ruling, at=monday)
    names = {step.name for step in steps_open_to(case, lawyer, at=monday)}
    assert "claim" in names
    assert not names & {"return_order", "contest"}


def test_a_return_must_name_another_owner(town: Town, monday: datetime) -> None:
    case = dispatched(town, monday)
    data = {
        "reason": "not_our_duty",
        "ground": "律师法第二条",
        "explanation": "不属于我们",
        "better_owner": town.firm.pk,
    }
    with pytest.raises(Missing, match="不能是本单位"):
        take_step(case, "return_order", actor=town.actor(Role.LAWYER), data=data, at=monday)


def test_claiming_is_due_two_working_days_after_dispatch(town: Town, monday: datetime) -> None:
    case = dispatched(town, monday)
    assert case.due_clock == "claim"
    assert case.due_at is not None
    assert case.due_at.astimezone(monday.tzinfo).date().isoformat() == "2026-03-04"


def test_an_extension_must_be_asked_for_granted_and_never_twice(town: Town, monday: datetime) -> None:
    case = claimed(town, monday)
    lawyer, dispatcher = town.actor(Role.LAWYER), town.actor(Role.DISPATCHER)
    later = monday + timedelta(days=1)
    wish = {"amount": 3, "reason": "需要调取工资流水"}
    with pytest.raises(NotFromHere):
        take_step(case, "extend", actor=dispatcher, data=wish, at=later)
    take_step(case, "ask_extension", actor=lawyer, data=wish, at=later)
    take_step(case, "extend", actor=dispatcher, data=wish, at=later)
    assert case.due_at is not None
    assert case.due_at.astimezone(monday.tzinfo).date().isoformat() == "2026-03-12"
    with pytest.raises(NotFromHere, match="只能申请一次"):
        take_step(case, "ask_extension", actor=lawyer, data=wish, at=later)


def test_a_dissatisfied_citizen_is_revisited_and_the_work_is_redone(town: Town, monday: datetime) -> None:
    case = claimed(town, monday)
    citizen, lawyer = Actor.applicant(case.applicant_id), town.actor(Role.LAWYER)
    hour = timedelta(hours=1)
    take_step(case, "finish", actor=lawyer, data=ANSWER, at=monday + 2 * hour)
    take_step(case, "rate_poor", actor=citizen, data={"score": 1, "comment": "没说清楚"}, at=monday + 3 * hour)
    take_step(
        case,
        "order_redo",
        actor=town.actor(Role.HOTLINE_LEAD),
        data={"explanation": "请重新答复"},
        at=monday + 4 * hour,
    )
    assert (case.state, case.due_clock) == ("redoing", "redo")
    take_step(case, "finish", actor=lawyer, data=ANSWER, at=monday + 5 * hour)
    take_step(case, "rate", actor=citizen, data={"score": 4}, at=monday + 6 * hour)
    assert (case.state, case.rating) == ("rated", 4)


def test_an_order_referred_to_legal_aid_opens_a_child_at_the_nearest_body(town: Town, monday: datetime) -> None:
    case = claimed(town, monday)
    take_step(
        case,
        "refer",
        actor=town.actor(Role.LAWYER),
        data={"procedure": "legal_aid_civil"},
        at=monday + timedelta(hours=2),
    )
    child = case.children.get()
    assert (case.state, child.organisation, child.applicant) == ("referred", town.legal_aid, case.applicant)
    assert child in cases_for(town.actor(Role.LEGAL_AID_OFFICER))
    assert child not in cases_for(Actor.staff(make_staff(Role.LEGAL_AID_OFFICER, make_organisation("legal_aid"))))


def test_a_stranger_sees_nothing(town: Town, monday: datetime) -> None:
    case = dispatched(town, monday)
    far_clerk = make_staff(Role.COUNTER_CLERK, make_organisation("centre", region="230602"))
    for actor in (Actor.staff(far_clerk), Actor.applicant(make_party().pk), town.actor(Role.SYSTEM_ADMIN)):
        with pytest.raises(Case.DoesNotExist):
            case_for(actor, case.code)
        assert roles_on(case, actor) == frozenset()


def test_a_clerk_elsewhere_may_continue_while_the_person_is_at_the_counter(town: Town, monday: datetime) -> None:
    case = dispatched(town, monday)
    clerk = make_staff(Role.COUNTER_CLERK, make_organisation("centre", region="230602"))
    open_contact(case.applicant, user=clerk, channel=Channel.COUNTER, found_by="id_number", at=monday)
    actor = Actor.staff(clerk, Channel.COUNTER)
    assert case_for(actor, case.code, at=monday) == case
    take_step(case, "add", actor=actor, data={"text": "补充：有工资条"}, at=monday + timedelta(minutes=5))
    with pytest.raises(Case.DoesNotExist):
        case_for(actor, case.code, at=monday + timedelta(hours=3))


def test_once_claimed_a_case_is_the_handlers_and_no_longer_the_colleagues(town: Town, monday: datetime) -> None:
    colleague = Actor.staff(make_staff(Role.LAWYER, town.firm))
    case = dispatched(town, monday)
    assert case in cases_for(colleague)
    take_step(case, "claim", actor=town.actor(Role.LAWYER), at=monday)
    assert case not in cases_for(colleague)


def test_an_auditor_reads_and_does_nothing(town: Town, monday: datetime) -> None:
    case = dispatched(town, monday)
    auditor = town.actor(Role.AUDITOR)
    assert case_for(auditor, case.code) == case
    assert steps_open_to(case, auditor, at=monday) == []


def test_a_step_takes_few_queries(town: Town, monday: datetime, django_assert_max_num_queries) -> None:
    case = dispatched(town, monday)
    actor = town.actor(Role.LAWYER)
    roles_on(case, actor)
    with django_assert_max_num_queries(10):
        take_step(case, "claim", actor=actor, at=monday)


def test_codes_are_unique_readable_and_catch_a_slip(monday: datetime) -> None:
    first, second = make_case(monday), make_case(monday)
    assert first.code != second.code
    assert first.code.startswith("230102012026")
    assert tidy(grouped(first.code)) == first.code
    assert code_fault(first.code) == ""
    wrong = first.code[:-3] + str((int(first.code[-3]) + 1) % 10) + first.code[-2:]
    assert "输错" in code_fault(wrong)
    assert "少输了1位" in code_fault(first.code[:-1])


def test_a_case_of_a_procedure_without_a_version_in_force_is_not_opened(monday: datetime) -> None:
    with pytest.raises(KeyError):
        open_case(
            "legal_aid_civil",
            applicant=make_party(),
            region="230102",
            text="x",
            channel=Channel.WEB,
            actor=SYSTEM,
            at=monday.replace(year=2019),
        )


def test_an_order_answered_at_the_desk_is_redone_at_the_desk(town: Town, monday: datetime) -> None:
    case, agent = make_case(monday), town.actor(Role.HOTLINE_AGENT)
    take_step(case, "answer_now", actor=agent, data=ANSWER, at=monday)
    citizen, why = Actor.applicant(case.applicant_id), {"explanation": "请重新答复"}
    take_step(case, "rate_poor", actor=citizen, data={"score": 2, "comment": "没听懂"}, at=monday)
    take_step(case, "order_redo", actor=town.actor(Role.HOTLINE_LEAD), data=why, at=monday)
    take_step(case, "answer_now", actor=agent, data=ANSWER, at=monday)
    assert case.state == "finished"


def test_the_desk_does_not_answer_over_the_head_of_the_handler(town: Town, monday: datetime) -> None:
    case = claimed(town, monday)
    citizen, later = Actor.applicant(case.applicant_id), monday + timedelta(hours=2)
    take_step(case, "finish", actor=town.actor(Role.LAWYER), data=ANSWER, at=later)
    take_step(case, "rate_poor", actor=citizen, data={"score": 2, "comment": "没听懂"}, at=later)
    take_step(case, "order_redo", actor=town.actor(Role.HOTLINE_LEAD), data={"explanation": "请重新答复"}, at=later)
    with pytest.raises(NotFromHere, match="承办单位"):
        take_step(case, "answer_now", actor=town.actor(Role.HOTLINE_AGENT), data=ANSWER, at=later)


def test_a_dispatch_is_undone_before_it_is_claimed(town: Town, monday: datetime) -> None:
    case = dispatched(town, monday)
    other = {"organisation": town.other_firm.pk}
    take_step(case, "transfer", actor=town.actor(Role.DISPATCHER), data=other, at=monday)
    assert (case.state, case.organisation) == ("dispatched", town.other_firm)
