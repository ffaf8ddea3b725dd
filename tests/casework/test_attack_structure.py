"""What must not be possible even for code that means well: half steps, lost logs, dirty objects, silent tampering."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError

from santai.casework import actions, kernel, periodic, telling
from santai.casework.access import case_for, log_of
from santai.casework.actions import open_case, take_step
from santai.casework.audit import broken_chains
from santai.casework.chain import fault_in
from santai.casework.models import Case, CaseClock, LogEntry
from santai.casework.reading import clocks_of
from santai.casework.refusals import Missing, NotFromHere, NotYou, Refused, Stale
from santai.casework.signals import step_taken
from santai.casework.timeline import citizen_timeline
from santai.casework.worklist import filtered, worklist
from santai.documents.models import Letter, Serial
from santai.notices.models import Notice
from santai.trust.actors import SYSTEM, Actor, Channel
from santai.trust.roles import Role
from tests.factories import Town, make_case, make_file, make_organisation, make_party, make_staff

pytestmark = pytest.mark.django_db
ANSWER = {"answer": "可以向劳动监察投诉，也可以申请劳动仲裁。"}


def dispatched(town: Town, at: datetime) -> Case:
    case = make_case(at)
    take_step(case, "dispatch", actor=SYSTEM, data={"organisation": town.firm.pk}, at=at)
    return case


def claimed(town: Town, at: datetime) -> Case:
    case = dispatched(town, at)
    take_step(case, "claim", actor=town.actor(Role.LAWYER), at=at)
    return case


def written(case: Case) -> tuple[Any, ...]:
    clocks = sorted(CaseClock.objects.filter(case=case).values_list("name", "condition", "due_at"))
    counts = (LogEntry.objects.count(), Notice.objects.count(), Letter.objects.count(), case.documents.count())
    serials = sorted(Serial.objects.values_list("prefix", "last"))
    return Case.objects.filter(pk=case.pk).values_list().get(), clocks, counts, serials


def held(case: Case) -> dict[str, Any]:
    """The case as the caller's object has it, related objects included."""
    return {**case.__dict__, "_state": None, "related": dict(case._state.fields_cache)}


# --- deleting -----------------------------------------------------------------------------------------------------


def test_a_case_with_a_log_cannot_be_deleted(town: Town, monday: datetime) -> None:
    case = dispatched(town, monday)
    for delete in (case.delete, Case.objects.filter(pk=case.pk).delete):
        with pytest.raises(ProtectedError):
            delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        delete_by_hand(case)
    assert Case.objects.filter(pk=case.pk).exists()


def delete_by_hand(case: Case) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM casework_caseclock")
        cursor.execute("DELETE FROM casework_case WHERE id = %s", [case.pk])
    connection.check_constraints()


@pytest.mark.parametrize("record", ["applicant", "organisation", "handler"])
def test_who_is_named_on_a_case_cannot_be_deleted(town: Town, monday: datetime, record: str) -> None:
    case = claimed(town, monday)
    with pytest.raises(ProtectedError):
        getattr(case, record).delete()


def test_an_entry_is_neither_saved_twice_nor_replaced_in_bulk(town: Town, monday: datetime) -> None:
    entry = dispatched(town, monday).log.latest("number")
    entry.told = "另一句话"
    with pytest.raises(Exception, match="never changed"):
        entry.save()
    for attack in (
        lambda: LogEntry.objects.bulk_update([entry], ["told"]),
        lambda: LogEntry.objects.bulk_create(
            [entry], update_conflicts=True, unique_fields=["id"], update_fields=["told"]
        ),
        lambda: LogEntry.objects.filter(pk=entry.pk)._raw_delete("default"),
    ):
        with pytest.raises(Exception, match="never changed"), transaction.atomic():
            attack()
    assert LogEntry.objects.get(pk=entry.pk).told != "另一句话"


