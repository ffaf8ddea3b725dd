"""The conditions of a work order that a table cell cannot say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.utils.timezone import localdate

from santai.casework.kernel import Attempt, all_procedures, procedure_in_force
from santai.casework.models import LogEntry
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.casework.state_words import UNDER_WAY
from santai.procedures.rules.conditions import latest
from santai.trust.memberships import current_memberships
from santai.trust.models import User
from santai.trust.roles import HANDLERS, Role

URGE_AGAIN_AFTER = timedelta(hours=24)


def statutory_procedures() -> list[tuple[str, str]]:
    """The procedures a work order may be referred to: those a citizen may apply for."""
    return sorted({(table.name, table.label) for table in all_procedures() if table.applied_for})


def procedures_to_apply_for() -> list[tuple[str, str]]:
    """The same in the citizen's words."""
    return sorted({(table.name, table.applied_for) for table in all_procedures() if table.applied_for})


def keep_what_began(attempt: Attempt) -> dict[str, Any]:
    """What the order waits for, by its own title; of a sealed file not even that."""
    table = procedure_in_force(attempt.data["procedure"], localdate(attempt.at))
    return {"facts": {UNDER_WAY: "法定程序" if table.sealed_for else table.label}}


def count(log: Iterable[LogEntry], *steps: str) -> int:
    return sum(entry.step in steps for entry in log)


# --- who holds it -------------------------------------------------------------------------------------------------


def hand_to_organisation(attempt: Attempt) -> dict[str, Any]:
    return {"organisation": attempt.data["organisation"], "handler": attempt.data.get("handler")}


def handler_belongs(attempt: Attempt) -> None:
    handler, organisation = attempt.data.get("handler"), attempt.data["organisation"]
    if handler is not None and not _works_at(handler, organisation.pk):
        raise Missing(
            f"{handler.display_name}不是{organisation.name}的承办人员", todo="请改选该单位的人员，或不填承办人。"
        )


def handler_is_colleague(attempt: Attempt) -> None:
    handler, organisation = attempt.data["handler"], attempt.case.organisation
    if organisation is None or not _works_at(handler, organisation.pk):
        raise Missing(f"{handler.display_name}不是承办单位的人员", todo="请改选承办单位的人员，或办理转办。")


def _works_at(user: User, organisation_id: int) -> bool:
    return any(m.organisation_id == organisation_id and m.role in HANDLERS for m in current_memberships(user))


def give_to_colleague(attempt: Attempt) -> dict[str, Any]:
    return {"handler": attempt.data["handler"]}


def back_to_pool(attempt: Attempt) -> dict[str, Any]:
    return {"organisation": None, "handler": None}


def answer_it_myself(attempt: Attempt) -> dict[str, Any]:
    user = attempt.actor.user
    mine = [m.organisation for m in current_memberships(user) if Role(m.role) == attempt.role] if user else []
    return {"handler": user, "organisation": mine[0] if mine else None}


def new_classification(attempt: Attempt) -> dict[str, Any]:
    found = {key: attempt.data[key] for key in ("matter", "urgency")}
    return found | ({"region": attempt.data["region"]} if attempt.data["region"] else {})


def most_urgent(attempt: Attempt) -> dict[str, Any]:
    return {"urgency": 2}


def keep_score(attempt: Attempt) -> dict[str, Any]:
    return {"rating": attempt.data["score"]}


# --- returns ------------------------------------------------------------------------------------------------------


def not_returned_before(attempt: Attempt) -> None:
    _not_ruled(attempt)
    if count(attempt.log, "return_order"):
        raise NotFromHere("这件工单已经退回过一次，不能再直接退回", todo="如仍有争议，请办理“提请裁定”。")


def returned_before(attempt: Attempt) -> None:
    _not_ruled(attempt)
    if not count(attempt.log, "return_order"):
        raise NotFromHere("这件工单还没有退回过", todo="请先办理“退回”，写明更合适的承办单位。")


def _not_ruled(attempt: Attempt) -> None:
    if count(attempt.log, "rule_owner"):
        raise NotFromHere("主办单位已经裁定，不能再退回", todo="请按裁定办理；确有困难的，请联系裁定人。")


