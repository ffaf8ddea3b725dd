"""A checkpoint: how large the tree was and what its root was at a moment, signed. No settings, no database.

The signed text is one field a line; whoever keeps it can show later that nothing below that size was changed.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FORMAT = "santai-checkpoint/1"
KEYS_FORMAT = "santai-checkpoint-keys/1"
KEPT_FORMAT = "santai-checkpoints/1"
ED25519 = "ed25519"
LARGEST_TREE = 1 << 62


class NotACheckpoint(ValueError):
    """The text is not a checkpoint, a key or a list of them."""


@dataclass(frozen=True)
class PublicKey:
    algorithm: str
    public: bytes

    @property
    def id(self) -> str:
        return hashlib.sha256(self.algorithm.encode() + b"\n" + self.public).hexdigest()[:32]

    def has_signed(self, message: bytes, signature: bytes) -> bool:
        check = VERIFIERS.get(self.algorithm)
        return check is not None and check(self.public, message, signature)

    def as_json(self) -> dict[str, str]:
        return {"id": self.id, "algorithm": self.algorithm, "public": base64.b64encode(self.public).decode()}


def _ed25519(public: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


# Another algorithm (SM2) is another row here and in keys.py; each checkpoint names its own.
VERIFIERS: dict[str, Callable[[bytes, bytes, bytes], bool]] = {ED25519: _ed25519}


@dataclass(frozen=True)
class SignedCheckpoint:
    """`root` and `previous` (SHA-256 of the text before it; empty for the first) are hexadecimal, `at` is ISO in UTC,
    `signature` is base64."""

    origin: str
    size: int
    root: str
    at: str
    previous: str
    algorithm: str
    key_id: str
    signature: str = ""

    @property
    def text(self) -> bytes:
        told = (FORMAT, self.origin, self.size, self.root, self.at, self.previous or "-", self.algorithm, self.key_id)
        return ("\n".join(str(part) for part in told) + "\n").encode()

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.text).hexdigest()

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.at)

    def is_signed_by(self, key: PublicKey) -> bool:
        if (key.algorithm, key.id) != (self.algorithm, self.key_id):
            return False
        try:
            signature = base64.b64decode(self.signature, validate=True)
        except (binascii.Error, ValueError):
            return False
        return key.has_signed(self.text, signature)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


NAMES = frozenset(field.name for field in fields(SignedCheckpoint))


def read_checkpoint(told: Any) -> SignedCheckpoint:
    """Raises NotACheckpoint for anything that is not exactly one."""
    if not isinstance(told, dict) or set(told) != NAMES:
        raise NotACheckpoint("a checkpoint has exactly the fields " + ", ".join(sorted(NAMES)))
    words = {name: value for name, value in told.items() if name != "size"}
    if not all(isinstance(value, str) and len(value) < 200 and "\n" not in value for value in words.values()):
        raise NotACheckpoint("a field of the checkpoint is no single line of text")
    size = told["size"]
    if type(size) is not int or not 0 < size < LARGEST_TREE or not _is_digest(told["root"]):
        raise NotACheckpoint("size or root of the checkpoint cannot be")
    read = SignedCheckpoint(**told)
    try:
        if read.moment.tzinfo is None:
            raise ValueError
    except ValueError as fault:
        raise NotACheckpoint("the checkpoint names no moment") from fault
    return read


def _is_digest(told: str) -> bool:
    return len(told) == 64 and all(char in "0123456789abcdef" for char in told)


def read_key(told: Any) -> PublicKey:
    try:
        key = PublicKey(str(told["algorithm"]), base64.b64decode(told["public"], validate=True))
        claimed = told["id"]
    except (KeyError, TypeError, ValueError) as fault:
        raise NotACheckpoint("not a public key") from fault
    if claimed != key.id:
        raise NotACheckpoint("the key's id is not the one of the key")
    return key


def write_keys(keys: Iterable[PublicKey]) -> str:
    return json.dumps({"format": KEYS_FORMAT, "keys": [key.as_json() for key in keys]}, indent=1) + "\n"


@dataclass(frozen=True)
class Kept:
    """What an outsider keeps: keys, and the checkpoints that were seen."""

    keys: tuple[PublicKey, ...]
    checkpoints: tuple[SignedCheckpoint, ...] = ()

    def key(self, key_id: str) -> PublicKey | None:
        return next((key for key in self.keys if key.id == key_id), None)

    def as_json(self) -> str:
        told = {
            "format": KEPT_FORMAT,
            "keys": [key.as_json() for key in self.keys],
            "checkpoints": [checkpoint.as_json() for checkpoint in self.checkpoints],
        }
        return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def read_kept(text: str) -> Kept:
    """A file of keys, or of keys and checkpoints. Raises NotACheckpoint."""
    try:
        told = json.loads(text)
        known = told["format"] in (KEYS_FORMAT, KEPT_FORMAT)
        keys, checkpoints = told["keys"], told.get("checkpoints", [])
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise NotACheckpoint("not a file of keys or checkpoints") from fault
    if not known or not isinstance(keys, list) or not isinstance(checkpoints, list) or not keys:
        raise NotACheckpoint("not a file of keys or checkpoints")
    return Kept(tuple(read_key(key) for key in keys), tuple(read_checkpoint(one) for one in checkpoints))
