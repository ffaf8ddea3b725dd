"""The conditions of a "search for me" request that a table cell cannot say."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.timezone import localdate

from santai.casework.kernel import Attempt
from santai.casework.reading import clocks_of
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.procedures.forms import special_collection as forms
from santai.procedures.rules.conditions import latest
from santai.trust.memberships import current_memberships
from santai.workdays.calendar import roll_over


def keep_request(attempt: Attempt) -> dict[str, Any]:
    labels = [dict(forms.WANTED)[kind] for kind in attempt.data["wanted"]]
    return {"facts": {"topic": attempt.data["topic"], "wanted": labels, "sources": []}}


def take_it_myself(attempt: Attempt) -> dict[str, Any]:
    user = attempt.actor.user
    mine = [m.organisation for m in current_memberships(user) if m.role == attempt.role] if user else []
    return {"handler": user, "organisation": mine[0] if mine else attempt.case.organisation}


def not_clarified_before(attempt: Attempt) -> None:
    if latest(attempt.log, "ask_to_clarify"):
        raise NotFromHere("已经请申请人说明过一次，不能再退回", todo="请按现有的说明搜集。")


def keep_date(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"clarify_by": attempt.data["by"]}}


def clarification_is_late(attempt: Attempt) -> None:
    by = roll_over(date.fromisoformat(attempt.case.facts["clarify_by"]), attempt.case.region)
    if localdate(attempt.at) <= by:
        raise NotFromHere(f"回复期限到{by:%Y-%m-%d}为止，还没有届满", todo="请等期限届满后再办理。")


def by_the_collector(attempt: Attempt) -> None:
    user = attempt.actor.user
    if user is not None and attempt.case.handler_id not in (None, user.pk):
        raise NotYou("这件搜集由别的同事负责", todo="请由负责的人员办理，或者请分派员改派。")


def keep_sources(attempt: Attempt) -> dict[str, Any]:
    label = dict(forms.WANTED)[attempt.data["kind"]]
    new = [{**source, "kind": label} for source in attempt.data["sources"]]
    known = {(one["title"], one["citation"]) for one in attempt.case.facts["sources"]}
    added = [one for one in new if (one["title"], one["citation"]) not in known]
    return {"facts": {"sources": [*attempt.case.facts["sources"], *added]}}


def something_is_found(attempt: Attempt) -> None:
    by_the_collector(attempt)
    if not attempt.case.facts["sources"]:
        problem = "还没有登记任何资料"
        raise Missing(problem, todo="请先办理“登记资料”；确实查不到的，办理“没有查到”。")


def nothing_is_found(attempt: Attempt) -> None:
    by_the_collector(attempt)
    if attempt.case.facts["sources"]:
        raise Missing("已经登记了资料", todo="请办理“交付资料”。")


def may_extend(attempt: Attempt) -> None:
    if attempt.actor.user is not None and attempt.case.handler_id == attempt.actor.user.pk:
        raise NotYou("负责搜集的人不能给自己延期", todo="请分派员或者监督员办理。")
    found = clocks_of(attempt.case, attempt.log, now=attempt.at)
    limit = next((one for one in found if one.clock.name == "collection"), None)
    if limit and limit.due_at and attempt.at > limit.due_at:
        raise Missing("已经超过期限，不能再延长", todo="请尽快交付，并向申请人说明。")


def not_extended(attempt: Attempt) -> None:
    if latest(attempt.log, "extend"):
        raise NotFromHere("已经延长过一次", todo="请在期限内交付。")


def keep_refusal(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"reason_label": dict(forms.REFUSALS)[attempt.data["reason"]]}}


def not_redone(attempt: Attempt) -> None:
    if latest(attempt.log, "look_again"):
        raise NotFromHere("已经重新搜集过一次", todo="还不满意的，可以投诉，或者拨打12348。")


def confirmation_is_over(attempt: Attempt) -> None:
    if attempt.case.due_at and attempt.at <= attempt.case.due_at:
        raise NotFromHere("申请人还可以请重新查找", todo="请等确认期结束。")
