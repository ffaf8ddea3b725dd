"""The knowledge panel: staff type what the person says and see the articles while they type."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from santai.knowledge.models import Law
from santai.knowledge.reading import find
from santai.web.guard import user_of
from santai.web.laws import LawFilters, question_of

SHOWN = 8


@require_GET
def knowledge(request: HttpRequest) -> HttpResponse:
    """A whole page, or its list alone for what is typed. While typing, the first stage answers: it is the fast one."""
    user_of(request)
    question, is_cut = question_of(request.GET)
    is_typing = getattr(request, "htmx", False) and request.headers.get("HX-Trigger") == "knowledge-q"
    form = LawFilters(request.GET, auto_id="filter_%s")
    results = find(question, filters=form.chosen(), size=SHOWN, learned=not is_typing) if question else None
    context = {"q": question, "is_cut": is_cut, "form": form, "results": results, "room": "knowledge"}
    if is_typing:
        return render(request, "web/desk/parts/knowledge_results.html", context)
    context["size"] = Law.objects.count()
    return render(request, "web/desk/knowledge.html", context, status=422 if form.errors else 200)
