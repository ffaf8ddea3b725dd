"""Case: any record under a procedure; LogEntry: what happened to it, in order, never changed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Substr

from santai.documents.models import DocumentKind
from santai.trust.actors import Channel
from santai.trust.crypto import SealedField, blind_index
from santai.trust.immutable import KeptForever


class Case(models.Model):
    """One record under one procedure. `state`, `version` and the holder are written by `casework.actions` alone."""

    class Urgency(models.IntegerChoices):
        NORMAL = 0, "一般"
        SOON = 1, "优先"
        URGENT = 2, "紧急"

    code = models.CharField("案码", max_length=24, unique=True)
    procedure = models.CharField(max_length=40)
    procedure_version = models.CharField(max_length=20)
    state = models.CharField(max_length=30)
    version = models.PositiveIntegerField(default=1)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    applicant = models.ForeignKey("people.Party", on_delete=models.PROTECT, related_name="cases")
    region = models.CharField("区划", max_length=12)
    city = models.GeneratedField(
        expression=Substr("region", 1, 4), output_field=models.CharField(max_length=4), db_persist=True
    )
    county = models.GeneratedField(
        expression=Substr("region", 1, 6), output_field=models.CharField(max_length=6), db_persist=True
    )
    organisation = models.ForeignKey(
        "registry.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="cases"
    )
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="cases"
    )
    channel = models.CharField("来源", max_length=10, choices=Channel.choices)
    matter = models.CharField("事项", max_length=40, blank=True)
    urgency = models.PositiveSmallIntegerField(choices=Urgency.choices, default=Urgency.NORMAL)
    text = models.TextField("诉求")
    facts = models.JSONField("办案要素", default=dict, blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField("最近期限", null=True, blank=True)
    due_clock = models.CharField(max_length=40, blank=True)
    is_paused = models.BooleanField(default=False)
    is_provisional = models.BooleanField("期限暂定", default=False)
    rating = models.PositiveSmallIntegerField("评分", null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["handler", "due_at", "id"], condition=Q(closed_at__isnull=True), name="case_mine"),
            models.Index(
                fields=["organisation", "due_at", "id"], condition=Q(closed_at__isnull=True), name="case_ours"
            ),
            models.Index(fields=["due_at", "id"], condition=Q(closed_at__isnull=True), name="case_open_due"),
            models.Index(fields=["city", "due_at", "id"], condition=Q(closed_at__isnull=True), name="case_city"),
            models.Index(fields=["county", "due_at", "id"], condition=Q(closed_at__isnull=True), name="case_county"),
            models.Index(
                fields=["city", "-urgency", "due_at", "id"],
                condition=Q(closed_at__isnull=True, urgency__gt=0),
                name="case_city_first",
            ),
            models.Index(
                fields=["county", "-urgency", "due_at", "id"],
                condition=Q(closed_at__isnull=True, urgency__gt=0),
                name="case_county_first",
            ),
            models.Index(fields=["procedure", "state", "due_at", "id"], name="case_procedure_state"),
            models.Index(fields=["applicant", "-opened_at"], name="case_of_applicant"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(rating__isnull=True) | Q(rating__range=(1, 5)), name="case_rating_is_1_to_5"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(due_at__isnull=True), name="case_closed_has_no_due_date"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        """Read anew, with all that was read along with it."""
        self.__dict__ = {name: value for name, value in self.__dict__.items() if not name.startswith("kept_")}
        super().refresh_from_db(*args, **kwargs)


class LogEntry(KeptForever):
    """One step of a case. The database refuses to change or delete a row; `digest` chains it to the one before."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="log")
    number = models.PositiveIntegerField("序号")
    step = models.CharField(max_length=40)
    from_state = models.CharField(max_length=30, blank=True)
    to_state = models.CharField(max_length=30)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    actor_name = models.CharField(max_length=60)
    role = models.CharField(max_length=30)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    at = models.DateTimeField()
    data: Any = models.JSONField(default=dict)
    told = models.TextField("告知当事人的话", blank=True)
    previous = models.CharField("上一条摘要", max_length=64, blank=True)
    digest = models.CharField("摘要(SM3)", max_length=64)

    class Meta:
        ordering = ["case", "number"]
        constraints = [models.UniqueConstraint("case", "number", name="log_number_once")]
        indexes = [models.Index(fields=["at"], name="log_at")]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number} {self.step}"


