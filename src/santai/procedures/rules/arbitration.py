"""The conditions that every kind of arbitration shares: what is pending, hearings, service, windows that close."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.timezone import localdate

from santai.casework.clocks import Reading, latest_day_before
from santai.casework.kernel import Attempt, Guard
from santai.casework.parameters import clock_overrides
from santai.casework.reading import clocks_of
from santai.casework.refusals import Missing, NotFromHere
from santai.casework.terms import Amount
from santai.documents.models import DocumentKind
from santai.procedures.forms.arbitration import AWARD_KINDS
from santai.procedures.rules.conditions import kinds_on, lacking, latest, not_in_the_future
from santai.procedures.rules.roles import PERSON

# --- what is pending ----------------------------------------------------------------------------------------------


def waits(attempt: Attempt, asked: str, *answers: str) -> bool:
    """Somebody asked, and nobody has answered yet."""
    found = latest(attempt.log, asked, *answers)
    return found is not None and found.step == asked


def only_when_asked(asked: str, *answers: str, nothing: str) -> Guard:
    def guard(attempt: Attempt) -> None:
        if not waits(attempt, asked, *answers):
            raise NotFromHere(nothing, todo="有人提出以后再办理。")

    return guard


def not_while_asked(asked: str, *answers: str, pending: str) -> Guard:
    def guard(attempt: Attempt) -> None:
        if waits(attempt, asked, *answers):
            raise NotFromHere(pending, todo="请先对它作出决定。")

    return guard


RECUSAL = ("ask_recusal", "replace_arbitrator", "keep_arbitrator")
SUSPENSION = ("suspend", "resume")
CORRECTION = ("ask_correction", "correct", "refuse_correction")

recusal_is_asked = only_when_asked(*RECUSAL, nothing="没有待决定的回避申请")
no_recusal_pending = not_while_asked(*RECUSAL, pending="有回避申请还没有决定")
is_suspended = only_when_asked(*SUSPENSION, nothing="仲裁程序没有中止")
not_suspended = not_while_asked(*SUSPENSION, pending="仲裁程序正在中止")
correction_is_asked = only_when_asked(*CORRECTION, nothing="没有待答复的补正请求")
postponement_is_asked = only_when_asked(
    "ask_postponement", "refuse_postponement", "set_hearing", "hold_hearing", nothing="没有待答复的延期请求"
)
no_correction_pending = not_while_asked(*CORRECTION, pending="有补正请求还没有答复")


def speaks_for_own_side(attempt: Attempt) -> None:
    """The other side is not on the platform: what it asks for is recorded by the secretary."""
    if attempt.role in PERSON and attempt.data["side"] != "applicant":
        raise Missing("您只能代表申请人提出", todo="请选“申请人”。", fields={"side": ["请选“申请人”。"]})


# --- what letters say ---------------------------------------------------------------------------------------------


def keep_basis(attempt: Attempt) -> dict[str, Any]:
    """The article under which a letter is issued is that of the row; versions of a law differ in it."""
    return {"facts": {"basis": attempt.step.basis}}


def keep_approval(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"basis": attempt.step.basis, "approved_by": attempt.actor.name}}


def keep_grounds(choices: list[tuple[str, str]], field: str = "reason") -> Any:
    labels = dict(choices)

    def changes(attempt: Attempt) -> dict[str, Any]:
        return {"facts": {"basis": attempt.step.basis, "reason_label": labels[attempt.data[field]]}}

    return changes


def place_of(attempt: Attempt, name: str) -> str:
    return attempt.data[name] or attempt.case.region


def is_here(attempt: Attempt, *places: str) -> bool:
    """One of the places lies in the division of the body that holds the case."""
    body = attempt.case.organisation
    return body is None or any(place.startswith(body.region_id) for place in places if place)


def agent_is_authorised(attempt: Attempt) -> list[str]:
    has_agent = attempt.case.facts["application"]["agent"]
    without = has_agent and DocumentKind.AUTHORISATION not in kinds_on(attempt.case)
    return [f"写了代理人，缺少材料：{DocumentKind.AUTHORISATION.label}"] if without else []


# --- hearing ------------------------------------------------------------------------------------------------------


def limit_of(attempt: Attempt, id: str, default: Amount) -> Amount:
    """A time before an event, which a province may replace like a clock of that id."""
    return clock_overrides(attempt.case.region, localdate(attempt.case.opened_at)).get(id, default)


def noticed_in_time(id: str, default: Amount) -> Guard:
    """The notice goes out so long before the hearing."""

    def guard(attempt: Attempt) -> None:
        lead, held_on = limit_of(attempt, id, default), attempt.data["hearing_on"]
        last = latest_day_before(held_on, lead, attempt.case.region)
        if localdate(attempt.at) > last:
            raise Missing(
                f"开庭通知应当在开庭{lead}前送达，这次最晚应在{last:%Y-%m-%d}通知",
                todo="请把开庭日期往后排。",
                fields={"hearing_on": [f"距今天不足{lead}。"]},
            )

    return guard


def asked_in_time(id: str, default: Amount) -> Guard:
    """A postponement is asked for so long before the hearing."""

    def guard(attempt: Attempt) -> None:
        lead, held_on = limit_of(attempt, id, default), hearing_day(attempt)
        if held_on and localdate(attempt.at) > latest_day_before(held_on, lead, attempt.case.region):
            raise Missing(f"请求延期开庭应当在开庭{lead}前提出", todo="有特殊情况的，请直接联系仲裁秘书。")

    return guard


def hearing_day(attempt: Attempt) -> date | None:
    kept = attempt.case.facts.get("hearing", {}).get("hearing_on")
    return date.fromisoformat(kept) if kept else None


def keep_hearing(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"hearing": dict(attempt.data), "basis": attempt.step.basis}}


def held_as_announced(attempt: Attempt) -> None:
    no_recusal_pending(attempt)
    not_suspended(attempt)
    not_in_the_future(attempt, "held_on")
    announced = hearing_day(attempt)
    if announced is None:
        raise Missing("还没有有效的开庭通知", todo="请先发开庭通知。")
    if attempt.data["held_on"] < announced:
        raise Missing(
            f"开庭日期早于通知的{announced:%Y-%m-%d}",
            todo="改期的，请先重新发开庭通知。",
            fields={"held_on": ["不能早于通知的开庭日期。"]},
        )


def has_been_heard(attempt: Attempt) -> bool:
    return latest(attempt.log, "hold_hearing") is not None


def not_heard_yet(words: str) -> Guard:
    def guard(attempt: Attempt) -> None:
        if has_been_heard(attempt):
            raise NotFromHere(words, todo="请在庭上向仲裁庭说明。")

    return guard


def absent_after_notice(attempt: Attempt) -> None:
    held_on = hearing_day(attempt)
    if held_on is None or localdate(attempt.at) < held_on:
        raise NotFromHere("还没有到通知的开庭日期", todo="到期不到庭的，再按视为撤回处理。")


def recusal_in_time(attempt: Attempt) -> None:
    """Before the first hearing; what becomes known later, until the end of the last."""
    speaks_for_own_side(attempt)
    not_in_the_future(attempt, "known_on")
    first = next((entry for entry in attempt.log if entry.step == "hold_hearing"), None)
    last = latest(attempt.log, "hold_hearing")
    if last and last.data.get("is_last"):
        raise Missing("最后一次开庭已经结束，不能再申请回避", todo="对裁决有意见的，可以依法申请撤销或起诉。")
    if first and attempt.data["known_on"] < localdate(first.at):
        raise Missing(
            "首次开庭前就知道的回避事由，应当在首次开庭前提出",
            todo="请核对知道的日期。",
            fields={"known_on": ["早于首次开庭日期。"]},
        )


# --- award --------------------------------------------------------------------------------------------------------


def award_is_ready(attempt: Attempt) -> None:
    """Nothing open, and a hearing that was held and recorded, unless the parties agreed to do without."""
    no_recusal_pending(attempt)
    not_suspended(attempt)
    not_in_the_future(attempt, "decided_on")
    if attempt.data["kind"] == "documents":
        return
    if not has_been_heard(attempt):
        raise Missing("还没有开庭", todo="请先开庭；当事人协议不开庭的，选择书面审理。")
    lacking({DocumentKind.HEARING_RECORD} - kinds_on(attempt.case), "请先上传庭审笔录。")


def award_facts(attempt: Attempt) -> dict[str, Any]:
    return {
        "basis": attempt.step.basis,
        "award_kind": dict(AWARD_KINDS)[attempt.data["kind"]],
        "decided_on": attempt.data["decided_on"],
        "decision": attempt.data["decision"],
    }


# --- service and the windows after it -----------------------------------------------------------------------------


AWARDS = ("award", "award_agreed")


def once_since(since: str | tuple[str, ...], *steps: str, words: str) -> Guard:
    """Once after each step `since`, such as service after each award."""
    beginnings = (since,) if isinstance(since, str) else since

    def guard(attempt: Attempt) -> None:
        found = latest(attempt.log, *beginnings, *steps)
        if found is not None and found.step not in beginnings:
            raise NotFromHere(words, todo="请核对办理记录。")

    return guard


applicant_not_served = once_since(AWARDS, "serve_award", words="申请人的送达已经记录过")
respondent_not_served = once_since(AWARDS, "serve_respondent", words="被申请人的送达已经记录过")
copy_not_sent = once_since("accept", "send_copy", words="申请书副本已经送达过")
answer_is_unsent = only_when_asked("answer", "send_answer", nothing="没有待送达的答辩书")


def served_after_award(attempt: Attempt) -> None:
    not_in_the_future(attempt, "served_on")
    decided = attempt.case.facts.get("decided_on")
    if decided and attempt.data["served_on"] < date.fromisoformat(decided):
        raise Missing("送达日期早于裁决日期", todo="请核对签收单。", fields={"served_on": ["不能早于裁决日期。"]})


def by_now(field: str) -> Guard:
    def guard(attempt: Attempt) -> None:
        not_in_the_future(attempt, field)

    return guard


def reading(attempt: Attempt, *names: str) -> Reading | None:
    """The one of the clocks that started last; of two that started together the one named first."""
    found = {one.clock.name: one for one in clocks_of(attempt.case, attempt.log, now=attempt.at)}
    started = [found[name] for name in names if name in found]
    return max(started, key=lambda one: one.started_at, default=None)


def is_over(attempt: Attempt, *names: str, unserved: str) -> None:
    """NotFromHere while a window is open, or was never opened because nothing was served."""
    window = reading(attempt, *names)
    if window is None:
        raise NotFromHere(unserved, todo="请先记录送达。")
    if window.due_at is None or attempt.at <= window.due_at:
        raise NotFromHere(f"{window.clock.label}的期限到{window.due_on}为止，还没有届满", todo="请等期限届满。")


def answer_is_late(attempt: Attempt) -> None:
    if latest(attempt.log, "answer", "no_answer"):
        raise NotFromHere("答辩情况已经记录过", todo="请核对办理记录。")
    is_over(attempt, "answer", unserved="申请书副本还没有送达被申请人")


def limit_has_passed(attempt: Attempt, *names: str) -> bool:
    found = reading(attempt, *names)
    return found is not None and found.is_overdue


def may_be_lengthened(name: str) -> Guard:
    """Before it has run out, and never while nothing is counted."""

    def guard(attempt: Attempt) -> None:
        if limit_has_passed(attempt, name):
            raise Missing("审理期限已经届满，不能再延长", todo="请尽快作出裁决；当事人可以依法向人民法院起诉。")

    return guard


def not_lengthened_before(attempt: Attempt) -> None:
    if latest(attempt.log, "extend"):
        raise NotFromHere("审理期限已经延长过一次", todo="请在延长后的期限内作出裁决。")
