from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from santai.trust.crypto import SealedField
from santai.trust.models import User

MOST_ATTEMPTS = 5


class NoticeQuerySet(models.QuerySet["Notice"]):
    def due(self, at: datetime) -> Self:
        return self.filter(sent_at__isnull=True, send_after__lte=at, attempts__lt=MOST_ATTEMPTS)

    def unread_by(self, user: User) -> Self:
        return self.filter(user=user, way=Notice.Way.DESK, read_at__isnull=True)


class Notice(models.Model):
    """A message to a person: queued in the transaction of the step that caused it, sent once, visible in the history.

    `text` never holds a secret: a one-time code stands in `secret` (sealed, erased as soon as it is sent or given up)
    and fills the hole in the text only on its way out.
    """

    class Way(models.TextChoices):
        SMS = "sms", "短信"
        DESK = "desk", "工作台"

    party = models.ForeignKey("people.Party", null=True, blank=True, on_delete=models.PROTECT, related_name="notices")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="notices"
    )
    phone = SealedField("电话", blank=True, default="", help_text="for a phone that belongs to no party yet")
    case_code = models.CharField(max_length=24, blank=True, db_index=True)
    way = models.CharField(max_length=10, choices=Way.choices)
    text = models.CharField(max_length=500)
    secret = SealedField(blank=True, default="")
    once = models.CharField("去重键", max_length=120, unique=True)
    queued_at = models.DateTimeField(default=timezone.now)
    send_after = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField("过期不发", null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    fault = models.CharField(max_length=200, blank=True)

    objects: ClassVar[models.Manager[Self]] = NoticeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["send_after"], condition=Q(sent_at__isnull=True), name="notice_unsent"),
            models.Index(fields=["user", "queued_at"], name="notice_of_user"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(party__isnull=False) | Q(user__isnull=False) | ~Q(phone=""), name="notice_has_a_recipient"
            )
        ]

    def __str__(self) -> str:
        return self.text[:40]


class PeriodicRun(models.Model):
    """When a periodic job is due next; workers claim it by moving the date, so that only one of them runs it."""

    job = models.CharField(max_length=120, primary_key=True)
    due_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.job} {self.due_at:%F %T}"
