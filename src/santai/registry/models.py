"""Where, who and with which licence: divisions, organisations and the people who practise in them."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from santai.registry.credit_codes import checked_credit_code


class Region(models.Model):
    """A division under its national code without trailing zeros, so that a scope is a prefix: 23, 2301, 230102."""

    class Level(models.IntegerChoices):
        PROVINCE = 2, "省"
        CITY = 4, "市(地)"
        COUNTY = 6, "县(市、区)"
        TOWN = 9, "乡镇(街道)"
        VILLAGE = 12, "村(社区)"

    code = models.CharField("区划代码", max_length=12, primary_key=True)
    name = models.CharField("名称", max_length=40)
    full_name = models.CharField("全称", max_length=120)
    level = models.PositiveSmallIntegerField(choices=Level.choices)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.full_name


class OrganisationKind(models.TextChoices):
    BUREAU = "bureau", "司法行政机关"
    CENTRE = "centre", "公共法律服务中心(站)"
    HOTLINE = "hotline", "12348热线"
    LEGAL_AID = "legal_aid", "法律援助机构"
    LAW_FIRM = "law_firm", "律师事务所"
    GRASSROOTS = "grassroots", "基层法律服务所"
    NOTARY = "notary", "公证处"
    APPRAISAL = "appraisal", "司法鉴定机构"
    ARBITRATION = "arbitration", "仲裁机构"
    MEDIATION = "mediation", "人民调解委员会"


class Organisation(models.Model):
    name = models.CharField("名称", max_length=120)
    kind = models.CharField("类别", max_length=20, choices=OrganisationKind.choices)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="organisations")
    uscc = models.CharField("统一社会信用代码", max_length=18, blank=True)
    address = models.CharField("地址", max_length=200, blank=True)
    phone = models.CharField("电话", max_length=30, blank=True)
    hours = models.CharField("服务时间", max_length=60, blank=True)
    matters = models.JSONField("擅长事项", default=list, blank=True)
    is_active = models.BooleanField("在业", default=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "region"], name="organisation_kind_region")]
        constraints = [models.UniqueConstraint("uscc", condition=~Q(uscc=""), name="organisation_uscc_once")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.uscc:
            try:
                self.uscc = checked_credit_code(self.uscc)
            except ValidationError as fault:
                raise ValidationError({"uscc": fault.messages}) from fault


class Practitioner(models.Model):
    """A licensed (or filed) person of one organisation. `user` is set when the person works on the platform."""

    class Kind(models.TextChoices):
        LAWYER = "lawyer", "律师"
        LEGAL_AID = "legal_aid", "法律援助人员"
        GRASSROOTS = "grassroots", "基层法律服务工作者"
        NOTARY = "notary", "公证员"
        APPRAISER = "appraiser", "司法鉴定人"
        ARBITRATOR = "arbitrator", "仲裁员"
        MEDIATOR = "mediator", "人民调解员"

    class Standing(models.TextChoices):
        ACTIVE = "active", "执业"
        SUSPENDED = "suspended", "停止执业"
        ENDED = "ended", "注销"

    name = models.CharField("姓名", max_length=60)
    kind = models.CharField("类别", max_length=20, choices=Kind.choices)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="practitioners")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="practitioner"
    )
    licence = models.CharField("执业证号", max_length=30, blank=True)
    standing = models.CharField("执业状态", max_length=20, choices=Standing.choices, default=Standing.ACTIVE)
    licensed_on = models.DateField("首次执业", null=True, blank=True)
    criminal_defence_since = models.DateField("刑事辩护执业起", null=True, blank=True)
    knows_minors = models.BooleanField("熟悉未成年人身心特点", default=False)
    last_assessment = models.CharField("上年度考核", max_length=20, blank=True)
    matters = models.JSONField("擅长事项", default=list, blank=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "standing"], name="practitioner_of_organisation")]
        constraints = [models.UniqueConstraint("licence", condition=~Q(licence=""), name="practitioner_licence_once")]

    def __str__(self) -> str:
        return self.name


# The models of duty stand by themselves; Django finds them through this module.
from santai.registry.duty import DutyPlace, DutyShift  # noqa: E402, F401
