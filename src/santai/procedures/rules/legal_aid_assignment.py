"""Who may be given a legal aid case. Every obstacle is named at once, so that the next choice is a good one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.timezone import localdate

from santai.casework import parameters
from santai.casework.conflicts import conflicts, told, unresolved
from santai.casework.kernel import Attempt
from santai.casework.models import Case
from santai.casework.refusals import Missing
from santai.people.models import SpecialGroup
from santai.procedures.forms.legal_aid import URGENT_GROUNDS
from santai.procedures.rules.legal_aid import date_is_ahead, is_urgent
from santai.procedures.rules.legal_aid_defence import CRIMINAL, obstacles_to_defence
from santai.registry.models import OrganisationKind, Practitioner
from santai.registry.standing import may_practise

LOAD_KEY, USUAL_LOAD = "legal_aid.open_cases_per_person", 30
# 法律援助法第十二、十六条: lawyers, grass-roots legal workers and the office's own staff.
MAY_HANDLE = frozenset({Practitioner.Kind.LAWYER, Practitioner.Kind.GRASSROOTS, Practitioner.Kind.LEGAL_AID})
HOMES = frozenset({OrganisationKind.LAW_FIRM, OrganisationKind.GRASSROOTS, OrganisationKind.LEGAL_AID})


def may_be_assigned(attempt: Attempt) -> None:
    practitioner: Practitioner = attempt.data["practitioner"]
    problems = list(_obstacles(attempt, practitioner))
    if problems:
        raise Missing(*problems, todo="请改选其他承办人。", fields={"practitioner": problems})


def may_replace(attempt: Attempt) -> None:
    current = attempt.case.facts.get("assignment", {}).get("practitioner")
    if current == attempt.data["practitioner"].pk:
        raise Missing("新的承办人和现在的承办人是同一个人", todo="请改选其他承办人。")
    not_one_who_left(attempt)
    may_be_assigned(attempt)


def not_one_who_left(attempt: Attempt) -> None:
    """Whoever was replaced or refused in this case does not come back."""
    chosen: Practitioner = attempt.data["practitioner"]
    if chosen.pk in {one.get("practitioner") for one in attempt.case.facts.get("earlier_assignments", [])}:
        problem = f"{chosen.name}在本案中已经被更换过，不能再次承办"
        raise Missing(problem, todo="请改选其他承办人。", fields={"practitioner": [problem]})


def may_be_provided_at_once(attempt: Attempt) -> None:
    is_urgent(attempt)
    date_is_ahead(attempt)
    may_be_assigned(attempt)


def keep_assignment(attempt: Attempt) -> dict[str, Any]:
    practitioner: Practitioner = attempt.data["practitioner"]
    firm = practitioner.organisation
    assignment = {
        "practitioner": practitioner.pk,
        "name": practitioner.name,
        "licence": practitioner.licence,
        "firm": firm.pk,
        "firm_name": firm.name,
        "firm_phone": firm.phone,
        "on": localdate(attempt.at),
    }
    return {"handler": practitioner.user, "facts": {"assignment": assignment}}


def keep_prior(attempt: Attempt) -> dict[str, Any]:
    found = keep_assignment(attempt)
    label = dict(URGENT_GROUNDS)[attempt.data["ground"]]
    prior = {"is_prior": True, "ground_label": label, "supplement_by": attempt.data["by"]}
    return {**found, "facts": {**found["facts"], **prior}}


def keep_replacement(attempt: Attempt) -> dict[str, Any]:
    found = keep_assignment(attempt)
    before = [*attempt.case.facts.get("earlier_assignments", []), attempt.case.facts.get("assignment", {})]
    return {**found, "facts": {**found["facts"], "earlier_assignments": before}}


def _obstacles(attempt: Attempt, practitioner: Practitioner) -> Iterator[str]:
    today, name = localdate(attempt.at), practitioner.name
    standing = may_practise(practitioner, today)
    if not standing:
        yield standing.reason
    if practitioner.kind not in MAY_HANDLE or practitioner.organisation.kind not in HOMES:
        yield f"{name}是{practitioner.get_kind_display()}，不能承办法律援助案件"
    yield from obstacles_to_defence(attempt.case, practitioner, today)
    if practitioner.user is None or not practitioner.user.is_active:
        yield f"{name}还没有可用的平台账号，无法在平台上办理"
    limit = int(parameters.value(LOAD_KEY, region=attempt.case.region, on=today, default=USUAL_LOAD))
    in_hand = Case.objects.filter(handler=practitioner.user, closed_at__isnull=True).count()
    if practitioner.user and in_hand >= limit:
        yield f"{name}手上已有{in_hand}件在办，达到每人{limit}件的上限"
    if SpecialGroup.MINOR in attempt.case.applicant.groups and not practitioner.knows_minors:
        yield f"当事人是未成年人，须由熟悉未成年人身心特点的人员承办，{name}没有这项登记"
    yield from _conflicts(attempt, practitioner)


def _conflicts(attempt: Attempt, practitioner: Practitioner) -> Iterator[str]:
    """Named with what may lift them: a check that sets a namesake apart, or in civil matters the consent of both."""
    is_criminal = attempt.case.procedure in CRIMINAL
    found = conflicts(attempt.case, practitioner, localdate(attempt.at), is_criminal=is_criminal)
    yield from told(unresolved(found, attempt.data.get("no_conflict", "")))
