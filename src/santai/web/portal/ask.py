"""先问问: a need in a person's own words is answered on one page, and one button makes it a request.

The words stay sealed in the session: they stand in no address and in no log.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST

from santai.guidance.asking.advice import Advice, advise
from santai.knowledge.entries.asking import note_question
from santai.knowledge.entries.body import blocks
from santai.knowledge.search import LONGEST
from santai.trust.crypto import CannotDecrypt, decrypt, encrypt
from santai.web.portal.draft import draft_of, keep
from santai.web.portal.limits import public, searched
from santai.web.portal.services import service_of

ASKED, UNNOTED = "asked", "asked_now"
EXAMPLES = (
    "老板欠我三个月工资，打电话也不接",
    "离婚以后孩子归谁，他一直不给抚养费",
    "借给朋友两万块，只有微信记录，他说没钱还",
    "骑电动车被汽车撞了，对方只肯赔医药费",
    "网上买的手机是翻新机，商家不给退",
)


class Question(forms.Form):
    text = forms.CharField(
        label="您遇到了什么事？",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST,
        error_messages={
            "required": "还没有写。用平常说话的方式写一两句就行，例如：老板欠我三个月工资。",
            "max_length": f"太长了，最多{LONGEST}字。请先写最要紧的几句，其余的提交时再补。",
        },
    )


@public
@searched
def ask(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _take(request)
    text = _asked(request)
    context: dict[str, Any] = {"form": Question(initial={"text": text}), "asked": text, "examples": EXAMPLES}
    if text:
        advice = advise(text, today=localdate())
        _note(request, text, advice)
        context |= {"advice": advice, "service": service_of(advice.finding.procedure)}
        context["written"] = [
            {"text": one.text, "names": [advice.sources[at].name for at in one.sources]} for one in advice.written
        ]
        context["blocks"] = blocks(advice.answer.version.body) if advice.answer else []
    return render(request, "web/portal/ask.html", context)


def _take(request: HttpRequest) -> HttpResponse:
    if "again" in request.POST:
        request.session.pop(ASKED, None)
        return redirect("ask")
    form = Question(request.POST)
    if not form.is_valid():
        return render(request, "web/portal/ask.html", {"form": form, "examples": EXAMPLES}, status=422)
    request.session[ASKED], request.session[UNNOTED] = encrypt(form.cleaned_data["text"]), True
    return redirect("ask")


def _note(request: HttpRequest, text: str, advice: Advice) -> None:
    """Once for each time it is asked, not each time the answer is read."""
    if request.session.pop(UNNOTED, False):
        best = advice.answer.entry if advice.answer else None
        note_question(text, answered_by=best, good=advice.is_good, at=timezone.now(), matter=_matter(advice))


def _matter(advice: Advice) -> str:
    return advice.finding.matter if advice.knows_matter else ""


@public
@require_POST
def hand_over(request: HttpRequest) -> HttpResponse:
    """The request begins with what was asked; a service that was chosen stays with it."""
    draft = draft_of(request)
    draft.text = _asked(request) or draft.text
    service = service_of(request.POST.get("procedure", ""))
    draft.procedure = service.procedure if service else ""
    keep(request, draft)
    return redirect("request")


def _asked(request: HttpRequest) -> str:
    sealed = request.session.get(ASKED)
    try:
        return decrypt(sealed) if sealed else ""
    except CannotDecrypt:
        return ""
