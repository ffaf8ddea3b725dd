"""The conditions of civil and administrative legal aid that a table cell cannot say."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from santai.casework.kernel import Attempt
from santai.casework.models import Case
from santai.casework.parameters import clock_overrides
from santai.casework.reading import clocks_of
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.casework.terms import days
from santai.casework.veiled import opened
from santai.documents.models import DocumentKind
from santai.people.groups import verified_groups
from santai.people.models import SpecialGroup
from santai.procedures.forms.legal_aid import DECLINE_REASONS, TERMINATION_GROUNDS
from santai.procedures.rules.conditions import kinds_on, lacking, latest, not_in_the_future
from santai.procedures.rules.legal_aid_criminal_eligibility import assess_criminal
from santai.procedures.rules.legal_aid_eligibility import (
    URGENT_DAYS,
    Eligibility,
    Matter,
    Outcome,
    Unchecked,
    assess,
    lacking_proofs,
    standard_for,
)
from santai.registry.models import Organisation, OrganisationKind
from santai.registry.regions import nearest
from santai.workdays.calendar import roll_over

# Groups that, once verified, prove a status (法律援助法 42). That somebody has no income is shown by no group.
EXEMPTING_GROUPS: dict[str, str] = {
    Unchecked.RELIEF: SpecialGroup.LOW_INCOME,
    Unchecked.MIGRANT_WORKER: SpecialGroup.MIGRANT_WORKER,
}
# Not in the Act; 办理法律援助案件程序规定 is believed to set it (a parameter clock.LA07 replaces it).
OBJECTION_LIMIT = days(15)
REPLACEMENT_STEPS = ("ask_replacement", "replace", "replace_at_trial", "keep_practitioner")
# What tells one matter of a person from another.
SUBJECT, CRIMINAL_SUBJECT = ("matter", "adverse_name"), ("capacity", "stage", "organ", "case_number")
# Endings after which a written decision must be in the file.
NEEDS_COURT_PAPER = frozenset({"judgement", "award", "reconsidered"})


# --- application --------------------------------------------------------------------------------------------------


def keep_application(attempt: Attempt) -> dict[str, Any]:
    """The application becomes the facts of the case, and goes to the office of the place it names."""
    place = attempt.data["place"] or attempt.case.region
    kept = {key: value for key, value in attempt.data.items() if key != "story"}
    kept |= {"place": place, "matter_label": str(Matter(kept["matter"]).label)}
    return {"organisation": keep_organisation(attempt), "facts": {"application": kept}}


def keep_organisation(attempt: Attempt) -> Organisation | None:
    """The office that holds the case, else the nearest."""
    case = attempt.case
    return case.organisation or next(iter(nearest(OrganisationKind.LEGAL_AID, case.region)), None)


def papers_complete(attempt: Attempt) -> None:
    """Proofs that the applicant's own choices call for, and the same matter not twice (first office keeps it)."""
    lacking(lacking_proofs(as_filled_in(attempt)), "请先办理“通知补正”，一次列明还缺的材料。")
    twin = _same_matter_elsewhere(attempt.case)
    if twin:
        raise Missing(
            f"同一申请人的同一事项正在办理，案码{twin.code}", todo="请在先受理的案件里办理，本件请申请人撤回。"
        )


def _same_matter_elsewhere(case: Case) -> Case | None:
    others = Case.objects.filter(applicant=case.applicant, procedure=case.procedure, closed_at__isnull=True)
    earlier = (other for other in others.filter(pk__lt=case.pk) if "application" in other.facts)
    return next((other for other in earlier if _subject(other) == _subject(case)), None)


def _subject(case: Case) -> tuple[str, ...]:
    application = opened(case.facts["application"])
    keys = CRIMINAL_SUBJECT if "capacity" in application else SUBJECT
    return tuple(str(application.get(key) or "").strip() for key in keys)


def as_filled_in(attempt: Attempt) -> dict[str, Any]:
    return _application(attempt.case, localdate(attempt.at))


def _application(case: Case, on: date) -> dict[str, Any]:
    """As it was filled in, with the papers there are. What was verified before needs no second proof."""
    application = case.facts.get("application", {})
    group = EXEMPTING_GROUPS.get(application.get("unchecked") or "")
    known = {DocumentKind.EXEMPTION} if group and group in verified_groups(case.applicant, on) else set()
    return {**application, "documents": kinds_on(case) | known}


def not_asked_before(attempt: Attempt) -> None:
    asked = latest(attempt.log, "ask_for_more")
    if asked:
        raise NotFromHere(
            f"{localdate(asked.at):%Y-%m-%d}已经一次性告知过补正内容，不能再次要求补正",
            todo="请根据现有材料作出决定；仍未按要求补充的，按视为撤回处理。",
        )


