"""A dossier as a file: JSON for programs, PDF for people. Each says who took it, when and why, and is written down."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localtime

from santai.archive.dossier.duties import Duties
from santai.archive.dossier.opening import note_export
from santai.archive.dossier.paper import page_of
from santai.archive.dossier.reading import Scope, lines_of, parts_of, person_of
from santai.archive.dossier.shape import Dossier, Made
from santai.archive.models import DossierExport
from santai.documents.serials import next_number
from santai.documents.typesetting import typeset
from santai.trust.models import SensitiveLook, User

FORMS = ("pdf", "json")
MOST_LINES = 5000
MEDIA_TYPES = {"pdf": "application/pdf", "json": "application/json"}
OWN_REASON = "本人查询自己的档案"


@dataclass(frozen=True)
class Exported:
    content: bytes
    name: str
    media_type: str
    number: str


@transaction.atomic
def export_own(scope: Scope, form: str, *, at: datetime) -> Exported:
    number = _number(at)
    made = Made(number=number, at=at, by="本人", duties=[], reason=OWN_REASON, scope="own", is_cut=_is_cut(scope))
    return _exported(scope, form, made, user=None)


@transaction.atomic
def export_for_staff(scope: Scope, form: str, *, look: SensitiveLook, user: User, at: datetime) -> Exported:
    """`look` is the opening, with its reason; taking it away is a second look."""
    number = _number(at)
    note_export(look, user=user, form=form, number=number, at=at)
    made = Made(
        number=number,
        at=at,
        by=user.display_name,
        duties=Duties([user.pk]).at(user.pk, at),
        reason=look.reason,
        scope="staff",
        is_cut=_is_cut(scope),
    )
    return _exported(scope, form, made, user=user)


def _number(at: datetime) -> str:
    year = localtime(at).year
    return f"DA{year}{next_number(f'dossier:{year}'):06d}"


def _is_cut(scope: Scope) -> bool:
    return any(part.rows(scope)[MOST_LINES : MOST_LINES + 1].exists() for part in parts_of(scope))


def dossier_of(scope: Scope, made: Made) -> Dossier:
    shown = {part.name: lines_of(part, scope, most=MOST_LINES) for part in parts_of(scope)}
    everything: dict[str, Any] = {"looks": [], **shown}
    return Dossier(made=made, person=person_of(scope), **everything)


def _exported(scope: Scope, form: str, made: Made, *, user: User | None) -> Exported:
    dossier = dossier_of(scope, made)
    if form == "pdf":
        content = typeset("dossier", page_of(dossier), at=made.at)
    else:
        content = (dossier.model_dump_json(indent=1) + "\n").encode()
    DossierExport.objects.create(
        number=made.number,
        party=scope.party,
        user=user,
        form=form,
        reason=made.reason,
        sha256=hashlib.sha256(content).hexdigest(),
        at=made.at,
    )
    return Exported(content, f"dossier-{made.number}.{form}", MEDIA_TYPES[form], made.number)
