"""What dispatch itself must remember: who is on duty, who is being looked at, and why a case was left to a person."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Rota(models.Model):
    """A turn of duty (领办转): this person claims, handles or passes on what reaches the organisation meanwhile."""

    organisation = models.ForeignKey("registry.Organisation", on_delete=models.CASCADE, related_name="rota")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="rota")
    starts_at = models.DateTimeField("值班起")
    ends_at = models.DateTimeField("值班止")

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["organisation", "ends_at"], name="rota_of_organisation")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="rota_ends_after_it_starts",
                violation_error_message="值班结束时间要晚于开始时间",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.user_id} {self.starts_at:%F %H:%M}"


class Reservation(models.Model):
    """A person shown to one dispatcher and for a minute not offered to another. One row for each person at most."""

    practitioner = models.OneToOneField(
        "registry.Practitioner", on_delete=models.CASCADE, related_name="reservation", primary_key=True
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reservations")
    until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["until"], name="reservation_until")]

    def __str__(self) -> str:
        return f"{self.practitioner_id} → {self.user_id} {self.until:%T}"


class PoolNote(models.Model):
    """Why the platform left a case in the pool; the dispatcher reads it, the sweep takes the oldest first."""

    case = models.OneToOneField("casework.Case", on_delete=models.CASCADE, related_name="pool_note", primary_key=True)
    reason = models.CharField("未自动分派的原因", max_length=200)
    considered_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.case_id} {self.reason}"
