"""What identifies a person is stored encrypted (SM4-GCM) and found through a keyed blind index (HMAC-SM3)."""

import base64
import os
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.conf import settings
from django.db import models
from django.db.models.lookups import Exact

VERSION = b"\x01"
NONCE_SIZE = 12
TAG_SIZE = 16
DOES_NOT_OPEN = "stored personal data does not open with this installation's key"
CANNOT_BE_SEARCHED = "a sealed field cannot be searched; use its blind index"


class CannotDecrypt(Exception):
    """The data was changed, or another key wrote it."""


@cache
def _cipher_key() -> bytes:
    key = bytes.fromhex(settings.DATA_KEY)
    if len(key) != 16:
        raise ValueError("SANTAI_DATA_KEY must be 32 hex digits (SM4 takes 128 bits)")
    return key


def encrypt(plain: str) -> str:
    return base64.b64encode(encrypt_bytes(plain.encode())).decode()


def decrypt(sealed: str) -> str:
    try:
        return decrypt_bytes(base64.b64decode(sealed, validate=True)).decode()
    except ValueError as fault:
        raise CannotDecrypt(DOES_NOT_OPEN) from fault


def encrypt_bytes(plain: bytes) -> bytes:
    nonce = os.urandom(NONCE_SIZE)
    encryptor = Cipher(algorithms.SM4(_cipher_key()), modes.GCM(nonce)).encryptor()
    body = encryptor.update(plain) + encryptor.finalize()
    return VERSION + nonce + encryptor.tag + body


def decrypt_bytes(sealed: bytes) -> bytes:
    raw = bytes(sealed)
    try:
        if raw[:1] != VERSION:
            raise ValueError("not sealed by this version")
        body_at = 1 + NONCE_SIZE + TAG_SIZE
        nonce, tag, body = raw[1 : 1 + NONCE_SIZE], raw[1 + NONCE_SIZE : body_at], raw[body_at:]
        decryptor = Cipher(algorithms.SM4(_cipher_key()), modes.GCM(nonce, tag)).decryptor()
        return decryptor.update(body) + decryptor.finalize()
    except (ValueError, InvalidTag) as fault:
        raise CannotDecrypt(DOES_NOT_OPEN) from fault


def blind_index(plain: str, purpose: str) -> str:
    """A keyed hash that finds an exact value without storing it; "" for an empty value. `purpose` separates fields."""
    folded = unicodedata.normalize("NFKC", plain).strip().upper()
    return keyed_hash(folded, purpose) if folded else ""


def keyed_hash(plain: str, purpose: str) -> str:
    """HMAC-SM3 of exactly these characters: for secrets, where letter case counts."""
    mac = hmac.HMAC(bytes.fromhex(settings.INDEX_KEY), hashes.SM3())
    mac.update(f"{purpose}:{plain}".encode())
    return mac.finalize().hex()


def sm3(data: bytes) -> str:
    digest = hashes.Hash(hashes.SM3())
    digest.update(data)
    return digest.finalize().hex()


if TYPE_CHECKING:
    TextColumn = models.TextField[str, str]
else:
    TextColumn = models.TextField


class SealedField(TextColumn):
    """A text column that holds ciphertext; Python sees the plain text. To find a value, pair it with a blind index."""

    def get_prep_value(self, value: Any) -> Any:
        return encrypt(value) if value else value

    def from_db_value(self, value: Any, *_: Any) -> Any:
        return decrypt(value) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "exact":
            return OnlyEmpty
        if lookup_name != "isnull":
            raise TypeError(CANNOT_BE_SEARCHED)
        return super().get_lookup(lookup_name)


class OnlyEmpty(Exact):
    """`name=""` has an answer. Any other value never equals its ciphertext: better a fault than an empty result."""

    def get_prep_lookup(self) -> Any:
        if self.rhs != "":
            raise TypeError(CANNOT_BE_SEARCHED)
        return self.rhs
