"""The conditions of the filing of an organ's legal counsel that a table cell cannot say."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.timezone import localdate

from santai.casework.kernel import Attempt
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.people.models import Party
from santai.procedures.forms.government_counsel import DECISIONS, DECLINE_REASONS, REMOVAL_GROUNDS
from santai.procedures.forms.village_adviser import GRADES
from santai.procedures.rules.conditions import latest, not_in_the_future
from santai.registry.models import Practitioner
from santai.registry.standing import may_practise

ADOPTION = frozenset({"adopt", "adopt_partly", "not_adopt"})
LONGEST_TERM_YEARS = 5


def may_be_filed(attempt: Attempt) -> None:
    """An organ's filing, of a lawyer in good standing, decided upon by now."""
    person: Practitioner = attempt.data["practitioner"]
    problems = []
    if attempt.case.applicant.kind != Party.Kind.COMPANY:
        problems.append("备案由聘任机关提出，不能以个人名义提出")
    standing = may_practise(person, localdate(attempt.at))
    if not standing:
        problems.append(standing.reason)
    if person.kind != Practitioner.Kind.LAWYER:
        problems.append(f"{person.name}是{person.get_kind_display()}，这里备案的是执业律师")
    if (attempt.data["ends_on"] - attempt.data["begins_on"]).days > LONGEST_TERM_YEARS * 366:
        problems.append(f"聘期一次最长{LONGEST_TERM_YEARS}年")
    if problems:
        raise Missing(*problems, todo="请改正后再提交。")
    not_in_the_future(attempt, "decided_on")


def keep_appointment(attempt: Attempt) -> dict[str, Any]:
    person: Practitioner = attempt.data["practitioner"]
    counsel = {"id": person.pk, "name": person.name, "firm": person.organisation.name, "licence": person.licence}
    kept = {key: value for key, value in attempt.data.items() if key != "practitioner"}
    return {"facts": {"appointment": kept, "counsel": counsel, "questions": {}}}


def give_to_counsel(attempt: Attempt) -> dict[str, Any]:
    person = Practitioner.objects.select_related("user").get(pk=attempt.case.facts["counsel"]["id"])
    return {"handler": person.user}


def keep_decline(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"reason_label": dict(DECLINE_REASONS)[attempt.data["reason"]]}}


# --- questions ----------------------------------------------------------------------------------------------------


def questions(attempt: Attempt) -> dict[str, dict[str, Any]]:
    return dict(attempt.case.facts.get("questions", {}))


def _with(attempt: Attempt, status: str) -> list[str]:
    return [number for number, one in questions(attempt).items() if one["status"] == status]


def asked_within_term(attempt: Attempt) -> None:
    term = attempt.case.facts["appointment"]
    today = localdate(attempt.at)
    if not date.fromisoformat(term["begins_on"]) <= today <= date.fromisoformat(term["ends_on"]):
        raise Missing("现在不在聘期内", todo="请先续聘并重新备案。")
    if attempt.data["by"] <= today:
        raise Missing("答复日期应当晚于今天", fields={"by": ["请留出研究的时间。"]})


def keep_question(attempt: Attempt) -> dict[str, Any]:
    kept = questions(attempt)
    number = str(len(kept) + 1)
    kind = dict(DECISIONS)[attempt.data["kind"]]
    kept[number] = {"title": attempt.data["title"], "kind": kind, "by": attempt.data["by"], "status": "asked"}
    return {"facts": {"questions": kept, "last_question": number}}


def only_one_waits(attempt: Attempt) -> None:
    """The last answer ends the waiting; before it the case goes on waiting for the others."""
    if len(_with(attempt, "asked")) != 1:
        raise NotFromHere("还有其他事项等待意见", todo="请办理“出具法律意见（还有其他事项待答）”。")


def several_wait(attempt: Attempt) -> None:
    if len(_with(attempt, "asked")) < 2:
        raise NotFromHere("只有一项等待意见", todo="请办理“出具法律意见”。")


def is_asked(attempt: Attempt) -> None:
    _is_in(attempt, "asked", "没有这一号等待意见的事项")


def is_answered(attempt: Attempt) -> None:
    _is_in(attempt, "given", "这一号事项还没有法律意见，或者已经反馈过")


