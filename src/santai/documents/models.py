"""Files people hand in, and letters the platform issues."""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils import timezone

from santai.trust.crypto import SealedField
from santai.trust.immutable import KeptForever, NeverChanged


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
    SERVICE_CONTRACT = "service_contract", "聘用合同"
    SERVICE_LOG = "service_log", "服务记录"
    QUALIFICATION = "qualification", "法律职业资格证书"
    POST_PROOF = "post_proof", "任职和从事法律工作的证明"
    RECTIFICATION = "rectification", "整改材料"
    DISPUTED_ACT = "disputed_act", "行政行为的文书"
    RECEIPT = "receipt", "收文凭证"
    AGENCY_REPLY = "agency_reply", "书面答复和证据材料"
    ORGAN_NOTICE = "organ_notice", "办案机关通知书(公函)"
    CHARGE_PAPER = "charge_paper", "起诉意见书、起诉书或判决书副本"
    REFUSAL_RECORD = "refusal_record", "拒绝律师辩护(帮助)的笔录或书面意见"
    PLEA_PAPER = "plea_paper", "认罪认罚具结书"
    SITE_RECORD = "site_record", "现场检查(勘验)笔录"
    INQUIRY_RECORD = "inquiry_record", "询问笔录"
    EVIDENCE = "evidence", "证据材料"
    SEIZURE_LIST = "seizure_list", "先行登记保存清单"
    INVESTIGATION_REPORT = "investigation_report", "调查终结报告"
    STATEMENT = "statement", "陈述申辩材料"
    HEARING_MINUTES = "hearing_minutes", "听证笔录"
    LEGALITY_OPINION = "legality_opinion", "法制审核意见书"
    DISCUSSION_RECORD = "discussion_record", "集体讨论记录"
    SERVICE_RECEIPT = "service_receipt", "送达回证"
    SERVICE_CONSENT = "service_consent", "电子送达确认书"
    PAYMENT_PROOF = "payment_proof", "缴款凭证"
    AV_SITE = "av_site", "现场检查音视频"
    AV_SEIZURE = "av_seizure", "登记保存音视频"
    AV_HEARING = "av_hearing", "听证音视频"
    AV_SERVICE = "av_service", "留置送达音视频"
    AV_OTHER = "av_other", "其他执法环节音视频"
    INVESTIGATION = "investigation", "调查记录"
    NOTARY_RECORD = "notary_record", "公证询问(谈话)笔录"
    RECORDING = "recording", "录音录像、照片"
    DEATH_PROOF = "death_proof", "死亡证明"
    DEBT_INSTRUMENT = "debt_instrument", "债权文书"
    DEPOSIT = "deposit", "存证文件"
    OTHER = "other", "其他材料"


# What an office or a court makes itself: nobody is asked to bring it along for a later step.
MADE_BY_OFFICES = frozenset(
    {
        DocumentKind.MEETING_RECORD,
        DocumentKind.COURT_PAPER,
        DocumentKind.CLOSING_REPORT,
        DocumentKind.CASE_FILE,
        DocumentKind.HEARING_RECORD,
        DocumentKind.MEDIATION_RECORD,
        DocumentKind.RIGHTS_NOTICE,
        DocumentKind.HANDOVER,
        DocumentKind.HEARING_MINUTES,
        DocumentKind.AV_HEARING,
        DocumentKind.AV_SERVICE,
        DocumentKind.INVESTIGATION,
        DocumentKind.NOTARY_RECORD,
        DocumentKind.RECORDING,
    }
)


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


class Reading(models.Model):
    """What a machine read in a picture, sealed; a suggestion for whoever fills in a form, and never more."""

    file = models.OneToOneField(StoredFile, on_delete=models.CASCADE, related_name="reading")
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    found = SealedField("读出的内容(JSON)", blank=True, default="")
    problem = models.CharField(max_length=100, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["asked_at"], condition=models.Q(done_at__isnull=True), name="reading_waiting")]

    def __str__(self) -> str:
        return f"{self.file_id} {self.done_at or '…'}"


# What becomes known of a letter after it was issued.
SERVICE = frozenset({"served_at", "served_by"})


