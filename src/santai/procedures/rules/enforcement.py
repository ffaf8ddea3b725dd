"""The conditions of an administrative penalty up to the decision: officers, investigation, notice, hearing, review."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate

from santai.casework import parameters
from santai.casework.clocks import latest_day_before
from santai.casework.kernel import Attempt
from santai.casework.models import Case, LogEntry
from santai.casework.reading import clocks_of
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.casework.terms import workdays
from santai.documents.models import DocumentKind as Doc
from santai.documents.models import ServiceWay
from santai.procedures.forms.enforcement import RETURN_REASONS
from santai.procedures.rules.conditions import kinds_on, latest, not_in_the_future
from santai.procedures.rules.enforcement_discretion import Sanction, explain, faults_of
from santai.trust.memberships import current_memberships
from santai.trust.models import User
from santai.trust.roles import Role

# 较大数额 in yuan, for persons and for bodies: not confirmed (司法行政机关行政处罚听证程序规定 is believed to say so).
LARGE_KEY, USUAL_LARGE = "enforcement.large_sum", {"person": 3000, "company": 30000}
# 行政处罚法第五十一条.
ON_SPOT_AT_MOST = {"person": Decimal(200), "company": Decimal(3000)}
# 行政处罚法第六十四条第二项.
HEARING_NOTICE = workdays(7)


# --- officers -----------------------------------------------------------------------------------------------------


def officers_of(case: Case) -> list[int]:
    return [int(one["id"]) for one in case.facts.get("officers", [])]


def are_two_officers(attempt: Attempt) -> None:
    """行政处罚法第四十二条: two at least, each with a certificate; 第四十三条: nobody who may not be impartial."""
    given = attempt.data
    if given["lead"] == given["second"]:
        raise Missing("主办和协办是同一个人", todo="执法人员不得少于两人。", fields={"second": ["请另选一位。"]})
    for field in ("lead", "second"):
        may_enforce(given[field], attempt, field)
    if officers_of(attempt.case) and not given["note"]:
        raise Missing("没有写更换的理由", todo="请写明为什么更换。", fields={"note": ["更换执法人员时必须填写。"]})


def may_enforce(user: User, attempt: Attempt, field: str) -> None:
    office = attempt.case.organisation_id
    held = {one.role for one in current_memberships(user) if one.organisation_id == office}
    if Role.ENFORCEMENT_OFFICER not in held:
        raise Missing(
            f"{user.display_name}不是本机关的行政执法人员",
            todo="请选本机关取得执法证的人员。",
            fields={field: ["不是本机关的行政执法人员。"]},
        )
    if user.pk in recused(attempt.log):
        raise Missing(f"{user.display_name}已经回避", todo="请另选一位。", fields={field: ["已经回避。"]})


def recused(log: Iterable[LogEntry]) -> set[int]:
    """Whoever was named when a recusal was granted: they are not named again."""
    found: set[int] = set()
    named: set[int] = set()
    for entry in log:
        if entry.step == "assign_officers":
            named = {int(entry.data[who]["id"]) for who in ("lead", "second")}
        elif entry.step == "grant_recusal":
            found |= named
    return found


def keep_officers(attempt: Attempt) -> dict[str, Any]:
    pairs = (("lead", "lead_certificate"), ("second", "second_certificate"))
    officers = [
        {
            "id": attempt.data[who].pk,
            "name": attempt.data[who].display_name,
            "certificate": attempt.data[certificate].strip(),
        }
        for who, certificate in pairs
    ]
    return {"handler": attempt.data["lead"], "facts": {"officers": officers, "ever": _ever(attempt, officers)}}


def _ever(attempt: Attempt, officers: list[dict[str, Any]]) -> list[int]:
    """Everybody who ever investigated: none of them decides, reviews or hears it."""
    return sorted({*attempt.case.facts.get("ever", []), *(int(one["id"]) for one in officers)})


def officers_are_named(attempt: Attempt) -> None:
    if not officers_of(attempt.case):
        raise NotFromHere("还没有指派执法人员", todo="请先由负责人指派两名以上执法人员。")


def is_ordinary(attempt: Attempt) -> None:
    """What began on the spot goes on in the ordinary way only when the head has approved it by naming officers."""
    officers_are_named(attempt)
    if attempt.case.facts.get("is_simple") and not latest(attempt.log, "assign_officers"):
        raise NotFromHere("现场查处的案件转为普通程序，要先由负责人批准并指派执法人员", todo="请先办理“指派执法人员”。")


def by_its_officers(attempt: Attempt) -> None:
    """Only the two who were named investigate."""
    user = attempt.actor.user
    if user is None or user.pk not in officers_of(attempt.case):
        raise NotYou("这件案件由指派的执法人员调查", todo="请由主办或者协办人员办理，或者请负责人更换人员。")


def not_an_investigator(attempt: Attempt) -> None:
    """Whoever investigated does not review, hear or decide (行政处罚法第五十八条、第六十四条第四项)."""
    user = attempt.actor.user
    if user is not None and user.pk in attempt.case.facts.get("ever", []):
        raise NotYou("参加过调查的人不能审核、主持听证或者作出决定", todo="请由没有参加调查的人办理。")


def done_by_now(attempt: Attempt) -> None:
    by_its_officers(attempt)
    not_in_the_future(attempt, "done_on")


def no_evidence_is_held(attempt: Attempt) -> None:
    officers_are_named(attempt)
    if attempt.case.facts.get("is_kept"):
        raise NotFromHere("已有先行登记保存的证据没有处理", todo="请先作出处理决定。")


def keep_held(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"is_kept": True}}


def keep_released(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"is_kept": False}}


def evidence_is_held(attempt: Attempt) -> None:
    if not attempt.case.facts.get("is_kept"):
        raise NotFromHere("没有先行登记保存的证据", todo="登记保存以后才需要作出处理决定。")


def recorded_by_now(attempt: Attempt) -> None:
    if attempt.data["ended_at"] > attempt.at:
        raise Missing("记录的结束时间晚于现在", fields={"ended_at": ["请核对。"]})
    wanted = (Doc.AV_SITE, Doc.AV_SEIZURE, Doc.AV_HEARING, Doc.AV_SERVICE, Doc.AV_OTHER)
    if not kinds_on(attempt.case) & {kind.value for kind in wanted}:
        raise Missing("没有音视频文件", todo="请同时上传这一段音视频记录。")


def not_extended(attempt: Attempt) -> None:
    """Once, and once more when a revoked decision is to be made anew (行政处罚法第六十条)."""
    last = latest(attempt.log, "extend", "order_redo")
    if last is not None and last.step == "extend":
        raise NotFromHere("办案期限已经延长过一次", todo="请在延长后的期限内作出决定。")


# --- recusal ------------------------------------------------------------------------------------------------------


def recusal_is_pending(attempt: Attempt) -> None:
    last = latest(attempt.log, "ask_recusal", "grant_recusal", "refuse_recusal")
    if last is None or last.step != "ask_recusal":
        raise NotFromHere("没有待决定的回避申请", todo="当事人申请或者执法人员自行回避后再办理。")


def no_recusal_is_pending(attempt: Attempt) -> None:
    last = latest(attempt.log, "ask_recusal", "grant_recusal", "refuse_recusal")
    if last is not None and last.step == "ask_recusal":
        raise NotFromHere("回避申请正在审查", todo="请等待行政机关负责人决定；调查不停止。")


def forget_officers(attempt: Attempt) -> dict[str, Any]:
    """Both leave: two others are named afresh."""
    return {"handler": None, "facts": {"officers": []}}


# --- proposal and notice ------------------------------------------------------------------------------------------


def may_propose_other(attempt: Attempt) -> None:
    by_its_officers(attempt)
    evidence_is_settled(attempt)


def evidence_is_settled(attempt: Attempt) -> None:
    if attempt.case.facts.get("is_kept"):
        raise Missing("先行登记保存的证据还没有处理", todo="请先作出处理决定，再提出处理意见。")


def check_penalty(attempt: Attempt) -> None:
    """The discretion table allows it, line by line."""
    case = attempt.case
    sanction = Sanction.of(attempt.data)
    faults = faults_of(
        sanction, respondent=case.applicant.kind, region=case.region, on=localdate(attempt.case.opened_at)
    )
    if faults:
        raise Missing(*faults, todo="请对照裁量基准改正。")


def keep_proposal(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"proposal": penalty_facts(attempt), "gravity": attempt.data["gravity"], "defence": ""}}


def keep_other_proposal(attempt: Attempt) -> dict[str, Any]:
    told = {"facts": attempt.data["facts"], "outcome": attempt.data["outcome"]}
    return {"facts": {"proposal": told, "gravity": attempt.data["gravity"]}}


def penalty_facts(attempt: Attempt) -> dict[str, Any]:
    """What the letters and the publication say of a penalty."""
    sanction = Sanction.of(attempt.data)
    names = ("facts", "row", "grade", "factors", "warning", "fine", "confiscate", "months", "revoke")
    return {
        **{name: attempt.data.get(name) for name in names},
        "sanctions": sanction.in_words(),
        "lines": explain(sanction, region=attempt.case.region, on=localdate(attempt.case.opened_at)),
    }


def proposed(case: Case) -> Sanction | None:
    kept = case.facts.get("proposal") or {}
    return Sanction.of(kept) if kept.get("row") else None


def may_be_heard(case: Case, attempt: Attempt) -> bool:
    """行政处罚法第六十三条: revocation, stopping work, and large sums."""
    sanction = proposed(case)
    if sanction is None:
        return False
    large = parameters.value(LARGE_KEY, region=case.region, on=localdate(attempt.at), default=USUAL_LARGE)
    limit = Decimal(large[case.applicant.kind])
    return sanction.revoke or bool(sanction.months) or max(sanction.fine, sanction.confiscate) >= limit


def keep_notice(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"may_be_heard": may_be_heard(attempt.case, attempt)}}


def not_left_behind(attempt: Attempt) -> None:
    """What is left behind is filmed (全过程记录); that is a step of its own."""
    if attempt.data.get("way") == ServiceWay.LEFT:
        raise Missing(
            "留置送达要有音视频记录",
            todo="请办理“留置送达”，并上传音视频。",
            fields={"way": ["请办理“留置送达”。"]},
        )


def notice_is_not_served(attempt: Attempt) -> None:
    if notice_was_served(attempt):
        raise NotFromHere("告知书的送达已经记录过", todo="期限从已记录的送达日起算。")


def notice_was_served(attempt: Attempt) -> bool:
    notice, served = latest(attempt.log, "notify"), latest(attempt.log, "serve_notice", "leave_notice")
    return bool(notice and served and served.number > notice.number)


def defence_is_over(attempt: Attempt) -> None:
    """Five working days after the notice reached the party, unless the party gave up the right to be heard."""
    if not notice_was_served(attempt):
        raise NotFromHere("还没有记录告知书的送达，期限没有开始", todo="请先记录送达。")
    if latest_round(attempt.log, "waive"):
        return
    window = next((one for one in clocks_of(attempt.case, attempt.log, now=attempt.at) if one.clock.id == "PN03"), None)
    if window is not None and window.due_at is not None and attempt.at <= window.due_at:
        raise NotFromHere(
            f"当事人在{localdate(window.due_at):%Y-%m-%d}前可以陈述、申辩或者要求听证", todo="请等期限届满。"
        )


def latest_round(log: Iterable[LogEntry], *steps: str) -> LogEntry | None:
    """The last of these steps since the party was last told: what happened before an earlier notice is over."""
    found = latest(log, *steps, "notify")
    return found if found is not None and found.step != "notify" else None


def in_the_partys_words(attempt: Attempt) -> None:
    """An officer gives up nobody's right for them: what the party signed must be on the case."""
    if attempt.role != Role.APPLICANT and Doc.STATEMENT not in kinds_on(attempt.case):
        raise Missing("没有当事人签字的书面意见", todo="请上传当事人签字的陈述申辩材料，或者请当事人在网上办理。")


