"""How a need arrived: the receipt of every arrival, and the one-time codes that prove a phone."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from santai.trust.actors import Channel


class Arrival(models.Model):
    """One arrival of a need. Two with one key, or of one person with one text within ten minutes, are one case."""

    case = models.OneToOneField("casework.Case", on_delete=models.PROTECT, related_name="arrival")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    sender = models.CharField("提交方", max_length=64, help_text="who may repeat the key: a user or a phone index")
    idempotency_key = models.CharField(max_length=80, blank=True)
    party = models.ForeignKey("people.Party", on_delete=models.PROTECT, related_name="arrivals")
    text_digest = models.CharField(max_length=64)
    body_digest = models.CharField(max_length=64)
    phone_verified = models.BooleanField(default=False)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "sender", "idempotency_key", condition=~Q(idempotency_key=""), name="arrival_key_once_per_sender"
            )
        ]
        indexes = [models.Index(fields=["party", "text_digest", "received_at"], name="arrival_duplicate")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.channel}"


class OneTimeCode(models.Model):
    """A code sent to a phone; only its keyed hash is stored, it lives ten minutes and five wrong tries."""

    phone_index = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    wrong_tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["phone_index", "-sent_at"], name="one_time_code_latest")]

    def __str__(self) -> str:
        return f"{self.phone_index[:8]} {self.sent_at:%F %T}"