class OnlyServedQuerySet(models.QuerySet[Any]):
    def for_the_person(self) -> OnlyServedQuerySet:
        """What the person of the case may read: internal letters are the office's own."""
        return self.filter(is_internal=False)

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
    digest = models.CharField("正文摘要(SM3)", max_length=64, db_index=True)
    issued_by = models.CharField("出具单位", max_length=120, blank=True, default="")
    issued_at = models.DateTimeField()
    served_at = models.DateTimeField("送达时间", null=True, blank=True)
    served_by = models.CharField("送达方式", max_length=20, blank=True)
    is_internal = models.BooleanField("内部文书", default=False)

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


class LetterCopy(KeptForever):
    """The PDF of a letter, sealed: made once, the same for everybody and for ever."""

    letter = models.OneToOneField(Letter, on_delete=models.PROTECT, related_name="copy")
    sealed = models.BinaryField()
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    size = models.PositiveIntegerField("字节数")
    rendered_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.letter_id} {self.sha256[:12]}"


class ServiceWay(models.TextChoices):
    """How a document reaches somebody (民事诉讼法第八十八条至第九十五条)."""

    IN_PERSON = "in_person", "直接送达"
    LEFT = "left", "留置送达"
    POST = "post", "邮寄送达"
    ONLINE = "online", "电子送达"
    NOTICE = "notice", "公告送达"
    ENTRUSTED = "entrusted", "委托送达"


class ElectronicConsent(models.Model):
    """A person agrees to get the documents of one case, or of all (`case_code` empty), electronically, until they
    take it back (民事诉讼法第九十条)."""

    party = models.ForeignKey("people.Party", on_delete=models.PROTECT, related_name="electronic_consents")
    case_code = models.CharField(max_length=24, blank=True, db_index=True)
    address = SealedField("电子送达地址")
    channel = models.CharField(max_length=10)
    given_at = models.DateTimeField()
    recorded_by = models.CharField("登记人", max_length=60)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["given_at", "pk"]

    def __str__(self) -> str:
        return f"{self.party_id} {self.case_code or '*'}"


class Delivery(KeptForever):
    """One attempt to bring a letter to somebody: delivered on a day, or come back for a reason."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="deliveries")
    way = models.CharField("送达方式", max_length=12, choices=ServiceWay.choices)
    step = models.CharField(max_length=40, blank=True)
    addressee = SealedField("受送达人")
    address = SealedField("送达地址", blank=True, default="")
    sent_at = models.DateTimeField()
    delivered_on = models.DateField("送达日期", null=True, blank=True)
    opened_at = models.DateTimeField("本人打开的时间", null=True, blank=True)
    tracking = models.CharField("邮件号", max_length=40, blank=True)
    details = SealedField("经过", blank=True, default="")
    proof = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    consent = models.ForeignKey(ElectronicConsent, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    returned_reason = models.CharField("未送达的原因", max_length=200, blank=True)
    recorded_by = models.CharField("送达人", max_length=60)

    class Meta:
        ordering = ["sent_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(delivered_on__isnull=False) ^ ~models.Q(returned_reason=""),
                name="delivery_arrived_or_came_back",
            )
        ]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.way} {self.delivered_on or self.returned_reason}"


class Signature(KeptForever):
    """Somebody put their name to a letter: to exactly this text (`digest`) and this PDF (`sha256`)."""

    class How(models.TextChoices):
        CODE = "code", "手机验证码确认"
        DRAWN = "drawn", "手写签名"
        LOGIN = "login", "本人账号签名"

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="signatures")
    capacity = models.CharField("身份", max_length=20)
    name = SealedField("签名人")
    party = models.ForeignKey("people.Party", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    how = models.CharField("方式", max_length=10, choices=How.choices)
    drawing = models.BinaryField("手写的笔迹(PNG，密封)", null=True, blank=True)
    digest = models.CharField("正文摘要(SM3)", max_length=64)
    sha256 = models.CharField("PDF的SHA-256", max_length=64)
    signed_at = models.DateTimeField()
    channel = models.CharField(max_length=10)
    witnessed_by = models.CharField("当面见证的工作人员", max_length=60, blank=True)

    class Meta:
        ordering = ["signed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                "letter", "party", condition=models.Q(party__isnull=False), name="signature_once_per_party"
            ),
            models.UniqueConstraint(
                "letter", "user", condition=models.Q(user__isnull=False), name="signature_once_per_user"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.capacity} {self.signed_at}"


class Serial(models.Model):
    """The last serial number given out under a prefix."""

    prefix = models.CharField(max_length=40, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.prefix}: {self.last}"
