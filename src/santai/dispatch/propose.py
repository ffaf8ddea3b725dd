"""Who should take a case, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.timezone import localdate

from santai.casework.models import Case
from santai.dispatch import candidates, judging
from santai.dispatch.candidates import LICENSED, PARTISAN, Body, Person
from santai.dispatch.hours import moment
from santai.dispatch.judging import Scene, Verdict
from santai.dispatch.needs import Need, need_of
from santai.dispatch.services import duties
from santai.registry.models import Organisation, Practitioner
from santai.trust.models import User

# So many bodies are looked at person by person.
SHORTLIST = 12
# Bodies of the first and second rank answer for the service itself; the others only help out.
CLEAR_RANK = 2


@dataclass(frozen=True)
class Proposal:
    """`practitioner` is None when the organisation itself is to choose. `is_clear`: good enough to act on unasked."""

    organisation: Organisation
    practitioner: Practitioner | None
    score: int
    reasons: list[str]
    handler_id: int | None = None
    is_clear: bool = False


@dataclass(frozen=True)
class PassedOver:
    """An organisation one would expect in the list, and why it is not."""

    organisation: Organisation
    reason: str


@dataclass(frozen=True)
class Survey:
    need: Need
    proposals: list[Proposal]
    passed_over: list[PassedOver]


def propose(case: Case, *, limit: int = 5, at: datetime | None = None, viewer: User | None = None) -> list[Proposal]:
    """The best first, one for each organisation; the same facts give the same order. `viewer` is the dispatcher who
    looks: people shown to another one in the last minute are left out. Reads only, in six queries at most."""
    return survey(case, limit=limit, at=at, viewer=viewer).proposals


def survey(case: Case, *, limit: int = 5, at: datetime | None = None, viewer: User | None = None) -> Survey:
    """`propose`, with the need it was made for and those that were passed over."""
    now = at or timezone.now()
    need = need_of(case)
    held = duties(need.service, need.matter)
    found = candidates.bodies(need, held, at=now)
    open_cases = candidates.loads(body.pk for body in found)
    for body in found:
        body.load = open_cases.of_organisation.get(body.pk, 0)
    acted = candidates.conflicts(case, need, (body.pk for body in found))
    fit, passed_over = _sift(found, need, acted)
    view = judging.scene(need, held, moment(now, need.region), localdate(now), found)
    shortlist = _shortlist(fit, view, max(limit, SHORTLIST))
    staff = candidates.people((body.pk for body, _ in shortlist), at=now, viewer=viewer)
    barred = {handler for _, handler in acted if handler}
    proposals = []
    for body, verdict in shortlist:
        team = [person for person in staff.get(body.pk, []) if person.practitioner.user_id not in barred]
        for person in team:
            person.load = _load_of(person, open_cases.of_handler)
        proposals.append(_proposal(body, verdict, team, view))
    return Survey(need, _ordered(proposals)[:limit], passed_over)


def _sift(
    found: Iterable[Body], need: Need, acted: set[tuple[int | None, int | None]]
) -> tuple[list[Body], list[PassedOver]]:
    fit: list[Body] = []
    passed_over: list[PassedOver] = []
    partisan = {organisation for organisation, _ in acted}
    for body in found:
        reason = ""
        if body.pk in need.refused_by:
            reason = f"曾退回本件：{need.refused_by[body.pk].ground or '未写依据'}"
        elif body.pk in partisan and body.organisation.kind in PARTISAN:
            reason = "对方当事人是该单位的委托人，存在利益冲突"
        elif not body.is_manned:
            reason = "目前没有可以执业的人员"
        if reason:
            passed_over.append(PassedOver(body.organisation, reason))
        else:
            fit.append(body)
    return fit, passed_over


def _shortlist(fit: Sequence[Body], view: Scene, size: int) -> list[tuple[Body, Verdict]]:
    judged = [(body, judging.judge_body(body, view)) for body in fit]
    judged.sort(key=lambda pair: (-pair[1].points - judging.promise_of(pair[0], view), pair[0].pk))
    return judged[:size]


def _load_of(person: Person, of_handler: dict[int, int]) -> int:
    user = person.practitioner.user_id
    return of_handler.get(user, 0) if user else 0


def _proposal(body: Body, verdict: Verdict, team: Sequence[Person], view: Scene) -> Proposal:
    best, personal = _best_of(team, body, view)
    reasons = [*verdict.reasons, *personal.reasons]
    if best is None and any(person.is_reserved for person in team):
        reasons.append("合适的人员正被另一位分派员选派，可先交由该单位安排")
    later = judging.when_sentence(best, body, view)
    handler = best.practitioner.user_id if best and best.has_desk else None
    return Proposal(
        organisation=body.organisation,
        practitioner=best.practitioner if best else None,
        score=verdict.points + personal.points,
        reasons=[*reasons, later] if later else reasons,
        handler_id=handler,
        is_clear=_is_clear(body, verdict, handler, view),
    )


def _best_of(team: Sequence[Person], body: Body, view: Scene) -> tuple[Person | None, Verdict]:
    free = [(person, judging.judge_person(person, body, view)) for person in team if not person.is_reserved]
    if not free:
        verdict = Verdict()
        judging.judge_load_of_body(body, view, verdict)
        return None, verdict
    return min(free, key=lambda pair: (not pair[0].has_desk, -pair[1].points, pair[0].practitioner.pk))


def _is_clear(body: Body, verdict: Verdict, handler: int | None, view: Scene) -> bool:
    """Named by the one that returned it; or its own duty, near, and somebody there can take it."""
    if not body.has_desk or (handler is None and body.organisation.kind in LICENSED):
        return False
    named = view.need.named
    if named is not None:
        return named.better == body.pk
    duty = view.duties.get(body.organisation.kind)
    return duty is not None and duty.rank <= CLEAR_RANK and verdict.is_near


def _ordered(proposals: list[Proposal]) -> list[Proposal]:
    return sorted(proposals, key=lambda proposal: (-proposal.score, proposal.organisation.pk))
