"""May this person take part in this case? Every tie to its people is found, explained, and says what may lift it.

Basis: 律师法 39; 律师执业行为规范 50-52 (numbers to be confirmed); 特邀调解规定 15, 16; 公证法 23; 司法鉴定程序通则 20;
仲裁法 on recusal. Names only point to a person: a written check sets a namesake apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Q
from django.utils.timezone import localdate

from santai.casework import parameters
from santai.casework.family import root_of
from santai.casework.models import Case, CaseParty, DeclaredInterest
from santai.casework.other_parties import AGAINST, others_in
from santai.casework.parts import Duty, Held, is_partisan, seats_of
from santai.casework.sealed import is_sealed
from santai.registry.models import Practitioner
from santai.trust.crypto import blind_index
from santai.trust.models import User

FORMER_KEY, FORMER_DAYS = "conflicts.former_client_days", 365
NAMESAKE = "经核实只是同名、不是同一人的，写明核实情况"
CONSENT = "双方当事人都知情并书面同意的，写明同意的情况并上传同意书"


class Kind(StrEnum):
    SELF = "self"
    INTEREST = "interest"
    BOTH_SIDES = "both_sides"
    CLIENT = "client"
    FORMER_CLIENT = "former_client"
    ACTED_FOR = "acted_for"
    EARLIER_PART = "earlier_part"
    RECUSED = "recused"


BASIS = {
    Duty.ACT: "律师法第三十九条",
    Duty.MEDIATE: "最高人民法院关于人民法院特邀调解的规定第十五条",
    Duty.NOTARIZE: "公证法第二十三条",
    Duty.APPRAISE: "司法鉴定程序通则第二十条",
    Duty.ARBITRATE: "仲裁法关于回避的规定",
}
EARLIER_BASIS = {
    Duty.MEDIATE: "最高人民法院关于人民法院特邀调解的规定第十六条",
    Duty.APPRAISE: "司法鉴定程序通则第二十条",
}
# Having advised one of the two in any matter bars from standing between them.
ALOOF = frozenset({Duty.MEDIATE, Duty.ARBITRATE})
# What the law lets both sides agree to, though the person is the right one: kinds by duty.
CONSENT_LIFTS = {
    Kind.BOTH_SIDES: frozenset({Duty.ACT}),
    Kind.CLIENT: frozenset({Duty.ACT}),
    Kind.FORMER_CLIENT: frozenset({Duty.ACT}),
    Kind.ACTED_FOR: frozenset({Duty.MEDIATE}),
}


@dataclass(frozen=True)
class Conflict:
    """`override` says in words what lifts it; empty when nothing does."""

    kind: Kind
    reason: str
    may_be_overridden: bool
    basis: str
    override: str = ""


@dataclass(frozen=True)
class People:
    """Blind indexes of the names: on the applicant's side, against it, and everybody else the matter names."""

    ours: frozenset[str]
    theirs: frozenset[str]
    others: frozenset[str]

    @property
    def everybody(self) -> frozenset[str]:
        return self.ours | self.theirs | self.others


def conflicts(
    case: Case, who: Practitioner | User, on: date, *, duty: Duty | None = None, is_criminal: bool = False
) -> list[Conflict]:
    """Every tie of this person to the case; an empty list when there is none.

    `duty` is what they are to do in it, else what their licence says. In a criminal case no consent lifts anything.
    """
    practitioner = who if isinstance(who, Practitioner) else Practitioner.objects.filter(user=who).first()
    held = Held(practitioner, who if isinstance(who, User) else who.user, duty)
    kin = _whole_matter(case)
    people = _people_of(case, kin)
    found = [
        *_in_person(held, people),
        *_recused(held, kin),
        *_earlier_parts(held, case, kin),
        *_ties(held, case, kin, people, on, is_criminal=is_criminal),
    ]
    return list(dict.fromkeys(found))


def unresolved(found: Iterable[Conflict], override: str) -> list[Conflict]:
    """What still stands after somebody has written why it may be set aside."""
    return [one for one in found if not (override.strip() and one.may_be_overridden)]


def told(found: Iterable[Conflict], *, with_remedy: bool = True) -> list[str]:
    """As sentences for a refusal; `with_remedy` where the form has a field for what may lift them."""
    return [f"{one.reason}（{one.basis}）{_remedy(one) if with_remedy else ''}" for one in found]


