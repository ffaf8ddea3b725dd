"""Letters of a case at the desk: read, printed as PDF, signed by staff or by people in front of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from santai.casework.access import roles_on
from santai.casework.models import Case
from santai.documents.copies import check_url
from santai.documents.models import Letter, Signature
from santai.documents.signing import APPLICANT, HANDLER, NotSigned, Signer, drawing_from, sign, still_to_sign
from santai.trust.actors import Actor, Channel
from santai.trust.roles import ROLES
from santai.web.guard import actor_of, roles_required, user_of, visible_case
from santai.web.letters import WitnessedForm, letter_pdf, sheet_pdf, shown_with


def found_letter(request: HttpRequest, code: str, pk: int, channel: Channel = Channel.WEB) -> tuple[Letter, Case]:
    case = visible_case(actor_of(request, channel), code)
    return get_object_or_404(Letter, case_code=case.code, pk=pk), case


@roles_required()
@require_GET
def letter(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    found, case = found_letter(request, code, pk)
    context = {
        "letter": found,
        "case": case,
        "verify_url": check_url(found),
        "may_sign": bool(still_to_sign(found)) and may_sign(actor_of(request), case),
        **shown_with(found),
    }
    return render(request, "web/desk/letter.html", context)


@roles_required()
@require_GET
def pdf(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    found, _ = found_letter(request, code, pk)
    return letter_pdf(found)


@roles_required()
@require_GET
def sheet(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    found, _ = found_letter(request, code, pk)
    if not found.signatures.exists():
        raise Http404
    return sheet_pdf(found)


def may_sign(actor: Actor, case: Case) -> bool:
    """Whoever only reads takes no signatures."""
    return not all(ROLES[role].read_only for role in roles_on(case, actor))


@roles_required()
def signing(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    found, case = found_letter(request, code, pk)
    if not may_sign(actor_of(request), case):
        raise PermissionDenied
    if request.method == "POST" and "own" in request.POST:
        return _sign_as_handler(request, found, case)
    form, done = witnessed(request, found, case, Channel.WEB)
    if done or not still_to_sign(found):
        return redirect("desk_letter", code=case.code, pk=found.pk)
    own = HANDLER in still_to_sign(found) and case.handler_id == user_of(request).pk
    context = {"letter": found, "case": case, "form": form, "own": own}
    return render(request, "web/desk/sign.html", context, status=422 if request.method == "POST" else 200)


def _sign_as_handler(request: HttpRequest, found: Letter, case: Case) -> HttpResponse:
    user = user_of(request)
    if case.handler_id != user.pk:
        raise PermissionDenied
    try:
        signer = Signer(HANDLER, user.display_name, user=user)
        sign(found, signer, how=Signature.How.LOGIN, channel=Channel.WEB, at=timezone.now())
    except NotSigned as fault:
        messages.error(request, f"{fault.problem}。{fault.todo}")
    else:
        messages.success(request, "您已签名。")
    return redirect("desk_letter", code=case.code, pk=found.pk)


def witnessed(request: HttpRequest, found: Letter, case: Case, channel: Channel) -> tuple[WitnessedForm | None, bool]:
    """The form for a person who signs by hand in front of the staff, and whether it was just signed."""
    capacities = [one for one in still_to_sign(found) if one != HANDLER]
    if not capacities:
        return None, False
    posted: Any = request.POST if request.method == "POST" else None
    form = WitnessedForm(posted, expected=case.applicant.name, capacities=capacities)
    if posted is None or not form.is_valid():
        return form, False
    given = form.cleaned_data
    person = case.applicant if given["capacity"] == APPLICANT else None
    try:
        sign(
            found,
            Signer(given["capacity"], given["name"], party=person),
            how=Signature.How.DRAWN,
            channel=channel,
            drawing=drawing_from(given["drawing"]),
            witnessed_by=user_of(request).display_name,
            at=timezone.now(),
        )
    except NotSigned as fault:
        form.add_error(None, f"{fault.problem}。{fault.todo}")
        return form, False
    messages.success(request, f"{given['capacity']}已签名，见证人是您。")
    return form, True
