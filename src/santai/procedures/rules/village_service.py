"""The conditions of one booked service of a village adviser that a table cell cannot say."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.timezone import localdate

from santai.casework.kernel import Attempt
from santai.casework.refusals import Missing, NotFromHere
from santai.people.models import Party
from santai.procedures.forms.village_adviser import KINDS
from santai.procedures.forms.village_service import DECLINE_REASONS
from santai.procedures.rules import village
from santai.procedures.rules.arbitration import is_over
from santai.procedures.rules.conditions import latest, not_in_the_future
from santai.procedures.rules.village_adviser import ADVISERS, not_twice_at_once
from santai.registry.models import OrganisationKind, Practitioner
from santai.registry.regions import nearest
from santai.registry.standing import may_practise


def keep_booking(attempt: Attempt) -> dict[str, Any]:
    """The village's own adviser takes it; without a contract it waits at the centre for somebody to be found."""
    data = attempt.data
    contract = village.contract_for(attempt.case, data["village"])
    asked_by = "村（居）民委员会" if attempt.case.applicant.kind == Party.Kind.COMPANY else "村（居）民"
    booking = {**data, "kind_label": dict(KINDS)[data["kind"]], "asked_by": asked_by}
    facts = {"booking": booking, "contract": contract.code if contract else "", "counts": False}
    if contract is None:
        return {"facts": facts, **_back_to_centre(attempt)}
    adviser = Practitioner.objects.select_related("organisation").get(pk=contract.facts["adviser"]["id"])
    return {"facts": facts, "organisation": adviser.organisation, "handler": contract.handler}


def _back_to_centre(attempt: Attempt) -> dict[str, Any]:
    centre = next(iter(nearest(OrganisationKind.CENTRE, attempt.case.region)), None)
    return {"organisation": centre, "handler": None}


def wished_ahead(attempt: Attempt) -> None:
    wished = attempt.data["wished_on"]
    if wished and wished < localdate(attempt.at):
        raise Missing("希望的日期已经过去", fields={"wished_on": ["请选择今天或以后的日期。"]})


def may_serve(attempt: Attempt) -> None:
    person, body = attempt.data["practitioner"], attempt.data["organisation"]
    problems = []
    if person.organisation_id != body.pk:
        problems.append(f"{person.name}不在{body.name}执业")
    standing = may_practise(person, localdate(attempt.at))
    if not standing:
        problems.append(standing.reason)
    if person.kind not in ADVISERS:
        problems.append(f"{person.name}是{person.get_kind_display()}，由律师或基层法律服务工作者服务")
    if person.pk in _passed_on_by(attempt):
        problems.append(f"{person.name}已因利益冲突等原因转由他人")
    if problems:
        raise Missing(*problems, todo="请改选另一位。", fields={"practitioner": problems})


def _passed_on_by(attempt: Attempt) -> set[int]:
    users = [entry.actor_id for entry in attempt.log if entry.step == "pass_on" and entry.actor_id]
    return set(Practitioner.objects.filter(user__in=users).values_list("pk", flat=True))


def give_to(attempt: Attempt) -> dict[str, Any]:
    person = attempt.data["practitioner"]
    return {"organisation": attempt.data["organisation"], "handler": person.user}


def back_to_centre(attempt: Attempt) -> dict[str, Any]:
    """With a conflict of interest the whole firm is out of it: the centre finds another."""
    return _back_to_centre(attempt)


def may_be_appointed(attempt: Attempt) -> None:
    if attempt.data["appointed_on"] < localdate(attempt.at):
        raise Missing("约定的日期已经过去", fields={"appointed_on": ["请选择今天或以后的日期。"]})


def take_and_keep(attempt: Attempt) -> dict[str, Any]:
    """Whoever makes the appointment serves."""
    kept = {key: attempt.data[key] for key in ("appointed_on", "hour", "place")}
    return {"handler": attempt.actor.user, "facts": {"appointment": kept}}


def keep_appointment(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"appointment": {key: attempt.data[key] for key in ("appointed_on", "hour", "place")}}}


def keep_decline(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"reason_label": dict(DECLINE_REASONS)[attempt.data["reason"]]}}


def arrived_by_now(attempt: Attempt) -> None:
    not_in_the_future(attempt, "arrived_on")


def appointment_has_come(attempt: Attempt) -> None:
    """Nobody is absent before the day."""
    day = date.fromisoformat(attempt.case.facts["appointment"]["appointed_on"])
    if localdate(attempt.at) < day:
        raise NotFromHere(f"约定的是{day:%m月%d日}，还没有到", todo="不能去的，请先改期或取消。")


# --- record and confirmation --------------------------------------------------------------------------------------


def record_is_sound(attempt: Attempt) -> None:
    """Not before arrival, not in the future, and nobody is in two places at once."""
    not_in_the_future(attempt, "visited_on")
    arrived = latest(attempt.log, "arrive")
    if arrived and attempt.data["visited_on"] < date.fromisoformat(arrived.data["arrived_on"]):
        raise Missing("服务日期早于到场日期", fields={"visited_on": ["请核对日期。"]})
    not_twice_at_once(attempt, village.session_in(attempt.data, _server_of(attempt), attempt.case.code))


def _server_of(attempt: Attempt) -> int | None:
    return attempt.actor.user.pk if attempt.actor.user else attempt.case.handler_id


def keep_record(attempt: Attempt) -> dict[str, Any]:
    kept = {key: attempt.data[key] for key in ("visited_on", "begins", "ends", "kind", "persons")}
    return {"facts": {"session": {**kept, "adviser": _server_of(attempt)}, "counts": False}}


def count_it(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"counts": True}}


def confirmation_is_over(attempt: Attempt) -> None:
    is_over(attempt, "confirmation", unserved="服务还没有登记")


def rating_is_over(attempt: Attempt) -> None:
    is_over(attempt, "rating", unserved="还没有到评价的时候")


def keep_score(attempt: Attempt) -> dict[str, Any]:
    return {"rating": attempt.data["score"]}
