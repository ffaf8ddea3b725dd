"""What only commercial and lawyer mediation ask for: scope, a licensed body, a fee both agree on, no ties."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.timezone import localdate

from santai.casework.conflicts import conflicts, told, unresolved
from santai.casework.kernel import Attempt
from santai.casework.parts import Duty
from santai.casework.refusals import Missing, NotFromHere
from santai.procedures.forms import licensed_mediation as forms
from santai.procedures.forms.mediation import COURT, DISPUTES, END_GROUNDS, ORIGINS, UNPERFORMED
from santai.procedures.rules.conditions import latest
from santai.procedures.rules.mediation import (
    USUAL_ROUTES,
    both_agree,
    court_may_be_helped,
    dispute_of,
)
from santai.registry.models import Organisation, OrganisationKind, Practitioner
from santai.registry.standing import may_practise

AFTER = "双方可以就协议的履行或者内容向人民法院起诉；已经司法确认的，可以申请强制执行。"
LABELS = dict(DISPUTES) | dict(forms.TRADES)


# --- registration ---------------------------------------------------------------------------------------------------


def is_commercial(attempt: Attempt) -> None:
    labels = dict(forms.EXCLUDED)
    problems = [f"商事调解不办理：{labels[kind]}" for kind in attempt.data["excluded"]]
    if problems:
        raise Missing(*problems, todo="请改申请人民调解、劳动仲裁等，或者拨打12348。", fields={"excluded": problems})


def keep_dispute(attempt: Attempt) -> dict[str, Any]:
    data = attempt.data
    kept = {key: data[key] for key in ("dispute", "other_name", "other_contact", "request", "origin", "sender")}
    kept |= {"label": LABELS[data["dispute"]], "origin_label": dict(ORIGINS)[data["origin"]]}
    return {"facts": {"dispute": kept, "consent": {"applicant": "agrees"}}}


def is_mediation_body(attempt: Attempt) -> None:
    _is_of_kind(attempt, OrganisationKind.MEDIATION, "调解组织")


def is_law_firm(attempt: Attempt) -> None:
    _is_of_kind(attempt, OrganisationKind.LAW_FIRM, "律师事务所")


def _is_of_kind(attempt: Attempt, kind: OrganisationKind, label: str) -> None:
    body: Organisation = attempt.data["body"]
    if body.kind != kind:
        raise Missing(f"{body.name}不是{label}", fields={"body": [f"请选择一家{label}。"]})


def keep_body(attempt: Attempt) -> dict[str, Any]:
    return {"organisation": attempt.data["body"], "handler": None, "facts": {"licence": attempt.data["licence"]}}


def has_body(attempt: Attempt) -> None:
    if attempt.case.organisation is None:
        raise NotFromHere("还没有确定调解机构", todo="请分派员先办理“确定调解机构”。")


# --- acceptance -----------------------------------------------------------------------------------------------------


def is_not_from_court(attempt: Attempt) -> None:
    has_body(attempt)
    dispute = dispute_of(attempt.case)
    if dispute["origin"] in COURT:
        raise NotFromHere(f"这件纠纷的来源是“{dispute['origin_label']}”", todo="请选择与来源相符的受理方式。")


def fee_is_agreed(attempt: Attempt) -> None:
    if not latest(attempt.log, "agree_on_fee"):
        raise Missing("双方还没有就调解费用达成一致", todo="请先办理“约定调解费”；不收费的填0。")


def may_accept(attempt: Attempt) -> None:
    both_agree(attempt)
    fee_is_agreed(attempt)


def may_accept_from_court(attempt: Attempt) -> None:
    court_may_be_helped(attempt)
    fee_is_agreed(attempt)


def keep_fee(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"fee": {"amount": attempt.data["amount"], "paid_by": attempt.data["paid_by"]}}}


def reason_is_on_record(attempt: Attempt) -> None:
    wanted = {"refused": "refuses", "unreachable": "unreachable"}.get(attempt.data["reason"])
    if wanted and wanted not in attempt.case.facts.get("consent", {}).values():
        raise Missing("案里没有对方这样答复的记录", todo="请先办理“记录答复”，或者改选不受理的情形。")


def keep_decline(attempt: Attempt) -> dict[str, Any]:
    reason = attempt.data["reason"]
    return {"facts": {"reason_label": dict(forms.DECLINE_REASONS)[reason], "is_refused": reason == "refused"}}


# --- mediators ------------------------------------------------------------------------------------------------------


def commercial_mediator(attempt: Attempt) -> None:
    """A tie bars, unless both sides know of it and agree (商事调解条例)."""
    mediator: Practitioner = attempt.data["practitioner"]
    ties = conflicts(attempt.case, mediator, localdate(attempt.at), duty=Duty.MEDIATE)
    final = [one for one in ties if not one.may_be_overridden]
    _refuse(attempt, [*_common_obstacles(attempt, mediator, Practitioner.Kind.MEDIATOR), *told(final)])
    open_ties = unresolved(ties, attempt.data["consent_to_conflict"])
    if open_ties:
        raise Missing(
            *told(open_ties),
            todo="请改选其他调解员；双方都同意由其调解的，请写明。",
            fields={"consent_to_conflict": ["有应当回避的情形，必须填写。"]},
        )


def lawyer_mediator(attempt: Attempt) -> None:
    """Whoever stands for one of the sides, or whose firm does, does not mediate between them."""
    lawyer: Practitioner = attempt.data["practitioner"]
    ties = conflicts(attempt.case, lawyer, localdate(attempt.at), duty=Duty.MEDIATE)
    _refuse(attempt, [*_common_obstacles(attempt, lawyer, Practitioner.Kind.LAWYER), *told(ties, with_remedy=False)])


def _refuse(attempt: Attempt, problems: list[str]) -> None:
    if problems:
        raise Missing(*problems, todo="请改选其他调解员。", fields={"practitioner": problems})


def _common_obstacles(attempt: Attempt, mediator: Practitioner, kind: Practitioner.Kind) -> Iterator[str]:
    standing = may_practise(mediator, localdate(attempt.at))
    if not standing:
        yield standing.reason
    home = attempt.case.organisation
    if mediator.kind != kind:
        yield f"{mediator.name}是{mediator.get_kind_display()}，不是{kind.label}"
    elif home and mediator.organisation_id != home.pk:
        yield f"{mediator.name}不在{home.name}"
    if mediator.user is None or not mediator.user.is_active:
        yield f"{mediator.name}还没有可用的平台账号，无法在平台上办理"


def keep_mediator(attempt: Attempt) -> dict[str, Any]:
    mediator: Practitioner = attempt.data["practitioner"]
    return {"handler": mediator.user, "facts": {"mediator": {"id": mediator.pk, "name": mediator.name}}}


# --- endings --------------------------------------------------------------------------------------------------------


def keep_ending(attempt: Attempt) -> dict[str, Any]:
    ground = attempt.data["ground"]
    return _ended(dict(END_GROUNDS)[ground], is_refused=ground in {"withdrawn", "refused"})


def keep_stop(attempt: Attempt) -> dict[str, Any]:
    return _ended(dict(END_GROUNDS)["withdrawn"], is_refused=True)


def _ended(label: str, *, is_refused: bool) -> dict[str, Any]:
    return {"facts": {"outcome": "failed", "ground_label": label, "routes": USUAL_ROUTES, "is_refused": is_refused}}


def keep_unperformed(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"reason_label": dict(UNPERFORMED)[attempt.data["reason"]], "routes": AFTER}}
