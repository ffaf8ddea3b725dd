"""Lay words and what the law calls them, as staff add to them; they count in the next search."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from santai.knowledge.models import Synonym
from santai.knowledge.synonyms import synonyms
from santai.web.desk.library.rights import writers
from santai.web.guard import user_of

MOST_WORDS = 6
LONGEST = 20


class WordForm(forms.Form):
    lay = forms.CharField(label="百姓的说法", max_length=LONGEST, min_length=2)
    words = forms.CharField(
        label="法律里的说法", required=False, max_length=120, help_text="用空格隔开；空着，就是这个词不再换成别的词查。"
    )

    def clean_words(self) -> list[str]:
        found = list(dict.fromkeys(self.cleaned_data["words"].split()))
        if len(found) > MOST_WORDS or any(len(one) > LONGEST for one in found):
            raise forms.ValidationError(f"最多写 {MOST_WORDS} 个词，每个最多 {LONGEST} 字。")
        return found


@writers
def words(request: HttpRequest) -> HttpResponse:
    if request.method == "POST" and "remove" in request.POST:
        Synonym.objects.filter(lay=request.POST["remove"][:LONGEST]).delete()
        messages.success(request, "已去掉您改的，恢复原来的。")
        return redirect("desk_words")
    form = WordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        Synonym.objects.update_or_create(
            lay=given["lay"].strip(),
            defaults={"words": given["words"], "changed_by": user_of(request), "changed_at": timezone.now()},
        )
        messages.success(request, f"已记下“{given['lay']}”，下一次查找就算数。")
        return redirect("desk_words")
    q = request.GET.get("q", "").strip()[:LONGEST]
    own = Synonym.objects.select_related("changed_by")
    table = synonyms()
    used = [(lay, legal) for lay, legal in sorted(table.legal.items()) if legal and (not q or q in lay)]
    context: dict[str, Any] = {
        "form": form,
        "own": own,
        "all": used,
        "faults": table.faults,
        "q": q,
        "room": "knowledge",
    }
    return render(request, "web/desk/library/words.html", context, status=422 if form.errors else 200)
