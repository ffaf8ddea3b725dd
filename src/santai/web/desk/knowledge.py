"""The knowledge panel: staff type what the person says and see answers, guides and articles while they type."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from santai.knowledge.entries.asking import note_question, told
from santai.knowledge.entries.finding import find as find_entries
from santai.knowledge.models import Article, AskedQuestion, Entry, Helpfulness, Law
from santai.knowledge.reading import find
from santai.trust.models import User
from santai.web.desk.library.rights import may_write
from santai.web.entries import shown
from santai.web.guard import user_of
from santai.web.laws import LawFilters, question_of

SHOWN = 8
ENTRIES_SHOWN = 4


@require_GET
def knowledge(request: HttpRequest) -> HttpResponse:
    """A whole page, or its list alone for what is typed. While typing, the first stage answers: it is the fast one."""
    user = user_of(request)
    question, is_cut = question_of(request.GET)
    is_typing = getattr(request, "htmx", False) and request.headers.get("HX-Trigger") == "knowledge-q"
    form = LawFilters(request.GET, auto_id="filter_%s")
    results = find(question, filters=form.chosen(), size=SHOWN, learned=not is_typing) if question else None
    found = find_entries(question, today=timezone.localdate(), limit=ENTRIES_SHOWN)
    context = {"q": question, "is_cut": is_cut, "form": form, "results": results, "room": "knowledge"}
    context["entries"] = shown(found)
    if is_typing:
        return render(request, "web/desk/parts/knowledge_results.html", context)
    context |= {"size": Law.objects.count(), "may_write": may_write(user)}
    return render(request, "web/desk/knowledge.html", context, status=422 if form.errors else 200)


@require_POST
def helped(request: HttpRequest) -> HttpResponse:
    """“这条帮上了忙”: what staff say trains the search. Said twice, it counts once."""
    user = user_of(request)
    question, _ = question_of(request.POST)
    entry = _entry(request.POST.get("entry", ""))
    article = "" if entry else _article_name(request.POST.get("law", ""), request.POST.get("article", ""))
    asked = note_question(question, answered_by=entry, good=True, at=timezone.now())
    _tell_once(user, asked, entry, article)
    if getattr(request, "htmx", False):
        return render(request, "web/desk/parts/helped.html", {"is_done": True})
    return redirect(f"{reverse('desk_knowledge')}?{urlencode({'q': question})}")


def _tell_once(user: User, asked: AskedQuestion | None, entry: Entry | None, article: str) -> None:
    if not Helpfulness.objects.filter(by=user, question=asked, entry=entry, article=article, helped=True).exists():
        told(True, entry=entry, article=article, question=asked, by=user, at=timezone.now())


def _entry(slug: str) -> Entry | None:
    return get_object_or_404(Entry.objects.readable_on(timezone.localdate()), slug=slug) if slug else None


def _article_name(law: str, key: str) -> str:
    rows = Article.objects.filter(version__is_current=True, version__law__slug=law, key=key)
    found = rows.select_related("version__law").first()
    if found is None:
        raise Http404("法律库里没有这一条。")
    # As the index names it: a text without articles has the name of its law alone.
    return found.version.law.name + (found.label if found.number else "")