def better_owner_is_another(attempt: Attempt) -> None:
    if attempt.data["better_owner"] == attempt.case.organisation:
        raise Missing("“更合适的承办单位”不能是本单位", todo="请写明应当由哪家单位办理。")


# --- time ---------------------------------------------------------------------------------------------------------


def not_urged_today(attempt: Attempt) -> None:
    urged = latest(attempt.log, "urge")
    if urged and attempt.at - urged.at < URGE_AGAIN_AFTER:
        raise NotFromHere("24小时内已经催办过，承办单位已收到提醒", todo="请留意进展，明天可以再催；急事请拨打12348。")


def not_overdue(attempt: Attempt) -> None:
    if attempt.case.due_at and attempt.at > attempt.case.due_at:
        raise Missing("已经超过办理期限，不能再延期", todo="请尽快办结，并向当事人说明情况。")


def not_asked_before(attempt: Attempt) -> None:
    if count(attempt.log, "ask_extension"):
        raise NotFromHere("每件工单只能申请一次延期", todo="请在现有期限内办结。")


def _pending(log: Iterable[LogEntry], request: str, *answers: str) -> LogEntry | None:
    """The request that nobody has answered yet; what another body asked for before a transfer is void."""
    asked = latest(log, request, "transfer", *answers)
    return asked if asked and asked.step == request else None


def extension_is_asked(attempt: Attempt) -> None:
    if not _pending(attempt.log, "ask_extension", "extend", "refuse_extension"):
        raise NotFromHere("没有待审批的延期申请", todo="由承办人先申请延期。")


def may_be_extended(attempt: Attempt) -> None:
    not_overdue(attempt)
    asked = latest(attempt.log, "ask_extension")
    if asked is None:
        return
    _not_ones_own(asked, attempt)
    if attempt.data["amount"] > int(asked.data["amount"]):
        raise Missing(f"批准的天数不能多于申请的{asked.data['amount']}个工作日", todo="请改小天数。")


def termination_is_asked(attempt: Attempt) -> None:
    if not _pending(attempt.log, "ask_termination", "refuse_termination"):
        raise NotFromHere("没有待审批的终止申请", todo="由承办人先申请终止并说明理由。")


def termination_is_anothers(attempt: Attempt) -> None:
    asked = latest(attempt.log, "ask_termination")
    if asked:
        _not_ones_own(asked, attempt)


def _not_ones_own(asked: LogEntry, attempt: Attempt) -> None:
    if attempt.actor.user and asked.actor_id == attempt.actor.user.pk:
        raise NotYou("自己提出的申请不能由自己批准", todo="请另一位有审批权限的人员办理。")


def date_is_ahead(attempt: Attempt) -> None:
    if attempt.data["by"] < localdate(attempt.at):
        raise Missing("补充材料的日期已经过去", todo="请写一个今天或以后的日期。")


def rating_window_is_over(attempt: Attempt) -> None:
    """The clock of the state decides, so that a local parameter and a rest day count here too."""
    if attempt.case.due_at and attempt.at <= attempt.case.due_at:
        last = localdate(attempt.case.due_at)
        raise NotFromHere("评价期还没有结束", todo=f"{last.month}月{last.day}日过后没有评价的，才能按未评价处理。")


# --- statutory procedures -----------------------------------------------------------------------------------------


def procedure_has_begun(attempt: Attempt) -> None:
    try:
        procedure_in_force(attempt.data["procedure"], localdate(attempt.at))
    except KeyError:
        raise Missing("这一天没有施行中的该项法定程序", todo="请改选其他程序，或直接答复当事人。") from None


def answered_here(attempt: Attempt) -> None:
    """A redone order is answered at the desk only when the answer to be redone was given there."""
    answered = latest(attempt.log, "answer_now", "finish", "child_closed")
    if answered and answered.step != "answer_now":
        raise NotFromHere("这件工单由承办单位重新办理", todo="请等承办人答复；需要时可以催办。")
