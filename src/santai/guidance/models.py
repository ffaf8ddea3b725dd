"""An interview that was begun: its answers, sealed, until the day it is forgotten."""

from __future__ import annotations

from django.db import models

from santai.trust.crypto import SealedField


class SavedInterview(models.Model):
    """`key_index` finds it by the key in its link; `phone_index` by a phone that was proven, when the person wished
    it."""

    slug = models.CharField("问答", max_length=40)
    key_index = models.CharField(max_length=64)
    key = SealedField("接续码")
    phone_index = models.CharField(max_length=64, blank=True, default="")
    answers = SealedField("回答(JSON)", default="{}")
    started_at = models.DateTimeField("开始")
    changed_at = models.DateTimeField("最后修改")
    expires_on = models.DateField("到期删除")

    class Meta:
        ordering = ["-changed_at", "-pk"]
        constraints = [models.UniqueConstraint("key_index", name="savedinterview_once_per_key")]
        indexes = [
            models.Index(fields=["expires_on"], name="savedinterview_expiring"),
            models.Index(fields=["phone_index"], condition=~models.Q(phone_index=""), name="savedinterview_of_phone"),
        ]

    def __str__(self) -> str:
        return f"{self.slug} {self.pk}"
