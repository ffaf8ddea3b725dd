"""What the tree is made of. A leaf says that a record of this kind and name had this digest; it says nothing else.

No settings, no database: the offline check of a PDF uses the same lines.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from pymerkle.hasher import MerkleHasher

TREE_HASH = "sha256"
FORMAT = "santai-leaf/1"
# RFC 6962: leaves and inner nodes are hashed under different prefixes, so that one can never pass for the other.
HASHER = MerkleHasher(TREE_HASH)


class LeafKind(StrEnum):
    LOG = "log"
    LETTER_TEXT = "letter_text"
    LETTER = "letter"
    DEPOSIT = "deposit"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    LeafKind.LOG: "办理记录",
    LeafKind.LETTER_TEXT: "文书正文",
    LeafKind.LETTER: "文书",
    LeafKind.DEPOSIT: "存证文件",
}


@dataclass(frozen=True)
class Entry:
    """`digest` covers the record: SM3 for what the platform writes itself, SHA-256 for files and PDFs."""

    kind: str
    name: str
    digest: str

    @property
    def data(self) -> bytes:
        parts = (FORMAT, self.kind, self.name, self.digest)
        if any("\n" in part for part in parts):
            raise ValueError("a leaf is one record: its parts have no line breaks")
        return "\n".join(parts).encode()

    @property
    def hash(self) -> bytes:
        leaf: bytes = HASHER.hash_buff(self.data)
        return leaf


def name_of(case_code: str, record: str | int) -> str:
    return f"{case_code} {record}"


def case_in(name: str) -> str:
    return name.partition(" ")[0]


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