def _remedy(one: Conflict) -> str:
    return f"；{one.override}" if one.override else "，不能承办"


def as_facts(found: Iterable[Conflict], override: str) -> list[dict[str, str]]:
    """For the facts of the case: what was set aside, and why."""
    return [{"kind": one.kind.value, "reason": one.reason, "basis": one.basis, "why": override} for one in found]


# --- the people of the matter ---------------------------------------------------------------------------------------


def _whole_matter(case: Case) -> list[Case]:
    """This person's need with everything that came of it, sealed files included: nobody is shown what is in them."""
    root = root_of(case)
    members, generation = [root], [root]
    while generation:
        born = Case.objects.filter(parent__in=generation)
        generation = list(born.select_related("applicant", "handler__practitioner__organisation", "organisation"))
        members += generation
    return members


def _people_of(case: Case, kin: list[Case]) -> People:
    """The applicant of the case is on our side, whoever a case of the same applicant is against on the other."""
    ours = {case.applicant.name_index}
    theirs: set[str] = set()
    others: set[str] = set()
    for row in others_in(kin):
        is_same_side = row.case.applicant_id == case.applicant_id
        if row.side in AGAINST:
            (theirs if is_same_side else ours).add(row.name_index)
        else:
            others.add(row.name_index)
    theirs |= {one.applicant.name_index for one in kin if one.applicant_id != case.applicant_id}
    return People(frozenset(ours - {""}), frozenset(theirs - ours - {""}), frozenset(others - {""}))


# --- the person -----------------------------------------------------------------------------------------------------


def _in_person(held: Held, people: People) -> Iterator[Conflict]:
    basis = BASIS[held.duty]
    if blind_index(held.name, "name") in people.everybody:
        yield Conflict(Kind.SELF, f"{held.name}与本案当事人或者代理人同名，应当回避", True, basis, NAMESAKE)
    if held.practitioner is None:
        return
    declared = DeclaredInterest.objects.filter(practitioner=held.practitioner, ended_on__isnull=True)
    for one in declared.filter(name_index__in=people.everybody):
        words = f"{held.name}申报过与本案当事人有“{one.get_relation_display()}”的关系，应当回避"
        yield Conflict(Kind.INTEREST, words, True, basis, NAMESAKE)


def _recused(held: Held, kin: list[Case]) -> Iterator[Conflict]:
    for one in kin:
        if held.is_among(one.facts.get("recused", [])):
            words = f"{held.name}在{_named(one)}里已经回避或者被更换"
            yield Conflict(Kind.RECUSED, words, False, BASIS[held.duty])


def _earlier_parts(held: Held, case: Case, kin: list[Case]) -> Iterator[Conflict]:
    """Whoever decided or mediated between the two before does not come back in another part (特邀调解规定 16)."""
    for one in kin:
        seat = seats_of(one).get(held.pk) if one.pk != case.pk else None
        if seat is None or seat == held.duty or is_partisan(seat):
            continue
        words = f"{held.name}在{_named(one)}里{seat.label}过这件纠纷，不能再{held.duty.label}"
        yield Conflict(Kind.EARLIER_PART, words, False, EARLIER_BASIS.get(seat, BASIS[held.duty]))


# --- other cases of the same people ---------------------------------------------------------------------------------


def _ties(
    held: Held, case: Case, kin: list[Case], people: People, on: date, *, is_criminal: bool
) -> Iterator[Conflict]:
    members, above = {one.pk for one in kin}, _ancestors(case)
    for one in [*kin, *_cases_of(people, except_for=members)]:
        if one.pk == case.pk:
            continue
        in_matter = one.pk in members
        if is_partisan(held.duty):
            found = _both_sides(held, case, one, people, on, in_matter=in_matter)
        else:
            bars = one.pk not in above and (in_matter or held.duty in ALOOF)
            found = _acted_for(held, one, people, certain=in_matter) if bars else None
        if found is None and not in_matter:
            found = _decided_before(held, one, people)
        if found:
            # One person never stands on both sides (律师法 39); a firm may, when both know and agree, in civil matters.
            is_personal = found.kind is Kind.BOTH_SIDES and held.acts_in_person(one)
            yield found if is_criminal or is_personal else _with_consent(found, held.duty)


def _ancestors(case: Case) -> set[int]:
    """An order that led to this case is no mandate in it."""
    above = set()
    while case.parent is not None:
        case = case.parent
        above.add(case.pk)
    return above


