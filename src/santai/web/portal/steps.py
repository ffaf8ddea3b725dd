"""A citizen takes a step of their own case. Refused, the page comes back with everything that was filled in."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from santai.casework.access import case_for
from santai.casework.family import root_of
from santai.trust.actors import Actor
from santai.web.portal import session
from santai.web.portal.limits import public
from santai.web.portal.progress import case_page
from santai.web.steps import Attempted, attempt


@public
def take(request: HttpRequest, code: str, step: str) -> HttpResponse:
    if request.method != "POST":
        return redirect("my_case", code=code)
    actor = session.applicant_of(request, code)
    if actor is None:
        if session.has_proven(request):
            raise Http404
        return _prove_again(request, code)
    case = case_for(actor, code)
    refused = attempt(request, case, step, actor)
    if refused:
        return _refused(request, code, actor, refused)
    messages.success(request, "办好了，下面的进展里能看到。")
    return redirect("my_case", code=root_of(case).code)


def _prove_again(request: HttpRequest, code: str) -> HttpResponse:
    messages.warning(
        request, "离上次验证手机已超过 2 小时，刚才这一步没有保存。请再验证一次手机，然后重新填写；以前办好的都还在。"
    )
    return redirect(f"/progress?code={code}") if code.isdigit() else redirect("progress")


def _refused(request: HttpRequest, code: str, actor: Actor, attempted: Attempted) -> HttpResponse:
    """The page of the root case as it stands now, read anew."""
    case = case_for(actor, code)
    root = case_for(actor, root_of(case).code) if case.parent else case
    return case_page(request, root, actor, attempted=attempted, status=attempted.refused.status)
