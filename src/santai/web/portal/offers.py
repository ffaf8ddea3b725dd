"""The steps a citizen may take now, each with its form; any step of any procedure is drawn the same way."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms

from santai.casework.access import steps_open_to
from santai.casework.kernel import Step
from santai.casework.models import Case
from santai.casework.refusals import Refused
from santai.documents.models import DocumentKind
from santai.trust.actors import Actor
from santai.web.steps import ICONS, Attempted, form_of, kept_with, paper_kinds

ORDER = ("supplement", "rate", "rate_poor", "add", "urge")
LAST = ("withdraw",)


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
    own = attempted if attempted and attempted.is_of(case, step) else None
    kept_papers, kept_names = kept_with(own)
    return Offer(
        case=case,
        step=step,
        form=form_of(case, step, own),
        icon=ICONS.get(step.name, "edit"),
        paper_kinds=paper_kinds(case, step),
        refused=own.refused if own else None,
        kept_papers=kept_papers,
        kept_names=kept_names,
    )
