"""How a need arrived: the receipt of every arrival, the calls to the hotline, and the codes that prove a phone."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

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


class CallRecord(models.Model):
    """One call to a hotline: when it rang, who answered it when, and what it was about. The number is not kept.

    `rang_at` is empty when nothing told when it rang: how fast such a call was answered nobody knows. A call nobody
    answered has no agent and no end.
    """

    organisation = models.ForeignKey("registry.Organisation", on_delete=models.PROTECT, related_name="calls")
    number_index = models.CharField(max_length=64, blank=True)
    line = models.CharField("线路", max_length=60, blank=True)
    reference = models.CharField("话务系统的编号", max_length=80, blank=True)
    rang_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="calls"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    case_code = models.CharField(max_length=24, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, agent__isnull=True, ended_at__isnull=True)
                | Q(answered_at__isnull=False, agent__isnull=False),
                name="call_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(rang_at__isnull=False) | Q(answered_at__isnull=False), name="call_rang_or_was_answered"
            ),
            models.CheckConstraint(
                condition=Q(rang_at__isnull=True) | Q(answered_at__isnull=True) | Q(answered_at__gte=F("rang_at")),
                name="call_answered_after_it_rang",
            ),
            models.UniqueConstraint(
                "organisation", "reference", condition=~Q(reference=""), name="call_reference_once_per_hotline"
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "rang_at"], name="call_by_hotline"),
            models.Index(fields=["agent", "ended_at"], name="call_of_agent"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.rang_at or self.answered_at:%F %T}"
