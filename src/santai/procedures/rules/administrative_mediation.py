"""What only mediation by an administrative organ asks for: its own officials, nobody who acted in the matter, a head
who decides."""

from __future__ import annotations

from typing import Any

from santai.casework.kernel import Attempt
from santai.casework.models import Case, LogEntry
from santai.casework.refusals import Missing, NotFromHere
from santai.procedures.forms import administrative_mediation as forms
from santai.procedures.forms.mediation import END_GROUNDS, UNPERFORMED
from santai.procedures.rules.conditions import latest
from santai.registry.models import OrganisationKind
from santai.trust.memberships import current_memberships, members_in_charge
from santai.trust.models import User
from santai.trust.roles import Role

ROUTES = {
    "compensation": "对赔偿、补偿的数额仍有争议的，可以依法申请行政复议，或者向人民法院提起行政诉讼。",
    "discretion": "对行政行为不服的，可以依法申请行政复议，或者向人民法院提起行政诉讼。",
}
USUAL_ROUTE = "您可以申请人民调解，向人民法院起诉；双方有仲裁协议的，可以申请仲裁。"
SUE = "双方都可以就协议的履行或者内容向人民法院起诉；协议已经人民法院裁定有效的，可以申请强制执行。"


def of_this_organ(attempt: Attempt) -> None:
    """A supervisor reaches the whole division; only officials of the organ that holds the case act in it, and once one
    of them is named, that one."""
    user, case = attempt.actor.user, attempt.case
    if user is None:
        return
    works_here = any(one.organisation_id == case.organisation_id for one in current_memberships(user))
    if not works_here:
        raise NotFromHere("这件纠纷由另一个机关调解", todo="需要督促的，请联系该机关。")
    if case.handler_id not in (None, user.pk):
        raise NotFromHere("这件纠纷由另一位调解人员办理", todo="需要更换的，请本机关负责人办理“更换调解人员”。")


def keep_application(attempt: Attempt) -> dict[str, Any]:
    data = attempt.data
    dispute = {key: data[key] for key in ("dispute", "other_name", "other_contact", "request")}
    dispute |= {"label": dict(forms.DISPUTES)[data["dispute"]], "origin": "application", "origin_label": "当事人申请"}
    return {"facts": {"dispute": dispute, "consent": {"applicant": "agrees"}}}


def not_complex_yet(attempt: Attempt) -> None:
    if latest(attempt.log, "call_complex"):
        raise NotFromHere("已经按复杂纠纷延长过", todo="请在延长后的期限里决定是否受理。")


def another_organ(attempt: Attempt) -> None:
    body = attempt.data["body"]
    if body is None:
        return
    problem = ""
    if body.kind != OrganisationKind.BUREAU:
        problem = f"{body.name}不是行政机关。"
    elif body == attempt.case.organisation:
        problem = "这件纠纷已经在这个机关。"
    if problem:
        raise Missing(problem, todo="请改选应当调解的机关。", fields={"body": [problem]})


def is_on_the_platform(attempt: Attempt) -> None:
    another_organ(attempt)
    if attempt.data["body"] is None:
        problem = "请选择平台上的机关；不在平台上的，办理“移送平台外的机关”。"
        raise Missing("没有选择移送给哪个机关", fields={"body": [problem]})


def keep_transfer(attempt: Attempt) -> dict[str, Any]:
    return {"organisation": attempt.data["body"], "handler": None}


def keep_decline(attempt: Attempt) -> dict[str, Any]:
    reason = attempt.data["reason"]
    label = dict(forms.DECLINE_REASONS)[reason]
    return {"facts": {"outcome": "not_accepted", "reason_label": label, "is_refused": reason == "refused"}}


# --- who mediates -------------------------------------------------------------------------------------------------


def may_be_named(attempt: Attempt) -> None:
    """An official of the organ that took no part in the matter: nobody mediates about their own act."""
    chosen: User = attempt.data["handler"]
    problem = ""
    if chosen.pk not in members_in_charge(forms.OFFICIALS, organisation_id=attempt.case.organisation_id):
        problem = f"{chosen.display_name}不是本机关的工作人员。"
    elif chosen.pk == attempt.case.handler_id:
        problem = "新的调解人员和现在的是同一个人。"
    elif _acted_before(attempt.case, chosen):
        problem = f"{chosen.display_name}办理过当事人的相关事项，应当回避。"
    if problem:
        raise Missing(problem, todo="请改选本机关的其他工作人员。", fields={"handler": [problem]})


def _acted_before(case: Case, official: User) -> bool:
    """In another case of the same person; the request behind this one is no act."""
    acted = LogEntry.objects.filter(actor=official, case__applicant=case.applicant_id)
    own = {case.pk, case.parent_id}
    return acted.exclude(case__in=[pk for pk in own if pk]).exclude(role=Role.APPLICANT).exists()


def keep_official(attempt: Attempt) -> dict[str, Any]:
    chosen: User = attempt.data["handler"]
    kept = {"name": chosen.display_name, "others": attempt.data["others"]}
    return {"handler": chosen, "facts": {"mediator": kept}}


# --- endings ------------------------------------------------------------------------------------------------------


def keep_ending(attempt: Attempt) -> dict[str, Any]:
    ground = attempt.data["ground"]
    return _failed(attempt.case, dict(END_GROUNDS)[ground], is_refused=ground in {"withdrawn", "refused"})


def keep_stop(attempt: Attempt) -> dict[str, Any]:
    return _failed(attempt.case, dict(END_GROUNDS)["withdrawn"], is_refused=True)


def _failed(case: Case, label: str, *, is_refused: bool) -> dict[str, Any]:
    routes = ROUTES.get(case.facts["dispute"]["dispute"], USUAL_ROUTE)
    return {"facts": {"outcome": "failed", "ground_label": label, "routes": routes, "is_refused": is_refused}}


def keep_unperformed(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"reason_label": dict(UNPERFORMED)[attempt.data["reason"]], "routes": SUE}}