def test_a_state_written_behind_the_kernels_back_is_found_by_the_audit(town: Town, monday: datetime) -> None:
    case, sound = dispatched(town, monday), dispatched(town, monday)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE casework_case SET state = 'archived' WHERE id = %s", [case.pk])
    assert dict(broken_chains(Case.objects.order_by("pk"))) == {case.code: "state is archived, the log says dispatched"}
    assert sound.code not in dict(broken_chains(Case.objects.all()))


def test_the_same_number_is_never_given_to_two_entries_of_a_case(town: Town, monday: datetime) -> None:
    entry = dispatched(town, monday).log.latest("number")
    entry.pk, entry._state.adding = None, True
    with pytest.raises(DatabaseError), transaction.atomic():
        entry.save(force_insert=True)


# --- all or nothing -----------------------------------------------------------------------------------------------


REFUSALS = {
    "wrong role": ("finish", Role.SUPERVISOR, ANSWER, NotYou),
    "wrong order": ("archive", Role.LAWYER, {}, NotFromHere),
    "missing field": ("finish", Role.LAWYER, {"answer": ""}, Missing),
    "guard": ("ask_for_more", Role.LAWYER, {"what": "请交来工资条", "by": "2026-03-01"}, Missing),
    "history": ("extend", Role.DISPATCHER, {"amount": 2, "reason": "需要调取流水"}, NotFromHere),
    "unknown step": ("dance", Role.LAWYER, {}, NotFromHere),
}


@pytest.mark.parametrize("kind", REFUSALS)
def test_a_refusal_leaves_the_database_and_the_callers_object_as_they_were(
    town: Town, monday: datetime, kind: str
) -> None:
    case = claimed(town, monday)
    name, role, data, refusal = REFUSALS[kind]
    before, object_before = written(case), held(case)
    with pytest.raises(refusal):
        take_step(case, name, actor=town.actor(role), data=data, documents=[(make_file(), "other")], at=monday)
    assert (written(case), held(case)) == (before, object_before)


