"""The citizen's letters: read, take home as PDF, sign; and the consent to get them electronically."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from santai.casework.access import case_for
from santai.casework.electronic import opened_by_person
from santai.casework.family import family, root_of
from santai.casework.models import Case
from santai.documents.consents import give_consent, withdraw_consent
from santai.documents.copies import PLATFORM, check_url, copy_of, letter_marked
from santai.documents.letters import is_unchanged
from santai.documents.models import Letter, ServiceWay, Signature
from santai.documents.signing import APPLICANT, NotSigned, Signer, drawing_from, sign, still_to_sign
from santai.trust.actors import Channel
from santai.web.letters import SignForm, letter_pdf, sheet_pdf, shown_with
from santai.web.portal import session
from santai.web.portal.forms import Verify
from santai.web.portal.limits import public
from santai.web.portal.progress import not_shown


def _own(request: HttpRequest, code: str, number: str) -> tuple[Letter, Case] | None:
    actor = session.applicant_of(request, code)
    if actor is None:
        return None
    found = get_object_or_404(Letter.objects.for_the_person(), case_code=code, number=number)
    return found, case_for(actor, code)


@public
@require_GET
def letter(request: HttpRequest, code: str, number: str) -> HttpResponse:
    own = _own(request, code, number)
    if own is None:
        return not_shown(request, code)
    found, case = own
    if opened_by_person(found, case, at=timezone.now()):
        found.refresh_from_db()
        messages.info(request, "您同意过电子送达，打开文书就算收到了，收到的时间已经记下。")
    return _page(request, found, case)


def _page(request: HttpRequest, found: Letter, case: Case) -> HttpResponse:
    context = {
        "letter": found,
        "code": case.code,
        "root_code": root_of(case).code,
        "verify_url": check_url(found),
        "may_sign": APPLICANT in still_to_sign(found),
        **shown_with(found),
    }
    return render(request, "web/portal/letter.html", context)


@public
@require_GET
def pdf(request: HttpRequest, code: str, number: str) -> HttpResponse:
    own = _own(request, code, number)
    if own is None:
        return not_shown(request, code)
    found, case = own
    opened_by_person(found, case, at=timezone.now())
    return letter_pdf(found)


@public
@require_GET
def sheet(request: HttpRequest, code: str, number: str) -> HttpResponse:
    own = _own(request, code, number)
    if own is None:
        return not_shown(request, code)
    if not own[0].signatures.exists():
        raise Http404
    return sheet_pdf(own[0])


@public
def signing(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """The whole text, then the name. The phone was proven by a one-time code to come this far."""
    own = _own(request, code, number)
    if own is None:
        return not_shown(request, code)
    found, case = own
    if APPLICANT not in still_to_sign(found):
        messages.info(request, "这份文书不用您签名，或者已经签过了。")
        return redirect("my_letter", code=code, number=number)
    form = SignForm(request.POST or None, expected=case.applicant.name)
    if request.method == "POST" and form.is_valid() and _signed(request, form, found, case):
        messages.success(request, "签好了，谢谢您。签名的时间和内容已经记下，谁也改不了。")
        return redirect("my_letter", code=code, number=number)
    status = 422 if request.method == "POST" else 200
    context = {"letter": found, "code": code, "form": form, "person": case.applicant}
    return render(request, "web/portal/sign.html", context, status=status)


def _signed(request: HttpRequest, form: SignForm, found: Letter, case: Case) -> bool:
    try:
        drawing = drawing_from(form.cleaned_data["drawing"])
        sign(
            found,
            Signer(APPLICANT, form.cleaned_data["name"], party=case.applicant),
            how=Signature.How.DRAWN if drawing else Signature.How.CODE,
            channel=Channel.WEB,
            drawing=drawing,
            at=timezone.now(),
        )
    except NotSigned as fault:
        form.add_error(None, f"{fault.problem}。{fault.todo}")
        return False
    return True


@public
@require_POST
def consent(request: HttpRequest, code: str) -> HttpResponse:
    """Given for this matter with all that comes of it, and taken back as easily."""
    actor = session.applicant_of(request, code)
    if actor is None:
        return not_shown(request, code)
    case, now = case_for(actor, code), timezone.now()
    if request.POST.get("consent") == "give":
        give_consent(case.applicant, case_code=case.code, channel=Channel.WEB, recorded_by=str(actor.name), at=now)
        messages.success(request, "记下了：这件事的文书用电子方式给您，您在这里打开就算收到。")
    else:
        withdraw_consent(case.applicant, [member.code for member in family(case, actor)], at=now)
        messages.success(request, "记下了：以后的文书不再用电子方式送达。之前已经收到的仍然有效。")
    return redirect("my_case", code=root_of(case).code)


@public
@require_GET
def verify_letter(request: HttpRequest, mark: str) -> HttpResponse:
    """Whether the platform issued this letter, and what stands on its first page. Nothing that says whose it is."""
    found = letter_marked(mark)
    if found is None:
        context = {"form": Verify({"code": mark[:40]}), "unknown": mark[:40]}
        return render(request, "web/portal/verify.html", context, status=404)
    case = Case.objects.select_related("organisation").filter(code=found.case_code).first()
    issuer = found.issued_by or (case.organisation.name if case and case.organisation else PLATFORM)
    context = {
        "letter": found,
        "issuer": issuer,
        "is_unchanged": is_unchanged(found),
        "copy": copy_of(found),
        "way": ServiceWay(found.served_by).label if found.served_by in ServiceWay.values else found.served_by,
    }
    return render(request, "web/portal/verified_letter.html", context)
