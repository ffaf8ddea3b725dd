"""Meeting a person at the hotline or the counter: who they are, what they have under way, and a need of theirs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import QueryDict

from santai.casework.codes import code_fault, tidy
from santai.casework.family import begun_by
from santai.casework.models import Case
from santai.casework.refusals import Refused
from santai.casework.sealed import open_files
from santai.intake.receive import Applicant, Need, Received, receive
from santai.people.models import Contact, Party
from santai.people.parties import close_contact, find_by_id_number, find_by_name, find_by_phone, open_contacts
from santai.people.validation import normalise_phone
from santai.procedures.rules.work_order import procedures_to_apply_for
from santai.trust.actors import Actor, Channel
from santai.trust.models import User
from santai.web.portal.forms import WhatHappened, WhoAndWhere

MOST_PEOPLE, MOST_CASES = 12, 30
# Whoever is chosen must have been found just before: a number alone opens nobody's history.
FOUND = signing.Signer(salt="found person")


class NeedForm(WhoAndWhere, WhatHappened):
    """A need as somebody else writes it down for the person; a landline will do."""

    procedure = forms.ChoiceField(
        label="直接申请的服务", required=False, help_text="当事人就是来申请这一项的才选；拿不准不选，先登记再转。"
    )
    key = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {"kind": "本人还是单位", "groups": "有下面的情况吗", "phone": "联系电话", "id_number": "证件号码"}
        for name, label in words.items():
            self.fields[name].label = label
        procedure: Any = self.fields["procedure"]
        procedure.choices = [("", "不选，登记为诉求"), *procedures_to_apply_for()]
        self.fields["phone"].help_text = ""
        self.fields["id_number"].help_text = "当事人愿意说就填，不勉强。"
        self.order_fields(["text", "procedure", "name", "phone", "region", "groups", "id_number", "kind"])

    def clean_phone(self) -> str:
        return normalise_phone(self.cleaned_data["phone"])

    def clean(self) -> dict[str, Any]:
        super().clean()
        return self.cleaned_data


class RateForm(forms.Form):
    score = forms.TypedChoiceField(
        label="当事人怎么评价？",
        coerce=int,
        choices=[(5, "非常满意"), (4, "满意"), (3, "基本满意"), (2, "不满意"), (1, "非常不满意")],
        widget=forms.RadioSelect,
        error_messages={"required": "请选一个评价。"},
    )
    comment = forms.CharField(
        label="当事人说的话", required=False, max_length=1000, help_text="不满意的，请写明哪里不满意。"
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = self.cleaned_data
        if given.get("score", 5) < 3 and len(given.get("comment", "").strip()) < 2:
            self.add_error("comment", "不满意的，请写明哪里不满意，才好改。")
        return given


def about(party: Party | None, posted: QueryDict) -> tuple[NeedForm, bool]:
    """The posted need; without a name and a phone it is the need of the person one is speaking with. The second value
    says so: their name and phone are then known here and not shown."""
    is_own = party is not None and not (posted.get("name", "").strip() or posted.get("phone", "").strip())
    data = posted.copy()
    if party and is_own:
        data["name"], data["phone"], data["kind"] = party.name, party.phone, party.kind
    return NeedForm(data), is_own


def covered(form: NeedForm) -> NeedForm:
    """The form as it goes back to the page, without what the person on the other side did not type."""
    data: Any = form.data
    data["name"] = data["phone"] = ""
    return form


def take_in(form: NeedForm, channel: Channel, actor: Actor) -> Received | None:
    """The need of a valid form, received; None when it was refused, with every fault on the form."""
    given = form.cleaned_data
    need = Need(
        channel=channel,
        text=given["text"],
        region=given["region"],
        applicant=Applicant(given["name"], given["phone"], given["id_number"], given["kind"]),
        groups=tuple(given["groups"]),
        procedure=given["procedure"],
        idempotency_key=given["key"],
        safe_contact=form.wish(),
    )
    try:
        return receive(need, actor=actor)
    except Refused as refused:
        _put_faults(form, refused.fields or {"": [f"{problem}。{refused.todo}" for problem in refused.problems]})
    except ValidationError as fault:
        _put_faults(form, fault.message_dict if hasattr(fault, "error_dict") else {"": fault.messages})
    return None


def _put_faults(form: forms.Form, faults: dict[str, list[str]]) -> None:
    for name, told in faults.items():
        form.add_error(name if name in form.fields else None, told)


def find_people(by: str, typed: str) -> tuple[list[Party], str]:
    """Who it can be, and why nobody was found."""
    if by == "code":
        return _by_code(typed)
    find: Callable[[str], list[Party]] = {"phone": find_by_phone, "id_number": find_by_id_number}.get(by, find_by_name)
    if by == "phone":
        try:
            typed = normalise_phone(typed)
        except ValidationError as fault:
            return [], "；".join(fault.messages)
    return find(typed)[:MOST_PEOPLE], ""


def _by_code(typed: str) -> tuple[list[Party], str]:
    code = tidy(typed)
    if fault := code_fault(code):
        return [], fault
    found = Case.objects.filter(code=code).select_related("applicant").first()
    return ([found.applicant], "") if found else ([], "没有这个案码，请对照回执再输一次。")


def ticket_for(party: Party, by: str) -> str:
    return FOUND.sign_object({"party": party.pk, "by": by})


def person_of(ticket: str) -> tuple[Party, str] | None:
    """The person a ticket was given out for, and how they were found."""
    try:
        held: dict[str, Any] = FOUND.unsign_object(ticket)
    except signing.BadSignature:
        return None
    party = Party.objects.filter(pk=held["party"]).first()
    return (party, str(held["by"])) if party else None


def contact_with(user: User, party_id: int | None, channel: Channel) -> Contact | None:
    """The open contact with this person, or None when it was never opened or is over."""
    return open_contacts(user).filter(party=party_id, channel=channel).first() if party_id else None


def end_contacts(user: User, channel: Channel) -> None:
    for contact in open_contacts(user).filter(channel=channel):
        close_contact(contact)


def history_of(party: Party) -> list[Case]:
    """Everything this person has brought, on whatever platform, the latest first."""
    rows = begun_by([party]).filter(open_files())
    return list(rows.select_related("applicant", "organisation", "handler").order_by("-opened_at", "-pk")[:MOST_CASES])
