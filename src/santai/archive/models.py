"""The tree over everything that must not change, and what was signed about it. Rows are added and never changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from santai.archive.transparency.checkpoints import PublicKey, SignedCheckpoint
from santai.archive.transparency.leaves import Entry
from santai.trust.immutable import KeptForever


class TreeLeaf(KeptForever):
    """One leaf, at its place for ever. `record` is the row it speaks of, by the table its kind names."""

    index = models.BigIntegerField("位置", primary_key=True)
    kind = models.CharField(max_length=12)
    record = models.BigIntegerField()
    name = models.CharField(max_length=120)
    digest = models.CharField("摘要", max_length=64)
    hash = models.BinaryField()

    class Meta:
        ordering = ["index"]
        constraints = [
            models.UniqueConstraint("kind", "record", name="leaf_once_per_record"),
            models.CheckConstraint(condition=Q(index__gt=0), name="leaf_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.index} {self.kind} {self.name}"

    @property
    def entry(self) -> Entry:
        return Entry(self.kind, self.name, self.digest)


class TreeNode(KeptForever):
    """The root over a full block of 2^level leaves, kept so that a root of millions is a handful of reads. Never
    believed by the audit, which computes from the leaves."""

    level = models.PositiveSmallIntegerField()
    position = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint("level", "position", name="node_once")]

    def __str__(self) -> str:
        return f"{self.level}/{self.position}"


class Checkpoint(KeptForever):
    """A signed checkpoint, field by field as in `SignedCheckpoint`."""

    origin = models.CharField(max_length=60)
    size = models.BigIntegerField("叶子数")
    root = models.CharField("树根", max_length=64)
    at = models.CharField("时间", max_length=40)
    previous = models.CharField("上一个检查点", max_length=64, blank=True)
    algorithm = models.CharField("签名算法", max_length=20)
    key_id = models.CharField("密钥编号", max_length=64)
    public_key = models.CharField("公钥", max_length=200)
    signature = models.CharField("签名", max_length=200)

    class Meta:
        ordering = ["pk"]
        constraints = [
            # Two that follow the same one would be two histories.
            models.UniqueConstraint("previous", name="checkpoint_follows_once"),
            models.CheckConstraint(condition=Q(size__gt=0), name="checkpoint_has_leaves"),
        ]

    def __str__(self) -> str:
        return f"{self.size} {self.at}"

    @property
    def signed(self) -> SignedCheckpoint:
        fields = SignedCheckpoint.__dataclass_fields__
        return SignedCheckpoint(**{name: getattr(self, name) for name in fields})

    @property
    def key(self) -> PublicKey:
        return PublicKey(self.algorithm, bytes.fromhex(self.public_key))


class DossierExport(KeptForever):
    """A dossier that left the house as a file: by whom (nobody: the person), why, and the digest of what was taken."""

    number = models.CharField("编号", max_length=20, unique=True)
    party = models.ForeignKey("people.Party", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    form = models.CharField(max_length=4)
    reason = models.CharField("理由", max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.number


class BoundFile(models.Model):
    """The case file (卷宗) of a closed case as one PDF, sealed, so that opening it takes no time. Made anew when
    something was added to the case since (`standing`); `sealed` is empty when it cannot be bound or is too large."""

    case = models.OneToOneField("casework.Case", on_delete=models.CASCADE, related_name="bound_file")
    standing = models.CharField(max_length=80)
    sealed = models.BinaryField(null=True, blank=True)
    bound_at = models.DateTimeField("装订时间")

    def __str__(self) -> str:
        return f"{self.case_id} {self.standing}"
