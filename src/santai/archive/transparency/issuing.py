"""Proofs for what is handed out: behind a letter's PDF, and between two checkpoints for whoever witnesses them."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import DatabaseError
from django.utils import timezone

from santai.archive.models import Checkpoint, TreeLeaf
from santai.archive.transparency.growing import append_now, sign_checkpoint
from santai.archive.transparency.leaves import LeafKind, sha256_of
from santai.archive.transparency.proofs import MOST_FILES, Included, Proof, add_proof
from santai.archive.transparency.sources import SOURCES, deposits_of
from santai.archive.transparency.tree import Tree
from santai.documents.copies import copy_of
from santai.documents.models import Letter

log = logging.getLogger(__name__)
BY_KIND = {source.kind: source for source in SOURCES}


def with_proof(letter: Letter, pdf: bytes) -> bytes:
    """A finisher of letters. A letter that cannot be proven now is handed out all the same; its proof comes with the
    next download."""
    copy = copy_of(letter)
    if sha256_of(pdf) != copy.sha256:
        return pdf
    try:
        proof = proof_of(copy.pk, files=_certified(letter), at=timezone.now())
    except DatabaseError:
        log.exception("letter %s is handed out without its proof", letter.pk)
        return pdf
    return add_proof(pdf, proof)


def _certified(letter: Letter) -> list[int]:
    """The files that lay there when the letter was issued: a later one would make the proof a later one."""
    return deposits_of(letter.case_code, until=letter.issued_at)[:MOST_FILES]


def proof_of(copy: int, *, files: Sequence[int] = (), at: datetime) -> Proof:
    """The proof of a letter's copy and of deposited files; a checkpoint is signed at once when they need one."""
    checkpoint = _checkpoint_over({LeafKind.LETTER: [copy], LeafKind.DEPOSIT: list(files)}, at)
    tree = Tree()
    document, *others = (
        _included(tree, leaf, checkpoint)
        for kind, records in ((LeafKind.LETTER, [copy]), (LeafKind.DEPOSIT, files))
        for leaf in _leaves(kind, records)
    )
    return Proof(checkpoint.signed, checkpoint.key, document, tuple(others))


def _checkpoint_over(wanted: dict[LeafKind, list[int]], at: datetime) -> Checkpoint:
    lacking = {kind: [pk for pk in records if pk not in _places(kind, records)] for kind, records in wanted.items()}
    for kind, records in lacking.items():
        if records:
            append_now(BY_KIND[kind], records)
    places = [place for kind, records in wanted.items() for place in _places(kind, records).values()]
    # The first one that covers all of them proves the earliest moment, and the same file at every download.
    first = Checkpoint.objects.filter(size__gte=max(places)).order_by("pk").first() or sign_checkpoint(at=at)
    assert first is not None, "there is a leaf, so there is a checkpoint"
    return first


def _places(kind: LeafKind, records: Sequence[int]) -> dict[int, int]:
    return dict(TreeLeaf.objects.filter(kind=kind, record__in=records).values_list("record", "index"))


def _leaves(kind: LeafKind, records: Sequence[int]) -> list[TreeLeaf]:
    return list(TreeLeaf.objects.filter(kind=kind, record__in=records).order_by("index"))


def _included(tree: Tree, leaf: TreeLeaf, checkpoint: Checkpoint) -> Included:
    way = tree.prove_inclusion(leaf.index, checkpoint.size).serialize()
    return Included(leaf.kind, leaf.name, leaf.digest, way)


def consistency(prior: int, later: int) -> dict[str, Any]:
    """That the tree of `prior` leaves is the beginning of the tree of `later` leaves. Raises InvalidChallenge."""
    proof: dict[str, Any] = Tree().prove_consistency(prior, later).serialize()
    return proof
