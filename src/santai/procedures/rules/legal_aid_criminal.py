"""The conditions of criminal legal aid that a table cell cannot say."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from santai.casework.kernel import Attempt
from santai.casework.models import Case
from santai.casework.refusals import Missing, NotFromHere
from santai.documents.models import DocumentKind
from santai.procedures.rules.conditions import kinds_on, lacking, latest, not_in_the_future
from santai.procedures.rules.legal_aid import keep_organisation, not_ahead
from santai.procedures.rules.legal_aid_criminal_eligibility import TRIALS, Capacity, Stage

# The closing day of each stage (办理法律援助案件程序规定, unconfirmed article).
ENDINGS_OF_STAGE = {
    "investigation": frozenset({"charges_proposed", "dropped"}),
    "prosecution": frozenset({"indicted", "not_prosecuted"}),
    "first_instance": frozenset({"judgement", "ruling", "mediated"}),
    "second_instance": frozenset({"judgement", "ruling", "mediated"}),
    "retrial": frozenset({"judgement", "ruling", "mediated"}),
    "death_review": frozenset({"reviewed"}),
    "compulsory_medical": frozenset({"medical"}),
}
IN_COURT = TRIALS | {"death_review", "compulsory_medical"}


def stage_of(case: Case) -> str:
    kept = case.facts.get("notice") or case.facts.get("application") or {}
    return str(kept.get("stage") or "")


def at_trial(attempt: Attempt) -> None:
    if stage_of(attempt.case) not in IN_COURT:
        raise NotFromHere("案件还没有到法院", todo="请按侦查或审查起诉阶段办理。")


def before_trial(attempt: Attempt) -> None:
    if stage_of(attempt.case) in IN_COURT:
        raise NotFromHere("案件已经到法院", todo="请按审判阶段办理。")


def received_by_now(attempt: Attempt) -> None:
    not_ahead(attempt, "received_at")


def handed_over_in_order(attempt: Attempt) -> None:
    not_ahead(attempt, "handed_over_at")
    received = latest(attempt.log, "receive_in_custody")
    if received and attempt.data["handed_over_at"] < datetime.fromisoformat(received.data["received_at"]):
        raise Missing("收到的时间早于看守所等单位收到申请的时间", fields={"handed_over_at": ["请核对日期和钟点。"]})


def told_by_now(attempt: Attempt) -> None:
    not_in_the_future(attempt, "told_on")


def keep_application(attempt: Attempt) -> dict[str, Any]:
    kept = {key: value for key, value in attempt.data.items() if key not in {"story", "handed_over_at"}}
    kept["place"] = kept["place"] or attempt.case.region
    kept["matter_label"] = f"{Capacity(kept['capacity']).label}（{Stage(kept['stage']).label}）"
    return {"organisation": keep_organisation(attempt), "facts": {"application": kept}}


def matter_is_finished(attempt: Attempt) -> None:
    not_in_the_future(attempt, "closed_on")
    fitting = ENDINGS_OF_STAGE.get(stage_of(attempt.case), frozenset())
    if attempt.data["stage"] not in fitting:
        told = "结案的情形和案件所处的阶段不符"
        raise Missing(
            told, todo="每个阶段分别结案；进入下一阶段的，另行申请或者通知。", fields={"stage": [f"{told}。"]}
        )
    lacking({DocumentKind.COURT_PAPER} - kinds_on(attempt.case), "请先上传收到的文书。")


def file_is_whole(attempt: Attempt) -> None:
    if attempt.case.facts.get("termination"):
        return
    entrusted = DocumentKind.ORGAN_NOTICE if "notice" in attempt.case.facts else DocumentKind.AGREEMENT
    wanted = {entrusted, DocumentKind.MEETING_RECORD}
    lacking(sorted(wanted - kinds_on(attempt.case)), "案卷里应当有上述材料，请补上后再交卷。")
