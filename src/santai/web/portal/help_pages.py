"""Guided help: choose an interview, answer it page by page, go back, change, leave at once."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from santai.guidance import saving
from santai.guidance.flow import Page, Way, way
from santai.guidance.forms import PageForm, initial_of
from santai.guidance.interview import Interview, interviews
from santai.guidance.models import SavedInterview
from santai.web.portal.limits import public
from santai.web.portal.places import county_choices

# Where somebody who is being watched goes at one press: a page nobody asks about.
ELSEWHERE = "https://www.weather.com.cn/"


def never_kept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response


def interview_of(slug: str) -> Interview:
    try:
        return interviews()[slug]
    except KeyError:
        raise Http404("没有这样的自助问答。") from None


def begun(slug: str, key: str) -> SavedInterview:
    """The interview with this key, which is all one needs to open it."""
    found = saving.saved(key, on=timezone.localdate())
    if found is None or found.slug != slug:
        raise Http404("这份问答不在了：可能已经到期删除，或者链接不完整。请重新开始，或者拨打12348。")
    return found


def way_of(kept: SavedInterview) -> Way:
    return way(interview_of(kept.slug), saving.answers_of(kept), today=timezone.localdate())


@public
@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    return render(request, "web/portal/help_list.html", {"interviews": interviews().values()})


@public
@require_GET
def leave(request: HttpRequest) -> HttpResponse:
    """Away at once; what the browser kept of our pages is dropped."""
    response = HttpResponseRedirect(ELSEWHERE)
    response["Clear-Site-Data"] = '"cache"'
    return never_kept(response)


@public
@require_GET
def about(request: HttpRequest, slug: str) -> HttpResponse:
    interview = interview_of(slug)
    first = way(interview, {}, today=timezone.localdate())
    steps = sum(first.step_of(first.pages[0]))
    return render(request, "web/portal/help_about.html", {"interview": interview, "steps": steps})


@public
@require_POST
def start(request: HttpRequest, slug: str) -> HttpResponse:
    kept = saving.begin(interview_of(slug), at=timezone.now())
    return redirect("help_go_on", slug=slug, key=kept.key)


@public
@require_GET
def go_on(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Where it was left."""
    return _onward(begun(slug, key))


def _onward(kept: SavedInterview) -> HttpResponse:
    following = way_of(kept).next_page
    if following is None:
        return redirect("help_result", slug=kept.slug, key=kept.key)
    return redirect("help_ask", slug=kept.slug, key=kept.key, page=following.name)


@public
def ask(request: HttpRequest, slug: str, key: str, page: str) -> HttpResponse:
    kept = begun(slug, key)
    taken = way_of(kept)
    shown = taken.page(page)
    if shown is None:
        # An answer before it was changed since; this page is no longer asked.
        return _onward(kept)
    today, places = timezone.localdate(), county_choices()
    if request.method != "POST":
        form = PageForm(shown, initial=initial_of(shown, taken.answers), places=places, today=today)
        return _page(request, kept, taken, shown, form)
    form = PageForm(shown, request.POST, places=places, today=today)
    if not form.is_valid():
        return _page(request, kept, taken, shown, form, status=422)
    saving.keep(kept, form.answers(), at=timezone.now())
    return _onward(kept)


def _page(
    request: HttpRequest, kept: SavedInterview, taken: Way, shown: Page, form: PageForm, *, status: int = 200
) -> HttpResponse:
    step, left = taken.step_of(shown)
    context: dict[str, Any] = {
        "interview": taken.interview,
        "kept": kept,
        "form": form,
        "step": step,
        "left": left,
        "steps": step + left,
        "before": taken.before(shown),
        "in_danger": taken.in_danger,
        "is_changing": taken.is_finished,
    }
    return never_kept(render(request, "web/portal/help_page.html", context, status=status))