class CaseClock(models.Model):
    """What the log says about one clock of a case, kept for lists and sweeps; always recomputable from the log."""

    class Condition(models.TextChoices):
        RUNNING = "running", "计时中"
        PAUSED = "paused", "中止"
        MET = "met", "按期"
        MISSED = "missed", "逾期"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="clocks")
    name = models.CharField(max_length=40)
    condition = models.CharField(max_length=10, choices=Condition.choices)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    is_provisional = models.BooleanField(default=False)
    missed_before = models.PositiveSmallIntegerField("此前逾期次数", default=0)

    class Meta:
        constraints = [models.UniqueConstraint("case", "name", name="clock_once_per_case")]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(condition="running"), name="clock_running_due"),
            models.Index(fields=["case"], condition=Q(is_provisional=True), name="clock_provisional"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.name} {self.condition}"


class CaseDocument(models.Model):
    """A file on a case, and what it is."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="documents")
    file = models.ForeignKey("documents.StoredFile", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("材料", max_length=30, choices=DocumentKind.choices)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    added_by = models.CharField(max_length=60)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [models.UniqueConstraint("case", "file", "kind", name="document_once_per_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"


class CaseParty(KeptForever):
    """Somebody a case names besides the applicant, written with the step that named them and never changed: a later
    row of the same `field` replaces it. `number` is the log entry's."""

    class Side(models.TextChoices):
        OTHER = "other", "对方"
        RESPONDENT = "respondent", "被申请人"
        THIRD = "third", "第三人"
        DEBTOR = "debtor", "债务人"
        COMPLAINED_OF = "complained_of", "被投诉人"
        AGENT = "agent", "代理人"
        GUARDIAN = "guardian", "监护人"
        WITNESS = "witness", "见证人"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="others")
    side = models.CharField("身份", max_length=20, choices=Side.choices)
    kind = models.CharField(max_length=10, choices=[("person", "个人"), ("company", "单位")])
    name = SealedField("姓名(名称)")
    name_index = models.CharField(max_length=64, db_index=True)
    id_number = SealedField("证件号码(统一社会信用代码)", blank=True, default="")
    id_index = models.CharField(max_length=64, blank=True, default="")
    contact = SealedField("联系方式", blank=True, default="")
    field = models.CharField(max_length=40)
    number = models.PositiveIntegerField("步骤序号")
    named_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["case", "field", "number"], name="case_party_of_case"),
            models.Index(fields=["id_index"], condition=~Q(id_index=""), name="case_party_id"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.get_side_display()}"

    def refresh_indexes(self) -> None:
        """Before a bulk insert, which calls no save()."""
        self.name_index = blind_index(self.name, "name")
        self.id_index = blind_index(self.id_number, "id")

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.refresh_indexes()
        super().save(*args, **kwargs)


class DeclaredInterest(models.Model):
    """A tie a practitioner has told of: to a person or a company, by kinship, office or money. It bars them from the
    matters of that person while it lasts; it is ended, never deleted."""

    class Relation(models.TextChoices):
        SELF = "self", "本人"
        KIN = "kin", "近亲属"
        OFFICE = "office", "任职、顾问"
        SHARES = "shares", "持股、合伙"
        OTHER = "other", "其他可能影响公正的关系"

    practitioner = models.ForeignKey("registry.Practitioner", on_delete=models.PROTECT, related_name="interests")
    relation = models.CharField("关系", max_length=20, choices=Relation.choices)
    name = SealedField("对方姓名(名称)")
    name_index = models.CharField(max_length=64, db_index=True)
    note = models.CharField("说明", max_length=200, blank=True)
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()
    ended_on = models.DateField("终止日", null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["practitioner", "ended_on"], name="interest_of_practitioner")]

    def __str__(self) -> str:
        return f"{self.practitioner_id} {self.get_relation_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_index = blind_index(self.name, "name")
        super().save(*args, **kwargs)


