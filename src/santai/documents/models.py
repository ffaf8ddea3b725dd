"""Files people hand in, and letters the platform issues."""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils import timezone

from santai.trust.crypto import SealedField
from santai.trust.immutable import NeverChanged


class DocumentKind(models.TextChoices):
    IDENTITY = "identity", "身份证明"
    APPLICATION = "application", "申请表"
    HARDSHIP = "hardship", "经济困难状况说明表"
    EXEMPTION = "exemption", "免予核查经济困难状况的身份证明"
    COMMITMENT = "commitment", "诚信承诺书"
    MATTER_PROOF = "matter_proof", "与申请事项有关的材料"
    AUTHORISATION = "authorisation", "代理权证明"
    AGREEMENT = "agreement", "委托协议"
    MEETING_RECORD = "meeting_record", "约见(会见)笔录"
    COURT_PAPER = "court_paper", "裁判或调解文书"
    CLOSING_REPORT = "closing_report", "结案报告"
    CASE_FILE = "case_file", "案卷材料"
    ARBITRATION_AGREEMENT = "arbitration_agreement", "仲裁协议"
    HEARING_RECORD = "hearing_record", "庭审笔录"
    APPROVAL = "approval", "审批件"
    MEDIATION_AGREEMENT = "mediation_agreement", "调解协议书"
    MEDIATION_RECORD = "mediation_record", "调解笔录"
    RIGHTS_NOTICE = "rights_notice", "权利义务告知书"
    HANDOVER = "handover", "移交(委派、委托)材料"
    PERFORMANCE = "performance", "履行凭证"
    CONFIRMATION_APPLICATION = "confirmation_application", "司法确认申请书"
    COMMISSION = "commission", "鉴定委托书"
    OTHER = "other", "其他材料"


class StoredFile(models.Model):
    """The bytes of one upload, kept under its SHA-256; the type is sniffed from the content, not from the name."""

    sha256 = models.CharField(max_length=64, db_index=True)
    content = models.FileField(upload_to="files/%Y/%m/")
    name = models.CharField("文件名", max_length=200)
    media_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    stored_at = models.DateTimeField(default=timezone.now)
    stored_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT)

    def __str__(self) -> str:
        return self.name


# What becomes known of a letter after it was issued.
SERVICE = frozenset({"served_at", "served_by"})


class OnlyServedQuerySet(models.QuerySet[Any]):
    def update(self, **kwargs: Any) -> int:
        if not set(kwargs) <= SERVICE:
            raise NeverChanged("an issued letter is never changed")
        return super().update(**kwargs)

    def delete(self) -> NoReturn:
        raise NeverChanged("an issued letter is never deleted")


class Letter(models.Model):
    """An official letter as issued: numbered, hashed, never changed."""

    case_code = models.CharField(max_length=24, db_index=True)
    kind = models.CharField(max_length=40)
    number = models.CharField("文号", max_length=60, unique=True)
    title = models.CharField("标题", max_length=120)
    body = SealedField("正文")
    digest = models.CharField("正文摘要(SM3)", max_length=64)
    issued_at = models.DateTimeField()
    served_at = models.DateTimeField("送达时间", null=True, blank=True)
    served_by = models.CharField("送达方式", max_length=20, blank=True)

    objects = OnlyServedQuerySet.as_manager()

    class Meta:
        ordering = ["issued_at", "pk"]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding and not set(kwargs.get("update_fields") or {"body"}) <= SERVICE:
            raise NeverChanged("an issued letter is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise NeverChanged("an issued letter is never deleted")


class Serial(models.Model):
    """The last serial number given out under a prefix."""

    prefix = models.CharField(max_length=40, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.prefix}: {self.last}"
