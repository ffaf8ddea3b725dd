"""What comes round for the pages."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import ProtectedError

from santai.casework.models import CaseDocument
from santai.documents.models import Reading, StoredFile
from santai.notices.periodic import every

KEPT_FOR = timedelta(days=1)
MOST_AT_ONCE = 200


@every(hours=1)
def forget_cards_not_handed_in(*, at: datetime) -> int:
    """A photograph of a card that was read for a form and never sent goes, with what was read in it."""
    old = Reading.objects.filter(asked_at__lt=at - KEPT_FOR).exclude(file__in=CaseDocument.objects.values("file"))
    gone = list(old.select_related("file")[:MOST_AT_ONCE])
    for reading in gone:
        reading.delete()
        _drop(reading.file)
    return len(gone)


def _drop(stored: StoredFile) -> None:
    content, name = stored.content, str(stored.content)
    try:
        stored.delete()
    except ProtectedError:
        return
    # The same content is kept once, for all who handed it in.
    if not StoredFile.objects.filter(content=name).exists():
        content.storage.delete(name)
