"""Who is to be offered lower fees or none: whoever has been granted legal aid (公证法 34, 法律援助法 53)."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from santai.casework.kernel import Attempt
from santai.casework.models import Case, LogEntry
from santai.casework.refusals import Missing
from santai.people.groups import standings
from santai.people.models import SpecialGroup

# On application, and on notice of an organ of justice, which the office does not examine (法律援助法 25, 28).
GRANTS = frozenset({"grant", "confirm_prior", "order_grant", "register_notice", "order_resumption"})
ENDS = frozenset({"terminate", "own_counsel", "self_defence", "uphold_termination", "revoke", "transfer"})


def relief_offered(case: Case, at: datetime) -> str:
    """Why the applicant is offered relief, in words; empty when there is no reason."""
    aided = aided_case(case, at)
    if aided:
        return f"申请人已经获得法律援助（案码{aided}）"
    poor = next((one for one in standings(case.applicant, localdate(at)) if one.group == SpecialGroup.LOW_INCOME), None)
    if poor is None:
        return ""
    return f"申请人是{poor.label}（{'已核实' if poor.is_verified else f'待核实，请看{poor.proof}'}）"


def aided_case(case: Case, at: datetime) -> str:
    """A legal aid case that was granted, or begun on notice, and has not been ended since."""
    decided = LogEntry.objects.filter(
        case__applicant=case.applicant_id, case__procedure__startswith="legal_aid", step__in=GRANTS | ENDS, at__lte=at
    )
    standing: dict[str, bool] = {}
    for entry in decided.select_related("case").order_by("case", "number"):
        standing[entry.case.code] = entry.step in GRANTS
    return next((code for code, granted in standing.items() if granted), "")


def fee_is_fair(attempt: Attempt, basis: str) -> None:
    """Whoever is offered relief pays the full fee only for a written reason (form fields `fee` and `fee_reason`)."""
    relief = attempt.case.facts["fee_relief"]
    if relief and attempt.data["fee"] == "full" and not attempt.data["fee_reason"]:
        raise Missing(
            f"{relief}，应当减收或者免收费用（{basis}）",
            todo="请选择减收或免收；确实不能减免的，写明理由。",
            fields={"fee_reason": ["请写明不减免的理由。"]},
        )
