"""May this person have legal aid? Each condition is answered by itself, with its reason and its article.

Pure: what was filled in, the standard, the division of the office and the day go in; the answer comes out. Two things
that look alike are kept apart: matters without any economic limit (法律援助法 32), and people whose hardship is not
checked because they prove who they are (42).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import TextChoices

from santai.casework import parameters
from santai.documents.models import DocumentKind

# 法律援助法第四十四条: fewer days than this to the end of a limitation period are urgent.
URGENT_DAYS = 7
INCOME_KEY = "legal_aid.hardship.monthly_income_per_head"


class Matter(TextChoices):
    """法律援助法第三十一条"""

    STATE_COMPENSATION = "state_compensation", "请求国家赔偿"
    SOCIAL_SECURITY = "social_security", "请求社会保险待遇或社会救助"
    PENSION = "pension", "请求发给抚恤金"
    SUPPORT = "support", "请求给付赡养费、抚养费、扶养费"
    LABOUR = "labour", "请求确认劳动关系或支付劳动报酬"
    CAPACITY = "capacity", "请求认定无民事行为能力或限制民事行为能力"
    INJURY = "injury", "工伤、交通、食品药品安全、医疗事故人身损害赔偿"
    ENVIRONMENT = "environment", "请求环境污染、生态破坏损害赔偿"
    OTHER = "other", "法律法规规章规定的其他事项"


class NoLimit(TextChoices):
    """法律援助法第三十二条: no economic limit at all."""

    MARTYR = "martyr", "英雄烈士近亲属维护英雄烈士人格权益"
    BRAVERY = "bravery", "因见义勇为主张民事权益"
    ACQUITTED = "acquitted", "再审改判无罪请求国家赔偿"
    VIOLENCE = "violence", "虐待、遗弃或家庭暴力受害人主张权益"
    OTHER = "other", "法律法规规章规定的其他情形"


class Unchecked(TextChoices):
    """法律援助法第四十二条: hardship is not checked when the status is proved."""

    NO_INCOME_GROUP = "no_income_group", "无固定生活来源的未成年人、老年人、残疾人等"
    RELIEF = "relief", "社会救助、司法救助或优抚对象"
    MIGRANT_WORKER = "migrant_worker", "追索劳动报酬或工伤赔偿的进城务工人员"
    OTHER = "other", "法律法规规章规定的其他人员"


class Checked(TextChoices):
    """How the office satisfied itself of the figures (法律援助法第四十一条)."""

    DATA_SHARING = "data_sharing", "信息共享查询"
    PAPERS = "papers", "核对证明材料"
    OTHER_OFFICE = "other_office", "异地协作核查"


class Outcome(TextChoices):
    PASS = "pass", "符合"
    EXEMPT = "exempt", "免予核查或不受限制"
    COMMITTED = "committed", "凭承诺认定"
    UNCLEAR = "unclear", "待查明"
    FAIL = "fail", "不符合"


@dataclass(frozen=True)
class Standard:
    """The hardship line of a place on a day: monthly income per head in yuan."""

    monthly_income_per_head: Decimal
    version: str
    basis: str
    confirmed: bool


@dataclass(frozen=True)
class Criterion:
    name: str
    label: str
    outcome: Outcome
    reason: str
    basis: str


@dataclass(frozen=True)
class Eligibility:
    criteria: tuple[Criterion, ...]
    has_economic_limit: bool
    is_unchecked: bool
    to_be_sampled: bool
    standard_version: str

    @property
    def overall(self) -> Outcome:
        found = {criterion.outcome for criterion in self.criteria}
        return next((outcome for outcome in (Outcome.FAIL, Outcome.UNCLEAR) if outcome in found), Outcome.PASS)

    @property
    def doubts(self) -> list[str]:
        """Why it is not plainly yes."""
        return [f"{c.label}：{c.reason}" for c in self.criteria if c.outcome in (Outcome.FAIL, Outcome.UNCLEAR)]

    def as_facts(self) -> dict[str, Any]:
        """What the case keeps, with the version of the standard."""
        return {**asdict(self), "overall": self.overall}


def standard_for(region: str, on: date) -> Standard | None:
    row = parameters.row(INCOME_KEY, region=region, on=on)
    amount = _yuan(row.value) if row else None
    if row is None or amount is None:
        return None
    return Standard(amount, f"{row.region or '全国'} {row.since.isoformat()}", row.basis, row.confirmed)


def assess(application: Mapping[str, Any], standard: Standard | None, region: str, on: date) -> Eligibility:
    """`application` holds the fields of the application form, `checked` (how the figures were checked) and `documents`
    (kinds on the case); `region` is the division of the office."""
    others = (_scope(application), _agent(application), venue(application, region), term(application, on))
    return judged(application, others, hardship_of(application, standard), standard)


def judged(
    application: Mapping[str, Any], others: tuple[Criterion, ...], hardship: Criterion, standard: Standard | None
) -> Eligibility:
    return Eligibility(
        criteria=(*others, hardship),
        has_economic_limit=not application.get("no_limit"),
        is_unchecked=hardship.outcome == Outcome.EXEMPT and not application.get("no_limit"),
        to_be_sampled=hardship.outcome == Outcome.COMMITTED,
        standard_version=standard.version if standard else "",
    )


def lacking_proofs(application: Mapping[str, Any]) -> list[DocumentKind]:
    """Papers that the choices made in the form call for."""
    needed = []
    if application.get("unchecked") and not application.get("no_limit"):
        needed.append(DocumentKind.EXEMPTION)
    if application.get("commitment"):
        needed.append(DocumentKind.COMMITMENT)
    return [kind for kind in needed if kind not in application.get("documents", ())]


def _scope(application: Mapping[str, Any]) -> Criterion:
    no_limit, matter = application.get("no_limit"), application.get("matter", "")
    chosen = no_limit or matter
    basis = "法律援助法第三十二条" if no_limit else "法律援助法第三十一条"
    labels = {**dict(Matter.choices), **(dict(NoLimit.choices) if no_limit else {})}
    if chosen == Matter.OTHER:
        return Criterion("scope", "申请事项", Outcome.UNCLEAR, "属于“其他”，请写明所依据的规定", basis)
    if chosen not in labels:
        return Criterion("scope", "申请事项", Outcome.FAIL, "不在法律援助的事项范围内", basis)
    return Criterion("scope", "申请事项", Outcome.PASS, str(labels[chosen]), basis)


def _agent(application: Mapping[str, Any]) -> Criterion:
    if application.get("has_agent"):
        return Criterion("agent", "没有代理人", Outcome.FAIL, "已经委托了律师或其他代理人", "法律援助法第三十一条")
    return Criterion("agent", "没有代理人", Outcome.PASS, "没有委托代理人", "法律援助法第三十一条")


def venue(application: Mapping[str, Any], region: str) -> Criterion:
    place, basis = str(application.get("place") or ""), "法律援助法第三十八条"
    if not place:
        return Criterion("venue", "受理地点", Outcome.UNCLEAR, "没有写明办案机关或事情发生在哪里", basis)
    if place.startswith(region):
        return Criterion("venue", "受理地点", Outcome.PASS, "办案机关所在地或事由发生地在本辖区", basis)
    return Criterion("venue", "受理地点", Outcome.FAIL, "办案机关所在地或事由发生地不在本辖区，应当转告", basis)


def term(application: Mapping[str, Any], on: date) -> Criterion:
    """Not a condition of aid, but the office must see it: an urgent case is helped first and checked afterwards."""
    ends, basis = application.get("term_ends_on"), "法律援助法第四十四条"
    day = date.fromisoformat(ends) if isinstance(ends, str) and ends else ends
    if not isinstance(day, date):
        return Criterion("term", "时效期限", Outcome.PASS, "没有即将届满的期限", basis)
    if day < on:
        return Criterion("term", "时效期限", Outcome.PASS, f"期限已于{day}届满，请核实是否还能主张", basis)
    left = (day - on).days
    hint = "，可以先行提供法律援助" if left < URGENT_DAYS else ""
    return Criterion("term", "时效期限", Outcome.PASS, f"期限还有{left}日届满{hint}", basis)


def hardship_of(application: Mapping[str, Any], standard: Standard | None) -> Criterion:
    if application.get("no_limit"):
        return economic(Outcome.EXEMPT, "这类事项不受经济困难条件限制", "法律援助法第三十二条")
    return _unchecked(application) or _by_figures(application, standard)


def _unchecked(application: Mapping[str, Any]) -> Criterion | None:
    status, basis = application.get("unchecked"), "法律援助法第四十二条"
    if not status:
        return None
    if DocumentKind.EXEMPTION in lacking_proofs(application):
        return economic(Outcome.UNCLEAR, "选择了免予核查，但还没有交身份证明材料", basis)
    if status == Unchecked.MIGRANT_WORKER and application.get("matter") not in (Matter.LABOUR, Matter.INJURY):
        return economic(Outcome.FAIL, "进城务工人员只在追索劳动报酬或工伤赔偿时免予核查，请补填收入情况", basis)
    return economic(Outcome.EXEMPT, f"{Unchecked(status).label}，有证明，免予核查", basis)


def _by_figures(application: Mapping[str, Any], standard: Standard | None) -> Criterion:
    basis = f"法律援助法第三十四条；{standard.basis}" if standard else "法律援助法第三十四条"
    income, whose = _income_per_head(application)
    if standard is None:
        return economic(Outcome.UNCLEAR, "本地的经济困难标准还没有录入系统", basis)
    if income is None:
        return economic(Outcome.UNCLEAR, "没有填写收入和人口", basis)
    line = standard.monthly_income_per_head
    compared = f"{whose}每月{income.normalize():f}元，标准为{line.normalize():f}元"
    if income > line:
        return economic(Outcome.FAIL, f"{compared}，超过标准", basis)
    if application.get("checked"):
        return economic(Outcome.PASS, f"{compared}，已核查", basis)
    if application.get("commitment"):
        return _committed(application, compared)
    return economic(Outcome.UNCLEAR, f"{compared}，还没有核查，也没有承诺", "法律援助法第四十一条")


def _committed(application: Mapping[str, Any], compared: str) -> Criterion:
    if DocumentKind.COMMITMENT in lacking_proofs(application):
        return economic(Outcome.UNCLEAR, "选择了诚信承诺，但还没有交签字的承诺书", "法律援助法第四十一条")
    return economic(Outcome.COMMITTED, f"{compared}，凭诚信承诺认定，事后抽查", "法律援助法第四十一条")


def _income_per_head(application: Mapping[str, Any]) -> tuple[Decimal | None, str]:
    # 办理法律援助案件程序规定 (unconfirmed): against a co-living relative the applicant's own income counts.
    if application.get("adverse_lives_with"):
        return _yuan(application.get("own_income")), "本人收入"
    total, size = _yuan(application.get("household_income")), _yuan(application.get("household_size"))
    if total is None or not size:
        return None, ""
    return (total / size).quantize(Decimal("0.01")), "家庭人均收入"


def _yuan(value: Any) -> Decimal | None:
    try:
        return None if value in (None, "") or isinstance(value, bool) else Decimal(str(value))
    except InvalidOperation:
        return None


def economic(outcome: Outcome, reason: str, basis: str) -> Criterion:
    return Criterion("hardship", "经济困难", outcome, reason, basis)
