"""What a dossier is made of, part by part: the newest first, a page at a time, never more than the reader may see."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from santai.archive.dossier.duties import Duties
from santai.archive.dossier.shape import (
    CaseLine,
    ContactLine,
    LetterLine,
    LookLine,
    Person,
    RatingLine,
    ReliefLine,
    Shape,
)
from santai.casework.access import cases_for, procedure_of
from santai.casework.models import Case, LogEntry
from santai.casework.sealed import is_sealed, open_files
from santai.casework.state_words import state_words
from santai.documents.models import Letter
from santai.people.models import Contact, Party, SpecialGroup
from santai.trust.actors import Actor, Channel
from santai.trust.models import SensitiveLook

LOOKED_AT = {
    "name": "姓名",
    "phone": "电话",
    "id_number": "证件号码",
    "cases": "办理记录",
    "file": "密卷",
    "recording": "执法音视频记录",
    "dossier": "综合档案",
    "export": "导出综合档案",
}
RATES = ("rate", "rate_poor")
COMPLAINTS = Q(procedure__startswith="complaint") | Q(procedure="practice_rights")
FEES = {"waived": "免收", "reduced": "减收"}
OUTCOMES = {"pass": "符合", "exempt": "免予核查", "committed": "凭承诺认定", "unclear": "待查明", "fail": "不符合"}


@dataclass(frozen=True)
class Scope:
    """Whose dossier, and which of the cases the reader may see. `is_own`: the reader is the person."""

    party: Party
    cases: QuerySet[Case]
    is_own: bool


def own_scope(party: Party) -> Scope:
    return Scope(party, Case.objects.filter(applicant=party), is_own=True)


def staff_scope(party: Party, actor: Actor) -> Scope:
    """Only what the reader could open one by one; sealed files not even then."""
    return Scope(party, cases_for(actor).filter(open_files(), applicant=party), is_own=False)


def person_of(scope: Scope) -> Person:
    party = scope.party
    return Person(
        kind=party.kind,
        name=party.name if scope.is_own else party.masked_name,
        phone=party.phone if scope.is_own else party.masked_phone,
        # A phone can be shared: whoever proves it has not proven to be this person.
        id_number=party.masked_id,
        groups=[str(SpecialGroup(group).label) for group in party.groups if group in SpecialGroup.values],
        since=party.created_at,
    )


Rows = Callable[[Scope], QuerySet[Any]]
Lines = Callable[[Sequence[Any]], list[Any]]


@dataclass(frozen=True)
class Part:
    """`name` is the field of the dossier, `nothing` what an empty part says."""

    name: str
    label: str
    nothing: str
    rows: Rows
    lines: Lines
    only_own: bool = False


def _cases(scope: Scope) -> QuerySet[Case]:
    return scope.cases.select_related("organisation", "parent").order_by("-opened_at", "-pk")


def _complaints(scope: Scope) -> QuerySet[Case]:
    return _cases(scope).filter(COMPLAINTS)


def _case_lines(rows: Sequence[Case]) -> list[CaseLine]:
    return [_case_line(case) for case in rows]


def _case_line(case: Case) -> CaseLine:
    table = procedure_of(case)
    return CaseLine(
        code=case.code,
        parent=_parent(case),
        procedure=case.procedure,
        service=table.label,
        matter=case.matter,
        state=case.state,
        state_label=state_words(case),
        is_closed=case.state in table.final,
        opened_at=case.opened_at,
        closed_at=case.closed_at,
        channel=str(Channel(case.channel).label),
        organisation=case.organisation.name if case.organisation else "",
        rating=case.rating,
    )


def _parent(case: Case) -> str:
    """Not that of somebody else's case, nor of a sealed one: its code alone would tell what it is."""
    parent = case.parent
    is_told = parent is not None and parent.applicant_id == case.applicant_id and not is_sealed(parent)
    return parent.code if parent is not None and is_told else ""


def _letters(scope: Scope) -> QuerySet[Letter]:
    # The person gets the export of the dossier: what the office wrote for itself stays out, for staff too.
    found = Letter.objects.for_the_person().filter(case_code__in=scope.cases.values("code"))
    return found.defer("body").order_by("-issued_at", "-pk")


