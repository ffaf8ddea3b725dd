"""The conditions of a notarization that a table cell cannot say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from santai.casework import parameters
from santai.casework.conflicts import conflicts, told
from santai.casework.kernel import Attempt
from santai.casework.models import Case
from santai.casework.parts import Duty
from santai.casework.reading import clocks_of
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.documents.models import DocumentKind as Doc
from santai.people.models import SpecialGroup
from santai.procedures.forms.notarization import DECLINE_GROUNDS, NOT_ACCEPTED_GROUNDS, REFUNDS, TERMINATION_GROUNDS
from santai.procedures.rules.conditions import kinds_on, lacking, latest, not_in_the_future
from santai.procedures.rules.draw import draw
from santai.procedures.rules.fee_relief import fee_is_fair, relief_offered
from santai.procedures.rules.notarization_fees import fee_lines
from santai.procedures.rules.notarization_items import ITEMS, Item
from santai.registry.models import OrganisationKind, Practitioner, Region
from santai.registry.regions import nearest
from santai.registry.standing import may_practise, practising
from santai.trust.models import User

# How many digits of a division code must agree (4: the same city), where the province has set nothing else.
ESTATE_KEY, USUAL_ESTATE_DIGITS = "notarization.real_estate_digits", 4
PRACTICE_KEY, USUAL_PRACTICE_DIGITS = "notarization.practice_digits", 2


def application_of(attempt: Attempt) -> dict[str, Any]:
    kept: dict[str, Any] = attempt.case.facts["application"]
    return kept


def item_of(case: Case) -> Item:
    return ITEMS[case.facts["application"]["item"]]


# --- application and acceptance -----------------------------------------------------------------------------------


def guardian_is_named(attempt: Attempt) -> None:
    """Form fields cannot know that the person is registered as a minor."""
    data = attempt.data
    if SpecialGroup.MINOR in attempt.case.applicant.groups and not data["guardian"]:
        raise Missing(
            "申请人是未成年人，应当由监护人代理申请（公证法第三十一条第一项）",
            todo="请填写监护人姓名，并上传监护关系证明。",
            fields={"guardian": ["请填写监护人姓名。"]},
        )


def keep_application(attempt: Attempt) -> dict[str, Any]:
    """Real estate elsewhere takes the application to the office of its place at once."""
    case, kept = attempt.case, dict(attempt.data)
    item = ITEMS[kept["item"]]
    kept |= {"place": kept["place"] or case.region, "item_label": item.label, "papers": item.papers}
    bound_to = kept["property_place"] if kept["real_estate"] and not item.free_place else ""
    office = None if bound_to else case.organisation
    office = office or next(iter(nearest(OrganisationKind.NOTARY, bound_to or case.region)), case.organisation)
    facts = {"application": kept, "fee_relief": relief_offered(case, attempt.at)}
    return {"organisation": office, "facts": facts}


def may_be_accepted(attempt: Attempt) -> None:
    lacking(_lacking_papers(attempt), "请先办理“一次性告知”，列明还缺的材料。")
    problems = list(_wrong_office(attempt))
    if problems:
        raise Missing(*problems, todo="请办理“不予受理”，告诉申请人应当找哪家公证机构。")
    fee_is_fair(attempt, "公证法第三十四条")
    if attempt.data["public_benefit"]:
        _pool(attempt)
    else:
        require_notary(attempt.actor.user, attempt)


def _lacking_papers(attempt: Attempt) -> list[Doc]:
    application = application_of(attempt)
    represented = application["agent"] or application["guardian"]
    proof = Doc.COMMITMENT if application["commitment"] else Doc.MATTER_PROOF
    needed = [Doc.IDENTITY, proof, *([Doc.AUTHORISATION] if represented else [])]
    return [kind for kind in needed if kind not in kinds_on(attempt.case)]


def _wrong_office(attempt: Attempt) -> Iterator[str]:
    """Real estate goes to the office of its place, except mandates, statements, gifts and wills (公证法 25)."""
    application, item, office = application_of(attempt), item_of(attempt.case), attempt.case.organisation
    if office is None:
        yield "还没有确定由哪家公证机构办理"
        return
    if application["real_estate"] and not item.free_place:
        digits = _digits(attempt, ESTATE_KEY, USUAL_ESTATE_DIGITS)
        if application["property_place"][:digits] != office.region_id[:digits]:
            place = _named(application["property_place"])
            yield f"不动产在{place}，应当由不动产所在地的公证机构办理（公证法第二十五条）"
        return
    digits = _digits(attempt, PRACTICE_KEY, USUAL_PRACTICE_DIGITS)
    if application["place"][:digits] != office.region_id[:digits]:
        yield f"{_named(application['place'])}不在本公证机构的执业区域"


def _digits(attempt: Attempt, key: str, usual: int) -> int:
    return int(parameters.value(key, region=attempt.case.region, on=localdate(attempt.at), default=usual))


def _named(code: str) -> str:
    region = Region.objects.filter(code=code).first()
    return region.full_name if region else code


def keep_acceptance(attempt: Attempt) -> dict[str, Any]:
    item, public_benefit = item_of(attempt.case), attempt.data["public_benefit"]
    asked = latest(attempt.log, "ask_papers")
    facts = {
        "fee_lines": fee_lines(attempt.case, attempt.at),
        "public_benefit": public_benefit,
        "one_visit": item.one_visit and asked is None,
    }
    if public_benefit:
        return draw_handler(attempt, facts)
    return {"handler": attempt.actor.user, "facts": facts}


def keep_turning_away(attempt: Attempt) -> dict[str, Any]:
    label = dict(NOT_ACCEPTED_GROUNDS)[attempt.data["reason"]]
    return {"facts": {"reason_label": label, **remedy(attempt.case)}}


# --- who handles it -----------------------------------------------------------------------------------------------


def draw_handler(attempt: Attempt, facts: dict[str, Any]) -> dict[str, Any]:
    """Public-benefit cases fall to everybody by lot; the draw is kept so that it can be repeated."""
    kept = attempt.case.facts.get("draws", [])
    found = draw(attempt.case.code, _pool(attempt), turn=len(kept) + 1)
    chosen = Practitioner.objects.select_related("user").get(pk=found.chosen)
    return {"handler": chosen.user, "facts": {**facts, "draws": [*kept, found.as_facts()]}}


def _pool(attempt: Attempt) -> list[int]:
    out = _recused(attempt)
    able = Practitioner.objects.filter(
        practising(localdate(attempt.at)),
        organisation=attempt.case.organisation,
        kind=Practitioner.Kind.NOTARY,
        user__is_active=True,
    ).exclude(user__in=out)
    able = able.select_related("organisation", "user")
    today = localdate(attempt.at)
    pool = [one.pk for one in able.order_by("pk") if not conflicts(attempt.case, one, today, duty=Duty.NOTARIZE)]
    if not pool:
        raise Missing("本处没有可以随机确定的公证员", todo="请核对公证员的执业状态和平台账号，或转其他公证机构。")
    return pool


def _recused(attempt: Attempt) -> set[int]:
    """Everybody whom a replacement has taken off the case, and whoever is being replaced now."""
    before = set(attempt.case.facts.get("recused", []))
    return before | ({attempt.case.handler_id} if attempt.case.handler_id else set())


def require_notary(user: User | None, attempt: Attempt, field: str = "") -> None:
    notary = Practitioner.objects.select_related("organisation").filter(user=user).first() if user else None
    problem = _obstacle(notary, attempt)
    if problem:
        raise Missing(problem, todo="请由本处在岗的公证员承办。", fields={field: [problem]} if field else None)


def _obstacle(notary: Practitioner | None, attempt: Attempt) -> str:
    if notary is None or notary.kind != Practitioner.Kind.NOTARY:
        return "只有公证员可以承办公证"
    if notary.organisation_id != attempt.case.organisation_id:
        return f"{notary.name}不是本处的公证员"
    today = localdate(attempt.at)
    standing = may_practise(notary, today)
    ties = told(conflicts(attempt.case, notary, today, duty=Duty.NOTARIZE), with_remedy=False)
    return "；".join(ties) if standing else standing.reason


def no_recusal_pending(attempt: Attempt) -> None:
    if _recusal_pending(attempt):
        raise NotFromHere("您的回避申请正在审查", todo="请等待公证处答复。")


def recusal_is_asked(attempt: Attempt) -> None:
    if not _recusal_pending(attempt):
        raise NotFromHere("没有待决定的回避申请", todo="当事人提出回避申请后再办理。")


def _recusal_pending(attempt: Attempt) -> bool:
    asked = latest(attempt.log, "ask_recusal", "replace_notary", "keep_notary")
    return bool(asked and asked.step == "ask_recusal")


def may_replace(attempt: Attempt) -> None:
    not_the_handler(attempt)
    if attempt.case.facts["public_benefit"]:
        _pool(attempt)
        return
    newcomer = attempt.data["handler"]
    if newcomer is None or newcomer.pk in _recused(attempt):
        problem = "请选择另一位公证员；已经更换下来的不能再承办。"
        raise Missing("没有选定新的承办公证员", todo=problem, fields={"handler": [problem]})
    require_notary(newcomer, attempt, "handler")


def keep_replacement(attempt: Attempt) -> dict[str, Any]:
    facts = {"recused": sorted(_recused(attempt)), "handler_before": _handler_name(attempt)}
    if attempt.case.facts["public_benefit"]:
        return draw_handler(attempt, facts)
    return {"handler": attempt.data["handler"], "facts": facts}


def _handler_name(attempt: Attempt) -> str:
    return attempt.case.handler.display_name if attempt.case.handler else ""


def not_the_handler(attempt: Attempt) -> None:
    """Who handles a case does not decide on it: nobody approves their own work."""
    if attempt.actor.user and attempt.actor.user.pk == attempt.case.handler_id:
        raise NotYou("承办人不能审批自己承办的公证", todo="请由另一位审批人办理。")


# --- review, certificate and refusal ------------------------------------------------------------------------------


def second_person_is_there(attempt: Attempt) -> None:
    item = item_of(attempt.case)
    if item.needs_second and not attempt.data["second_person"]:
        raise Missing(
            f"“{item.label}”公证应当有两人在场",
            todo="请填写在场的另一位公证人员或见证人。",
            fields={"second_person": ["请填写姓名。"]},
        )


def meaning_was_told(attempt: Attempt) -> None:
    if latest(attempt.log, "tell_meaning") is None:
        raise NotFromHere("还没有告知当事人法律意义和可能的后果", todo="请先办理“告知法律意义”（公证法第二十七条）。")


def keep_draft(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"draft": attempt.data["text"]}}


def keep_approval(attempt: Attempt) -> dict[str, Any]:
    user = attempt.actor.user
    return {"facts": {"approver": user.pk if user else None, "approver_name": attempt.actor.name}}


def medium_is_lawful(attempt: Attempt) -> None:
    if attempt.data["medium"] == "electronic" and item_of(attempt.case).is_status:
        problem = "这类事项涉及人身关系，不能出具电子公证书（电子签名法第三条）。"
        raise Missing(problem, todo="请出具纸质公证书。", fields={"medium": [problem]})


def keep_certificate(attempt: Attempt) -> dict[str, Any]:
    case = attempt.case
    certificate = {
        "issued_on": localdate(attempt.at),
        "medium": attempt.data["medium"],
        "notary": case.handler_id,
        "notary_name": _handler_name(attempt),
    }
    return {"facts": {"certificate": certificate}}


def delivered_as_issued(attempt: Attempt) -> None:
    not_in_the_future(attempt, "received_on")
    certificate = attempt.case.facts["certificate"]
    if attempt.data["received_on"] < date.fromisoformat(certificate["issued_on"]):
        raise Missing("领取日期早于出证日期", todo="请核对签收单。", fields={"received_on": ["不能早于出证日期。"]})
    if attempt.data["way"] == "online" and certificate["medium"] == "paper":
        problem = "纸质公证书不能网上送达。"
        raise Missing(problem, todo="请选择当面领取或者邮寄。", fields={"way": [problem]})


def keep_delivery(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"received_on": attempt.data["received_on"], **remedy(attempt.case)}}


def keep_refusal(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {**_ending(attempt, DECLINE_GROUNDS), **remedy(attempt.case)}}


def keep_termination(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {**_ending(attempt, TERMINATION_GROUNDS), **remedy(attempt.case)}}


def _ending(attempt: Attempt, grounds: list[tuple[str, str]]) -> dict[str, Any]:
    ground, refund = attempt.data["ground"], attempt.data["refund"]
    return {"ending": ground, "reason_label": dict(grounds)[ground], "refund_label": dict(REFUNDS)[refund]}


def ground_is_there(attempt: Attempt) -> None:
    """Two grounds can be read from the log: the request of the party, and the months it did not answer."""
    not_the_handler(attempt)
    ground = attempt.data["ground"]
    if ground == "withdrawn" and latest(attempt.log, "ask_to_stop") is None:
        raise Missing("当事人没有申请撤回", todo="请当事人先提出撤回，或选择其他情形。")
    if ground == "party_delay":
        _party_is_late(attempt)


def _party_is_late(attempt: Attempt) -> None:
    found = {reading.clock.name: reading for reading in clocks_of(attempt.case, attempt.log, now=attempt.at)}
    waited = found.get("party_delay")
    if waited is None or waited.stopped_at or waited.due_at is None:
        raise Missing("现在不是在等当事人补充材料", todo="请先通知当事人补充，等满期限再终止。")
    if attempt.at <= waited.due_at:
        raise Missing(f"等当事人的期限到{waited.due_on:%Y-%m-%d}才满", todo="请等期限届满，或选择其他情形。")


def remedy(case: Case) -> dict[str, Any]:
    """Whom to turn to against the notary office: the association and the judicial administration (公证法 5, 6)."""
    office = case.organisation
    bureau = next(iter(nearest(OrganisationKind.BUREAU, office.region_id if office else case.region)), None)
    return {
        "bureau": bureau.name if bureau else "当地司法行政机关",
        "bureau_phone": bureau.phone if bureau else "",
        "office_phone": office.phone if office else "",
    }


def file_term_is_lawful(attempt: Attempt) -> None:
    """Wills are kept for good in a sealed file, whatever the general table says."""
    if item_of(attempt.case).is_sealed and attempt.data["term"] == "short":
        problem = "密卷不能定为短期。"
        raise Missing(problem, todo="请选长期或永久。", fields={"term": [problem]})


def keep_file(attempt: Attempt) -> dict[str, Any]:
    kind = "密卷" if item_of(attempt.case).is_sealed else "普通卷"
    return {"facts": {"file": {"kind": kind, **attempt.data}}}