def heard_or_not(attempt: Attempt) -> None:
    if latest_round(attempt.log, "ask_hearing", "refuse_hearing", "withdraw_hearing", "hold_hearing"):
        raise NotFromHere("已经提出过听证要求", todo="请看进展里的处理结果。")


# --- hearing ------------------------------------------------------------------------------------------------------


def hearing_is_in_order(attempt: Attempt) -> None:
    """行政处罚法第六十四条: told seven working days before; the host did not investigate."""
    host, held_on = attempt.data["host"], attempt.data["held_on"]
    if host.pk in attempt.case.facts.get("ever", []):
        raise Missing("听证主持人参加过本案调查", fields={"host": ["请指定非本案调查人员。"]})
    held = {one.role for one in current_memberships(host) if one.organisation_id == attempt.case.organisation_id}
    if not held & {Role.LEGALITY_REVIEWER, Role.ENFORCEMENT_OFFICER, Role.BUREAU_HEAD}:
        raise Missing("听证主持人不是本机关人员", fields={"host": ["请指定本机关的人员。"]})
    last = latest_day_before(held_on, HEARING_NOTICE, attempt.case.region)
    if localdate(attempt.at) > last:
        raise Missing(
            f"{held_on:%Y-%m-%d}举行听证，最晚应当在{last:%Y-%m-%d}通知当事人",
            todo="请把听证日期往后安排，留出七个工作日。",
            fields={"held_on": ["离通知不足七个工作日。"]},
        )


