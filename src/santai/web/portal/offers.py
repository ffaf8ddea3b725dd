"""The steps a citizen may take now, each with its form; any step of any procedure is drawn the same way."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django import forms
from django.utils import timezone

from santai.casework.access import log_of, procedure_of, steps_open_to
from santai.casework.kernel import Step
from santai.casework.models import Case
from santai.casework.refusals import Refused
from santai.casework.timeline import is_waited_for
from santai.documents.models import DocumentKind
from santai.trust.actors import Actor
from santai.trust.roles import FRONT_LINE
from santai.web.colleagues import with_colleagues
from santai.web.portal.places import with_divisions
from santai.web.steps import ICONS, Attempted, form_of, kept_with, paper_kinds

FIRST = ("supplement", "rate", "rate_poor")
# What can always be done stands behind what leads on.
ANYTIME = ("add", "urge")
LAST = ("withdraw", "withdraw_later")


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
    is_filled: bool = False
    is_next: bool = False

    @property
    def is_open(self) -> bool:
        return self.refused is not None or self.is_next

    @property
    def is_wanted(self) -> bool:
        """What the case stands still for."""
        return is_waited_for(procedure_of(self.case), self.case.state, self.step)

    @property
    def procedure_label(self) -> str:
        return procedure_of(self.case).label

    @property
    def optional_kinds(self) -> frozenset[DocumentKind]:
        """Papers for those who have them."""
        return self.step.takes - self.step.needs

    @property
    def is_grave(self) -> bool:
        return self.step.name in LAST

    @property
    def key(self) -> str:
        return f"{self.case.code}-{self.step.name}"


def offers_for(family: list[Case], actor: Actor, attempted: Attempted | None = None) -> list[Offer]:
    offers = [_offer(case, step, attempted) for case in family for step in steps_open_to(case, actor)]
    goes_on = any(not child.closed_at for child in family[1:])
    ordered = sorted(offers, key=lambda offer: _place(offer, is_aside=goes_on and offer.case == family[0]))
    wanted = next((offer for offer in ordered if offer.is_wanted), None)
    part = next((offer for offer in ordered if offer.step.part and not offer.is_filled), None)
    return [replace(o, is_next=o is wanted or (o is part and attempted is None)) for o in ordered]


def _place(offer: Offer, *, is_aside: bool) -> int:
    """While a procedure goes on, rating what led to it can wait."""
    name = offer.step.name
    if offer.is_wanted:
        return -1
    if name in FIRST:
        return FIRST.index(name) + (60 if is_aside else 0)
    if offer.step.part:
        return 55 if offer.is_filled else 40
    if name in ANYTIME:
        return 70 + ANYTIME.index(name)
    return 99 if name in LAST else 50


@dataclass(frozen=True)
class Questionnaire:
    """How far it has been filled in, part by part."""

    filled: int
    total: int


def only_by_themselves(offers: list[Offer]) -> bool:
    """Whether nobody at a hotline or a counter can do for the person what is waited for."""
    wanted = [offer for offer in offers if offer.is_wanted]
    return bool(wanted) and not any(offer.step.allowed_roles & FRONT_LINE for offer in wanted)


def questionnaire_in(offers: list[Offer]) -> Questionnaire | None:
    parts = [offer for offer in offers if offer.step.part]
    return Questionnaire(sum(part.is_filled for part in parts), len(parts)) if parts else None


def _offer(case: Case, step: Step, attempted: Attempted | None) -> Offer:
    own = attempted if attempted and attempted.is_of(case, step) else None
    kept_papers, kept_names = kept_with(own)
    return Offer(
        case=case,
        step=step,
        form=with_divisions(with_colleagues(form_of(case, step, own), case, at=timezone.now())),
        icon=ICONS.get(step.name, "edit"),
        paper_kinds=paper_kinds(case, step),
        refused=own.refused if own else None,
        kept_papers=kept_papers,
        kept_names=kept_names,
        is_filled=step.part and any(entry.step == step.name for entry in log_of(case)),
    )
