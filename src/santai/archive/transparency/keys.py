"""The platform's signing key: from the environment, or made once and kept in home, readable by its owner only.

A key that is given up goes on being published: its public half is put into `home/keys/checkpoint-former-keys.json`, in
the form of the published keys.
"""

from __future__ import annotations

import base64

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from santai.archive.transparency.checkpoints import ED25519, PublicKey, read_kept

KEY_NAME = "checkpoint-ed25519"
FORMER_NAME = "checkpoint-former-keys.json"
SEED_SIZE = 32


def _private() -> Ed25519PrivateKey:
    seed = bytes.fromhex(settings.ENV.kept_secret(KEY_NAME, settings.ENV.checkpoint_key, SEED_SIZE))
    if len(seed) != SEED_SIZE:
        raise ValueError("SANTAI_CHECKPOINT_KEY must be 64 hex digits (an Ed25519 seed has 256 bits)")
    return Ed25519PrivateKey.from_private_bytes(seed)


def public_key() -> PublicKey:
    return PublicKey(ED25519, _private().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))


def published_keys() -> tuple[PublicKey, ...]:
    """The key in use, then those that were used before it."""
    own = public_key()
    former = settings.ENV.home / "keys" / FORMER_NAME
    earlier = read_kept(former.read_text(encoding="utf-8")).keys if former.exists() else ()
    return (own, *(key for key in earlier if key != own))


def sign(message: bytes) -> str:
    return base64.b64encode(_private().sign(message)).decode()
