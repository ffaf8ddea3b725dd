"""The conditions of a notarized will that a table cell cannot say."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.timezone import localdate

from santai.casework.kernel import Attempt
from santai.casework.refusals import Missing, NotFromHere
from santai.documents.models import DocumentKind
from santai.people.models import SpecialGroup
from santai.procedures.forms import notarization_will as forms
from santai.procedures.rules.conditions import given_since, latest, not_in_the_future
from santai.procedures.rules.notarization import remedy, require_notary


def may_make_a_will(attempt: Attempt) -> None:
    """A will of somebody without full capacity is void (民法典 1143); the register may know what the form does not."""
    if SpecialGroup.MINOR in attempt.case.applicant.groups:
        raise Missing(
            "登记的信息显示您未满18周岁，不能立遗嘱（民法典第一千一百四十三条）", todo="登记有误的，请到窗口更正。"
        )


def is_a_notary_here(attempt: Attempt) -> None:
    require_notary(attempt.data["handler"], attempt, "handler")


def keep_handler(attempt: Attempt) -> dict[str, Any]:
    return {"handler": attempt.data["handler"]}


def handler_is_named(attempt: Attempt) -> None:
    """Whoever accepts must be able to open the file: the director names the notary first."""
    if attempt.case.handler is None:
        raise NotFromHere("还没有指定承办公证员", todo="请公证处负责人先办理“指定公证员”。")


def keep_capacity(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"capacity": attempt.data["result"]}}


def made_by_now(attempt: Attempt) -> None:
    no_day_ahead(attempt)
    if attempt.case.facts.get("capacity") != "able":
        raise Missing(
            "还没有确认立遗嘱人有完全民事行为能力",
            todo="请先办理“核查行为能力”；有疑问的，通知补充医院证明，或者由负责人办理“不予办理公证”。",
        )


def keep_will(attempt: Attempt) -> dict[str, Any]:
    data = attempt.data
    return {"facts": {"will": {key: data[key] for key in ("made_on", "place", "second", "second_name", "content")}}}


def will_is_made(attempt: Attempt) -> None:
    if latest(attempt.log, "make_will") is None:
        raise NotFromHere("还没有谈话、录像和签名", todo="请先办理“立遗嘱”。")


def no_day_ahead(attempt: Attempt) -> None:
    form = attempt.step.form
    for name in forms.dates_of(form) if form else []:
        not_in_the_future(attempt, name)


def keep_safe(attempt: Attempt) -> dict[str, Any]:
    """A will is kept for good in the sealed file."""
    data = attempt.data
    kept = {"kind": "密卷", "term": "permanent", "pages": data["pages"], "kept_at": data["kept_at"]}
    return {"facts": {"file": kept, "received_on": data["received_on"], **remedy(attempt.case)}}


def not_registered_yet(attempt: Attempt) -> None:
    if latest(attempt.log, "register_will"):
        raise NotFromHere("已经登记过", todo="请继续办理后面的步骤。")


def revoked_in_person(attempt: Attempt) -> None:
    """With a record and a recording of the revocation itself; those of the making are not it."""
    given_since("deliver", kinds=[DocumentKind.NOTARY_RECORD, DocumentKind.RECORDING])(attempt)
    no_day_ahead(attempt)
    made_on = date.fromisoformat(attempt.case.facts["will"]["made_on"])
    if attempt.data["declared_on"] < made_on:
        raise Missing("撤回的日期早于立遗嘱的日期", fields={"declared_on": ["请核对日期。"]})


def died_after_made(attempt: Attempt) -> None:
    no_day_ahead(attempt)
    made_on = date.fromisoformat(attempt.case.facts["will"]["made_on"])
    if attempt.data["died_on"] < made_on:
        raise Missing("去世的日期早于立遗嘱的日期", fields={"died_on": ["请核对死亡证明。"]})


def keep_death(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"died_on": attempt.data["died_on"]}}


def nobody_had_a_copy(attempt: Attempt) -> None:
    if latest(attempt.log, "give_copy"):
        raise NotFromHere("已经按去世提供过遗嘱，不能再改回保管", todo="请向公证协会报告，由负责人另行处理。")


def somebody_had_a_copy(attempt: Attempt) -> None:
    if latest(attempt.log, "give_copy") is None:
        raise NotFromHere("还没有人领取遗嘱", todo="请等继承人、受遗赠人或者有权机关来查询。")


def keep_copy(attempt: Attempt) -> dict[str, Any]:
    label = dict(forms.INTEREST)[attempt.data["interest"]]
    return {"facts": {"interest_label": label, "given_on": localdate(attempt.at)}}


def keep_no_copy(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"reason_label": dict(forms.REFUSALS)[attempt.data["reason"]], **remedy(attempt.case)}}
