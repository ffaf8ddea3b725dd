"""The proof a PDF carries behind its last line, and what it proves. No settings, no database.

Behind the bytes of the document stands one comment line, `%SANTAI-PROOF` and base64 of JSON, and then the pointer to
the document's own cross-reference table once more: readers look for it in the last kilobyte of the file. What may stand
behind the document is therefore a function of the document and the proof, and is compared byte for byte: nothing can be
added after it, and no other table be pointed to.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from dataclasses import dataclass
from typing import Any

from pymerkle import InclusionProof, InvalidProof, MerkleProof

from santai.archive.transparency.checkpoints import (
    NotACheckpoint,
    PublicKey,
    SignedCheckpoint,
    read_checkpoint,
    read_key,
)
from santai.archive.transparency.leaves import TREE_HASH, Entry, LeafKind

FORMAT = "santai-proof/1"
MARK = b"\n%SANTAI-PROOF "
LONGEST = 1 << 20
MOST_FILES = 500
POINTER = re.compile(rb"startxref\s+(\d{1,12})\s+%%EOF")
LINE = re.compile(rb"([A-Za-z0-9+/]+={0,2})\n")


class NoProof(Exception):
    """The file has no proof behind it."""


class BrokenProof(Exception):
    """There is a proof, and it is cut off, changed, followed by something, or proves something else."""


@dataclass(frozen=True)
class Included:
    """A leaf and its way up to the root; `way` is as the library writes it down."""

    kind: str
    name: str
    digest: str
    way: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        return {"kind": self.kind, "name": self.name, "digest": self.digest, "way": self.way}

    def check_under(self, checkpoint: SignedCheckpoint) -> None:
        """Raises BrokenProof unless the leaf is in the tree of the checkpoint."""
        try:
            way = MerkleProof.deserialize(self.way)
            if not isinstance(way, InclusionProof):
                raise InvalidProof("not an inclusion proof")
            leaf = Entry(self.kind, self.name, self.digest).hash
            way.verify(leaf, bytes.fromhex(checkpoint.root), size=checkpoint.size, algorithm=TREE_HASH)
        except (InvalidProof, ValueError, TypeError) as fault:
            raise BrokenProof(f"“{self.name}”不在签名的记录树里") from fault


@dataclass(frozen=True)
class Proof:
    """`document` is the leaf of the PDF itself, `files` those of the files it certifies. `key` is who says so; whether
    to believe this key is another question."""

    checkpoint: SignedCheckpoint
    key: PublicKey
    document: Included
    files: tuple[Included, ...] = ()

    def as_bytes(self) -> bytes:
        told = {
            "format": FORMAT,
            "checkpoint": self.checkpoint.as_json(),
            "key": self.key.as_json(),
            "document": self.document.as_json(),
            "files": [file.as_json() for file in self.files],
        }
        return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def add_proof(pdf: bytes, proof: Proof) -> bytes:
    return pdf + _behind(pdf, base64.b64encode(proof.as_bytes()))


def _behind(pdf: bytes, encoded: bytes) -> bytes:
    pointers = POINTER.findall(pdf)
    again = b"startxref\n" + pointers[-1] + b"\n%%EOF\n" if pointers else b""
    return MARK + encoded + b"\n" + again


def split(content: bytes) -> tuple[bytes, Proof]:
    """The document's own bytes and its proof. Raises NoProof or BrokenProof."""
    at = content.rfind(MARK)
    if at < 0:
        raise NoProof
    document, behind = content[:at], content[at:]
    found = LINE.match(behind, len(MARK))
    if found is None or len(behind) > LONGEST:
        raise BrokenProof("文件末尾的校验信息不完整，文件可能没有下载完")
    if behind != _behind(document, found[1]):
        raise BrokenProof("校验信息后面的内容被截断，或者又加了别的内容")
    return document, _read(found[1])


def _read(encoded: bytes) -> Proof:
    try:
        plain = base64.b64decode(encoded, validate=True)
        if base64.b64encode(plain) != encoded:
            raise BrokenProof("校验信息被改动过")
        told = json.loads(plain)
        if set(told) != {"format", "checkpoint", "key", "document", "files"} or told["format"] != FORMAT:
            raise BrokenProof("校验信息的格式认不出来")
        files = told["files"]
        if not isinstance(files, list) or len(files) > MOST_FILES:
            raise BrokenProof("校验信息的格式认不出来")
        return Proof(
            checkpoint=read_checkpoint(told["checkpoint"]),
            key=read_key(told["key"]),
            document=_included(told["document"], LeafKind.LETTER),
            files=tuple(_included(file, LeafKind.DEPOSIT) for file in files),
        )
    except (binascii.Error, ValueError, TypeError, KeyError, NotACheckpoint, RecursionError) as fault:
        raise BrokenProof("校验信息的内容认不出来") from fault


def _included(told: Any, kind: LeafKind) -> Included:
    if set(told) != {"kind", "name", "digest", "way"} or told["kind"] != kind:
        raise ValueError("not a leaf of this kind")
    if not all(isinstance(told[name], str) and len(told[name]) <= 200 for name in ("name", "digest")):
        raise ValueError("a part of the leaf is no text")
    return Included(told["kind"], told["name"], told["digest"], told["way"])
