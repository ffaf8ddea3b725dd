"""The conditions of a data-sharing request that a table cell cannot say."""

from __future__ import annotations

from typing import Any

from santai.casework.kernel import Attempt
from santai.casework.reading import clocks_of
from santai.casework.refusals import Missing, NotYou
from santai.people.models import Party
from santai.procedures.forms.data_share import REFUSALS
from santai.procedures.rules.conditions import latest

REQUESTS = ("request_open", "request_conditional")


def is_an_organ(attempt: Attempt) -> None:
    if attempt.case.applicant.kind == Party.Kind.PERSON:
        problem = "政务数据共享由政府部门申请，个人不能申请"
        raise Missing(problem, todo="个人查询自己的信息，请办理政府信息公开申请。")


def keep_request(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"item": attempt.data["item"]}}


def may_extend(attempt: Attempt) -> None:
    found = clocks_of(attempt.case, attempt.log, now=attempt.at)
    limit = next((one for one in found if one.clock.name == "answer_conditional"), None)
    if limit and limit.due_at and attempt.at > limit.due_at:
        raise Missing("已经超过答复期限，不能再延长", todo="请尽快答复。")


def keep_refusal(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"reason_label": dict(REFUSALS)[attempt.data["reason"]]}}


def not_who_agreed(attempt: Attempt) -> None:
    """Whoever doubts the data gets an answer from somebody who looks at it anew."""
    asked = latest(attempt.log, "ask_correction")
    if asked and attempt.actor.user and asked.actor_id == attempt.actor.user.pk:
        raise NotYou("提出疑义的人不能自己校核", todo="请由数据提供部门的人员办理。")
