"""Answers that are kept: taken up again by their code or on the proven phone, for as long as the person wants."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from santai.guidance import saving
from santai.guidance.interview import interviews
from santai.guidance.models import SavedInterview
from santai.guidance.saving import KEPT_FOR
from santai.web.dates import in_words
from santai.web.portal import session
from santai.web.portal.help_pages import begun
from santai.web.portal.limits import public

UNKNOWN_CODE = "没有找到这份问答：接续码是 16 位字母和数字，请对照再输一次；也可能已经到期删除，那就要重新填。"


def interviews_of(request: HttpRequest) -> list[tuple[SavedInterview, str]]:
    """Those the owner of a proven phone wished to find under it, with their titles."""
    rows = saving.of_phones(session.proven_indexes(request), on=timezone.localdate())
    return [(row, interviews()[row.slug].title) for row in rows]


@public
@require_POST
def resume(request: HttpRequest) -> HttpResponse:
    typed = request.POST.get("code", "")
    found = saving.saved(typed, on=timezone.localdate())
    if found is None:
        context = {"interviews": interviews().values(), "typed": typed[:40], "fault": UNKNOWN_CODE}
        return render(request, "web/portal/help_list.html", context, status=422)
    return redirect("help_go_on", slug=found.slug, key=found.key)


@public
@require_POST
def keep_for(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """How long, and whether it is found under the phone that was proven."""
    kept = begun(slug, key)
    typed = request.POST.get("days", "")
    days = int(typed) if typed in {str(each) for each in KEPT_FOR} else KEPT_FOR[0]
    proven = session.proven_indexes(request)
    index = (proven[-1] if "phone" in request.POST else "") if proven else None
    saving.keep_for(kept, days, phone_index=index, at=timezone.now())
    messages.success(request, f"记下了：保留到{in_words(kept.expires_on)}，到期自动删除。")
    return redirect("help_result", slug=slug, key=key)


@public
@require_POST
def forget(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    begun(slug, key).delete()
    messages.success(request, "删除了。您填的内容已经不在平台上。")
    return redirect("help")
