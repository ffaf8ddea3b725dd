"""法律法规 for everybody: search, a law with its versions, an article in its place."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from santai.knowledge.entries.asking import question_with
from santai.knowledge.models import Law, LawVersion
from santai.knowledge.reading import Results, around, article_of, beside, find, version_of
from santai.web.counting import note
from santai.web.helping import vote, vote_on
from santai.web.laws import LawFilters, page_number, pages_beside, question_of
from santai.web.portal.limits import public, searched

EXAMPLES = (
    "老板拖欠工资怎么办",
    "离婚后孩子归谁抚养",
    "民法典1079条",
    "劳动合同法第三十八条",
    "借条过期了还能要回钱吗",
)


@public
@searched
@require_GET
def laws(request: HttpRequest) -> HttpResponse:
    question, is_cut = question_of(request.GET)
    form = LawFilters(request.GET, auto_id="filter_%s")
    filters = form.chosen(request.GET.get("law", ""))
    context: dict[str, Any] = {"form": form, "q": question, "is_cut": is_cut, "examples": EXAMPLES, "filters": filters}
    context |= {"law": request.GET.get("law", "") if filters.law else "", "size": Law.objects.count()}
    if question:
        results = find(question, filters=filters, page=page_number(request.GET))
        context |= {"results": results, **pages_beside(request.GET, results)}
        context["asked"] = _noted(request, question, results)
    return render(request, "web/portal/laws.html", context, status=422 if form.errors else 200)


def _noted(request: HttpRequest, question: str, results: Results) -> str:
    """A citation is no question, and neither is turning the page."""
    is_question = results.page == 1 and results.law is None and not any(hit.is_exact for hit in results.hits)
    return note(request, question, [], others=bool(results.hits)) if is_question else ""


@public
@require_GET
def law(request: HttpRequest, law: str) -> HttpResponse:
    found, version = _version(request, law)
    articles = version.articles.only("key", "number", "suffix", "is_item", "chapter", "order", "version_id")
    versions = found.versions.order_by("-is_current", "-issued_on")
    context: dict[str, Any] = {"law": found, "version": version, "versions": versions, "on": _kept(version)}
    context["articles"] = articles.order_by("order")
    return render(request, "web/portal/law.html", context)


@public
@require_GET
def article(request: HttpRequest, law: str, article: str) -> HttpResponse:
    """`on` asks for the wording of a day; the days on which it was another are named below."""
    found, version = _version(request, law)
    row = article_of(version, article)
    if row is None:
        raise Http404(f"《{found.name}》没有这一条。")
    before, after = beside(row)
    context: dict[str, Any] = {
        "law": found,
        "version": version,
        "article": row,
        "around": around(row),
        "before": before,
        "after": after,
        "on": _kept(version),
        "versions": found.versions.filter(articles__key=article).order_by("-is_current", "-issued_on"),
    }
    asked = request.GET.get("asked", "")
    if question_with(asked):
        told = {"asked": asked, "voted": vote_on(request, f"article:{found.name}{row.label}")}
        context |= {**told, "action": reverse("law_told", args=[law, article])}
    return render(request, "web/portal/law_article.html", context)


@public
@require_POST
def law_told(request: HttpRequest, law: str, article: str) -> HttpResponse:
    """Whether an article helped with the question it was found for."""
    found, version = _version(request, law)
    row = article_of(version, article)
    asked = request.POST.get("asked", "")
    if row is None or not question_with(asked):
        raise Http404("没有这一条，或者没有这个问题。")
    vote(request, f"article:{found.name}{row.label}", article=f"{found.name}{row.label}")
    return redirect(f"{reverse('law_article', args=[law, article])}?asked={asked}#told")


def _version(request: HttpRequest, slug: str) -> tuple[Law, LawVersion]:
    law = get_object_or_404(Law, slug=slug)
    version = version_of(law, on=_day(request.GET.get("on", "")))
    if version is None:
        raise Http404(f"《{law.name}》在这一天还没有施行，或者已经废止。")
    return law, version


def _kept(version: LawVersion) -> str:
    """Links beside an old wording stay in it."""
    return "" if version.is_current or not version.first_day else f"?on={version.first_day:%Y-%m-%d}"


def _day(given: str) -> date | None:
    """A day that cannot be read is no day: the current wording is shown."""
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        return None
