"""What evaluation must remember: which cases of a quarter were drawn to be looked at again, from which pool."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from santai.trust.immutable import KeptForever


class Sample(KeptForever):
    """One draw of one office for one quarter (2026Q1). `pool` and `drawn` are keys of cases; drawn again from `seed`
    and `pool`, the same come out."""

    class Purpose(models.TextChoices):
        PEER_REVIEW = "peer_review", "案件质量同行评估"
        COMMITMENT = "commitment", "诚信承诺抽查"

    purpose = models.CharField("用途", max_length=20, choices=Purpose.choices)
    organisation = models.ForeignKey(
        "registry.Organisation", on_delete=models.PROTECT, related_name="samples", verbose_name="法律援助机构"
    )
    quarter = models.CharField("季度", max_length=6)
    seed = models.CharField("种子", max_length=80)
    share = models.PositiveSmallIntegerField("抽取比例(%)")
    pool = models.JSONField("可抽案件", default=list)
    drawn = models.JSONField("抽中案件", default=list)
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField("抽取时间")

    class Meta:
        ordering = ["-quarter", "purpose", "pk"]
        constraints = [
            models.UniqueConstraint("purpose", "organisation", "quarter", name="sample_once_per_quarter"),
            models.CheckConstraint(condition=Q(share__range=(1, 100)), name="sample_share_is_a_percentage"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.quarter} {self.get_purpose_display()}"
