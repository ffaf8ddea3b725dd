"""Duty lawyers (值班律师): where they sit, and who sits there when (法律援助法第十四条、第三十条; 值班律师工作办法).

The legal aid office plans the shifts (`dispatch/duty.py`); the procedure reads them when a lawyer is named.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q, QuerySet


class DutyPlace(models.Model):
    """A place of duty. `organisation` is the legal aid office that plans it."""

    class Kind(models.TextChoices):
        DETENTION = "detention", "看守所"
        COURT = "court", "人民法院"
        PROCURATORATE = "procuratorate", "人民检察院"
        POLICE = "police", "公安机关办案中心"
        OTHER = "other", "其他羁押或办案场所"

    name = models.CharField("名称", max_length=120)
    kind = models.CharField("类别", max_length=20, choices=Kind.choices)
    organisation = models.ForeignKey(
        "registry.Organisation", on_delete=models.PROTECT, related_name="duty_places", verbose_name="法律援助机构"
    )
    address = models.CharField("地址", max_length=200, blank=True)
    phone = models.CharField("电话", max_length=30, blank=True)
    is_active = models.BooleanField("启用", default=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint("organisation", "name", name="duty_place_once_per_office")]

    def __str__(self) -> str:
        return self.name


class DutyShift(models.Model):
    """One lawyer at one place from one moment to another. A cancelled shift stays, with its reason."""

    class Mode(models.TextChoices):
        """值班律师工作办法 (unconfirmed article)."""

        FIXED = "fixed", "固定专人"
        IN_TURN = "in_turn", "轮流值班"
        BOOKED = "booked", "预约"
        REMOTE = "remote", "电话、网络值班"

    place = models.ForeignKey(DutyPlace, on_delete=models.PROTECT, related_name="shifts", verbose_name="值班地点")
    practitioner = models.ForeignKey(
        "registry.Practitioner", on_delete=models.PROTECT, related_name="duty_shifts", verbose_name="值班律师"
    )
    starts_at = models.DateTimeField("值班起")
    ends_at = models.DateTimeField("值班止")
    mode = models.CharField("值班方式", max_length=20, choices=Mode.choices, default=Mode.IN_TURN)
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField("取消时间", null=True, blank=True)
    cancelled_because = models.CharField("取消原因", max_length=200, blank=True)

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [
            models.Index(fields=["place", "starts_at"], name="duty_shift_at_place"),
            models.Index(fields=["practitioner", "starts_at"], name="duty_shift_of_lawyer"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="duty_shift_ends_after_it_starts",
                violation_error_message="值班结束时间要晚于开始时间",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True) | ~Q(cancelled_because=""),
                name="duty_shift_cancelled_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.practitioner_id} {self.starts_at:%F %H:%M}"


def standing() -> QuerySet[DutyShift]:
    """Shifts that were not cancelled."""
    return DutyShift.objects.filter(cancelled_at__isnull=True)


def between(starts_at: datetime, ends_at: datetime) -> Q:
    """Shifts that touch a stretch of time; one that ends when another begins does not."""
    return Q(starts_at__lt=ends_at, ends_at__gt=starts_at)


def on_duty_at(place: DutyPlace, at: datetime) -> QuerySet[DutyShift]:
    found = standing().filter(place=place, starts_at__lte=at, ends_at__gt=at)
    return found.select_related("practitioner__organisation", "practitioner__user")
