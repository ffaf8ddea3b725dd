"""What becomes of a clue: the case that is filed is about whoever it points at, and knows not who reported it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from santai.casework import parameters
from santai.casework.actions import open_case
from santai.casework.kernel import Attempt
from santai.casework.refusals import Missing, NotYou
from santai.people.parties import find_or_create
from santai.procedures.forms.enforcement_clue import NOT_FILED_REASONS, SOURCES
from santai.procedures.rules.conditions import not_in_the_future
from santai.procedures.rules.enforcement import may_enforce
from santai.trust.crypto import decrypt

# 行政处罚法第三十六条: two years, five where life, health or finance is harmed; a province may set what it counts with.
LIMITATION_KEY, USUAL_LIMITATION = "enforcement.limitation_days", 730
CASE = "enforcement"


def happened_by_now(attempt: Attempt) -> None:
    not_in_the_future(attempt, "happened_on")


def keep_clue(attempt: Attempt) -> dict[str, Any]:
    """Whom it points at stays sealed; a clue older than the limitation is marked, and the head decides."""
    days = int(
        parameters.value(
            LIMITATION_KEY, region=attempt.case.region, on=localdate(attempt.at), default=USUAL_LIMITATION
        )
    )
    is_old = localdate(attempt.case.opened_at) - attempt.data["happened_on"] > timedelta(days=days)
    clue = {**attempt.data, "source_label": dict(SOURCES)[attempt.data["source"]], "is_old": is_old}
    return {"handler": attempt.actor.user, "facts": {"clue": clue}}


def keep_reason(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"reason_label": dict(NOT_FILED_REASONS)[attempt.data["reason"]]}}


def head_did_not_check(attempt: Attempt) -> None:
    """Whoever registered or checked the clue does not decide on filing."""
    checked = {entry.actor_id for entry in attempt.log if entry.step in {"register", "check"}}
    if attempt.actor.user is not None and attempt.actor.user.pk in checked:
        raise NotYou("登记、核查线索的人不能决定是否立案", todo="请由另一位负责人决定。")


def file_case(attempt: Attempt) -> dict[str, Any]:
    return _opened(attempt, {})


def two_officers_are_there(attempt: Attempt) -> None:
    """行政处罚法第四十二条: on the spot as well, two at least."""
    user, second = attempt.actor.user, attempt.data["second"]
    if user is None or second.pk == user.pk:
        raise Missing("当场查处也要有两名执法人员", fields={"second": ["请填写同去的另一位执法人员。"]})
    may_enforce(second, attempt, "second")


def file_on_spot(attempt: Attempt) -> dict[str, Any]:
    """The officers who are there act at once; for anything but a small penalty the head names officers afresh."""
    user, data = attempt.actor.user, attempt.data
    pairs = ((user, data["lead_certificate"]), (data["second"], data["second_certificate"]))
    officers = [{"id": one.pk, "name": one.display_name, "certificate": card} for one, card in pairs if one]
    return _opened(attempt, {"officers": officers, "ever": [one["id"] for one in officers], "is_simple": True})


def _opened(attempt: Attempt, facts: dict[str, Any]) -> dict[str, Any]:
    """The case is opened in the same transaction: with a refused step it is gone again."""
    case, clue = attempt.case, attempt.case.facts["clue"]
    known = {field: decrypt(clue[field]) if clue[field] else "" for field in ("name", "phone", "id_number")}
    try:
        party = find_or_create(kind=clue["kind"], at=attempt.at, **known)
    except ValidationError as fault:
        raise Missing(*fault.messages, todo="请核对登记的当事人，改正后再立案。") from fault
    if party.pk == case.applicant_id:
        raise Missing("反映人和被反映人是同一个", todo="请核对登记的当事人。")
    filed = open_case(
        CASE,
        applicant=party,
        region=case.region,
        text=clue["conduct"],
        channel=attempt.actor.channel,
        actor=attempt.actor,
        organisation=case.organisation,
        handler=attempt.actor.user if facts else None,
        facts={"source": clue["source_label"], "happened_on": clue["happened_on"], **facts},
        at=attempt.at,
    )
    return {"facts": {"filed": filed.code}}
