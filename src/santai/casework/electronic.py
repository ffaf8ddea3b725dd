"""Electronic service: a person who agreed to it opens the letter, and that is the service (民事诉讼法第九十条)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from santai.casework.access import steps_open_to
from santai.casework.actions import take_step
from santai.casework.kernel import Step
from santai.casework.models import Case
from santai.casework.refusals import Refused
from santai.casework.service import RETURN_OF_SERVICE, consent_of, is_for_applicant, letters_to_serve
from santai.documents.letters import mark_served
from santai.documents.models import Delivery, ElectronicConsent, Letter, ServiceWay
from santai.trust.actors import SYSTEM, Channel


def opened_by_person(letter: Letter, case: Case, *, at: datetime) -> bool:
    """The person opened the letter in the portal. After consent this is service: True when it was recorded now."""
    consent = consent_of(case, at=at)
    if letter.served_at is not None or consent is None or letter.kind == RETURN_OF_SERVICE:
        return False
    step = next((one for one in steps_open_to(case, SYSTEM, at=at) if _serves(one, letter, case)), None)
    if step is not None and _served_by_system(case, step, at):
        return True
    return _keep_opening(letter, case, consent, at)


def _serves(step: Step, letter: Letter, case: Case) -> bool:
    records = step.form is not None and "served_on" in step.form.base_fields and is_for_applicant(step)
    return records and letter.kind in step.served_kinds and letter in letters_to_serve(case, step)


def _served_by_system(case: Case, step: Step, at: datetime) -> bool:
    told = {"served_on": localdate(at), "way": ServiceWay.ONLINE.value}
    try:
        take_step(case, step.name, actor=SYSTEM, data=told, at=at)
    except Refused:
        # The step asks for more than the system knows; staff take it with the day that is kept here.
        return False
    return True


def _keep_opening(letter: Letter, case: Case, consent: ElectronicConsent, at: datetime) -> bool:
    with transaction.atomic():
        letter = Letter.objects.select_for_update().get(pk=letter.pk)
        if letter.served_at is not None:
            return False
        Delivery.objects.create(
            letter=letter,
            way=ServiceWay.ONLINE,
            addressee=case.applicant.name,
            address=consent.address,
            sent_at=letter.issued_at,
            delivered_on=localdate(at),
            opened_at=at,
            consent=consent,
            recorded_by=str(Channel.SYSTEM.label),
        )
        mark_served(letter, by=ServiceWay.ONLINE.value, at=at)
    return True
