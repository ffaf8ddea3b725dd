"""`santai audit`: is everything as it was written? And what an outsider needs to ask that without believing us."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from santai.archive.models import Checkpoint, TreeLeaf
from santai.archive.transparency import keys, shell
from santai.archive.transparency.checkpoints import Kept, NotACheckpoint, read_kept
from santai.archive.transparency.growing import grow, sign_checkpoint
from santai.archive.transparency.verifying import Report, verify
from santai.casework.audit import broken_chains
from santai.casework.models import Case

MOST_SHOWN = 100


class Command(BaseCommand):
    help = (
        "Verify that no step, letter or deposited file was changed, removed or reordered; sign and export checkpoints."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        check = actions.add_parser("verify", help="recompute every chain, every leaf and every checkpoint")
        check.add_argument("--case", default="", help="only the chain of this case code")
        check.add_argument("--trust", type=Path, help="checkpoints that were exported earlier and kept elsewhere")
        grown = actions.add_parser("checkpoint", help="take new records into the tree and sign it")
        grown.add_argument("--everything", action="store_true", help="look for records without a leaf from the first")
        export = actions.add_parser("export-checkpoints", help="write keys and checkpoints for an outsider to keep")
        export.add_argument("file", type=Path, help="a file that does not exist yet")
        export.add_argument("--trust", type=Path, help="an earlier export, whose keys are believed too")
        shell.add_arguments(actions.add_parser("verify-pdf", help="check a PDF by itself"))

    def handle(self, *args: Any, **options: Any) -> None:
        act = {
            "verify": self.verify,
            "checkpoint": self.checkpoint,
            "export-checkpoints": self.export,
            "verify-pdf": self.verify_pdf,
        }
        act[options["action"]](options)

    def verify(self, options: dict[str, Any]) -> None:
        kept = self._kept(options["trust"])
        faults = self._chain_faults(options["case"])
        if options["case"]:
            self._conclude(faults, "这件事的记录链对得上。")
            return
        with tqdm(total=TreeLeaf.objects.count(), unit="leaf", desc="记录树") as bar:
            report = verify(kept, advance=bar.update)
        self._conclude(faults + report.faults, "\n".join(in_words(report)))

    def _chain_faults(self, code: str) -> list[str]:
        cases = Case.objects.order_by("pk")
        if code:
            cases = cases.filter(code=code)
            if not cases.exists():
                raise CommandError(f"没有案码 {code}")
        with tqdm(total=cases.count(), unit="case", desc="记录链") as bar:
            return [f"{code}: {fault}" for code, fault in broken_chains(cases, advance=bar.update)]

    def _conclude(self, faults: list[str], told: str) -> None:
        for fault in faults[:MOST_SHOWN]:
            self.stderr.write(fault)
        if len(faults) > MOST_SHOWN:
            self.stderr.write(f"……还有 {len(faults) - MOST_SHOWN} 处没有列出")
        if faults:
            raise CommandError(f"核对不通过：{len(faults)} 处对不上")
        self.stdout.write(self.style.SUCCESS(told))

    def checkpoint(self, options: dict[str, Any]) -> None:
        added = grow(everything=options["everything"])
        signed = sign_checkpoint(at=timezone.now())
        if signed is None:
            self.stdout.write("还没有任何记录，没有可以签名的。")
            return
        self.stdout.write(f"新加 {added} 片叶子，共 {signed.size} 片；{signed.at} 的检查点，树根 {signed.root}")

    def export(self, options: dict[str, Any]) -> None:
        own = keys.published_keys()
        earlier = self._kept(options["trust"])
        trusted = {key.id: key for key in (*(earlier.keys if earlier else ()), *own)}
        kept = Kept(tuple(trusted.values()), tuple(row.signed for row in Checkpoint.objects.order_by("pk")))
        for one in kept.checkpoints:
            key = kept.key(one.key_id)
            if key is None or not one.is_signed_by(key):
                raise CommandError(f"{one.at} 的检查点签名对不上，没有导出；请先运行 santai audit verify")
        try:
            with options["file"].open("x", encoding="utf-8") as file:
                file.write(kept.as_json())
        except FileExistsError as fault:
            raise CommandError(f"{options['file']} 已经存在；旧的导出是证据，请换一个文件名") from fault
        self.stdout.write(
            f"已导出 {len(kept.checkpoints)} 个检查点，密钥 {own[0].id}。请保存在平台管理员够不着的地方。"
        )

    def verify_pdf(self, options: dict[str, Any]) -> None:
        sys.exit(shell.run(options["pdf"], options["key"], options["file"]))

    def _kept(self, path: Path | None) -> Kept | None:
        if path is None:
            return None
        try:
            return read_kept(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, NotACheckpoint) as fault:
            raise CommandError(f"读不了 {path}：{fault}") from fault


def in_words(report: Report) -> list[str]:
    lines = [
        f"全部对得上：{report.leaves} 片叶子，每一片都和原始记录一致。",
        f"{report.checkpoints} 个检查点，签名有效，前后相接。",
    ]
    if report.kept:
        lines.append(f"和您保存的 {report.kept} 个检查点一致。")
    else:
        lines.append("没有用 --trust：这次只用了本机的密钥。能改数据库又拿到密钥的人可以全部重做一遍，")
        lines.append("只有事先导出、另处保存的检查点（--trust 文件）能发现。")
    if report.not_yet:
        lines.append(f"{report.not_yet} 条新记录还没有进记录树，将在一小时内加入。")
    return lines
