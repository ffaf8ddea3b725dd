"""The audit: everything is computed anew from the records, and nothing the database says of itself is believed.

One pass over the leaves gives the root at every checkpoint, so that each checkpoint is shown to be the beginning of the
next one. Against somebody who owns the database and the key, only what an outsider kept helps: `kept`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import QuerySet

from santai.archive.models import Checkpoint, TreeLeaf, TreeNode
from santai.archive.transparency import keys
from santai.archive.transparency.checkpoints import Kept, PublicKey, SignedCheckpoint
from santai.archive.transparency.leaves import HASHER
from santai.archive.transparency.sources import SOURCES, Source
from santai.archive.transparency.tree import KEPT_LEVEL
from santai.trust.crypto import CannotDecrypt

AT_ONCE = 500
EMPTY_ROOT = HASHER.hash_empty().hex()
Advance = Callable[[int], object]


@dataclass
class Report:
    leaves: int = 0
    checkpoints: int = 0
    kept: int = 0
    not_yet: int = 0
    faults: list[str] = field(default_factory=list)


class Roots:
    """The root after every leaf, from nothing but the leaves: one hash for each full block on the way."""

    def __init__(self) -> None:
        self.size = 0
        self.nodes: dict[tuple[int, int], bytes] = {}
        self._blocks: list[tuple[int, bytes]] = []

    def add(self, leaf: bytes) -> None:
        level, node = 0, leaf
        while self._blocks and self._blocks[-1][0] == level:
            node = HASHER.hash_pair(self._blocks.pop()[1], node)
            level += 1
            if level >= KEPT_LEVEL:
                self.nodes[level, self.size >> level] = node
        self._blocks.append((level, node))
        self.size += 1

    @property
    def root(self) -> str:
        folded: bytes = HASHER.hash_fold([node for _, node in reversed(self._blocks)])
        return folded.hex()


def verify(kept: Kept | None = None, *, advance: Advance = lambda _: None) -> Report:
    report = Report()
    signed = [row.signed for row in Checkpoint.objects.order_by("pk")]
    seen = kept.checkpoints if kept else ()
    roots = _leaves(report, {one.size for one in (*signed, *seen)}, advance)
    report.checkpoints, report.kept = len(signed), len(seen)
    trusted = kept.keys if kept else keys.published_keys()
    report.faults += _checkpoint_faults(signed, roots, trusted, named="kept" if kept else "own")
    report.faults += _kept_faults(seen, signed, roots, trusted, report.leaves)
    return report


def _leaves(report: Report, sizes: set[int], advance: Advance) -> dict[int, str]:
    """The roots at the wanted sizes. Faults of leaves and of the records they speak of go into the report."""
    tree = Roots()
    wanted: dict[int, str] = {}
    for batch in _batches():
        for leaf in batch:
            if leaf.index != tree.size + 1:
                report.faults.append(f"记录树第 {tree.size + 1} 片叶子不见了，后面的无法核对")
                report.leaves = tree.size
                return wanted
            entry_hash = leaf.entry.hash
            if bytes(leaf.hash) != entry_hash:
                report.faults.append(f"记录树第 {leaf.index} 片叶子被改动过（{leaf.name}）")
            tree.add(entry_hash)
            if tree.size in sizes:
                wanted[tree.size] = tree.root
        report.faults += _record_faults(batch)
        advance(len(batch))
    report.leaves = tree.size
    report.faults += _node_faults(tree)
    report.not_yet = sum(_without_leaf(source) for source in SOURCES)
    return wanted


def _batches() -> Iterator[list[TreeLeaf]]:
    last = None
    while batch := list(_after(last)[:AT_ONCE]):
        yield batch
        last = batch[-1].index


def _after(index: int | None) -> QuerySet[TreeLeaf]:
    rows = TreeLeaf.objects.order_by("index")
    return rows if index is None else rows.filter(index__gt=index)


def _record_faults(leaves: list[TreeLeaf]) -> Iterator[str]:
    by_kind = defaultdict(list)
    for leaf in leaves:
        by_kind[leaf.kind].append(leaf)
    sources = {source.kind.value: source for source in SOURCES}
    for kind, found in by_kind.items():
        if kind in sources:
            yield from _faults_against(sources[kind], found)
        else:
            yield from (f"记录树第 {leaf.index} 片叶子的种类“{kind}”不认识" for leaf in found)


def _faults_against(source: Source, leaves: list[TreeLeaf]) -> Iterator[str]:
    rows = _rows(source, [leaf.record for leaf in leaves])
    for leaf in leaves:
        told = f"{source.kind.label} {leaf.name}"
        row = rows.get(leaf.record)
        if row is None:
            yield f"{told}：这条记录被删除了，或者加密的内容被改动过"
        elif source.recomputed(row) != leaf.entry:
            yield f"{told}：内容和进记录树时的不一样，被改动过"


def _rows(source: Source, records: list[int]) -> dict[int, object]:
    everything = source.rows().defer(None).filter(pk__in=records).order_by()
    try:
        return {row.pk: row for row in everything}
    except CannotDecrypt:
        # One that does not open must not hide the others.
        return {pk: row for pk in records if (row := _one(source, pk)) is not None}


def _one(source: Source, pk: int) -> object | None:
    try:
        found: object | None = source.rows().defer(None).filter(pk=pk).first()
    except CannotDecrypt:
        return None
    return found


def _node_faults(tree: Roots) -> Iterator[str]:
    """Kept blocks only save time; one that is wrong would spoil the proofs that are given out."""
    stored = {(node.level, node.position): bytes(node.hash) for node in TreeNode.objects.iterator()}
    for level in sorted({level for level, _ in stored.keys() ^ tree.nodes.keys()}):
        yield f"记录树第 {level} 层的中间结果少了或者多了，请重建"
    for place, node in tree.nodes.items():
        if place in stored and stored[place] != node:
            yield f"记录树第 {place[0]} 层第 {place[1]} 个中间结果被改动过"


def _without_leaf(source: Source) -> int:
    leaves = TreeLeaf.objects.filter(kind=source.kind).count()
    return max(0, source.rows().count() - leaves)


def _checkpoint_faults(
    signed: list[SignedCheckpoint], roots: dict[int, str], trusted: Iterable[PublicKey], *, named: str
) -> Iterator[str]:
    by_id = {key.id: key for key in trusted}
    whose = "您保存的文件里" if named == "kept" else "本机"
    for place, one in enumerate(signed, start=1):
        told = f"第 {place} 个检查点（{one.at}，{one.size} 片叶子）"
        if one.key_id not in by_id:
            yield f"{told}：签名的密钥 {one.key_id} 不是{whose}的密钥"
        elif not one.is_signed_by(by_id[one.key_id]):
            yield f"{told}：签名对不上，被改动过"
    yield from _order_faults(signed)
    yield from _first_wrong_root(signed, roots)


def _order_faults(signed: list[SignedCheckpoint]) -> Iterator[str]:
    previous = ""
    size, moment = 0, None
    for place, one in enumerate(signed, start=1):
        if one.previous != previous:
            yield f"第 {place} 个检查点接不上前一个：中间的被删除或者改写了"
        if one.size < size or (moment is not None and one.moment < moment):
            yield f"第 {place} 个检查点的时间或者大小往回走了"
        previous, size, moment = one.digest, one.size, one.moment


def _first_wrong_root(signed: list[SignedCheckpoint], roots: dict[int, str]) -> Iterator[str]:
    """One changed leaf makes every later root wrong: the first one says where to look."""
    for place, one in enumerate(signed, start=1):
        if roots.get(one.size) != one.root:
            lacks = one.size not in roots
            why = "记录树已经没有这么多叶子，末尾被删除了" if lacks else "记录树和签名时的不一样，叶子被改动或者调换了"
            yield f"从第 {place} 个检查点（{one.at}）起：{why}"
            return


def _kept_faults(
    seen: Iterable[SignedCheckpoint],
    signed: list[SignedCheckpoint],
    roots: dict[int, str],
    trusted: Iterable[PublicKey],
    leaves: int,
) -> Iterator[str]:
    here = {one.digest for one in signed}
    by_id = {key.id: key for key in trusted}
    for one in seen:
        told = f"您保存的检查点（{one.at}，{one.size} 片叶子）"
        key = by_id.get(one.key_id)
        if key is None or not one.is_signed_by(key):
            yield f"{told}：签名和您保存的密钥对不上，请先核对您的文件"
        elif one.size > leaves:
            yield f"{told}：现在只剩 {leaves} 片叶子，当时的记录被删除了"
        elif roots.get(one.size) != one.root:
            yield f"{told}：树根对不上，当时的记录被改动过，或者整个数据库被重建过"
        elif one.digest not in here:
            yield f"{told}：数据库里没有它，检查点被删除或者改写了"