def _cases_of(people: People, *, except_for: set[int]) -> list[Case]:
    """Cases in which these people are applicants or stand against one, each once."""
    names = people.ours | people.theirs
    if not names:
        return []
    against = CaseParty.objects.filter(name_index__in=names, side__in=AGAINST).values("case")
    found = Case.objects.filter(Q(applicant__name_index__in=names) | Q(pk__in=against)).exclude(pk__in=except_for)
    related = ("applicant", "organisation", "handler__practitioner__organisation")
    return list(found.select_related(*related).prefetch_related("others").order_by("pk"))


def _both_sides(held: Held, case: Case, one: Case, people: People, on: date, *, in_matter: bool) -> Conflict | None:
    """The same firm for the other side: in this matter, in another one, or until lately."""
    if not held.firm_acts_in(one) or one.applicant_id == case.applicant_id:
        return None
    is_theirs = one.applicant.name_index in people.theirs
    is_against_us = bool(_against(one) & people.ours)
    if not (is_theirs or is_against_us or in_matter):
        return None
    if in_matter or (is_theirs and is_against_us and one.matter == case.matter):
        return _in_the_same_matter(held, case, one, on, certain=in_matter)
    if one.closed_at is not None:
        return None
    side = "为对方当事人（或同名的人）办理" if is_theirs else "办理以本案当事人（或同名的人）为对方的"
    return _by_name(Kind.CLIENT, f"{held.firm_name}正在{side}案件{_code(one)}，可能有利益冲突", held)


def _in_the_same_matter(held: Held, case: Case, one: Case, on: date, *, certain: bool) -> Conflict | None:
    if one.closed_at is None:
        reason = f"{held.firm_name}在案件{_code(one)}里为对方当事人办理同一件事，有利益冲突"
        return _by_name(Kind.BOTH_SIDES, reason, held, certain=certain)
    days = int(parameters.value(FORMER_KEY, region=case.region, on=on, default=FORMER_DAYS))
    if localdate(one.closed_at) + timedelta(days=days) < on:
        return None
    reason = f"{held.firm_name}不久前在案件{_code(one)}里为对方当事人办理过同一件事，可能有利益冲突"
    return _by_name(Kind.FORMER_CLIENT, reason, held, certain=certain)


def _acted_for(held: Held, one: Case, people: People, *, certain: bool) -> Conflict | None:
    """Whoever acted for one of the sides does not stand between them; a lawyer's colleagues neither."""
    if one.applicant.name_index not in people.ours | people.theirs or not held.has_acted_in(one):
        return None
    reason = f"{held.actor_name}为当事人{'' if certain else '（或同名的人）'}办理过案件{_code(one)}，可能有利益冲突"
    return _by_name(Kind.ACTED_FOR, reason, held, certain=certain)


def _decided_before(held: Held, one: Case, people: People) -> Conflict | None:
    """Stood between the two before, in another matter of the same names; or of the one name that is known."""
    seat = seats_of(one).get(held.pk)
    if seat is None or is_partisan(seat) or seat == held.duty:
        return None
    pair = {one.applicant.name_index} | _against(one)
    if not pair & people.ours or (people.theirs and not pair & people.theirs):
        return None
    reason = f"{held.name}在案件{_code(one)}里{seat.label}过当事人（或同名的人）的纠纷，不能再{held.duty.label}"
    return Conflict(Kind.EARLIER_PART, reason, True, EARLIER_BASIS.get(seat, BASIS[held.duty]), NAMESAKE)


def _by_name(kind: Kind, reason: str, held: Held, *, certain: bool = False) -> Conflict:
    return Conflict(kind, reason, not certain, BASIS[held.duty], "" if certain else NAMESAKE)


def _with_consent(found: Conflict, duty: Duty) -> Conflict:
    if duty not in CONSENT_LIFTS.get(found.kind, frozenset()):
        return found
    override = f"{found.override}；{CONSENT}" if found.override else CONSENT
    return Conflict(found.kind, found.reason, True, found.basis, override)


def _against(one: Case) -> set[str]:
    return {row.name_index for row in one.others.all() if row.side in AGAINST}


def _named(one: Case) -> str:
    return f"案件{_code(one)}"


def _code(one: Case) -> str:
    """The code of a sealed file is not for those who assign another case."""
    return "（保密）" if is_sealed(one) else one.code
