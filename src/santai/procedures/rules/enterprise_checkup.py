"""The conditions of an enterprise check-up that a table cell cannot say."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.timezone import localdate

from santai.casework.kernel import Attempt
from santai.casework.models import Case
from santai.casework.refusals import Missing, NotFromHere
from santai.people.models import Party
from santai.procedures.forms.enterprise_checkup import DECLINE_REASONS, STOP_REASONS
from santai.procedures.rules.arbitration import only_when_asked
from santai.procedures.rules.conditions import latest, not_in_the_future
from santai.procedures.rules.enterprise_questions import LEVELS, overall, report, sections
from santai.registry.models import Practitioner
from santai.registry.standing import may_practise

AGAIN_AFTER_DAYS = 365
HAND_IN_TODO = "请补完这些部分，再提交。"


def is_enterprise(attempt: Attempt) -> None:
    if attempt.case.applicant.kind != Party.Kind.COMPANY:
        raise Missing("体检的对象是企业，不能以个人名义申请", todo="请以企业名义登记后再申请。")
    if attempt.step.name == "apply" and (recent := _recent(attempt)):
        raise Missing(
            f"一年内已经体检过（案码{recent.code}）",
            todo="情况有重大变化的，请在说明里写明；一般的请按上次的报告整改。",
        )


def _recent(attempt: Attempt) -> Case | None:
    """Reported within the year, unless the company says that much has changed."""
    if attempt.data.get("concerns", "").strip():
        return None
    since = attempt.at - timedelta(days=AGAIN_AFTER_DAYS)
    done = Case.objects.filter(applicant=attempt.case.applicant, procedure=attempt.case.procedure)
    return done.filter(facts__has_key="report", opened_at__gte=since).exclude(pk=attempt.case.pk).first()


def keep_company(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"company": {key: attempt.data[key] for key in ("business", "employees", "size", "contact")}}}


def keep_invitation(attempt: Attempt) -> dict[str, Any]:
    data = attempt.data
    return {
        "handler": data["practitioner"].user,
        "facts": {
            "pairing": {"chamber": data["chamber"], "agreement": data["pairing"], "lawyer": data["practitioner"].name},
            "company": {"contact": data["contact"]},
        },
    }


def is_fit_lawyer(attempt: Attempt) -> None:
    """A practising lawyer; whoever the pairing names is no exception."""
    person: Practitioner = attempt.data["practitioner"]
    standing = may_practise(person, localdate(attempt.at))
    problems = [] if standing else [standing.reason]
    if person.kind != Practitioner.Kind.LAWYER:
        problems.append(f"{person.name}是{person.get_kind_display()}，体检由律师办理")
    if problems:
        raise Missing(*problems, todo="请改选一位律师。", fields={"practitioner": problems})


def may_be_invited(attempt: Attempt) -> None:
    is_enterprise(attempt)
    is_fit_lawyer(attempt)


def keep_lawyer(attempt: Attempt) -> dict[str, Any]:
    person: Practitioner = attempt.data["practitioner"]
    lawyer = {"name": person.name, "firm": person.organisation.name}
    return {"organisation": person.organisation, "handler": person.user, "facts": {"lawyer": lawyer}}


def keep_decline(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"reason_label": dict(DECLINE_REASONS)[attempt.data["reason"]]}}


def keep_stop(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"reason_label": dict(STOP_REASONS)[attempt.data["reason"]]}}


# --- questionnaire and report -------------------------------------------------------------------------------------


def keep_answers(attempt: Attempt) -> dict[str, Any]:
    """Answers of one section; a section may be answered again until it is handed in."""
    kept = {**attempt.case.facts.get("answers", {}), **attempt.data}
    return {"facts": {"answers": kept}}


def all_answered(attempt: Attempt) -> None:
    given = set(attempt.case.facts.get("answers", {}))
    open_sections = [one.label for one in sections() if not {q.id for q in one.questions} <= given]
    if open_sections:
        raise Missing(*(f"“{label}”还没有答完" for label in open_sections), todo=HAND_IN_TODO)


def keep_report(attempt: Attempt) -> dict[str, Any]:
    """Computed from the answers as handed in; the lawyer adds an opinion, never a number."""
    found = report(attempt.case.facts["answers"])
    return {"facts": {"report": found, "overall": overall(found), "overall_label": LEVELS[overall(found)]}}


def seen_by_now(attempt: Attempt) -> None:
    if attempt.data["visited_on"]:
        not_in_the_future(attempt, "visited_on")


question_waits = only_when_asked("ask_lawyer", "explain_to_company", nothing="没有待解释的问题")
rectification_is_reported = only_when_asked(
    "report_rectified", "follow_up_done", "follow_up_open", nothing="企业还没有报告整改"
)


def section_is_reported(attempt: Attempt) -> None:
    """The re-check is of what the company said it mended last."""
    last = latest(attempt.log, "report_rectified")
    if last and last.data["section"] != attempt.data["section"]:
        label = next(one.label for one in sections() if one.key == last.data["section"])
        raise Missing(f"企业最近报告的是“{label}”", fields={"section": [f"请复查“{label}”。"]})


def section_had_risk(attempt: Attempt) -> None:
    section = next(one for one in attempt.case.facts["report"] if one["key"] == attempt.data["section"])
    if not section["lines"]:
        raise Missing("这一方面没有发现风险", todo="请选择报告里列出风险的方面。", fields={"section": ["没有风险。"]})


def _open_sections(attempt: Attempt) -> list[str]:
    done = set(attempt.case.facts.get("mended", []))
    found = (one for one in attempt.case.facts["report"] if one["lines"])
    return [one["label"] for one in found if one["key"] not in done]


def keep_mended(attempt: Attempt) -> dict[str, Any]:
    done = attempt.case.facts.get("mended", [])
    return {"facts": {"mended": sorted({*done, attempt.data["section"]})}}


def nothing_is_open(attempt: Attempt) -> None:
    still = _open_sections(attempt)
    if still:
        raise NotFromHere("还有风险没有整改并复查：" + "、".join(still), todo="请先完成整改和复查。")
