"""The steps a citizen may take now, each with its form; any step of any procedure is drawn the same way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core import signing

from santai.casework.access import steps_open_to
from santai.casework.kernel import Step
from santai.casework.models import Case
from santai.casework.refusals import Refused
from santai.documents.models import DocumentKind, StoredFile
from santai.trust.actors import Actor

TAKES_PAPERS = frozenset({"supplement", "add"})
ICONS = {
    "supplement": "upload",
    "add": "chat",
    "urge": "hurry",
    "rate": "star",
    "rate_poor": "star",
    "withdraw": "undo",
}
ORDER = ("supplement", "rate", "rate_poor", "add", "urge")
LAST = ("withdraw",)
PAPERS_SALT = "papers of a step"


@dataclass
class Attempted:
    """A step as it was filled in and refused."""

    case_code: str
    step: str
    data: Any
    refused: Refused
    papers: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Offer:
    case: Case
    step: Step
    form: forms.Form | None
    icon: str
    paper_kinds: tuple[DocumentKind, ...]
    refused: Refused | None = None
    kept_papers: str = ""
    kept_names: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.refused is not None or self.step.name == "supplement"

    @property
    def is_grave(self) -> bool:
        return self.step.name in LAST

    @property
    def key(self) -> str:
        return f"{self.case.code}-{self.step.name}"


def offers_for(family: list[Case], actor: Actor, attempted: Attempted | None = None) -> list[Offer]:
    offers = [_offer(case, step, attempted) for case in family for step in steps_open_to(case, actor)]
    return sorted(offers, key=_place)


def _place(offer: Offer) -> int:
    name = offer.step.name
    if name in ORDER:
        return ORDER.index(name)
    return 99 if name in LAST else 50


def _offer(case: Case, step: Step, attempted: Attempted | None) -> Offer:
    own = attempted if attempted and (attempted.case_code, attempted.step) == (case.code, step.name) else None
    form = None
    if step.form:
        form = step.form(own.data if own else None, auto_id=f"id_{case.code}_{step.name}_%s")
        _add_faults(form, own)
    return Offer(
        case=case,
        step=step,
        form=form,
        icon=ICONS.get(step.name, "edit"),
        paper_kinds=paper_kinds(step),
        refused=own.refused if own else None,
        kept_papers=signing.dumps(own.papers, salt=PAPERS_SALT) if own and own.papers else "",
        kept_names=_names(own.papers) if own else (),
    )


def _add_faults(form: forms.Form, own: Attempted | None) -> None:
    for name, faults in own.refused.fields.items() if own else ():
        if name in form.fields and not form.errors.get(name):
            form.add_error(name, faults)


def paper_kinds(step: Step) -> tuple[DocumentKind, ...]:
    if step.needs:
        return tuple(sorted(step.needs))
    return (DocumentKind.OTHER,) if step.name in TAKES_PAPERS else ()


def _names(papers: list[tuple[int, str]]) -> tuple[str, ...]:
    return tuple(StoredFile.objects.filter(pk__in=[pk for pk, _ in papers]).values_list("name", flat=True))