def date_is_ahead(attempt: Attempt) -> None:
    if attempt.data["by"] <= localdate(attempt.at):
        raise Missing("截止日必须晚于今天", todo="请留出准备的时间。", fields={"by": ["请选择今天以后的日期。"]})


def keep_supplement_date(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"supplement_by": attempt.data["by"]}}


def supplement_is_late(attempt: Attempt) -> None:
    """The last day set by the office moves over rest days like a statutory one (民法典 203)."""
    by = roll_over(date.fromisoformat(attempt.case.facts["supplement_by"]), attempt.case.region)
    if localdate(attempt.at) <= by:
        raise NotFromHere(f"补正期限到{by:%Y-%m-%d}为止，还没有届满", todo="请等期限届满后再办理。")


# --- review and decision ------------------------------------------------------------------------------------------


def eligibility(attempt: Attempt) -> Eligibility:
    return eligibility_of(attempt.case, attempt.at)


def eligibility_of(case: Case, at: datetime) -> Eligibility:
    """Criterion by criterion, as the case and the standard are on this day."""
    today = localdate(at)
    office = case.organisation.region_id if case.organisation else case.region
    application = _application(case, today)
    judge = assess_criminal if "capacity" in application else assess
    return judge(application, standard_for(case.region, today), office, today)


def keep_check(attempt: Attempt) -> dict[str, Any]:
    """The figures as the office found them replace what was filled in."""
    found = {key: value for key, value in attempt.data.items() if key != "finding" and value is not None}
    return {"facts": {"application": {**attempt.case.facts["application"], **found}}}


def eligible(attempt: Attempt) -> None:
    """Yes only when every condition is met; a doubt that is set aside needs a reason, a missing proof cannot be."""
    lacking(lacking_proofs(as_filled_in(attempt)), "请先请申请人补交上述材料。")
    found = eligibility(attempt)
    if found.overall == Outcome.PASS or attempt.data["override"]:
        return
    raise Missing(
        *found.doubts,
        todo="请先核查清楚；仍要给予援助的，请写明“仍予援助的理由”。",
        fields={"override": ["有条件不符合或没有查明，给予援助须写明理由。"]},
    )


def keep_grant(attempt: Attempt) -> dict[str, Any]:
    found = eligibility(attempt).as_facts()
    return {"facts": {"eligibility": {**found, "override": attempt.data["override"]}, "is_prior": False}}


def keep_refusal(attempt: Attempt) -> dict[str, Any]:
    label = dict(DECLINE_REASONS)[attempt.data["reason"]]
    return {"facts": {"eligibility": eligibility(attempt).as_facts(), "reason_label": label, **remedy(attempt)}}


def keep_termination(attempt: Attempt) -> dict[str, Any]:
    ground = attempt.data["ground"]
    label = dict(TERMINATION_GROUNDS)[ground]
    return {"facts": {"termination": ground, "ground_label": label, "is_prior": False, **remedy(attempt)}}


def forget_termination(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"termination": ""}}


def remedy(attempt: Attempt) -> dict[str, Any]:
    """Who hears an objection: the judicial administration that set up the office (法律援助法 49)."""
    office = attempt.case.organisation
    bureau = next(iter(nearest(OrganisationKind.BUREAU, office.region_id if office else attempt.case.region)), None)
    limits = clock_overrides(attempt.case.region, localdate(attempt.case.opened_at))
    return {
        "objection_limit": str(limits.get("LA07", OBJECTION_LIMIT)),
        "objection_body": bureau.name if bureau else "设立该法律援助机构的司法行政部门",
        "objection_phone": bureau.phone if bureau else "",
        "office": office.name if office else "",
        "office_phone": office.phone if office else "",
    }


def is_urgent(attempt: Attempt) -> None:
    """A limitation period is urgent when it ends in fewer than seven days and has not ended yet."""
    if attempt.data["ground"] != "limitation":
        return
    ends = attempt.data["term_ends_on"]
    if ends is None:
        raise Missing("请填写时效或期限的最后一天", fields={"term_ends_on": ["选择这种情形时必须填写。"]})
    left = (ends - localdate(attempt.at)).days
    if not 0 <= left < URGENT_DAYS:
        words = "已经届满" if left < 0 else f"还有{left}日，不少于{URGENT_DAYS}日"
        raise Missing(f"期限{words}，不属于这种紧急情形", todo="请按一般程序审查，或选择其他紧急情形。")


# --- objection ----------------------------------------------------------------------------------------------------


def is_served(attempt: Attempt) -> bool:
    decided = latest(attempt.log, "decline", "terminate")
    served = latest(attempt.log, "serve_decision", "serve_termination")
    return bool(served and (decided is None or served.number > decided.number))


