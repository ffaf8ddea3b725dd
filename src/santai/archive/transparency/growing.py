"""The tree takes in what is new, and a checkpoint is signed. Never while a person waits for a step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, Max, OuterRef

from santai.archive.models import Checkpoint, TreeLeaf
from santai.archive.transparency import keys
from santai.archive.transparency.checkpoints import SignedCheckpoint
from santai.archive.transparency.leaves import Entry, sha256_of
from santai.archive.transparency.sources import SOURCES, Source
from santai.archive.transparency.tree import Tree
from santai.people.locks import take_turns

AT_ONCE = 5000
# Numbers are given out before a transaction ends: a row can appear below one that is already in the tree.
LOOK_BACK = 20_000
# An outsider sees that the platform still signs, also when nothing happened.
SIGN_OF_LIFE = timedelta(days=1)
TURN = sha256_of(b"the tree grows")


def grow(*, everything: bool = False) -> int:
    """Append every record that has no leaf yet: by kind, then by number. With `everything` also those that are far
    below the last one. Returns how many leaves were added; safe to run twice at once."""
    total = 0
    for source in SOURCES:
        floor = 0 if everything else _floor(source)
        while added := _append(source, floor):
            total += added
            if added < AT_ONCE:
                break
    return total


def _floor(source: Source) -> int:
    last = TreeLeaf.objects.filter(kind=source.kind).aggregate(last=Max("record"))["last"] or 0
    return max(0, int(last) - LOOK_BACK)


@transaction.atomic
def _append(source: Source, floor: int, most: int = AT_ONCE) -> int:
    take_turns(TURN)
    found = _waiting(source, floor, most)
    Tree().grow(found)
    return len(found)


def _waiting(source: Source, floor: int, most: int) -> list[tuple[int, Entry]]:
    has_leaf = TreeLeaf.objects.filter(kind=source.kind, record=OuterRef("pk"))
    rows = source.rows().filter(~Exists(has_leaf), pk__gt=floor)[:most]
    return [(row.pk, source.entry(row)) for row in rows]


@transaction.atomic
def append_now(source: Source, records: Sequence[int]) -> None:
    """These few at once, out of turn: somebody waits for their proof."""
    take_turns(TURN)
    has_leaf = TreeLeaf.objects.filter(kind=source.kind, record=OuterRef("pk"))
    rows = source.rows().filter(~Exists(has_leaf), pk__in=records)
    Tree().grow([(row.pk, source.entry(row)) for row in rows])


@transaction.atomic
def sign_checkpoint(*, at: datetime) -> Checkpoint | None:
    """Sign the tree as it stands. The last checkpoint when nothing was added since (but one a day); None without a
    leaf."""
    take_turns(TURN)
    tree, last = Tree(), latest()
    size = tree.get_size()
    if size == 0:
        return None
    if last and last.size == size and at - last.signed.moment < SIGN_OF_LIFE:
        return last
    key = keys.public_key()
    unsigned = SignedCheckpoint(
        origin=f"santai/{settings.ENV.province}",
        size=size,
        root=tree.get_root(size).hex(),
        at=_not_before(last, at).astimezone(UTC).isoformat(timespec="seconds"),
        previous=last.signed.digest if last else "",
        algorithm=key.algorithm,
        key_id=key.id,
    )
    signed = {**unsigned.as_json(), "signature": keys.sign(unsigned.text)}
    return Checkpoint.objects.create(**signed, public_key=key.public.hex())


def _not_before(last: Checkpoint | None, at: datetime) -> datetime:
    return max(at, last.signed.moment) if last else at


def latest() -> Checkpoint | None:
    return Checkpoint.objects.order_by("-pk").first()


def take_checkpoint(*, at: datetime, everything: bool = False) -> Checkpoint | None:
    """Take in what is new and sign."""
    grow(everything=everything)
    return sign_checkpoint(at=at)