class Parameter(models.Model):
    """A value the law leaves to the province or that is still to be confirmed, by region and date."""

    key = models.CharField("参数", max_length=60)
    region = models.CharField("适用区划", max_length=12, blank=True, default="")
    value = models.JSONField("值")
    since = models.DateField("施行起")
    basis = models.CharField("依据", max_length=200)
    confirmed = models.BooleanField("已核实", default=False)

    class Meta:
        constraints = [models.UniqueConstraint("key", "region", "since", name="parameter_once_per_region_and_date")]

    def __str__(self) -> str:
        return f"{self.key} = {self.value}"


class BudgetLine(models.Model):
    """What an organisation may spend on one purpose in one year. `committed` is what was approved so far, paid or not;
    it is moved by `casework.payments` alone, and the database keeps it within the amount."""

    class Purpose(models.TextChoices):
        """The value is the first part of the tariff items that are paid from it."""

        LEGAL_AID = "legal_aid", "法律援助补贴"
        MEDIATORS = "mediators", "人民调解补贴（以奖代补）"
        ADVISERS = "advisers", "村（居）法律顾问补贴"

    organisation = models.ForeignKey(
        "registry.Organisation", on_delete=models.PROTECT, related_name="budget_lines", verbose_name="单位"
    )
    year = models.PositiveSmallIntegerField("年度")
    purpose = models.CharField("用途", max_length=20, choices=Purpose.choices)
    amount = models.DecimalField("预算(元)", max_digits=14, decimal_places=2)
    committed = models.DecimalField("已批准(元)", max_digits=14, decimal_places=2, default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint("organisation", "year", "purpose", name="budget_line_once_per_year"),
            models.CheckConstraint(
                condition=Q(committed__gte=0) & Q(committed__lte=F("amount")), name="budget_line_is_not_overspent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.year} {self.get_purpose_display()}"


class Payment(models.Model):
    """Money the state pays for a case: prepared with its calculation, approved by somebody else, then paid; or turned
    down with a reason. What was decided is never changed."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="payments")
    line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, related_name="payments")
    payee = models.ForeignKey("registry.Practitioner", on_delete=models.PROTECT, related_name="payments")
    item = models.CharField("项目", max_length=60)
    quote: Any = models.JSONField("计算过程")
    amount = models.DecimalField("金额(元)", max_digits=12, decimal_places=2)
    reason = models.CharField("与计算结果不同的理由", max_length=500, blank=True)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    refused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    refused_at = models.DateTimeField(null=True, blank=True)
    refusal = models.CharField("不批准的理由", max_length=500, blank=True)
    paid_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    paid_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["line", "paid_at"], name="payment_of_line")]
        constraints = [
            models.UniqueConstraint(
                "case", "item", "payee", condition=Q(refused_at__isnull=True), name="payment_once_per_case_and_payee"
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="payment_is_not_negative"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("prepared_by")),
                name="payment_approver_is_another",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True, approved_at__isnull=True)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="payment_approval_has_a_person",
            ),
            models.CheckConstraint(
                condition=Q(refused_at__isnull=True)
                | (Q(refused_by__isnull=False, approved_at__isnull=True) & ~Q(refusal="")),
                name="payment_refusal_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(paid_at__isnull=True)
                | Q(paid_by__isnull=False, approved_at__isnull=False, paid_at__gte=F("approved_at")),
                name="payment_is_approved_before_paid",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.item} {self.amount}"

    @property
    def condition(self) -> str:
        """In one word where it stands."""
        if self.refused_at:
            return "不批准"
        if self.paid_at:
            return "已支付"
        return "待支付" if self.approved_at else "待批准"