def _letter_lines(rows: Sequence[Letter]) -> list[LetterLine]:
    names = LetterLine.model_fields
    return [LetterLine(**{name: getattr(row, name) for name in names}) for row in rows]


def _ratings(scope: Scope) -> QuerySet[LogEntry]:
    rated = LogEntry.objects.filter(case__in=scope.cases, step__in=RATES)
    return rated.select_related("case").order_by("-at", "-pk")


def _rating_lines(rows: Sequence[LogEntry]) -> list[RatingLine]:
    return [
        RatingLine(
            case_code=row.case.code,
            at=row.at,
            score=int(row.data.get("score") or 0),
            comment=str(row.data.get("comment") or ""),
        )
        for row in rows
    ]


def _contacts(scope: Scope) -> QuerySet[Contact]:
    return Contact.objects.filter(party=scope.party).order_by("-opened_at", "-pk")


def _contact_lines(rows: Sequence[Contact]) -> list[ContactLine]:
    duties = Duties(row.user_id for row in rows)
    return [
        ContactLine(
            at=row.opened_at, channel=str(Channel(row.channel).label), duties=duties.at(row.user_id, row.opened_at)
        )
        for row in rows
    ]


def _reliefs(scope: Scope) -> QuerySet[Case]:
    relieved = LogEntry.objects.filter(case__in=scope.cases, data__fee__in=list(FEES)).values("case")
    asked = Q(facts__has_key="eligibility") | Q(pk__in=relieved)
    return scope.cases.filter(asked).order_by("-opened_at", "-pk")


def _relief_lines(rows: Sequence[Case]) -> list[ReliefLine]:
    fees = LogEntry.objects.filter(case__in=list(rows), data__fee__in=list(FEES)).order_by("number")
    last = {entry.case_id: FEES[entry.data["fee"]] for entry in fees}
    return [_relief_line(case, last.get(case.pk, "")) for case in rows]


def _relief_line(case: Case, fee: str) -> ReliefLine:
    found = case.facts.get("eligibility") or {}
    criteria = found.get("criteria") or []
    reasons = [f"{one['label']}：{OUTCOMES.get(one['outcome'], one['outcome'])}。{one['reason']}" for one in criteria]
    relief = str(case.facts.get("fee_relief") or "")
    return ReliefLine(
        case_code=case.code,
        service=procedure_of(case).label,
        result=fee or OUTCOMES.get(found.get("overall", ""), "审查中"),
        reasons=[*reasons, *([relief] if relief else [])],
    )


def _looks(scope: Scope) -> QuerySet[SensitiveLook]:
    return SensitiveLook.objects.filter(party=scope.party).select_related("user").order_by("-at", "-pk")


def look_lines(rows: Sequence[SensitiveLook]) -> list[LookLine]:
    duties = Duties(row.user_id for row in rows)
    return [
        LookLine(
            at=row.at,
            by=row.user.display_name,
            what=[LOOKED_AT.get(name, name) for name in row.fields.split(",")],
            duties=duties.at(row.user_id, row.at),
            reason=row.reason,
            case_code=row.case_code,
        )
        for row in rows
    ]


PARTS: tuple[Part, ...] = (
    Part("cases", "办过的事", "还没有办过的事。", _cases, _case_lines),
    Part("letters", "文书", "还没有出具过文书。", _letters, _letter_lines),
    Part("reliefs", "援助资格与减免", "没有申请过法律援助，也没有减免过费用。", _reliefs, _relief_lines),
    Part("ratings", "评价", "还没有评价过。", _ratings, _rating_lines),
    Part("complaints", "投诉", "没有投诉过。", _complaints, _case_lines),
    Part("contacts", "接待", "没有热线、窗口接待的记录。", _contacts, _contact_lines),
    Part("looks", "谁看过", "还没有人看过。", _looks, look_lines, only_own=True),
)


def parts_of(scope: Scope) -> list[Part]:
    return [part for part in PARTS if scope.is_own or not part.only_own]


def lines_of(part: Part, scope: Scope, *, start: int = 0, most: int) -> list[Shape]:
    return part.lines(list(part.rows(scope)[start : start + most]))
