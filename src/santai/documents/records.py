"""Recordings of enforcement (全过程音视频记录): taken out with a reason only, written down before they are shown."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from santai.documents.models import DocumentKind
from santai.trust.looks import SHORTEST_REASON, write_look
from santai.trust.models import SensitiveLook, User

RECORDINGS = frozenset(
    {
        DocumentKind.AV_SITE.value,
        DocumentKind.AV_SEIZURE.value,
        DocumentKind.AV_HEARING.value,
        DocumentKind.AV_SERVICE.value,
        DocumentKind.AV_OTHER.value,
    }
)
# What the office writes for itself, and what others told it: the person of the case sees not even that it is there.
INTERNAL = RECORDINGS | {
    DocumentKind.INVESTIGATION.value,
    DocumentKind.INQUIRY_RECORD.value,
    DocumentKind.INVESTIGATION_REPORT.value,
    DocumentKind.LEGALITY_OPINION.value,
    DocumentKind.DISCUSSION_RECORD.value,
}
LOOK = "recording"
# Of the 200 characters of a look, so much is left for the name of the file.
NAME = 60
REASON = 120


def retrieve(name: str, *, party_id: int, user: User, reason: str, case_code: str, at: datetime) -> SensitiveLook:
    """Raises ValidationError when the reason says nothing; whoever is filmed can read who looked, and why."""
    told = " ".join(reason.split())[:REASON]
    # The name of the file must not make a reason of one character long enough.
    says_something = len(told.replace(" ", "")) >= SHORTEST_REASON
    kept = f"{told}（{name[:NAME]}）" if says_something else told
    return write_look(party_id, user=user, what=[LOOK], reason=kept, case_code=case_code, at=at)


def retrievals(case_code: str) -> QuerySet[SensitiveLook]:
    """Who took recordings of this case out, latest first."""
    found = SensitiveLook.objects.filter(case_code=case_code, fields=LOOK).select_related("user")
    return found.order_by("-at", "-pk")
