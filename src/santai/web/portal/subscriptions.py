"""“有新政策告诉我”: citizens on the phone they proved, staff at their desk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from santai.knowledge.entries.refusals import Declined
from santai.knowledge.models import Subscription
from santai.knowledge.policies import Shelf
from santai.knowledge.subscribing import subscribe, subscriptions_of, unsubscribe
from santai.people.models import Party
from santai.people.parties import find_or_create
from santai.people.safe_contact import rule_of
from santai.registry.models import Region
from santai.trust.models import User
from santai.web.divisions import choices_under
from santai.web.helping import staff_of
from santai.web.portal import session
from santai.web.portal.limits import public
from santai.web.portal.places import NO_PLACE

Owner = User | Party
STOPPED = "stopped_subscription"


class Wish(forms.Form):
    """`name` is asked of a phone that nobody has given as theirs so far."""

    topic = forms.ChoiceField(
        label="哪方面的政策", required=False, error_messages={"invalid_choice": "没有这个主题，请从列表里选。"}
    )
    region = forms.ChoiceField(label="在哪里用", required=False, error_messages={"invalid_choice": NO_PLACE})
    name = forms.CharField(
        label="您的姓名",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "name", "class": "field-middle"}),
        help_text="这个号码第一次使用本平台，要知道怎么称呼您",
    )

    def __init__(self, given: Any, shelf: Shelf, *, needs_name: bool = False, **kwargs: Any) -> None:
        super().__init__(given, auto_id="wish_%s", **kwargs)
        self.needs_name = needs_name
        topics = [("", "全部主题"), *((one, one) for one, _ in shelf.topics())]
        self.fields["topic"].choices = topics  # type: ignore[attr-defined]
        places = [("", "不限地区"), *choices_under([settings.ENV.province])]
        self.fields["region"].choices = places  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"].strip()
        if self.needs_name and not name:
            raise forms.ValidationError("请填写姓名。")
        return name

    def clean_region(self) -> str:
        code: str = self.cleaned_data["region"]
        if code and not Region.objects.filter(code=code).exists():
            raise forms.ValidationError(NO_PLACE)
        return code


def owners_of(request: HttpRequest) -> list[Owner]:
    """Staff for themselves; else everybody who gave a phone that this browser proved."""
    user = staff_of(request)
    return [user] if user else [*session.proven_parties(request)]


def knows_nobody(request: HttpRequest, owners: Sequence[Owner]) -> bool:
    """A phone was proved, and nobody has given it as theirs so far."""
    return not owners and session.has_proven(request)


@public
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    owners = owners_of(request)
    form = Wish(request.POST, Shelf(timezone.localdate()), needs_name=knows_nobody(request, owners))
    if not form.is_valid():
        return _told(request, form)
    owner = _owner(request, form, owners)
    if owner is None:
        return _told(request, form) if form.errors else _prove_first(request, form)
    region = Region.objects.filter(code=form.cleaned_data["region"] or None).first()
    topic = form.cleaned_data["topic"]
    if not subscriptions_of(owners).filter(topic=topic, region=region).exists():
        try:
            subscribe(owner, topic=topic, region=region, at=timezone.now())
        except Declined as refused:
            return _list(request, owners, refused=refused)
    request.session.pop(STOPPED, None)
    messages.success(request, _promised(owner))
    return redirect("my_policies")


def _told(request: HttpRequest, form: Wish) -> HttpResponse:
    return render(request, "web/portal/policies_wish.html", {"wish": form, "needs_name": form.needs_name}, status=422)


def _owner(request: HttpRequest, form: Wish, owners: list[Owner]) -> Owner | None:
    """Who is to be told: whose own phone it is goes before who only can be reached there."""
    if owners:
        indexes = session.proven_indexes(request)
        own = [one for one in owners if isinstance(one, Party) and one.phone_index in indexes]
        return (own or owners)[-1]
    asked = session.asked_for(request)
    if not form.needs_name or asked is None or not session.is_proven(request, asked[0]):
        return None
    try:
        return find_or_create(name=form.cleaned_data["name"], phone=asked[0])
    except ValidationError as fault:
        form.add_error("name", fault.messages)
        return None


def _prove_first(request: HttpRequest, form: Wish) -> HttpResponse:
    kept = {name: form.cleaned_data[name] for name in ("topic", "region") if form.cleaned_data[name]}
    session.go_on_to(request, f"{reverse('policies')}?{urlencode(kept)}#subscribe")
    messages.info(request, "先验证手机，新政策才能发到您手上。验证后会回到政策库，再按一次“有新政策告诉我”。")
    return redirect(f"{reverse('progress')}?then=policies")


def _promised(owner: Owner) -> str:
    if isinstance(owner, User):
        return "订好了。有新政策，会在工作台“消息”里告诉您。"
    rule = rule_of(owner)
    if rule and rule.no_sms:
        return "订好了。您约定了不发短信，所以不会发短信给您；新政策请到政策库来看。"
    return "订好了。有新政策，会发短信告诉您；随时可以在这里取消。"


@public
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    owners = owners_of(request)
    if not owners and not session.has_proven(request):
        session.go_on_to(request, reverse("my_policies"))
        return redirect(f"{reverse('progress')}?then=policies")
    return _list(request, owners)


def _list(request: HttpRequest, owners: list[Owner], *, refused: Declined | None = None) -> HttpResponse:
    context = {
        "rows": subscriptions_of(owners),
        "refused": refused,
        "stopped": _stopped(request, owners),
        "is_staff": staff_of(request) is not None,
    }
    response = render(request, "web/portal/my_policies.html", context, status=refused.status if refused else 200)
    response["Cache-Control"] = "no-store"
    return response


@public
@require_POST
def stop(request: HttpRequest) -> HttpResponse:
    typed = request.POST.get("row", "")
    pk = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 19 else 0
    gone = unsubscribe(owners_of(request), pk)
    if gone is not None:
        request.session[STOPPED] = _kept(gone)
    return redirect("my_policies")


def _stopped(request: HttpRequest, owners: list[Owner]) -> dict[str, Any] | None:
    """Only told to whose it was."""
    kept = request.session.get(STOPPED) or {}
    return kept if _whose(kept, owners) else None


def _whose(kept: dict[str, Any], owners: list[Owner]) -> Owner | None:
    own = (one for one in owners if one.pk == kept.get("user" if isinstance(one, User) else "party"))
    return next(own, None)


def _kept(row: Subscription) -> dict[str, Any]:
    return {
        "user": row.user_id,
        "party": row.party_id,
        "topic": row.topic,
        "region": row.region_id,
        "place": row.region.full_name if row.region else "",
        "since": (row.told_until or row.since).isoformat(),
    }


@public
@require_POST
def take_up_again(request: HttpRequest) -> HttpResponse:
    """What was stopped last goes on where it was: nothing is told twice, and nothing is missed."""
    kept, owners = request.session.pop(STOPPED, None) or {}, owners_of(request)
    if owner := _whose(kept, owners):
        region = Region.objects.filter(code=kept["region"]).first()
        since = datetime.fromisoformat(kept["since"])
        try:
            subscribe(owner, topic=kept["topic"], region=region, at=timezone.now(), since=since)
            messages.success(request, "恢复了，和取消以前一样。")
        except Declined as refused:
            return _list(request, owners, refused=refused)
    return redirect("my_policies")
