"""Inspection by lot (双随机): whom and by whom is drawn, in a way anybody can draw again; what was found at each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.timezone import localdate

from santai.casework.kernel import Attempt
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.documents.models import DocumentKind as Doc
from santai.people.models import Party
from santai.procedures.forms.enforcement_inspection import RESULTS
from santai.procedures.rules.conditions import latest, not_in_the_future
from santai.procedures.rules.draw import draw
from santai.registry.models import Organisation
from santai.registry.regions import within
from santai.trust.memberships import held_on
from santai.trust.models import Membership
from santai.trust.roles import Role

OFFICERS_EACH = 2
CHILD = "enforcement_clue"


def plan_is_possible(attempt: Attempt) -> None:
    data = attempt.data
    if data["ends_on"] < data["begins_on"]:
        raise Missing("结束日期早于开始日期", fields={"ends_on": ["请核对日期。"]})
    there = len(_bodies(attempt, data["kind"]))
    if data["number"] > there:
        raise Missing(
            f"辖区里这类机构只有{there}家",
            todo="请减少抽取的家数，或者取消本轮。",
            fields={"number": [f"最多{there}家。"]},
        )


def _bodies(attempt: Attempt, kind: str) -> list[int]:
    region = attempt.case.organisation.region_id if attempt.case.organisation else attempt.case.region
    found = Organisation.objects.filter(within(region, "region"), kind=kind, is_active=True)
    return sorted(found.values_list("pk", flat=True))


def _officers(attempt: Attempt) -> list[int]:
    office = attempt.case.organisation_id
    held = Membership.objects.filter(
        held_on(localdate(attempt.at)), role=Role.ENFORCEMENT_OFFICER, organisation=office, user__is_active=True
    )
    return sorted(held.values_list("user_id", flat=True).distinct())


def keep_plan(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"plan": dict(attempt.data)}}


def enough_officers(attempt: Attempt) -> None:
    there = len(_officers(attempt))
    if there < OFFICERS_EACH:
        raise Missing(
            f"本机关现有行政执法人员{there}名，抽取需要至少{OFFICERS_EACH}名", todo="请先在“人员”里登记行政执法人员。"
        )
    wanted, bodies = attempt.case.facts["plan"]["number"], len(_bodies(attempt, attempt.case.facts["plan"]["kind"]))
    if wanted > bodies:
        raise Missing(f"辖区里这类机构现在只有{bodies}家，计划抽{wanted}家", todo="请取消本轮，重新制定计划。")


def keep_draw(attempt: Attempt) -> dict[str, Any]:
    """The seed is the code of the round, which is given out before anybody knows the plan; the pools are kept."""
    seed, plan = attempt.case.code, attempt.case.facts["plan"]
    pool, crew = _bodies(attempt, plan["kind"]), _officers(attempt)
    chosen = several(f"{seed}:bodies", pool, plan["number"])
    names = dict(Organisation.objects.filter(pk__in=chosen).values_list("pk", "name"))
    people = dict(Membership.objects.filter(user__in=crew).values_list("user", "user__display_name"))
    places = [
        {
            "body": body,
            "name": names[body],
            "officers": [{"id": one, "name": people[one]} for one in several(f"{seed}:{body}", crew, OFFICERS_EACH)],
            "result": "",
        }
        for body in chosen
    ]
    return {"facts": {"draw": {"seed": seed, "pool": pool, "crew": crew}, "places": places}}


def several(seed: str, pool: Sequence[int], number: int) -> list[int]:
    """`number` different ones, drawn one after another from those who are left. ValueError when there are too few."""
    left, chosen = sorted(pool), []
    for turn in range(1, number + 1):
        chosen.append(draw(seed, left, turn).chosen)
        left.remove(chosen[-1])
    return chosen


def is_honest(facts: dict[str, Any]) -> bool:
    """Drawn again from what was kept, the same bodies come out; officers too, where none was replaced."""
    kept, places = facts["draw"], facts["places"]
    bodies = several(f"{kept['seed']}:bodies", kept["pool"], len(places))
    if [place["body"] for place in places] != bodies:
        return False
    return all(
        place.get("replaced")
        or [one["id"] for one in place["officers"]]
        == several(f"{kept['seed']}:{place['body']}", kept["crew"], OFFICERS_EACH)
        for place in places
    )


def _place(attempt: Attempt) -> dict[str, Any]:
    places = attempt.case.facts["places"]
    number = attempt.data["place"]
    if number > len(places):
        raise Missing(f"本轮只抽了{len(places)}家", fields={"place": [f"请填1到{len(places)}。"]})
    found: dict[str, Any] = places[number - 1]
    return found


def may_replace(attempt: Attempt) -> None:
    place, leaving = _place(attempt), attempt.data["officer"]
    if leaving.pk not in {one["id"] for one in place["officers"]}:
        raise Missing(f"{leaving.display_name}没有被抽去{place['name']}", fields={"officer": ["请核对抽取结果。"]})
    if place["result"]:
        raise Missing(f"{place['name']}的检查结果已经登记", todo="不能再更换检查人员。")
    if not _others(attempt, place):
        raise Missing("没有别的执法人员可以替换", todo="请先在“人员”里登记行政执法人员。")


def _others(attempt: Attempt, place: dict[str, Any]) -> list[int]:
    taken = {one["id"] for one in place["officers"]}
    return [one for one in _officers(attempt) if one not in taken]


def keep_replacement(attempt: Attempt) -> dict[str, Any]:
    """Drawn again from the others: nobody picks who goes instead."""
    place, leaving = _place(attempt), attempt.data["officer"]
    pool = _others(attempt, place)
    lot = draw(f"{attempt.case.code}:{place['body']}:{attempt.case.version}", pool)
    name = Membership.objects.filter(user=lot.chosen).values_list("user__display_name", flat=True)[0]
    stay = [one for one in place["officers"] if one["id"] != leaving.pk]
    changed = {**place, "officers": [*stay, {"id": lot.chosen, "name": name}], "replaced": lot.as_facts()}
    return _with(attempt, changed)


def _with(attempt: Attempt, changed: dict[str, Any]) -> dict[str, Any]:
    places = list(attempt.case.facts["places"])
    places[attempt.data["place"] - 1] = changed
    return {"facts": {"places": places}}


def may_record(attempt: Attempt) -> None:
    place, user = _place(attempt), attempt.actor.user
    if user is None or user.pk not in {one["id"] for one in place["officers"]}:
        raise NotYou(f"{place['name']}由抽中的两名执法人员检查", todo="请由抽中的人员登记结果。")
    not_in_the_future(attempt, "done_on")
    drawn = latest(attempt.log, "draw")
    if drawn and attempt.data["done_on"] < localdate(drawn.at):
        raise Missing("检查日期早于抽取日期", fields={"done_on": ["请核对。"]})
    recorded = sum(bool(one["result"]) for one in attempt.case.facts["places"] if one is not place)
    for kind in (Doc.SITE_RECORD, Doc.AV_SITE):
        if attempt.case.documents.filter(kind=kind).count() <= recorded:
            raise Missing(f"缺少这一家的{kind.label}", todo="每家都要有自己的笔录和音视频记录，请一并上传。")


def keep_result(attempt: Attempt) -> dict[str, Any]:
    data = attempt.data
    label = dict(RESULTS)[data["result"]]
    kept = {"result": data["result"], "result_label": label, "finding": data["finding"], "done_on": data["done_on"]}
    return _with(attempt, {**_place(attempt), **kept})


def may_hand_over(attempt: Attempt) -> None:
    place = _place(attempt)
    if place["result"] != "breach":
        raise Missing(f"{place['name']}没有登记为涉嫌违法", todo="请先登记检查结果。")
    if place.get("handed_over"):
        raise Missing(f"{place['name']}已经移交立案核查", todo="请到“违法线索核查”里看进展。")


def keep_hand_over(attempt: Attempt) -> dict[str, Any]:
    return _with(attempt, {**_place(attempt), "handed_over": True})


def clue_of(attempt: Attempt) -> dict[str, Any]:
    """The clue is the bureau's own; what it says of the body is read by the officers alone."""
    applicant: Party = attempt.case.applicant
    return {"applicant": applicant, "text": f"双随机检查发现：{attempt.data['explanation']}"}


def all_are_recorded(attempt: Attempt) -> None:
    missing = [f"第{n}家{p['name']}" for n, p in enumerate(attempt.case.facts["places"], 1) if not p["result"]]
    if missing:
        raise Missing(*(f"{one}还没有结果" for one in missing), todo="请先登记全部检查结果。")
    late = [p["name"] for p in attempt.case.facts["places"] if p["result"] == "breach" and not p.get("handed_over")]
    if late:
        raise Missing(*(f"{name}涉嫌违法，还没有移交" for name in late), todo="请先办理“移交立案核查”。")


def is_planned(attempt: Attempt) -> None:
    if not attempt.case.facts.get("places"):
        raise NotFromHere("还没有抽取", todo="请先抽取检查对象和检查人员。")
