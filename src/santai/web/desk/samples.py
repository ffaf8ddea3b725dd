"""Looking again (抽查): the draw of each quarter, who was drawn, what came of it, and the share of good files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_POST

from santai.casework.access import cases_for, procedure_of
from santai.casework.models import Case
from santai.casework.refusals import Refused
from santai.evaluation.models import Sample
from santai.evaluation.samples import Quarter, draw_sample, drawn_cases, is_honest, quality_of
from santai.registry.models import Organisation, OrganisationKind
from santai.trust.actors import Actor
from santai.trust.memberships import current_memberships, regions_of
from santai.trust.models import User
from santai.trust.roles import Role
from santai.web.guard import actor_of, roles_required, user_of

MOST_SAMPLES, QUARTERS = 24, 8
OFFICE = (Role.LEGAL_AID_OFFICER, Role.LEGAL_AID_DIRECTOR)
sees_samples = roles_required(*OFFICE, Role.SUPERVISOR)


class DrawForm(forms.Form):
    purpose = forms.ChoiceField(label="抽什么", choices=Sample.Purpose.choices)
    quarter = forms.ChoiceField(label="哪个季度")

    def __init__(self, *args: object, today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["quarter"].choices = _quarters(today)  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Drawn:
    """One case that was drawn. `is_visible` when its page opens for this person."""

    case: Case
    result: str
    is_visible: bool


@dataclass(frozen=True)
class Shown:
    sample: Sample
    label: str
    rows: list[Drawn]
    is_honest: bool


@sees_samples
@require_GET
def samples(request: HttpRequest) -> HttpResponse:
    return _page(request)


def _page(request: HttpRequest, form: DrawForm | None = None, *, status: int = 200) -> HttpResponse:
    user, actor, today = user_of(request), actor_of(request), localdate()
    offices = _offices(user)
    found = Sample.objects.filter(organisation__in=offices).select_related("organisation", "drawn_by")
    region = offices[0].region_id if offices else ""
    may_draw = _own_office(user) is not None
    context = {
        "now": timezone.now(),
        "samples": [_shown(one, actor) for one in found[:MOST_SAMPLES]],
        "quality": quality_of(offices, region=region, on=today),
        "form": (form or DrawForm(today=today)) if may_draw else None,
    }
    return render(request, "web/desk/samples.html", context, status=status)


@roles_required(*OFFICE)
@require_POST
def draw(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    form = DrawForm(request.POST, today=localdate())
    office = _own_office(user)
    if not form.is_valid() or office is None:
        return _page(request, form, status=422)
    given = form.cleaned_data
    quarter = Quarter.named(given["quarter"])
    try:
        sample = draw_sample(
            given["purpose"], organisation=office, quarter=quarter, actor=actor_of(request), at=timezone.now()
        )
    except Refused as refused:
        form.add_error(None, [*refused.problems, refused.todo])
        return _page(request, form, status=refused.status)
    messages.success(request, f"{quarter.label}：从{len(sample.pool)}件里抽中{len(sample.drawn)}件。")
    return redirect("desk_samples")


def _shown(sample: Sample, actor: Actor) -> Shown:
    cases = list(drawn_cases(sample))
    visible = set(cases_for(actor).filter(pk__in=[case.pk for case in cases]).values_list("pk", flat=True))
    rows = [Drawn(case, _result(case), case.pk in visible) for case in cases]
    return Shown(sample, Quarter.named(sample.quarter).label, rows, is_honest(sample))


def _result(case: Case) -> str:
    state = procedure_of(case).state_label(case.state)
    grade = case.facts.get("grade_label", "")
    return f"{state}：{grade}" if grade else state


def _offices(user: User) -> list[Organisation]:
    """One's own office, and for a supervisor those of the division."""
    known = Organisation.objects.filter(kind=OrganisationKind.LEGAL_AID)
    own = {held.organisation_id for held in current_memberships(user) if held.role in OFFICE}
    found = known.filter(pk__in=own)
    for prefix in regions_of(user, Role.SUPERVISOR):
        found |= known.filter(region__code__startswith=prefix)
    return list(found.order_by("region", "pk"))


def _own_office(user: User) -> Organisation | None:
    return next((held.organisation for held in current_memberships(user) if held.role in OFFICE), None)


def _quarters(today: date) -> list[tuple[str, str]]:
    """The quarters that are over, the latest first."""
    quarter = Quarter.of(today).before
    found = []
    for _ in range(QUARTERS):
        found.append((quarter.name, quarter.label))
        quarter = quarter.before
    return found