@pytest.mark.parametrize("place", ["_store_clocks", "send_notices", "_swap", "listener"])
def test_a_crash_anywhere_leaves_the_database_and_the_callers_object_as_they_were(
    town: Town, monday: datetime, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise OSError("the disk is full")

    case = dispatched(town, monday)
    before, object_before = written(case), held(case)
    if place == "listener":
        step_taken.connect(fail)
    else:
        monkeypatch.setattr(actions, place, fail)
    try:
        with pytest.raises(OSError, match="full"):
            take_step(case, "claim", actor=town.actor(Role.LAWYER), at=monday)
    finally:
        step_taken.disconnect(fail)
    assert (written(case), held(case)) == (before, object_before)
    monkeypatch.undo()
    take_step(case, "claim", actor=town.actor(Role.LAWYER), at=monday)
    assert fault_in(case.log.order_by("number"), code=case.code, version=3) == ""


def test_whoever_lost_the_race_still_holds_what_they_saw_and_can_read_it_anew(town: Town, monday: datetime) -> None:
    case = dispatched(town, monday)
    page = Case.objects.get(pk=case.pk)
    take_step(case, "claim", actor=town.actor(Role.LAWYER), at=monday)
    for _ in range(2):
        with pytest.raises(Stale):
            take_step(page, "claim", actor=town.actor(Role.LAWYER), at=monday)
        assert (page.state, page.version, page.handler) == ("dispatched", 2, None)
    page.refresh_from_db()
    take_step(page, "finish", actor=town.actor(Role.LAWYER), data=ANSWER, at=monday)
    assert fault_in(page.log.order_by("number"), code=page.code, version=page.version) == ""


def test_a_step_inside_a_transaction_that_fails_later_leaves_nothing(town: Town, monday: datetime) -> None:
    case = dispatched(town, monday)
    before = written(case)

    def claim_and_fail() -> None:
        take_step(case, "claim", actor=town.actor(Role.LAWYER), at=monday)
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"), transaction.atomic():
        claim_and_fail()
    assert written(case) == before


def test_after_an_undone_step_the_object_read_anew_does_not_remember_it(town: Town, monday: datetime) -> None:
    """Else the next entry would follow one that never was, and clocks that were undone would count as written."""
    case = dispatched(town, monday)
    with transaction.atomic():
        take_step(case, "claim", actor=town.actor(Role.LAWYER), at=monday)
        transaction.set_rollback(True)
    other = Case.objects.get(pk=case.pk)
    take_step(other, "urge", actor=Actor.applicant(other.applicant_id), at=monday)
    case.refresh_from_db()
    assert [entry.step for entry in log_of(case)] == ["open", "dispatch", "urge"]
    take_step(case, "claim", actor=town.actor(Role.LAWYER), at=monday)
    assert fault_in(case.log.order_by("number"), code=case.code, version=case.version) == ""
    stored = {one.name: one.condition for one in CaseClock.objects.filter(case=case)}
    assert stored == {one.clock.name: one.condition.value for one in clocks_of(case, now=monday)}


def test_a_refused_child_leaves_no_parent_behind(town: Town, monday: datetime) -> None:
    """Referred on a day before the law was in force: no crash, no half-opened child."""
    early = monday.replace(year=2023, month=3, day=6)
    case = claimed(town, early)
    before = written(case)
    with pytest.raises(Missing, match="没有施行"):
        take_step(case, "refer", actor=town.actor(Role.LAWYER), data={"procedure": "legal_aid_civil"}, at=early)
    assert (written(case), case.children.count()) == (before, 0)


# --- what is filled in --------------------------------------------------------------------------------------------

NASTY = [
    "\x00",
    "\ud800 half a character",
    "😭" * 3000,
    "<script>alert(1)</script>",
    "{organisation} {0} %s {}",
    "9" * 400,
    "' OR 1=1 --",
    "\u202e\u200b",
    None,
    [],
    {},
    ["a", "b"],
    {"a": 1},
    True,
    -1,
    10**30,
    1.5,
]


STEPS_WITH_FORMS = {
    "finish": Role.LAWYER,
    "contact": Role.LAWYER,
    "ask_for_more": Role.LAWYER,
    "ask_extension": Role.LAWYER,
    "assign": Role.DISPATCHER,
    "transfer": Role.DISPATCHER,
    "refer": Role.LAWYER,
    "add": Role.APPLICANT,
}


@pytest.mark.parametrize("name", STEPS_WITH_FORMS)
def test_whatever_is_filled_in_the_step_is_taken_or_refused(town: Town, monday: datetime, name: str) -> None:
    case, role = claimed(town, monday), STEPS_WITH_FORMS[name]
    actor = Actor.applicant(case.applicant_id) if role == Role.APPLICANT else town.actor(role)
    fields = actions.procedure_of(case).step(name).form.base_fields
    for value in NASTY:
        with transaction.atomic():
            page = Case.objects.select_related("applicant", "organisation", "handler").get(pk=case.pk)
            refusal = None
            try:
                take_step(page, name, actor=actor, data={**dict.fromkeys(fields, value), "stray": value}, at=monday)
            except Refused as caught:
                refusal = caught
            assert refusal is None or (refusal.problems and refusal.todo), value
            assert fault_in(page.log.order_by("number"), code=page.code, version=page.version) == "", value
            transaction.set_rollback(True)


def test_a_brace_in_an_answer_is_a_brace(town: Town, monday: datetime) -> None:
    case = claimed(town, monday)
    answer = {"answer": "依据{organisation}与{0}，请看<b>附件</b>。"}
    assert (
        "{organisation}与{0}" in take_step(case, "finish", actor=town.actor(Role.LAWYER), data=answer, at=monday).told
    )


def test_a_long_answer_reaches_the_citizen_whole_and_the_phone_in_short(town: Town, monday: datetime) -> None:
    case = claimed(town, monday)
    answer = "第一步，保留工资条。" * 480 + "最后一步，申请仲裁。"
    take_step(case, "finish", actor=town.actor(Role.LAWYER), data={"answer": answer}, at=monday)
    assert answer in citizen_timeline(case)[-1].sentence
    sms = Notice.objects.get(once=f"{case.code}:4:party").text
    assert len(sms) <= 500
    assert sms.endswith(f"案码{case.code}。{telling.HOTLINE}")


@pytest.mark.parametrize("code", ["", "\x00", "230102\x00", "\ud800", "' OR 1=1", "9" * 5000, "2301020120260000011 "])
def test_a_code_that_is_none_finds_nothing(town: Town, monday: datetime, code: str) -> None:
    make_case(monday)
    with pytest.raises(Case.DoesNotExist):
        case_for(town.actor(Role.DISPATCHER), code)


@pytest.mark.parametrize("value", ["\x00", "²", "９", "9" * 5000, "' OR 1=1", "-1", "💥"])
def test_a_filter_nobody_offers_finds_nothing_or_is_left_out(town: Town, monday: datetime, value: str) -> None:
    make_case(monday)
    for key in ("procedure", "state", "matter", "channel", "urgency", "organisation", "region", "due"):
        assert list(filtered(Case.objects.all(), {key: value}, at=monday)) is not None
    assert worklist(town.actor(Role.DISPATCHER), "region", cursor=value, at=monday).rows


# --- who is written into the log ----------------------------------------------------------------------------------


def test_a_clerk_who_takes_a_need_for_another_county_is_named_as_clerk(town: Town, monday: datetime) -> None:
    clerk = make_staff(Role.COUNTER_CLERK, make_organisation("centre", region="230602"))
    case = open_case(
        "work_order",
        applicant=make_party(),
        region="230102",
        text="老板拖欠三个月工资",
        channel=Channel.COUNTER,
        actor=Actor.staff(clerk, Channel.COUNTER),
        at=monday,
    )
    assert case.log.get().role == Role.COUNTER_CLERK


def test_the_child_is_opened_in_the_name_of_whoever_referred_the_case(town: Town, monday: datetime) -> None:
    case = claimed(town, monday)
    take_step(case, "refer", actor=town.actor(Role.LAWYER), data={"procedure": "legal_aid_civil"}, at=monday)
    assert case.children.get().log.get(number=1).role == Role.LAWYER


# --- by itself ----------------------------------------------------------------------------------------------------


def test_one_case_that_fails_does_not_hold_up_the_timed_steps_of_the_others(
    town: Town, monday: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = [claimed(town, monday) for _ in range(3)]
    for case in cases:
        take_step(case, "finish", actor=town.actor(Role.LAWYER), data=ANSWER, at=monday)
    real = periodic.take_step

    def failing(case: Case, name: str, **rest: Any) -> LogEntry:
        if case.pk == cases[0].pk:
            raise RuntimeError("nobody thought of this")
        return real(case, name, **rest)

    monkeypatch.setattr(periodic, "take_step", failing)
    assert periodic.take_timed_steps(at=monday + timedelta(days=40)) == 2


def test_a_calendar_noticed_late_is_set_right_by_the_night(town: Town, monday: datetime) -> None:
    case = claimed(town, monday)
    due = case.due_at
    Case.objects.filter(pk=case.pk).update(due_at=due - timedelta(days=1))
    periodic.read_running_clocks_again(at=monday)
    case.refresh_from_db()
    assert case.due_at == due


def test_two_files_with_one_version_of_a_procedure_are_a_fault_and_not_a_lottery(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import importlib
    from types import SimpleNamespace

    table = kernel.procedure_in_force("work_order", datetime(2026, 3, 2).date())  # noqa: DTZ001
    monkeypatch.setattr(kernel.pkgutil, "iter_modules", lambda _: [SimpleNamespace(name=n) for n in ("one", "two")])
    monkeypatch.setattr(importlib, "import_module", lambda _: SimpleNamespace(PROCEDURE=table, __path__=[]))
    with pytest.raises(kernel.FaultyProcedure, match="defined twice"):
        kernel._scan.__wrapped__()
