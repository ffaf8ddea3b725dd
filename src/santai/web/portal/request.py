"""Raising a need in three short screens: what happened, who and where, check and send."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from santai.casework.refusals import Refused
from santai.documents.files import BadFile, store
from santai.intake.codes import TooManyCodes, send_code, verify_code
from santai.intake.models import Arrival
from santai.intake.receive import receive
from santai.people.models import SpecialGroup
from santai.procedures.rules.work_order import procedures_to_apply_for
from santai.trust.actors import Actor, Channel
from santai.trust.crypto import blind_index
from santai.web.portal import card, session
from santai.web.portal.draft import MOST_FILES, Draft, code_sent_with, draft_of, keep, mark_sent
from santai.web.portal.forms import OneTime, WhatHappened, WhoAndWhere, region_name
from santai.web.portal.limits import public
from santai.web.portal.services import service_of
from santai.web.safe_contact import NAMES, typed_in

SCREENS = ("发生了什么", "您是谁、在哪里", "核对并发送")
ASIDE = ("name", "phone", "region", "id_number", "kind", "groups")
ON_SCREEN_TWO = frozenset({*ASIDE, *NAMES})


@public
def what_happened(request: HttpRequest) -> HttpResponse:
    draft = draft_of(request)
    if request.method != "POST":
        return _begin(request, draft)
    if "example" in request.POST:
        draft.text = request.POST["example"][: settings.ENV.text_limit]
        keep(request, draft)
        return redirect("request")
    form = WhatHappened(request.POST)
    if not form.is_valid():
        return _screen(request, 0, form, status=422)
    draft.text = form.cleaned_data["text"]
    keep(request, draft)
    return redirect("request_who" if "review" not in request.POST else "request_check")


def _begin(request: HttpRequest, draft: Draft) -> HttpResponse:
    """A service chosen on the page before stays with the request until it is sent or another way is taken."""
    if "about" in request.GET:
        service = service_of(request.GET["about"])
        draft.procedure = service.procedure if service else ""
        keep(request, draft)
        return _screen(request, 0, WhatHappened(initial={"text": draft.text or (service.begins if service else "")}))
    return _screen(request, 0, WhatHappened(initial={"text": draft.text}))


@public
def who_and_where(request: HttpRequest) -> HttpResponse:
    draft = draft_of(request)
    if not draft.text:
        return redirect("request")
    if request.method != "POST":
        known = {name: getattr(draft, name) for name in ASIDE} | draft.safe | draft.typed
        return _screen(request, 1, WhoAndWhere(initial=known))
    form = WhoAndWhere(request.POST)
    if not form.is_valid():
        return _screen(request, 1, form, status=422)
    for name in ASIDE:
        setattr(draft, name, form.cleaned_data[name])
    draft.safe, draft.typed = typed_in(request.POST), {}
    keep(request, draft)
    return redirect("request_check")


@public
def check(request: HttpRequest) -> HttpResponse:
    """The last screen. Sent twice, the second answer is the receipt of the first."""
    draft = draft_of(request)
    if request.method == "POST" and (code := code_sent_with(request, request.POST.get("key", ""))):
        return _again(request, code)
    if not draft.text or not draft.has_told_who:
        return redirect("request_who" if draft.text else "request")
    if request.method != "POST":
        return _check_screen(request, draft, OneTime())
    form = OneTime(request.POST)
    if not session.is_proven(request, draft.phone) and not form.is_valid():
        return _check_screen(request, draft, form, status=422)
    return _send(request, draft, form)


def _send(request: HttpRequest, draft: Draft, form: OneTime) -> HttpResponse:
    try:
        # One transaction: a code is used up only by a need that was taken in, and a second press waits for the first.
        with transaction.atomic():
            typed = request.POST.get("code", "")
            if not session.is_proven(request, draft.phone) and not verify_code(draft.phone, typed):
                return _wrong_code(request, draft, form)
            received = receive(draft.as_need(), actor=Actor(channel=Channel.WEB))
            if not received.is_duplicate:
                card.hand_in(draft, received.case)
    except Refused as refused:
        return _refused(request, draft, refused)
    except ValidationError as fault:
        return _refused(request, draft, Refused(*fault.messages, fields=_by_field(fault)))
    session.prove_phone(request, draft.phone)
    return _sent(request, draft, received.case.code, is_duplicate=received.is_duplicate)


def _wrong_code(request: HttpRequest, draft: Draft, form: OneTime) -> HttpResponse:
    """Unless this very draft has just arrived: then its code was used up by the first press."""
    sender = blind_index(draft.phone, "sender")
    earlier = Arrival.objects.filter(sender=sender, idempotency_key=draft.key).select_related("case").first()
    if earlier:
        return _sent(request, draft, earlier.case.code, is_duplicate=True)
    form.add_error("code", "验证码不对或者已经过期，请再看一遍短信；过了 10 分钟要重新获取。")
    return _check_screen(request, draft, form, status=422)


def _by_field(fault: ValidationError) -> dict[str, list[str]]:
    return dict(fault.message_dict) if hasattr(fault, "error_dict") else {}


def _refused(request: HttpRequest, draft: Draft, refused: Refused) -> HttpResponse:
    """Faults go back beside their fields, on the screen where the field is."""
    if "text" in refused.fields:
        return _screen(request, 0, _with_faults(WhatHappened({"text": draft.text}), refused), status=refused.status)
    if ON_SCREEN_TWO & set(refused.fields):
        filled = WhoAndWhere({name: getattr(draft, name) for name in ASIDE} | draft.safe)
        return _screen(request, 1, _with_faults(filled, refused), status=refused.status)
    return _check_screen(request, draft, OneTime(request.POST), refusal=refused, status=refused.status)


def _with_faults(form: Any, refused: Refused) -> Any:
    for name, faults in refused.fields.items():
        if name in form.fields and not form.errors.get(name):
            form.add_error(name, faults)
    return form


def _sent(request: HttpRequest, draft: Draft, code: str, *, is_duplicate: bool) -> HttpResponse:
    mark_sent(request, draft, code)
    session.keep_receipt(request, code)
    return _again(request, code) if is_duplicate else redirect("receipt", code=code)


def _again(request: HttpRequest, code: str) -> HttpResponse:
    messages.warning(request, "您刚刚已经提交过这件事，没有重复登记。这是那一次的回执。")
    return redirect("receipt", code=code)


@public
@require_POST
def files(request: HttpRequest) -> HttpResponse:
    """Put papers with the request, or take one out again."""
    draft = draft_of(request)
    if "remove" in request.POST:
        draft.files = [kept for kept in draft.files if str(kept) != request.POST["remove"]]
    faults = _store_all(request, draft)
    keep(request, draft)
    if faults:
        return _check_screen(request, draft, OneTime(), refusal=_files_refused(faults), status=422)
    return redirect("request_check")


def _store_all(request: HttpRequest, draft: Draft) -> list[BadFile]:
    faults: list[BadFile] = []
    for upload in request.FILES.getlist("files"):
        if len(draft.files) >= MOST_FILES:
            return [*faults, BadFile(f"最多一起交 {MOST_FILES} 个文件", todo="其余的提交后还可以再补。")]
        try:
            stored = store(upload)
        except BadFile as fault:
            faults.append(fault)
        else:
            draft.files = list(dict.fromkeys([*draft.files, stored.pk]))
    return faults


def _files_refused(faults: list[BadFile]) -> Refused:
    refused = Refused(*(problem for fault in faults for problem in fault.problems), todo=faults[0].todo)
    refused.title = faults[0].title
    return refused


@public
@require_POST
def code(request: HttpRequest) -> HttpResponse:
    draft = draft_of(request)
    if not draft.has_told_who:
        return redirect("request_who")
    try:
        tell_code_sent(request, draft.phone, send_code(draft.phone))
    except TooManyCodes as refused:
        return _check_screen(request, draft, OneTime(), refusal=refused, status=refused.status)
    return HttpResponseRedirect(f"{reverse('request_check')}#send")


def tell_code_sent(request: HttpRequest, phone: str, plain: str | None) -> None:
    shown = f"{phone[:3]}****{phone[-4:]}"
    messages.success(request, f"验证码已发到 {shown}，10 分钟内有效。")
    if plain:
        messages.info(request, f"演示环境不发短信，验证码是：{plain}")


def _screen(request: HttpRequest, number: int, form: Any, *, status: int = 200) -> HttpResponse:
    draft = draft_of(request)
    applied_for = dict(procedures_to_apply_for()).get(draft.procedure, "")
    context = {"form": form, "screens": SCREENS, "at": number, "draft": draft, "applied_for": applied_for}
    if isinstance(form, WhoAndWhere):
        context["card"] = card.shown(request, draft, form)
    return render(request, f"web/portal/request_{number + 1}.html", context, status=status)


def _check_screen(
    request: HttpRequest, draft: Draft, form: OneTime, *, refusal: Refused | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "screens": SCREENS,
        "at": 2,
        "applied_for": dict(procedures_to_apply_for()).get(draft.procedure, ""),
        "draft": draft,
        "files": draft.stored_files(),
        "most_files": MOST_FILES,
        "region_name": region_name(draft.region),
        "groups": [SpecialGroup(group).label for group in draft.groups],
        "is_proven": session.is_proven(request, draft.phone),
        "refused": refusal,
    }
    return render(request, "web/portal/request_3.html", context, status=status)
