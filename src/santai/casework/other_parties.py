"""The people of a case besides the applicant. A form field that names one (`SealedNameField`) leaves a sealed row that
is never changed: a correction is a later row, and the latest of a field holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet

from santai.casework.kernel import OPENING, Procedure
from santai.casework.models import Case, CaseParty, LogEntry
from santai.casework.signals import step_taken
from santai.casework.veiled import opened
from santai.people.validation import folded_name
from santai.trust.crypto import blind_index

BETWEEN_NAMES = re.compile(r"[、，,；;\r\n]+")
LONGEST_USUAL_NAME = 3
COMPANY_WORDS = re.compile(
    r"公司|集团|企业|工厂|商店|酒店|饭店|超市|银行|医院|学校|大学|中学|小学|幼儿园|委员会|居委会|村委会|合作社|"
    r"事务所|中心|协会|政府|[厂店局厅处社院行部队站所会]$"
)
# Whoever stands on these sides stands against the applicant.
AGAINST = frozenset(
    {CaseParty.Side.OTHER, CaseParty.Side.RESPONDENT, CaseParty.Side.DEBTOR, CaseParty.Side.COMPLAINED_OF}
)


def listen() -> None:
    step_taken.connect(_keep_names, dispatch_uid="santai.casework.other_parties")


def _keep_names(*, case: Case, entry: LogEntry, procedure: Procedure, **_: Any) -> None:
    """In the transaction of the step."""
    if entry.step == OPENING:
        return
    form = procedure.step(entry.step).form
    fields: Mapping[str, forms.Field] = getattr(form, "base_fields", {})
    rows = [row for name, field in fields.items() for row in _rows(case, entry, name, field)]
    if rows:
        CaseParty.objects.bulk_create(rows)


def _rows(case: Case, entry: LogEntry, name: str, field: forms.Field) -> list[CaseParty]:
    """None when the field names nobody, or the same people as before."""
    side = getattr(field, "side", None)
    typed = opened(entry.data.get(name) or "") if side else ""
    if side is None or not typed:
        return []
    contact = opened(entry.data.get(getattr(field, "contact", "")) or "")
    number = opened(entry.data.get(getattr(field, "id_number", "")) or "")
    made = [
        CaseParty(
            case=case,
            side=side,
            kind=kind_of(one),
            name=one,
            id_number=number,
            contact=contact,
            field=name,
            number=entry.number,
            named_at=entry.at,
        )
        for one in names_in(typed)
    ]
    for row in made:
        row.refresh_indexes()
    before = [row for row in _latest(case.others.filter(field=name)) if row.field == name]
    return [] if _told(before) == _told(made) else made


def _told(rows: Iterable[CaseParty]) -> set[tuple[str, str, str]]:
    return {(row.name_index, row.id_index, row.contact) for row in rows}


def names_in(typed: str) -> list[str]:
    """Several names in one field, each once, in the order they were written."""
    names = (folded_name(part) for part in BETWEEN_NAMES.split(typed))
    return list(dict.fromkeys(name for name in names if name))


def kind_of(name: str) -> str:
    return "company" if len(name) > LONGEST_USUAL_NAME and COMPANY_WORDS.search(name) else "person"


def others_in(cases: Iterable[Case]) -> list[CaseParty]:
    """Everybody these cases name besides their applicants, as the latest step of each field named them."""
    rows = CaseParty.objects.filter(case__in=list(cases)).select_related("case").order_by("case", "number", "pk")
    return list(_latest(rows))


def _latest(rows: Iterable[CaseParty]) -> Iterator[CaseParty]:
    kept = list(rows)
    newest = {(row.case_id, row.field): row.number for row in sorted(kept, key=lambda row: row.number)}
    return (row for row in kept if row.number == newest[row.case_id, row.field])


def against(case: Case) -> QuerySet[CaseParty]:
    """Whom this case and those that came of it name against its applicant, as last named; one query, not yet made."""
    later = CaseParty.objects.filter(case=OuterRef("case"), field=OuterRef("field"), number__gt=OuterRef("number"))
    ours = Q(case=case) | Q(case__parent=case, case__applicant=case.applicant_id)
    return CaseParty.objects.filter(ours, ~Exists(later), side__in=AGAINST).exclude(name_index="")


def name_indexes(*names: str) -> set[str]:
    """Blind indexes of names, sealed or plain, several in one text or not; for telling namesakes."""
    plain = (part for name in names for part in names_in(str(opened(name))))
    return {blind_index(name, "name") for name in plain}


def is_same_name(one: str, other: str) -> bool:
    """Sealed or plain; two texts that name nobody are the same as well."""
    return name_indexes(one) == name_indexes(other)
