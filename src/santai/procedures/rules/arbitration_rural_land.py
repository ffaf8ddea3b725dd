"""The conditions of arbitration on rural land contracts that a table cell cannot say."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.timezone import localdate

from santai.casework.clock_count import add_months
from santai.casework.kernel import Attempt
from santai.casework.refusals import Missing, NotFromHere
from santai.casework.terms import workdays
from santai.procedures.forms.arbitration_rural_land import END_REASONS, HEARING_PLACES, Dispute
from santai.procedures.rules import arbitration as common
from santai.procedures.rules.arbitration import is_over, reading
from santai.procedures.rules.conditions import latest, not_in_the_future

LIMITATION_MONTHS = 24
ABSENCE_REMEDY = "您仍然可以在二年的时效内重新申请仲裁，或者直接向人民法院起诉。"
COMPENSATION = "因征收集体土地及其补偿发生的纠纷不由仲裁委员会受理，可以申请行政复议或者向人民法院起诉"

hearing_in_time = common.noticed_in_time("AR06H", workdays(5))


def keep_application(attempt: Attempt) -> dict[str, Any]:
    kept = {key: value for key, value in attempt.data.items() if key != "story"}
    kept |= {"kind_label": str(Dispute(kept["kind"]).label), "place": common.place_of(attempt, "place")}
    return {"facts": {"application": kept, "limitation": limitation_note(kept["known_on"], localdate(attempt.at))}}


def limitation_note(known_on: date, today: date) -> str:
    """Two years from knowing (第十八条). A hint for the secretary, not a ground to turn anybody away."""
    last = add_months(known_on, LIMITATION_MONTHS)
    if today > last:
        return f"自知道权利被侵害之日（{known_on}）起已过二年（{last}届满），请核实有没有中断、中止的事由"
    return f"自知道权利被侵害之日（{known_on}）起二年，{last}届满，没有超过"


def may_be_accepted(attempt: Attempt) -> None:
    application = attempt.case.facts["application"]
    if application["kind"] == Dispute.COMPENSATION:
        raise Missing(COMPENSATION, todo="请办理“不予受理”，告诉申请人应当找哪里。")
    problems = common.agent_is_authorised(attempt)
    if not common.is_here(attempt, application["place"]):
        problems.append("土地不在本仲裁委员会的辖区")
    if problems:
        raise Missing(*problems, todo="请通知补正；不归本会管辖的，请办理“不予受理”。")


def keep_acceptance(attempt: Attempt) -> dict[str, Any]:
    return {"handler": attempt.actor.user, "facts": {"basis": attempt.step.basis}}


def keep_ending(attempt: Attempt) -> dict[str, Any]:
    return common.keep_grounds(END_REASONS)(attempt)  # type: ignore[no-any-return]


# --- hearing in the village ---------------------------------------------------------------------------------------


def wishes(attempt: Attempt) -> dict[str, str]:
    """Where each side last asked to be heard."""
    return {entry.data["side"]: entry.data["where"] for entry in attempt.log if entry.step == "ask_village"}


def may_be_announced(attempt: Attempt) -> None:
    common.no_recusal_pending(attempt)
    common.not_suspended(attempt)
    hearing_in_time(attempt)
    asked, where = wishes(attempt), attempt.data["where"]
    if len(asked) == 2 and where not in set(asked.values()):
        places = "或".join(dict(HEARING_PLACES)[place] for place in sorted(set(asked.values())))
        raise Missing(
            f"双方都要求在{places}开庭，应当在那里开庭",
            todo="请改开庭地点（第三十条）。",
            fields={"where": [f"应当选择{places}。"]},
        )


def award_is_ready(attempt: Attempt) -> None:
    common.award_is_ready(attempt)
    if attempt.data["kind"] == "documents":
        raise Missing("农村土地承包经营纠纷应当开庭审理", todo="请先开庭。")
    if not latest(attempt.log, "try_mediation"):
        raise Missing("裁决前应当调解，还没有调解记录", todo="请先办理“记录调解”（第十一条）。")


def keep_award(attempt: Attempt) -> dict[str, Any]:
    return {"facts": common.award_facts(attempt)}


# --- after the award ----------------------------------------------------------------------------------------------


def may_sue(attempt: Attempt) -> None:
    """Thirty days from receipt, otherwise the award takes effect (第四十八条)."""
    common.speaks_for_own_side(attempt)
    not_in_the_future(attempt, "filed_on")
    window = reading(attempt, "sue" if attempt.data["side"] == "applicant" else "sue_respondent")
    if attempt.data["court_accepted"] or window is None or window.due_on is None:
        return
    if attempt.data["filed_on"] > window.due_on:
        raise Missing(
            f"起诉的期限到{window.due_on}为止，裁决已经生效",
            todo="法院已经受理的，请勾选“法院已经受理”。",
            fields={"filed_on": [f"晚于{window.due_on}。"]},
        )


def award_has_taken_effect(attempt: Attempt) -> None:
    if common.waits(attempt, *common.CORRECTION):
        raise NotFromHere("有补正请求还没有答复", todo="请先答复。")
    is_over(attempt, "sue", unserved="裁决书还没有送达申请人")
    is_over(attempt, "sue_respondent", unserved="裁决书还没有送达被申请人")


def keep_absence(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"basis": attempt.step.basis, "remedy": ABSENCE_REMEDY}}
