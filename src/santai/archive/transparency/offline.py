"""Is this PDF as it was issued? Needs the file and a key, and neither the platform nor a network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from santai.archive.transparency.checkpoints import PublicKey
from santai.archive.transparency.leaves import case_in, sha256_of
from santai.archive.transparency.proofs import BrokenProof, NoProof, Proof, split


class Outcome(StrEnum):
    VALID = "valid"
    INVALID = "invalid"
    NO_PROOF = "no_proof"
    # Everything fits together, but nobody said whether the key is to be believed.
    KEY_NOT_CHECKED = "key_not_checked"


@dataclass(frozen=True)
class Verdict:
    """`why` says in words what is wrong, `proven_at` since when the document is proven to exist as it is;
    `file` is the certified file that was handed in along with the PDF, where there was one."""

    outcome: Outcome
    why: str = ""
    name: str = ""
    sha256: str = ""
    proof: Proof | None = None
    file: str = ""

    @property
    def is_valid(self) -> bool:
        return self.outcome is Outcome.VALID

    @property
    def proven_at(self) -> datetime | None:
        return self.proof.checkpoint.moment if self.proof else None


def verify(content: bytes, *, keys: Sequence[PublicKey] | None, file: bytes | None = None) -> Verdict:
    """With `keys` None nobody says whom to believe; with keys only their signatures count. `file` is a deposited file
    that the PDF is said to certify."""
    sha256 = ""
    try:
        document, proof = split(content)
        sha256 = sha256_of(document)
        _check(proof, sha256)
        name = _certified(proof, file) if file is not None else ""
        _check_key(proof, keys)
    except NoProof:
        return Verdict(Outcome.NO_PROOF, "文件里没有平台的校验信息")
    except BrokenProof as fault:
        return Verdict(Outcome.INVALID, str(fault), sha256=sha256)
    outcome = Outcome.KEY_NOT_CHECKED if keys is None else Outcome.VALID
    return Verdict(outcome, "", proof.document.name, sha256, proof, name)


def _check(proof: Proof, sha256: str) -> None:
    if proof.document.digest != sha256:
        raise BrokenProof("文件内容和出具时的不一样，被改动过")
    for included in (proof.document, *proof.files):
        included.check_under(proof.checkpoint)
        # Each is genuine by itself; put together from two cases they would say what no certificate says.
        if case_in(included.name) != case_in(proof.document.name):
            raise BrokenProof("证书和存证文件不是同一件事的")
    if not proof.checkpoint.is_signed_by(proof.key):
        raise BrokenProof("签名对不上，校验信息是伪造的或者被改动过")


def _check_key(proof: Proof, keys: Sequence[PublicKey] | None) -> None:
    if keys is not None and proof.key not in keys:
        raise BrokenProof(f"签名用的不是平台公布的密钥（文件里的密钥编号是 {proof.key.id}）")


def _certified(proof: Proof, file: bytes) -> str:
    found = next((one for one in proof.files if one.digest == sha256_of(file)), None)
    if found is None:
        raise BrokenProof("这份证书证明的不是您选的那个存证文件，或者存证文件被改动过")
    return found.name
