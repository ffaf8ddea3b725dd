"""Citizens and companies as parties, and the moments in which staff speak with them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from santai.trust.actors import Channel
from santai.trust.crypto import SealedField, blind_index


class SpecialGroup(models.TextChoices):
    MINOR = "minor", "未成年人"
    ELDERLY = "elderly", "老年人"
    DISABLED = "disabled", "残疾人"
    MIGRANT_WORKER = "migrant_worker", "农民工"
    WOMAN = "woman", "妇女(权益受侵害)"
    SOLDIER_FAMILY = "soldier_family", "军人军属"
    VETERAN = "veteran", "退役军人"
    LOW_INCOME = "low_income", "低保、特困等社会救助对象"


class Party(models.Model):
    """A person or a company with a need. Name, phone and ID number are sealed; `*_index` columns find exact values."""

    class Kind(models.TextChoices):
        PERSON = "person", "个人"
        COMPANY = "company", "单位"

    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.PERSON)
    name = SealedField("姓名(名称)")
    phone = SealedField("电话")
    id_number = SealedField("证件号码", blank=True, default="")
    name_index = models.CharField(max_length=64, db_index=True)
    phone_index = models.CharField(max_length=64, db_index=True)
    id_index = models.CharField(max_length=64, blank=True, default="")
    groups = models.JSONField("特殊群体", default=list, blank=True)
    phone_verified_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint("id_index", condition=~Q(id_index=""), name="party_id_once")]

    def __str__(self) -> str:
        return self.masked_name

    def save(self, *args: object, **kwargs: object) -> None:
        self.refresh_indexes()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def refresh_indexes(self) -> None:
        self.name_index = blind_index(self.name, "name")
        self.phone_index = blind_index(self.phone, "phone")
        self.id_index = blind_index(self.id_number, "id")

    @property
    def masked_name(self) -> str:
        if self.kind == self.Kind.COMPANY or len(self.name) < 2:
            return self.name
        return self.name[0] + "*" * (len(self.name) - 1)

    @property
    def masked_phone(self) -> str:
        return f"{self.phone[:3]}****{self.phone[-4:]}" if len(self.phone) >= 8 else "****"

    @property
    def masked_id(self) -> str:
        return f"{self.id_number[:4]}**********{self.id_number[-2:]}" if self.id_number else ""


class Contact(models.Model):
    """Somebody of staff is speaking with this person now (a call, a visit to the counter). While it is open, that
    member of staff may see and continue the person's cases wherever they are: nobody tells their story twice."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="contacts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="contacts")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    found_by = models.CharField("查找依据", max_length=20)
    opened_at = models.DateTimeField(default=timezone.now)
    closes_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["user", "closes_at"], name="contact_open")]

    def __str__(self) -> str:
        return f"{self.user_id} ↔ {self.party_id}"


class GroupMembership(models.Model):
    """A special group somebody belongs to, seen on a document by a member of staff, until the day the document ends.
    What a person says of themselves stands in `Party.groups` and is 待核实."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="memberships")
    group = models.CharField("特殊群体", max_length=20, choices=SpecialGroup.choices)
    document = models.ForeignKey("documents.StoredFile", on_delete=models.PROTECT, related_name="+")
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField()
    valid_until = models.DateField("证明有效期至", null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_reason = models.CharField("不再认定的理由", max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "party", "group", condition=Q(ended_at__isnull=True), name="group_membership_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | (Q(ended_by__isnull=False) & ~Q(ended_reason="")),
                name="group_membership_ends_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.get_group_display()}"


class ContactRule(models.Model):
    """How somebody may be reached without being endangered. One rule holds at a time; a new one ends the old one."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="contact_rules")
    no_sms = models.BooleanField("不要往登记的电话发短信", default=False)
    is_neutral = models.BooleanField("短信里不提法律服务", default=False)
    safe_phone = SealedField("安全的电话", blank=True, default="")
    safe_phone_index = models.CharField(max_length=64, blank=True, default="", db_index=True)
    safe_from = models.TimeField("方便的时间从", null=True, blank=True)
    safe_until = models.TimeField("方便的时间到", null=True, blank=True)
    note = SealedField("打电话时要注意", blank=True, default="")
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    set_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("party", condition=Q(ended_at__isnull=True), name="contact_rule_one_at_a_time"),
            models.CheckConstraint(
                condition=Q(safe_from__isnull=True, safe_until__isnull=True)
                | Q(safe_from__isnull=False, safe_until__isnull=False),
                name="contact_rule_hours_have_both_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.set_at:%F}"

    def save(self, *args: object, **kwargs: object) -> None:
        self.safe_phone_index = blind_index(self.safe_phone, "phone")
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def masked_safe_phone(self) -> str:
        return f"{self.safe_phone[:3]}****{self.safe_phone[-4:]}" if len(self.safe_phone) >= 8 else ""

    def in_words(self) -> list[str]:
        """For whoever is about to call or write, most dangerous first."""
        told = []
        if self.no_sms:
            told.append("不要给登记的电话发短信，也不要往这个电话说明来意")
        if self.is_neutral:
            told.append("联系时不要提法律服务、12348和案码")
        if self.safe_phone:
            told.append(f"只联系安全的电话{self.masked_safe_phone}")
        if self.safe_from and self.safe_until:
            told.append(f"只在{self.safe_from:%H:%M}到{self.safe_until:%H:%M}联系")
        return [*told, self.note] if self.note else told