def not_served_yet(attempt: Attempt) -> None:
    if is_served(attempt):
        raise NotFromHere("送达情况已经记录过", todo="异议期限从已记录的送达日起算。")


def served_after_decision(attempt: Attempt) -> None:
    decided = latest(attempt.log, "decline", "terminate")
    if decided and attempt.data["served_on"] < localdate(decided.at):
        raise Missing("送达日期早于决定日期", todo="请核对签收单。", fields={"served_on": ["不能早于决定日期。"]})
    not_in_the_future(attempt, "served_on")


def objection_window_is_over(attempt: Attempt) -> None:
    if not is_served(attempt):
        raise NotFromHere("还没有记录决定书的送达，异议期限没有开始", todo="请先记录送达。")
    window = _objection_window(attempt)
    if window and attempt.at <= window:
        raise NotFromHere(f"申请人在{localdate(window):%Y-%m-%d}前可以提出异议", todo="请等异议期限届满。")


def keep_objection(attempt: Attempt) -> dict[str, Any]:
    """The filing time is not in the Act: a late objection is marked and left to the reviewing body, not turned away."""
    window = _objection_window(attempt) if is_served(attempt) else None
    return {"facts": {"objection_is_late": bool(window and attempt.at > window)}}


def _objection_window(attempt: Attempt) -> Any:
    found = clocks_of(attempt.case, attempt.log, now=attempt.at)
    return next((reading.due_at for reading in found if reading.clock.name == "objection_window"), None)


# --- handling and file --------------------------------------------------------------------------------------------


def replacement_is_asked(attempt: Attempt) -> None:
    asked = latest(attempt.log, *REPLACEMENT_STEPS)
    if asked is None or asked.step != "ask_replacement":
        raise NotFromHere("没有待决定的更换申请", todo="受援人提出更换申请后再办理。")


def no_replacement_pending(attempt: Attempt) -> None:
    asked = latest(attempt.log, *REPLACEMENT_STEPS)
    if asked and asked.step == "ask_replacement":
        raise NotFromHere("您的更换申请正在审查", todo="请等待法律援助机构答复。")


def asked_by_now(attempt: Attempt) -> None:
    not_ahead(attempt, "asked_at")


def submitted_by_now(attempt: Attempt) -> None:
    not_in_the_future(attempt, "submitted_on")


def not_ahead(attempt: Attempt, field: str) -> None:
    """The same for a moment as `not_in_the_future` for a day."""
    if attempt.data[field] > attempt.at:
        raise Missing("时间不能晚于现在", fields={field: ["请核对日期和钟点。"]})


def signed_by_now(attempt: Attempt) -> None:
    not_in_the_future(attempt, "signed_on")


def met_by_now(attempt: Attempt) -> None:
    not_in_the_future(attempt, "met_on")


def matter_is_finished(attempt: Attempt) -> None:
    not_in_the_future(attempt, "closed_on")
    opened = localdate(attempt.case.opened_at)
    if attempt.data["closed_on"] < opened - timedelta(days=1):
        raise Missing("结案日早于本案的申请日", fields={"closed_on": ["请核对结案日。"]})
    wanted = {DocumentKind.COURT_PAPER} if attempt.data["stage"] in NEEDS_COURT_PAPER else set()
    lacking(sorted(wanted - kinds_on(attempt.case)), "请先上传收到的裁判、裁决或决定书。")


def keep_ending(attempt: Attempt) -> dict[str, Any]:
    stage = attempt.data["stage"]
    return {
        "facts": {
            "ending": label_of(attempt, "stage"),
            "ending_code": stage,
            "outcome": attempt.data["outcome"],
            "closed_on": attempt.data["closed_on"],
        }
    }


def keep_grade(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"grade": attempt.data["grade"]}}


def label_of(attempt: Attempt, field: str) -> str:
    """The words behind what was chosen in a field of the step's form."""
    form = attempt.step.form
    choices = form.base_fields[field].choices if form else []  # type: ignore[attr-defined]
    return str(dict(choices)[attempt.data[field]])


def file_is_whole(attempt: Attempt) -> None:
    if attempt.case.facts.get("termination"):
        return
    wanted = {DocumentKind.AGREEMENT, DocumentKind.MEETING_RECORD}
    lacking(sorted(wanted - kinds_on(attempt.case)), "案卷里应当有上述材料，请补上后再交卷。")


def not_who_handed_in(attempt: Attempt) -> None:
    handed_in = latest(attempt.log, "hand_in_file")
    if handed_in and handed_in.actor_id and attempt.actor.user and handed_in.actor_id == attempt.actor.user.pk:
        raise NotYou("交卷的人不能审查自己的案卷", todo="请由法律援助机构的另一位工作人员审查。")
