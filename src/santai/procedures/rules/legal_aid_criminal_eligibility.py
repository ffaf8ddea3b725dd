"""May this person have criminal legal aid on application? Criterion by criterion, like the civil rules beside it.

法律援助法 24 (suspects and accused), 29 (victims, private prosecutors, civil claimants), 33 (retrial). Hardship is
judged by the civil rules; a suspect or accused may have another reason for having no defender instead (24).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import TextChoices

from santai.procedures.rules.legal_aid_eligibility import (
    Criterion,
    Eligibility,
    Outcome,
    Standard,
    economic,
    hardship_of,
    judged,
    term,
    venue,
)


class Capacity(TextChoices):
    """As what the person stands in the criminal case."""

    SUSPECT = "suspect", "犯罪嫌疑人"
    ACCUSED = "accused", "被告人"
    VICTIM = "victim", "公诉案件被害人"
    PRIVATE_PROSECUTOR = "private_prosecutor", "自诉人"
    CIVIL_CLAIMANT = "civil_claimant", "附带民事诉讼原告人"


class Stage(TextChoices):
    INVESTIGATION = "investigation", "侦查"
    PROSECUTION = "prosecution", "审查起诉"
    FIRST_INSTANCE = "first_instance", "一审"
    SECOND_INSTANCE = "second_instance", "二审"
    RETRIAL = "retrial", "再审"


class AppliedBy(TextChoices):
    SELF = "self", "本人"
    GUARDIAN = "guardian", "法定代理人"
    RELATIVE = "relative", "近亲属"


class Reopened(TextChoices):
    """法律援助法第三十三条"""

    COURT = "court", "人民法院决定、裁定再审"
    PROTEST = "protest", "人民检察院提出抗诉"


DEFENDED = frozenset({Capacity.SUSPECT, Capacity.ACCUSED})
# 法律援助法第二十九条 names their guardians, not their relatives.
NOT_BY_RELATIVES = frozenset({Capacity.PRIVATE_PROSECUTOR, Capacity.CIVIL_CLAIMANT})
TRIALS = frozenset({Stage.FIRST_INSTANCE, Stage.SECOND_INSTANCE, Stage.RETRIAL})


def assess_criminal(application: Mapping[str, Any], standard: Standard | None, region: str, on: date) -> Eligibility:
    others = (
        _scope(application),
        _applied_by(application),
        _defender(application),
        venue(application, region),
        term(application, on),
    )
    return judged(application, others, _hardship(application, standard), standard)


def article_of(application: Mapping[str, Any]) -> str:
    if application.get("stage") == Stage.RETRIAL:
        return "法律援助法第三十三条"
    return "法律援助法第二十四条" if application.get("capacity") in DEFENDED else "法律援助法第二十九条"


def _scope(application: Mapping[str, Any]) -> Criterion:
    capacity, stage, basis = application["capacity"], application["stage"], article_of(application)
    told = f"{Capacity(capacity).label}，{Stage(stage).label}阶段"
    if capacity == Capacity.SUSPECT and stage in TRIALS:
        return Criterion("scope", "申请人和阶段", Outcome.FAIL, "审判阶段的当事人是被告人，请核对身份", basis)
    if capacity == Capacity.ACCUSED and stage not in TRIALS:
        return Criterion("scope", "申请人和阶段", Outcome.FAIL, "起诉以前的当事人是犯罪嫌疑人，请核对身份", basis)
    if stage == Stage.RETRIAL and not application.get("reopened"):
        reason = "申诉、申请再审的，须人民法院决定再审或人民检察院抗诉后才能申请"
        return Criterion("scope", "申请人和阶段", Outcome.FAIL, reason, basis)
    return Criterion("scope", "申请人和阶段", Outcome.PASS, told + _hint(application), basis)


def _hint(application: Mapping[str, Any]) -> str:
    """What the office has to tell the organ: here counsel is owed without any application."""
    is_owed = application.get("capacity") in DEFENDED and application.get("may_be_heavy")
    return "；可能判处无期徒刑、死刑，属于应当通知辩护的情形，请同时提醒办案机关" if is_owed else ""


def _applied_by(application: Mapping[str, Any]) -> Criterion:
    who, basis = application.get("applied_by"), article_of(application)
    if who == AppliedBy.RELATIVE and application["capacity"] in NOT_BY_RELATIVES:
        reason = f"{Capacity(application['capacity']).label}由本人或法定代理人申请，近亲属不能代为申请"
        return Criterion("applied_by", "谁来申请", Outcome.FAIL, reason, basis)
    label = AppliedBy(who).label if who in AppliedBy.values else "本人"
    return Criterion("applied_by", "谁来申请", Outcome.PASS, f"由{label}申请", basis)


def _defender(application: Mapping[str, Any]) -> Criterion:
    word = "辩护人" if application["capacity"] in DEFENDED else "诉讼代理人"
    if application.get("has_agent"):
        return Criterion("agent", f"没有{word}", Outcome.FAIL, f"已经委托了{word}", article_of(application))
    return Criterion("agent", f"没有{word}", Outcome.PASS, f"没有委托{word}", article_of(application))


def _hardship(application: Mapping[str, Any], standard: Standard | None) -> Criterion:
    if application.get("other_reason") and application["capacity"] in DEFENDED:
        reason = f"因其他原因没有委托辩护人：{application['other_reason']}"
        return economic(Outcome.EXEMPT, reason, "法律援助法第二十四条")
    return hardship_of(application, standard)