def keep_hearing(attempt: Attempt) -> dict[str, Any]:
    host = attempt.data["host"]
    return {"facts": {"hearing": {**attempt.data, "host": {"id": host.pk, "name": host.display_name}}}}


def hearing_is_called(attempt: Attempt) -> None:
    if not latest_round(attempt.log, "call_hearing"):
        raise NotFromHere("还没有通知听证", todo="请先由负责人指定主持人，并通知当事人。")


def only_its_host(attempt: Attempt) -> None:
    user, hearing = attempt.actor.user, attempt.case.facts["hearing"]
    if user is None or user.pk != int(hearing["host"]["id"]):
        raise NotYou(f"听证由指定的主持人{hearing['host']['name']}主持", todo="请由主持人办理。")
    not_in_the_future(attempt, "held_on")
    if f"{attempt.data['held_on']}" < str(hearing["held_on"]):
        raise Missing("听证日期早于通知的日期", fields={"held_on": ["请核对。"]})


def keep_heard(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"was_heard": True, "defence": attempt.data["opinion"]}}


def keep_considered(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"defence": attempt.data["opinion"]}}


# --- legality review and discussion -------------------------------------------------------------------------------


def must_be_reviewed(case: Case) -> bool:
    """行政处罚法第五十八条; grave penalties are reviewed even when nobody asked for a hearing (重大执法决定)."""
    return bool(case.facts.get("gravity") or case.facts.get("was_heard") or case.facts.get("may_be_heard"))


