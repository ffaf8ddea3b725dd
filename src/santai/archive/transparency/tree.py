"""The Merkle tree of the library over our tables: leaves one by one, full blocks with their roots kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pymerkle import BaseMerkleTree

from santai.archive.models import TreeLeaf, TreeNode
from santai.archive.transparency.leaves import TREE_HASH, Entry

# Blocks of 2^8 leaves and more have their root kept: one row more for every 128 leaves.
KEPT_LEVEL = 8
BLOCK = 1 << KEPT_LEVEL
AT_ONCE = 1000


class Tree(BaseMerkleTree):  # type: ignore[misc]
    """Append only. RFC 6962: SHA-256, 0x00 before a leaf, 0x01 before a node."""

    def __init__(self) -> None:
        super().__init__(TREE_HASH)

    def grow(self, found: Sequence[tuple[int, Entry]]) -> int:
        """Append (record, entry) pairs in this order, inside the caller's transaction. Returns the new size."""
        before = self._get_size()
        rows = [
            TreeLeaf(
                index=before + place,
                kind=entry.kind,
                record=record,
                name=entry.name,
                digest=entry.digest,
                hash=entry.hash,
            )
            for place, (record, entry) in enumerate(found, start=1)
        ]
        TreeLeaf.objects.bulk_create(rows, batch_size=AT_ONCE)
        self._keep_blocks(before, before + len(rows))
        return before + len(rows)

    def _keep_blocks(self, before: int, after: int) -> None:
        level = KEPT_LEVEL
        while after >> level:
            fresh = range(before >> level, after >> level)
            TreeNode.objects.bulk_create(
                [TreeNode(level=level, position=at, hash=self._full_block(at << level, level)) for at in fresh],
                batch_size=AT_ONCE,
            )
            level += 1

    def _full_block(self, offset: int, level: int) -> bytes:
        if level <= KEPT_LEVEL:
            root: bytes = self._get_subroot_uncached(offset, 1 << level)
            return root
        half = 1 << (level - 1)
        return self.hash_pair(self._get_subroot(offset, half), self._get_subroot(offset + half, half))  # type: ignore[no-any-return]

    def _get_subroot(self, offset: int, width: int) -> bytes:
        level = width.bit_length() - 1
        if level < KEPT_LEVEL:
            return self._full_block(offset, level)
        kept = TreeNode.objects.filter(level=level, position=offset >> level).values_list("hash", flat=True).first()
        return self._full_block(offset, level) if kept is None else bytes(kept)

    def _encode_entry(self, data: Entry) -> bytes:
        return data.data

    def _store_leaf(self, data: Entry, digest: bytes) -> int:
        raise NotImplementedError("leaves are appended by grow(), with the record they speak of")

    def _get_leaf(self, index: int) -> bytes:
        return bytes(TreeLeaf.objects.values_list("hash", flat=True).get(index=index))

    def _get_leaves(self, offset: int, width: int) -> Iterable[bytes]:
        found = TreeLeaf.objects.filter(index__gt=offset, index__lte=offset + width).order_by("index")
        return [bytes(leaf) for leaf in found.values_list("hash", flat=True)]

    def _get_size(self) -> int:
        # Places are given out without gaps and never taken back: the last one is the number of leaves.
        last = TreeLeaf.objects.order_by("-index").values_list("index", flat=True).first()
        return last or 0
