"""Agreements: when they take effect, what happens when they are not kept, and what the file must hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from santai.casework.kernel import Attempt
from santai.casework.models import Case
from santai.casework.reading import clocks_of
from santai.casework.refusals import Missing, NotFromHere
from santai.documents.models import DocumentKind as Doc
from santai.documents.models import Letter
from santai.procedures.forms import mediation as forms
from santai.procedures.rules.conditions import kinds_on, lacking, latest, not_in_the_future
from santai.procedures.rules.mediation import dispute_of

WAGES = "追索劳动报酬、工伤医疗费、经济补偿或者赔偿金的，还可以凭调解协议书向人民法院申请支付令。"
SUE = "双方都可以就调解协议的履行或者内容向人民法院起诉。"
EXECUTE = "调解协议已经人民法院裁定有效的，可以向人民法院申请强制执行。"


def agreement_of(case: Case) -> dict[str, Any]:
    found: dict[str, Any] = case.facts.get("agreement", {})
    return found


# --- taking effect --------------------------------------------------------------------------------------------------


def keep_draft(attempt: Attempt) -> dict[str, Any]:
    kept = {"form": "written", "facts": attempt.data["facts"], "terms": attempt.data["terms"]}
    return {"facts": {"agreement": kept, "outcome": ""}}


def fully_signed(attempt: Attempt) -> None:
    """All parties, the mediator, and the seal (人民调解法第二十九条第二款): whatever is missing is named."""
    fields = forms.TakeEffect.base_fields
    missing = {name: [f"还没有：{fields[name].label}。"] for name in forms.SIGNATURES if not attempt.data[name]}
    if missing:
        problems = [f"缺少{fields[name].label}" for name in missing]
        raise Missing(*problems, todo="各方签字、调解员签字并加盖印章后，协议才生效。", fields=missing)
    for name in forms.SIGNATURES:
        not_in_the_future(attempt, name)
    if attempt.data["by_agent"]:
        lacking({Doc.AUTHORISATION} - kinds_on(attempt.case), "由代理人签字的，请先上传授权委托书。")
    _not_due_before(attempt, attempt.data["effective_on"])


def keep_effect(attempt: Attempt) -> dict[str, Any]:
    dates = {key: attempt.data[key] for key in ("effective_on", "due_on")}
    return {"facts": {"agreement": {**agreement_of(attempt.case), **dates}, "outcome": "agreed"}}


def keep_writing(attempt: Attempt) -> dict[str, Any]:
    dates = {key: attempt.data[key] for key in ("effective_on", "due_on")}
    return {"facts": {"agreement": {**keep_draft(attempt)["facts"]["agreement"], **dates}, "outcome": "agreed"}}


def agreed_by_now(attempt: Attempt) -> None:
    not_in_the_future(attempt, "agreed_on")
    _not_due_before(attempt, attempt.data["agreed_on"])


def keep_oral(attempt: Attempt) -> dict[str, Any]:
    data = attempt.data
    kept = {
        "form": "oral",
        **{key: data[key] for key in ("facts", "terms", "due_on")},
        "effective_on": data["agreed_on"],
    }
    return {"facts": {"agreement": kept, "outcome": "agreed"}}


def is_oral(attempt: Attempt) -> None:
    if agreement_of(attempt.case).get("form") != "oral":
        raise NotFromHere("协议已经是书面的", todo="不需要再写成书面协议。")


def _not_due_before(attempt: Attempt, effective_on: date) -> None:
    if attempt.data["due_on"] < effective_on:
        raise Missing("履行的最后一天早于协议生效日", fields={"due_on": ["请核对履行日期。"]})


# --- judicial confirmation ------------------------------------------------------------------------------------------


def may_go_to_court(attempt: Attempt) -> None:
    """Both parties together, a written agreement, thirty days from its effect (人民调解法 33, 民事诉讼法 205)."""
    if agreement_of(attempt.case).get("form") != "written":
        raise NotFromHere("口头协议不能申请司法确认", todo="双方愿意的，请先办理“补写书面协议”。")
    asked = latest(attempt.log, "confirm_in_court", "child_closed")
    if asked and asked.step == "confirm_in_court":
        raise NotFromHere("司法确认已经在办理", todo="请在司法确认的案件里继续。")
    end = _window_end(attempt)
    if end and attempt.at > end:
        raise NotFromHere(f"协议生效已超过30日（到{localdate(end):%Y-%m-%d}为止）", todo="对方不履行的，可以起诉。")


def with_whoever_mediated(attempt: Attempt) -> dict[str, Any]:
    """The confirmation stays with those who know the agreement, whichever kind of body they are."""
    return {"organisation": attempt.case.organisation, "handler": attempt.case.handler}


def window_is_over(attempt: Attempt) -> None:
    if latest(attempt.log, "confirm_in_court", "window_over"):
        raise NotFromHere("不需要再办理这一步", todo="请继续办理后面的步骤。")
    end = _window_end(attempt)
    if end is None or attempt.at <= end:
        raise NotFromHere("申请司法确认的期限还没有届满", todo="请等期限届满。")


def _window_end(attempt: Attempt) -> Any:
    found = clocks_of(attempt.case, attempt.log, now=attempt.at)
    return next((one.due_at for one in found if one.clock.name == "confirmation_window"), None)


def keep_confirmation(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"confirmation": attempt.data["ending"]}}


def _is_confirmed(case: Case) -> bool:
    return case.children.filter(procedure="judicial_confirmation", state="confirmed").exists()


# --- performance ----------------------------------------------------------------------------------------------------


def visited_by_now(attempt: Attempt) -> None:
    not_in_the_future(attempt, "visited_on")
    if attempt.data["due_on"] < attempt.data["visited_on"]:
        raise Missing("下一次的日期早于这次回访", fields={"due_on": ["请选择回访日或以后的日期。"]})


def performed_by_now(attempt: Attempt) -> None:
    not_in_the_future(attempt, "performed_on")


def performance_was_due(attempt: Attempt) -> None:
    not_in_the_future(attempt, "urged_on")
    due_on = date.fromisoformat(agreement_of(attempt.case)["due_on"])
    if attempt.data["reason"] == "not_performed" and localdate(attempt.at) <= due_on:
        raise Missing(f"履行期限到{due_on:%Y-%m-%d}为止，还没有届满", todo="请等履行期限届满，或者改选“有争议”。")


def keep_failure(attempt: Attempt) -> dict[str, Any]:
    """Which doors are open when an agreement is not kept (人民调解法 32, 劳动争议调解仲裁法 16)."""
    routes = [EXECUTE if _is_confirmed(attempt.case) else SUE]
    if dispute_of(attempt.case)["dispute"] == "labour":
        routes.append(WAGES)
    return {"facts": {"reason_label": dict(forms.UNPERFORMED)[attempt.data["reason"]], "routes": "".join(routes)}}


# --- the file -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Item:
    """One line of the statutory contents of a mediation file."""

    label: str
    is_required: bool
    kinds: frozenset[Doc] = frozenset()
    letters: frozenset[str] = frozenset()


def contents_of(case: Case, steps: frozenset[str]) -> list[Item]:
    """The contents list of the ministry's forms of 2010: what must be there depends on how the mediation ended."""
    agreed = case.facts.get("outcome") == "agreed"
    is_oral = agreement_of(case).get("form") == "oral"
    paper = Doc.OTHER if is_oral else Doc.MEDIATION_AGREEMENT
    register = frozenset({"mediation_oral_agreement"}) if is_oral else frozenset()
    return [
        _item("申请书或受理登记表", True, "mediation_registered", Doc.APPLICATION),
        _item("权利义务告知书", "tell_rights" in steps, "mediation_rights", Doc.RIGHTS_NOTICE),
        _item("身份证明", True, "", Doc.IDENTITY),
        _item("授权委托书", False, "", Doc.AUTHORISATION),
        _item("调查记录", "investigate" in steps, "", Doc.INVESTIGATION),
        _item("证据材料", False, "", Doc.MATTER_PROOF),
        _item("移交、委派、委托材料", dispute_of(case)["origin"] in forms.COURT, "", Doc.HANDOVER),
        _item("调解记录", "hold_session" in steps or agreed, "", Doc.MEDIATION_RECORD),
        Item("口头协议登记表" if is_oral else "调解协议书", agreed, frozenset({paper}) - {Doc.OTHER}, register),
        _item("终止调解通知书", case.facts.get("outcome") == "failed", "mediation_terminated"),
        _item("履行凭证", False, "", Doc.PERFORMANCE),
        _item("回访记录", "follow_up" in steps, "mediation_follow_up"),
        _item("司法确认材料", _is_confirmed(case), "", Doc.CONFIRMATION_APPLICATION, Doc.COURT_PAPER),
        _item("给移交单位的复函", dispute_of(case)["origin"] in forms.HANDED_OVER, "mediation_reply"),
    ]


def _item(label: str, is_required: bool, letter: str = "", *kinds: Doc) -> Item:
    return Item(label, is_required, frozenset(kinds), frozenset({letter} - {""}))


def _present(case: Case, attempt: Attempt) -> Iterator[tuple[Item, bool]]:
    kinds = kinds_on(case) | {kind for child in case.children.all() for kind in kinds_on(child)}
    letters = set(Letter.objects.filter(case_code=case.code).values_list("kind", flat=True))
    for item in contents_of(case, frozenset(entry.step for entry in attempt.log)):
        yield item, bool(item.kinds & kinds or item.letters & letters)


def file_is_whole(attempt: Attempt) -> None:
    problems = [
        f"案卷缺少：{item.label}" for item, there in _present(attempt.case, attempt) if item.is_required and not there
    ]
    if problems:
        raise Missing(*problems, todo="请补上这些材料，再归档。")


def keep_contents(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"contents": [item.label for item, there in _present(attempt.case, attempt) if there]}}
