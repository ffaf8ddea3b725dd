"""Who may defend: what criminal legal aid asks of a person beyond what every legal aid case asks.

法律援助法 26 (three years for life and death), 刑诉法解释 43 (one defender, one of several accused),
未成年人保护法 104.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Q, QuerySet

from santai.casework.models import Case
from santai.people.models import SpecialGroup
from santai.procedures.rules.legal_aid_criminal_eligibility import DEFENDED
from santai.registry.models import Practitioner
from santai.registry.standing import years_of_criminal_defence

CRIMINAL = frozenset({"legal_aid_criminal", "legal_aid_notice"})
MAY_DEFEND = frozenset({Practitioner.Kind.LAWYER, Practitioner.Kind.LEGAL_AID})
HEAVY_YEARS = 3


def is_heavy(case: Case) -> bool:
    """Life imprisonment or death may follow, or a death sentence is being reviewed."""
    application, notice = case.facts.get("application", {}), case.facts.get("notice", {})
    heavy_ground = notice.get("ground") in {"life_or_death", "death_review"}
    return bool(application.get("may_be_heavy") or notice.get("may_be_heavy") or heavy_ground)


def is_defended(case: Case) -> bool:
    """The person of the case is accused; otherwise a victim or claimant, or the subject of compulsory treatment."""
    notice = case.facts.get("notice")
    if notice:
        return bool(notice.get("stage") != "compulsory_medical")
    return case.facts.get("application", {}).get("capacity") in DEFENDED


def obstacles_to_defence(case: Case, practitioner: Practitioner, today: date) -> Iterator[str]:
    if case.procedure not in CRIMINAL:
        return
    name = practitioner.name
    if practitioner.kind not in MAY_DEFEND:
        yield f"{name}是{practitioner.get_kind_display()}，刑事案件须由律师承办"
    years = years_of_criminal_defence(practitioner, today)
    if is_heavy(case) and years < HEAVY_YEARS:
        yield f"可能判处无期徒刑、死刑和死刑复核的案件，须有{HEAVY_YEARS}年以上刑事辩护经历，{name}登记的是{years}年"
    # A minor by the person's own record is looked at in every legal aid case.
    if _is_minor_by_notice(case) and not practitioner.knows_minors:
        yield f"受援人是未成年人，须由熟悉未成年人身心特点的律师承办，{name}没有这项登记"
    yield from _in_the_same_proceedings(case, practitioner)


def _is_minor_by_notice(case: Case) -> bool:
    is_known = SpecialGroup.MINOR in case.applicant.groups
    return case.facts.get("notice", {}).get("ground") == "minor" and not is_known


def _in_the_same_proceedings(case: Case, practitioner: Practitioner) -> Iterator[str]:
    for other in others_in(case):
        if is_defended(other) == is_defended(case):
            if is_defended(case) and practitioner.user and other.handler_id == practitioner.user.pk:
                yield f"{practitioner.name}已为同案的另一人辩护（{other.code}），一名辩护人不能为两名以上同案人辩护"
        elif _firm_of(other) == practitioner.organisation_id:
            yield f"{practitioner.organisation.name}已为同案的对方当事人承办（{other.code}），同一家所不能站在两边"


def others_in(case: Case) -> QuerySet[Case]:
    """The legal aid cases of other people under the same case number of the organ."""
    number = _number(case)
    found = Case.objects.filter(procedure__in=CRIMINAL).exclude(pk=case.pk).exclude(applicant=case.applicant_id)
    same = Q(facts__application__case_number=number) | Q(facts__notice__case_number=number)
    return found.filter(same).order_by("pk") if number else found.none()


def _number(case: Case) -> str:
    kept = case.facts.get("notice") or case.facts.get("application") or {}
    return str(kept.get("case_number") or "").strip()


def _firm_of(case: Case) -> int | None:
    firm = case.facts.get("assignment", {}).get("firm")
    return int(firm) if firm else None
