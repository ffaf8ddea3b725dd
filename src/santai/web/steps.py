"""A step of any procedure as a form on a page: what is offered, what was filled in, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core import signing
from django.http import HttpRequest, QueryDict

from santai.casework.access import log_of, procedure_of
from santai.casework.actions import take_step
from santai.casework.kernel import Step
from santai.casework.models import Case
from santai.casework.refusals import Refused
from santai.casework.veiled import opened
from santai.documents.files import BadFile, store
from santai.documents.models import DocumentKind, StoredFile
from santai.trust.actors import Actor
from santai.trust.roles import Role

Papers = list[tuple[int, str]]
PAPERS_SALT = "papers of a step"
PAPERS_KEPT_FOR = 7200
LONGEST_NUMBER = 15
TAKES_PAPERS = frozenset({"supplement", "supplement_prior", "add"})
ICONS = {
    "supplement": "upload",
    "add": "chat",
    "urge": "hurry",
    "rate": "star",
    "rate_poor": "star",
    "withdraw": "undo",
    "claim": "check",
    "finish": "check",
    "contact": "phone",
    "progress": "chat",
    "dispatch": "right",
    "redispatch": "right",
    "transfer": "right",
    "assign": "person",
    "return_order": "undo",
    "archive": "inbox",
    "supervise": "bell",
}


@dataclass
class Attempted:
    """A step as it was filled in and refused. `seen` is the version of the case the person had before them."""

    case_code: str
    step: str
    data: QueryDict
    refused: Refused
    papers: Papers = field(default_factory=list)
    seen: int | None = None

    def is_of(self, case: Case, step: Step) -> bool:
        return (self.case_code, self.step) == (case.code, step.name)


def attempt(
    request: HttpRequest, case: Case, step: str, actor: Actor, *, prepare: Callable[[QueryDict], None] | None = None
) -> Attempted | None:
    """Take the step with what was posted; None when it was taken. `prepare` completes the posted data beforehand."""
    papers = kept_papers(request)
    data = request.POST.copy()
    try:
        papers += stored_papers(request, actor)
        name_papers(data, papers)
        if prepare:
            prepare(data)
        take_step(case, step, actor=actor, data=data, documents=files_of(papers), version=version_seen(request))
    except (Refused, BadFile) as fault:
        refused = fault if isinstance(fault, Refused) else as_refused(fault)
        return Attempted(case.code, step, data, refused, papers, version_seen(request))
    return None


def version_seen(request: HttpRequest) -> int | None:
    return number_in(request.POST.get("version", ""))


def number_in(typed: str) -> int | None:
    """A number the database could hold; anything else is none."""
    return int(typed) if typed.isdecimal() and len(typed) <= LONGEST_NUMBER else None


def kept_papers(request: HttpRequest) -> Papers:
    """Papers that came with an earlier try of this form."""
    try:
        kept = signing.loads(request.POST.get("papers", ""), salt=PAPERS_SALT, max_age=PAPERS_KEPT_FOR)
    except signing.BadSignature:
        return []
    return [(int(pk), str(kind)) for pk, kind in kept]


def stored_papers(request: HttpRequest, actor: Actor) -> Papers:
    return [
        (store(upload, by=actor.user).pk, kind)
        for kind in DocumentKind.values
        for upload in request.FILES.getlist(f"file_{kind}")
    ]


def files_of(papers: Papers) -> list[tuple[StoredFile, str]]:
    found = StoredFile.objects.in_bulk([pk for pk, _ in papers])
    return [(found[pk], kind) for pk, kind in papers if pk in found]


def name_papers(data: QueryDict, papers: Papers) -> None:
    """Whoever hands in papers need not write anything as well."""
    if papers and "text" in data and not str(data["text"]).strip():
        data["text"] = "交来材料：" + "、".join(file.name for file, _ in files_of(papers))


def as_refused(fault: BadFile) -> Refused:
    refused = Refused(*fault.problems, todo=fault.todo)
    refused.title = fault.title
    return refused


def paper_kinds(case: Case, step: Step) -> tuple[DocumentKind, ...]:
    """The papers a step asks for, or takes when somebody has one; whatever else there is comes last."""
    wanted = procedure_of(case).handed_in_with(step) - {DocumentKind.OTHER}
    return (
        *sorted(wanted, key=list(DocumentKind).index),
        *((DocumentKind.OTHER,) if step.name in TAKES_PAPERS else ()),
    )


def form_of(case: Case, step: Step, attempted: Attempted | None = None) -> forms.Form | None:
    """The step's form: as it was refused, with its faults; else with what is known already."""
    if step.form is None:
        return None
    auto_id = f"id_{case.code}_{step.name}_%s"
    if attempted is None:
        return step.form(initial=known_already(case, step), auto_id=auto_id)
    form = step.form(attempted.data, auto_id=auto_id)
    for name, faults in attempted.refused.fields.items():
        if name in form.fields and not form.errors.get(name):
            form.add_error(name, faults)
    return form


def known_already(case: Case, step: Step) -> dict[str, Any]:
    """What somebody asked for (ask_extension before extend) and what the case says itself; a part of a questionnaire
    shows what was filled in."""
    before = step.name if step.part else _request_for(step, case)
    asked = next((entry for entry in reversed(log_of(case)) if entry.step == before), None)
    # What a step opens a case of its own about is another story.
    story = "" if step.opens and Role.APPLICANT not in step.allowed_roles else case.text
    known = {"matter": case.matter, "urgency": case.urgency, "region": case.region, "story": story}
    begun = case.facts.get(step.begins_with) if step.begins_with else None
    return {**known, **opened(begun or {}), **(opened(asked.data) if asked else {})}


def _request_for(step: Step, case: Case) -> str:
    same_form = (other.name for other in procedure_of(case).steps if other.form is step.form)
    return next((name for name in same_form if name.startswith("ask_") and name != step.name), "")


def kept_with(attempted: Attempted | None) -> tuple[str, tuple[str, ...]]:
    """The papers of a refused step: sealed for the form that brings them again, and their names."""
    if attempted is None or not attempted.papers:
        return "", ()
    names = StoredFile.objects.filter(pk__in=[pk for pk, _ in attempted.papers]).values_list("name", flat=True)
    return signing.dumps(attempted.papers, salt=PAPERS_SALT), tuple(names)
