"""`santai audit verify-pdf`: needs no settings, no database and no home, so that anybody can run it anywhere."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from santai.archive.transparency.checkpoints import NotACheckpoint, PublicKey, read_kept
from santai.archive.transparency.offline import Outcome, Verdict, verify

EXIT = {Outcome.VALID: 0, Outcome.INVALID: 1, Outcome.NO_PROOF: 1, Outcome.KEY_NOT_CHECKED: 3}
CANNOT_READ = 2


def add_arguments(parser: Any) -> None:
    parser.add_argument("pdf", type=Path, help="the PDF as it was downloaded")
    parser.add_argument(
        "--key", type=Path, help="file of published keys (or kept checkpoints); only these are believed"
    )
    parser.add_argument("--file", type=Path, help="the deposited file that this certificate is said to be about")


def run(pdf: Path, key: Path | None, file: Path | None) -> int:
    """Say what was found; the exit code: 0 valid, 1 not valid, 2 cannot be read, 3 valid if the key is believed."""
    try:
        keys = _keys(key)
        verdict = verify(pdf.read_bytes(), keys=keys, file=file.read_bytes() if file else None)
    except (OSError, UnicodeDecodeError, NotACheckpoint) as fault:
        print(f"读不了：{fault}", file=sys.stderr)
        return CANNOT_READ
    print("\n".join(told(verdict, is_checked=keys is not None)))
    return EXIT[verdict.outcome]


def _keys(path: Path | None) -> tuple[PublicKey, ...] | None:
    return read_kept(path.read_text(encoding="utf-8")).keys if path else None


def told(verdict: Verdict, *, is_checked: bool) -> list[str]:
    proof, moment = verdict.proof, verdict.proven_at
    if proof is None or moment is None:
        return [f"不能证明：{verdict.why}。"]
    lines = [
        "有效。" if is_checked else "内容和签名对得上，但还没有核对是不是平台的密钥。",
        f"文书：{verdict.name}",
        f"文件摘要（SHA-256）：{verdict.sha256}",
        f"最晚在 {moment:%Y-%m-%d %H:%M:%S} UTC 已经是这个样子，之后没有改动过。",
        f"签名密钥：{proof.key.algorithm} {proof.key.id}",
    ]
    if verdict.file:
        lines.append(f"存证文件：{verdict.file}，同一时间已经存在，内容没有改动过。")
    if not is_checked:
        lines.append(
            "请用 --key 指定平台公布的密钥文件再核对一次；地址是平台网址后面加 /.well-known/santai-checkpoint-key。"
        )
    return lines


def main(argv: list[str]) -> int:
    parser = ArgumentParser(prog="santai audit verify-pdf", description="Check a PDF offline.")
    add_arguments(parser)
    given: Namespace = parser.parse_args(argv)
    return run(given.pdf, given.key, given.file)