def must_be_discussed(case: Case) -> bool:
    """行政处罚法第五十七条第二款: complex circumstances or grave breaches."""
    return bool(case.facts.get("gravity") or case.facts.get("may_be_heard"))


def review_is_needed(attempt: Attempt) -> None:
    defence_is_over(attempt)
    if not must_be_reviewed(attempt.case):
        raise NotFromHere("这件案件不属于必须法制审核的情形", todo="请直接办理“复核意见，提交决定”。")


def review_is_not_needed(attempt: Attempt) -> None:
    defence_is_over(attempt)
    if must_be_reviewed(attempt.case):
        raise NotFromHere("未经法制审核不得作出决定（行政处罚法第五十八条）", todo="请办理“复核意见，提交法制审核”。")


def is_grave(attempt: Attempt) -> None:
    if not attempt.data["gravity"]:
        raise Missing("没有选择重大、复杂情形", todo="不属于这些情形的，请直接提交决定。")
    may_propose_other(attempt)


def is_not_grave(attempt: Attempt) -> None:
    if attempt.data["gravity"]:
        raise Missing("重大、复杂的案件要先经法制审核", todo="请办理“提出其他处理意见，送法制审核”。")
    may_propose_other(attempt)


def keep_review(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"review": attempt.data["opinion"]}}


def forget_proposal(attempt: Attempt) -> dict[str, Any]:
    """Back to the investigation: what was proposed, told and reviewed is made anew."""
    return {"facts": {"proposal": {}, "gravity": [], "review": "", "may_be_heard": False, "was_heard": False}}


def keep_returned(attempt: Attempt) -> dict[str, Any]:
    label = dict(RETURN_REASONS)[attempt.data["reason"]]
    return {"facts": {**forget_proposal(attempt)["facts"], "returned_label": label}}


def heads_by_now(attempt: Attempt) -> None:
    not_an_investigator(attempt)
    not_in_the_future(attempt, "held_on")

