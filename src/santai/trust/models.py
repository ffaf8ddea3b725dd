"""Accounts, what they may do and where, and the record of who looked at what."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from santai.trust.crypto import keyed_hash
from santai.trust.immutable import KeptForever
from santai.trust.roles import SEPARATE_DUTIES, Role

# Tokens of the demo logins are printed on the login page: they open nothing outside demo mode.
DEMO_TOKEN_PREFIX = "demo-"  # noqa: S105


class User(AbstractUser):
    """A member of staff. Citizens need no account."""

    display_name = models.CharField("姓名", max_length=60)
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    class Meta:
        verbose_name = verbose_name_plural = "工作人员"

    def __str__(self) -> str:
        return self.display_name

    def get_full_name(self) -> str:
        return self.display_name


class Membership(models.Model):
    """A role held in an organisation, and so in that organisation's region."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField("角色", max_length=30, choices=Role.choices)
    organisation = models.ForeignKey("registry.Organisation", on_delete=models.PROTECT, related_name="memberships")
    since = models.DateField("任职起")
    until = models.DateField("任职止", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "user",
                "role",
                "organisation",
                name="membership_once",
                violation_error_message="这个人在这个单位已经有这个角色",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="membership_ends_after_it_begins",
                violation_error_message="任职止日不能早于任职起日",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()} @ {self.organisation_id}"

    def clean(self) -> None:
        """No two separate duties at the same time; one may follow the other."""
        if self.role not in SEPARATE_DUTIES or self.user_id is None or self.since is None:
            return
        others = Membership.objects.filter(user=self.user_id, role__in=SEPARATE_DUTIES - {self.role})
        overlapping = others.exclude(until__lt=self.since)
        if self.until:
            overlapping = overlapping.exclude(since__gt=self.until)
        if overlapping.exists():
            raise ValidationError("系统管理员、安全管理员、审计员必须由三个不同的人担任", code="separate_duties")


class ApiToken(models.Model):
    """A bearer token of a member of staff or a partner system; only its keyed hash is stored."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField("用途", max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def issue(cls, user: User, name: str, token: str = "", expires_at: object = None) -> str:
        """Store a token and return its plain text, which is never shown again."""
        plain = token or secrets.token_urlsafe(32)
        cls.objects.create(user=user, name=name, digest=keyed_hash(plain, "token"), expires_at=expires_at)
        return plain

    @classmethod
    def holder(cls, plain: str) -> User | None:
        if plain.startswith(DEMO_TOKEN_PREFIX) and not settings.DEMO:
            return None
        found = cls.objects.select_related("user").filter(digest=keyed_hash(plain, "token")).first()
        if not found or (found.expires_at and found.expires_at <= timezone.now()) or not found.user.is_active:
            return None
        return found.user


class SensitiveLook(KeptForever):
    """Somebody read what identifies a person: who, whom, why, when. Never changed, never deleted."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey("people.Party", on_delete=models.PROTECT, related_name="looks")
    case_code = models.CharField(max_length=24, blank=True)
    fields = models.CharField(max_length=60)
    reason = models.CharField("理由", max_length=200)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="look_has_a_reason")]
        indexes = [models.Index(fields=["party", "-at"], name="look_of_party")]

    def __str__(self) -> str:
        return f"{self.user} → {self.party_id} {self.at:%F %T}"
