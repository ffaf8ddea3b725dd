"""Giving a case to somebody: by a dispatcher's choice, or unasked when everything is clear."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from santai.casework.actions import take_step
from santai.casework.models import Case
from santai.casework.refusals import Refused, Stale
from santai.dispatch.models import PoolNote
from santai.dispatch.propose import Proposal, Survey, survey
from santai.dispatch.reserve import release, reserved_by_another
from santai.trust.actors import SYSTEM, Actor

PROCEDURE = "work_order"
# A disputed order is the arbiter's alone (rule_owner).
STEP_FROM = {"received": "dispatch", "returned": "redispatch"}
LONGEST_REASONS = 1000


def dispatch(
    case: Case, *, actor: Actor = SYSTEM, proposal: Proposal | None = None, at: datetime | None = None
) -> Proposal | None:
    """Hand the case to `proposal`, or, without one, to the best when classification and proposal are clear.

    None means it stays in the pool, with a note that says why. A given proposal raises what `take_step` raises.
    """
    now = at or timezone.now()
    if proposal is not None:
        return _hand_over(case, proposal, actor=actor, at=now)
    if case.procedure != PROCEDURE or case.state not in STEP_FROM:
        return None
    seen = survey(case, limit=1, at=now)
    hindrance = hindrance_to(seen)
    if not hindrance:
        try:
            return _hand_over(case, seen.proposals[0], actor=actor, at=now)
        except Refused as refusal:
            case.refresh_from_db()
            hindrance = "；".join(refusal.problems)
    note(case, hindrance, at=now)
    return None


def hindrance_to(seen: Survey) -> str:
    """Why the platform does not dispatch by itself; empty when it may."""
    if not seen.proposals:
        return "没有找到可以承办的单位，请人工选择"
    best, need = seen.proposals[0], seen.need
    if need.returned and need.named is None:
        return "已被退回，且没有指明可以承办的单位，请人工选择"
    if not need.is_sure and need.named is None:
        return "分类把握不大，请先核对事项和地点"
    if not best.is_clear:
        return f"首选{best.organisation.name}，但理由不够充分，请人工确认"
    return ""


def note(case: Case, reason: str, *, at: datetime) -> None:
    PoolNote.objects.update_or_create(case=case, defaults={"reason": reason[:200], "considered_at": at})


def _hand_over(case: Case, proposal: Proposal, *, actor: Actor, at: datetime) -> Proposal:
    person = proposal.practitioner
    if person is not None:
        rival = reserved_by_another(person, user=actor.user, at=at)
        if rival is not None:
            raise Stale(f"{rival.display_name}刚刚正在选派{person.name}", todo="请改选其他人员，或一分钟后再试。")
    take_step(
        case,
        STEP_FROM.get(case.state, "dispatch"),
        actor=actor,
        data={
            "organisation": str(proposal.organisation.pk),
            "handler": str(proposal.handler_id or ""),
            "reasons": "；".join(proposal.reasons)[:LONGEST_REASONS],
        },
        at=at,
    )
    if person is not None:
        release(person)
    PoolNote.objects.filter(case=case).delete()
    return proposal
