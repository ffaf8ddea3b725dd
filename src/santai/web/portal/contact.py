"""How the person wants to be reached, and what is known of their situation: seen and changed by themselves."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from santai.people.groups import standings
from santai.people.safe_contact import rule_of, set_rule
from santai.web.portal import session
from santai.web.portal.limits import public
from santai.web.safe_contact import SafeContact, known


@public
def contact(request: HttpRequest) -> HttpResponse:
    """For everybody who gave the proven phone as theirs: they share it, and so what is safe."""
    parties = session.proven_parties(request)
    if not parties:
        return redirect("progress")
    rule = next((rule for party in parties if (rule := rule_of(party))), None)
    form = SafeContact(request.POST if request.method == "POST" else None, initial=known(rule))
    if request.method == "POST" and form.is_valid():
        for party in parties:
            set_rule(party, form.wish(rule))
        messages.success(request, "记下了。从现在起，短信和电话都照这个办。")
        return redirect("my_contact")
    context = {
        "form": form,
        "rule": rule,
        "groups": [standing for party in parties for standing in standings(party)],
    }
    response = render(request, "web/portal/contact.html", context, status=422 if form.errors else 200)
    response["Cache-Control"] = "no-store"
    return response
