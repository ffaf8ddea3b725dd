"""What people ask and whether it helped, kept without who they are. Counting never stands in the way of an answer."""

from __future__ import annotations

import logging
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.db.models import F

from santai.knowledge.entries.redaction import redacted
from santai.knowledge.index.grams import runs
from santai.knowledge.models import AskedQuestion, Entry, Helpfulness
from santai.trust.models import User

LONGEST = 300
SHORTEST = 2
log = logging.getLogger(__name__)


def digest_of(text: str) -> str:
    """The same for the same words, whatever stands between them."""
    return sha256("".join(runs(redacted(text)).split("\x00")).encode()).hexdigest()


def note_question(
    text: str, *, answered_by: Entry | None, good: bool, at: datetime, matter: str = ""
) -> AskedQuestion | None:
    """Count a question; None when it says nothing or could not be kept. Never raises."""
    try:
        with transaction.atomic():
            return _note(text, answered_by, good, at, matter)
    except Exception:  # counting must not cost anybody an answer
        log.exception("A question could not be counted")
        return None


def _note(text: str, answered_by: Entry | None, good: bool, at: datetime, matter: str) -> AskedQuestion | None:
    plain = redacted(text)
    if not says_something(plain):
        return None
    begun = {"text": plain[:LONGEST], "times": 0, "first_asked_at": at, "last_asked_at": at}
    question, _ = AskedQuestion.objects.get_or_create(digest=digest_of(text), defaults=begun)
    changes: dict[str, object] = {"times": F("times") + 1, "last_asked_at": at}
    if not good:
        changes["unanswered"] = F("unanswered") + 1
    if answered_by is not None and good:
        changes["answered_by"] = answered_by
    if matter:
        changes["matter"] = matter[:40]
    AskedQuestion.objects.filter(pk=question.pk).update(**changes)
    return question


def says_something(plain: str) -> bool:
    letters = [one for one in plain if one.isalpha()]
    return len(letters) >= SHORTEST


def question_with(digest: str) -> AskedQuestion | None:
    """What a link carries instead of the words themselves."""
    is_digest = len(digest) == 64 and digest.isascii() and digest.isalnum()
    return AskedQuestion.objects.filter(digest=digest).first() if is_digest else None


@transaction.atomic
def told(
    helped: bool,
    *,
    at: datetime,
    entry: Entry | None = None,
    article: str = "",
    question: AskedQuestion | None = None,
    by: User | None = None,
) -> Helpfulness:
    """“有用” or “没用” on an entry or an article (its name in the index); `by` is staff, None is the public."""
    if entry is not None:
        _count(entry, helped, 1)
    return Helpfulness.objects.create(entry=entry, article=article, question=question, helped=helped, by=by, at=at)


@transaction.atomic
def take_back(pk: int) -> bool:
    """Undo; False when it was undone already."""
    row = Helpfulness.objects.select_for_update(of=("self",)).filter(pk=pk).select_related("entry").first()
    if row is None:
        return False
    if row.entry is not None:
        _count(row.entry, row.helped, -1)
    row.delete()
    return True


def _count(entry: Entry, helped: bool, by: int) -> None:
    name = "helped" if helped else "not_helped"
    rows = Entry.objects.filter(pk=entry.pk)
    (rows.filter(**{f"{name}__gt": 0}) if by < 0 else rows).update(**{name: F(name) + by})


def used(entry: Entry) -> None:
    Entry.objects.filter(pk=entry.pk).update(uses=F("uses") + 1)
