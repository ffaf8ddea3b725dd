"""What a member of staff may do with a case now: a button for each step, and the form of the one that is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.urls import reverse

from santai.casework.access import procedure_of, steps_open_to
from santai.casework.kernel import Step
from santai.casework.models import Case
from santai.casework.refusals import NotFromHere, Refused
from santai.casework.timeline import Line, staff_timeline
from santai.documents.models import DocumentKind
from santai.triage.matters import matters
from santai.trust.actors import Actor
from santai.web.desk.suggest import NAMED, Suggested, suggested_for, takes_suggestions
from santai.web.portal.places import county_choices
from santai.web.steps import ICONS, Attempted, form_of, kept_with, paper_kinds

# The step somebody most likely came for; the first of these that is open stands out.
FORWARD = (
    "claim", "dispatch", "redispatch", "rule_owner", "accept", "grant", "assign", "sign_agreement", "finish",
    "hand_in_file", "accept_file", "settle", "archive", "apply", "supplement", "extend", "terminate",
)  # fmt: skip
GRAVE = frozenset({"decline", "withdraw", "terminate", "return_order", "contest", "not_applied", "uphold"})
ANYBODY_ELSE = "自己选"


@dataclass(frozen=True)
class Offer:
    """A step that is open. One without a form is taken by its button."""

    case: Case
    step: Step
    icon: str
    is_main: bool
    is_open: bool = False

    @property
    def needs_form(self) -> bool:
        return self.step.form is not None or bool(paper_kinds(self.case, self.step))

    @property
    def is_grave(self) -> bool:
        return self.step.name in GRAVE

    @property
    def href(self) -> str:
        return f"{reverse('desk_case', args=[self.case.code])}?step={self.step.name}#open-step"


@dataclass(frozen=True)
class OpenStep:
    """The form in place. `meanwhile` is what others did since the page was opened; a step that is not open any more
    keeps its form to copy from, without a button."""

    case: Case
    step: Step
    action: str
    form: forms.Form | None
    paper_kinds: tuple[tuple[DocumentKind, bool], ...]
    suggested: Suggested
    chosen: str = ""
    refused: Refused | None = None
    meanwhile: tuple[Line, ...] = ()
    is_possible: bool = True
    kept_papers: str = ""
    kept_names: tuple[str, ...] = ()

    @property
    def is_grave(self) -> bool:
        return self.step.name in GRAVE

    @property
    def key(self) -> str:
        return f"{self.case.code}-{self.step.name}"

    @property
    def chosen_fields(self) -> list[Any]:
        """The fields a suggestion fills in, for whoever wants to fill them in themselves."""
        return [bound for bound in self.form if bound.name in NAMED] if self.form else []

    @property
    def other_fields(self) -> list[Any]:
        """The rest, with whatever it needs. Without suggestions every field is one of these."""
        if self.form is None:
            return []
        return [bound for bound in self.form if not (self.suggested.choices and bound.name in NAMED)]


def offers_for(case: Case, actor: Actor, *, opened: str = "", at: datetime) -> list[Offer]:
    steps = steps_open_to(case, actor, at=at)
    names = [step.name for step in steps]
    main = next((name for name in FORWARD if name in names), names[0] if names else "")
    offers = [Offer(case, step, ICONS.get(step.name, "edit"), step.name == main, step.name == opened) for step in steps]
    return sorted(offers, key=lambda offer: (not offer.is_main, offer.is_grave))


def open_step(
    case: Case,
    name: str,
    actor: Actor,
    *,
    action: str,
    at: datetime,
    attempted: Attempted | None = None,
) -> OpenStep | None:
    """The form of a step that is open, or of one that was refused just now."""
    try:
        step = procedure_of(case).step(name)
    except NotFromHere:
        return None
    is_possible = step in steps_open_to(case, actor, at=at)
    if not is_possible and attempted is None:
        return None
    user = actor.user
    wants = is_possible and user is not None and takes_suggestions(step)
    kept_papers, kept_names = kept_with(attempted)
    return OpenStep(
        case=case,
        step=step,
        action=action,
        form=dressed(form_of(case, step, attempted)),
        paper_kinds=_papers(case, step),
        suggested=suggested_for(case, step, user=user, at=at) if wants and user else Suggested([], []),
        chosen=attempted.data.get("proposal", "") if attempted else "",
        refused=attempted.refused if attempted else None,
        meanwhile=_since(case, attempted),
        is_possible=is_possible,
        kept_papers=kept_papers,
        kept_names=kept_names,
    )


def _papers(case: Case, step: Step) -> tuple[tuple[DocumentKind, bool], ...]:
    """Each kind of paper, and whether the case has one already."""
    kinds = paper_kinds(case, step)
    held = set(case.documents.values_list("kind", flat=True)) if kinds else set()
    return tuple((kind, kind.value in held) for kind in kinds)


def _since(case: Case, attempted: Attempted | None) -> tuple[Line, ...]:
    if attempted is None or attempted.seen is None:
        return ()
    return tuple(line for line in staff_timeline(case) if line.number > (attempted.seen or 0))


def dressed(form: forms.Form | None) -> forms.Form | None:
    """Free text becomes a list where the platform knows every possible answer."""
    if form is None:
        return None
    matter = form.fields.get("matter")
    if isinstance(matter, forms.CharField):
        matter.widget = forms.Select(choices=[(name, name) for name in matters()])
    for name in ("region", "place"):
        place = form.fields.get(name)
        if isinstance(place, forms.CharField):
            place.widget = forms.Select(choices=[("", "不改"), *county_choices()], attrs={"data-places": ""})
            place.label, place.help_text = "县（市、区）", ""
    return form
