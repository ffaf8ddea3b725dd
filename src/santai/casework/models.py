"""Case: any record under a procedure; LogEntry: what happened to it, in order, never changed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Substr

from santai.documents.models import DocumentKind
from santai.trust.actors import Channel
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
