"""What a member of staff may do with a case now: a button for each step, and the form of the one that is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.urls import reverse

from santai.casework.access import log_of, procedure_of, roles_on, steps_open_to
from santai.casework.kernel import Step
from santai.casework.models import Case
from santai.casework.refusals import NotFromHere, Refused
from santai.casework.timeline import Line, staff_timeline
from santai.casework.wording import is_division
from santai.documents.models import DocumentKind
from santai.triage.matters import matters
from santai.trust.actors import Actor
from santai.trust.roles import FRONT_LINE, Role
from santai.web.desk.suggest import NAMED, Suggested, suggested_for, takes_suggestions
from santai.web.portal.places import with_divisions
from santai.web.steps import ICONS, Attempted, form_of, kept_with, paper_kinds

# The step somebody most likely came for; the first of these that is open stands out.
FORWARD = (
    "claim", "dispatch", "redispatch", "rule_owner", "accept", "grant", "assign", "sign_agreement", "finish",
    "hand_in_file", "accept_file", "settle", "archive", "apply", "supplement", "take_effect", "submit", "propose",
)  # fmt: skip
# What has to be done once before those; afterwards it stays open and does not stand out.
BEFOREHAND = (
    "ask_other_side", "record_reply", "hold_session", "tell_meaning", "check_instrument", "check_capacity", "make_will",
    "plan_visit", "record_acts", "seal_originals", "book_video", "check_identity", "hold_video", "register_will",
)  # fmt: skip
# What somebody asked for and waits for, so that it can be refused as well: it comes first.
ANSWERS = {
    "extend": "refuse_extension",
    "terminate": "refuse_termination",
    "strike_visit": "keep_visit",
    "replace": "keep_adviser",
    "end": "refuse_exit",
    "allow_withdraw": "refuse_withdraw",
    "cancel": "keep_certified",
    "replace_mediator": "keep_mediator",
    "replace_official": "keep_official",
    "replace_notary": "keep_notary",
    "grant_instalment": "refuse_instalment",
    "grant_recusal": "refuse_recusal",
    "correct": "refuse_correction",
}
# What the person has asked for and nobody may refuse.
REQUESTED = {"revoke_will": "ask_revocation"}
GRAVE = frozenset(
    {"decline", "withdraw", "terminate", "return_order", "contest", "not_applied", "uphold", "change_decision"}
)
# What ends something for somebody, or sends it back, in the words the tables use.
GRAVE_WORDS = (
    "不予", "不受理", "终止", "撤", "驳回", "退回", "拒绝", "视为", "解除", "吊销", "注销", "关闭", "放弃",
    "去世",
)  # fmt: skip
ANYBODY_ELSE = "自己选"


@dataclass(frozen=True)
class Offer:
    """A step that is open. One without a form is taken by its button. `is_for_them`: the citizen's own, which staff
    who do not speak for people only take down."""

    case: Case
    step: Step
    icon: str
    is_main: bool
    is_open: bool = False
    is_for_them: bool = False

    @property
    def needs_form(self) -> bool:
        return self.step.form is not None or bool(paper_kinds(self.case, self.step))

    @property
    def is_grave(self) -> bool:
        return is_grave(self.step)

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
        return is_grave(self.step)

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


def is_grave(step: Step) -> bool:
    return step.name in GRAVE or any(word in step.label for word in GRAVE_WORDS)


def _main(steps: list[Step], *, taken: set[str], speaks_for_people: bool) -> str:
    """What somebody most likely came for: their own steps before those they only take down for the citizen."""
    asked = next((name for name, request in REQUESTED.items() if request in taken and name in _names(steps)), "")
    own = [step for step in steps if speaks_for_people or Role.APPLICANT not in step.allowed_roles]
    chosen = own or steps
    return asked or _likely(chosen, taken) or next((step.name for step in chosen if not is_grave(step)), "")


def _names(steps: list[Step]) -> set[str]:
    return {step.name for step in steps}


def _hands_over(step: Step, case: Case) -> bool:
    """Gives to another what somebody has in hand: possible, and seldom what one came for."""
    return step.name == "assign" and step.target is None and case.handler_id is not None


def _likely(steps: list[Step], taken: set[str]) -> str:
    """The answer somebody waits for, what comes before the rest, a known step forward, the first that leads on without
    harm, else the first that stays with this case."""
    names = _names(steps)
    awaited = (name for name, refusal in ANSWERS.items() if {name, refusal} <= names)
    first = (name for name in BEFOREHAND if name in names - taken)
    again = {step.name for step in steps if step.target is None} & taken
    known = (name for name in FORWARD if name in names - again)
    onward = (step.name for step in steps if step.target not in (None, *step.sources) and not is_grave(step))
    beside = (step.name for step in steps if not step.opens and not is_grave(step))
    return next(awaited, "") or next(first, "") or next(known, "") or next(onward, "") or next(beside, "")


def offers_for(case: Case, actor: Actor, *, opened: str = "", at: datetime) -> list[Offer]:
    steps = steps_open_to(case, actor, at=at)
    speaks = bool(roles_on(case, actor, at=at) & FRONT_LINE)
    taken = {entry.step for entry in log_of(case)}
    likely = [step for step in steps if not _hands_over(step, case)]
    main = _main(likely, taken=taken, speaks_for_people=speaks)
    offers = [
        Offer(
            case,
            step,
            ICONS.get(step.name, "edit"),
            is_main=step.name == main,
            is_open=step.name == opened,
            is_for_them=not (speaks or step.either) and Role.APPLICANT in step.allowed_roles,
        )
        for step in steps
    ]
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
    region = form.fields.get("region")
    with_divisions(form)
    if region and is_division("region", region):
        region.widget.choices[0] = ("", "不改")
    return form
