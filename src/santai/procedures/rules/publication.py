"""The conditions of publication: nothing private, two people, and how long it stands."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.timezone import localdate

from santai.casework import parameters
from santai.casework.kernel import Attempt
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.procedures.forms.publication import Subject
from santai.procedures.rules.conditions import latest, months_after, not_in_the_future
from santai.procedures.rules.desensitising import private_in

TEXT = ("title", "party", "number", "result", "basis", "content")
FACTS = (*TEXT, "phase", "subject", "item", "formed_on")
DECISIONS = frozenset({Subject.PENALTY, Subject.LICENCE})
# Months on the page: parameter `publication.months`. After 市场监管总局令第45号 (three years; three months for the
# slightest penalties), which binds another branch: to be confirmed. 0 stands until it is changed.
MONTHS_KEY = "publication.months"
USUAL_MONTHS = {"penalty": 36, "slight_penalty": 3, "licence": 60, "inspection": 36, "notice": 3}


def is_decision(attempt: Attempt) -> None:
    _begins(attempt)
    if attempt.data["subject"] not in DECISIONS:
        raise Missing("这不是行政处罚、行政许可决定", todo="请办理“列入公示：其他信息”，期限是20个工作日。")


def is_no_decision(attempt: Attempt) -> None:
    _begins(attempt)
    if attempt.data["subject"] in DECISIONS:
        raise Missing(
            "行政处罚、行政许可决定要在7个工作日内公示", todo="请办理“列入公示：行政处罚、行政许可”。"
        )


def _begins(attempt: Attempt) -> None:
    not_in_the_future(attempt, "formed_on")


def keep_text(attempt: Attempt) -> dict[str, Any]:
    kept = {name: attempt.data[name] for name in FACTS if name in attempt.data}
    return {"facts": {"text": {**attempt.case.facts.get("text", {}), **kept}}}


def nothing_private(attempt: Attempt) -> None:
    """The party's name only when it is a body; no number that leads to a person, in any field."""
    party = attempt.case.applicant
    names = [party.name] if party.kind == "person" else []
    fields = {
        name: [f"还有{one}，请隐去。" for one in found]
        for name in TEXT
        if (found := private_in(str(attempt.data.get(name) or ""), names))
    }
    if fields:
        problems = [f"{line}" for lines in fields.values() for line in lines]
        raise Missing(*problems, todo="请隐去个人信息再提交；自然人写成“张某”。", fields=fields)


def another_approves(attempt: Attempt) -> None:
    prepared = latest(attempt.log, "prepare", "correct")
    if prepared and attempt.actor.user and prepared.actor_id == attempt.actor.user.pk:
        raise NotYou("整理文本的人不能审核自己的文本", todo="请由另一位审核人员办理。")


def keep_term(attempt: Attempt) -> dict[str, Any]:
    """Until when it stands on the page; "" stands until it is changed."""
    months = _months(attempt)
    until = months_after(localdate(attempt.at), months) if months else ""
    return {"facts": {"published_on": attempt.case.facts.get("published_on") or localdate(attempt.at), "until": until}}


def _months(attempt: Attempt) -> int:
    text = attempt.case.facts["text"]
    kind = "slight_penalty" if attempt.case.facts.get("is_slight") else text.get("subject", "")
    known = parameters.value(MONTHS_KEY, region=attempt.case.region, on=localdate(attempt.at), default={})
    return int({**USUAL_MONTHS, **known}.get(kind, 0))


def term_is_over(attempt: Attempt) -> None:
    until = attempt.case.facts.get("until")
    if not until or localdate(attempt.at) <= date.fromisoformat(until):
        raise NotFromHere("公示期还没有届满", todo="期满会自动停止公示。")


def correction_is_asked(attempt: Attempt) -> None:
    last = latest(attempt.log, "ask_correction", "correct", "refuse_correction")
    if last is None or last.step != "ask_correction":
        raise NotFromHere("没有待处理的更正申请", todo="有人申请更正后再办理。")


def no_correction_is_asked(attempt: Attempt) -> None:
    last = latest(attempt.log, "ask_correction", "correct", "refuse_correction")
    if last is not None and last.step == "ask_correction":
        raise NotFromHere("这条信息的更正申请正在核实", todo="请等待核实结果，也可以拨打12348补充情况。")


def was_published(attempt: Attempt) -> None:
    if not attempt.case.facts.get("published_on"):
        raise NotFromHere("这条信息还没有公示过", todo="决定有变动的，请办理“决定已变动，不再公示”。")


def was_never_published(attempt: Attempt) -> None:
    if attempt.case.facts.get("published_on"):
        raise NotFromHere("这条信息已经公示过", todo="请办理“决定已变动，撤下”。")


def changed_by_now(attempt: Attempt) -> None:
    not_in_the_future(attempt, "changed_on")


def received_by_now(attempt: Attempt) -> None:
    not_in_the_future(attempt, "received_on")


def reason_is_clean(attempt: Attempt) -> None:
    party = attempt.case.applicant
    found = private_in(attempt.data["public_reason"], [party.name] if party.kind == "person" else [])
    if found:
        raise Missing(
            *(f"还有{one}，请隐去" for one in found),
            todo="公众会看到这段话。",
            fields={"public_reason": ["请隐去个人信息。"]},
        )


def keep_withdrawal(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"withdrawal": dict(attempt.data)}}


def keep_reason(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"public_reason": attempt.data["public_reason"]}}