def _is_in(attempt: Attempt, status: str, words: str) -> None:
    if str(attempt.data["question_number"]) not in _with(attempt, status):
        open_ones = "、".join(f"{number}号" for number in _with(attempt, status)) or "无"
        raise Missing(words, todo="请核对编号。", fields={"question_number": [f"现在可以办理的编号：{open_ones}。"]})


def some_are_answered(attempt: Attempt) -> None:
    if not _with(attempt, "given"):
        raise NotFromHere("没有待反馈的法律意见", todo="出具法律意见以后再反馈。")


def decided_after_the_opinion(attempt: Attempt) -> None:
    """What was decided before counsel was heard was decided without them."""
    is_answered(attempt)
    not_in_the_future(attempt, "decided_on")
    number = attempt.data["question_number"]
    given = [e for e in attempt.log if e.step.startswith("give_") and e.data.get("question_number") == number]
    if given and attempt.data["decided_on"] < localdate(given[-1].at):
        raise Missing(
            "决定日期早于法律意见的日期",
            todo="应当先听取法律顾问的意见再决定。",
            fields={"decided_on": ["不能早于出具法律意见的日期。"]},
        )


def _mark(status: str) -> Any:
    def changes(attempt: Attempt) -> dict[str, Any]:
        kept = questions(attempt)
        number = str(attempt.data["question_number"])
        kept[number] = {**kept[number], "status": status}
        return {"facts": {"questions": kept, "last_question": number}}

    return changes


mark_given, mark_adopted, mark_partly, mark_not_adopted, mark_taken_back = (
    _mark(status) for status in ("given", "adopted", "partly", "not_adopted", "taken_back")
)


# --- assessment and end -------------------------------------------------------------------------------------------


def may_be_assessed(attempt: Attempt) -> None:
    """Once a year of the term, after the year or the term has ended, by somebody else."""
    year, today, term = int(attempt.data["year"]), localdate(attempt.at), attempt.case.facts["appointment"]
    begins, ends = (date.fromisoformat(term[key]) for key in ("begins_on", "ends_on"))
    if not begins.year <= year <= ends.year:
        raise Missing("这一年不在聘期内", fields={"year": ["请核对考核年度。"]})
    if year >= today.year and ends >= today:
        raise Missing(f"{year}年度还没有结束", fields={"year": ["年度结束或者聘期届满以后再考核。"]})
    if str(year) in attempt.case.facts.get("assessments", {}):
        raise Missing(f"{year}年度已经考核过", fields={"year": ["每个年度考核一次。"]})
    if attempt.actor.user and attempt.actor.user.pk == attempt.case.handler_id:
        raise NotYou("法律顾问不能考核自己", todo="请由聘任机关或者司法行政机关考核。")


def keep_assessment(attempt: Attempt) -> dict[str, Any]:
    given = attempt.case.facts.get("assessments", {})
    label = dict(GRADES)[attempt.data["grade"]]
    return {"facts": {"assessments": {**given, str(attempt.data["year"]): label}, "grade_label": label}}


def removed_by_now(attempt: Attempt) -> None:
    not_in_the_future(attempt, "ended_on")
    begins = date.fromisoformat(attempt.case.facts["appointment"]["begins_on"])
    if attempt.data["ended_on"] < begins:
        raise Missing("解聘日期早于聘期开始日", fields={"ended_on": ["请核对日期。"]})


def keep_removal(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"ground_label": dict(REMOVAL_GROUNDS)[attempt.data["ground"]]}}


def term_is_over(attempt: Attempt) -> None:
    ends = date.fromisoformat(attempt.case.facts["appointment"]["ends_on"])
    if localdate(attempt.at) <= ends:
        raise NotFromHere(f"聘期到{ends:%Y-%m-%d}为止，还没有届满", todo="提前解聘的，请办理“解聘”。")


def keep_expiry(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"ground_label": dict(REMOVAL_GROUNDS)["expired"]}}


def was_not_asked_before(attempt: Attempt) -> None:
    if latest(attempt.log, "ask_for_more"):
        raise NotFromHere("已经一次性告知过补正内容", todo="请根据现有材料决定是否备案。")
