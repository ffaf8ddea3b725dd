"""The library of law: a law, its versions with the days they were in force, their articles, and who cites whom."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from santai.knowledge.names import Place


class Level(models.TextChoices):
    """Where a text stands among the sources of law (立法法)."""

    CONSTITUTION = "constitution", "宪法"
    STATUTE = "statute", "法律"
    DECISION = "decision", "修正案和有关决定"
    REGULATION = "regulation", "行政法规"
    INTERPRETATION = "interpretation", "司法解释"
    RULE = "rule", "部门规章"
    LOCAL = "local", "地方性法规和规章"
    OTHER = "other", "其他规范性文件"


class Law(models.Model):
    """`name` is the short name without 中华人民共和国; `slug` stands in the address and never changes."""

    name = models.CharField("名称", max_length=200, unique=True)
    full_name = models.CharField("全称", max_length=220)
    slug = models.CharField("地址", max_length=200, unique=True)
    branch = models.CharField("法律部门", max_length=40, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class VersionQuerySet(models.QuerySet["LawVersion"]):
    def in_force_on(self, day: date) -> VersionQuerySet:
        """Where the day it came into force is not known, the day it was issued counts; a repealed one whose last day is
        not known is left out."""
        begun = self.annotate(begins_on=Coalesce("in_force_from", "issued_on"))
        over = Q(in_force_until__lte=day) | Q(in_force_until__isnull=True, status=LawVersion.Status.REPEALED)
        return begun.filter(begins_on__lte=day).exclude(over)

    def latest_first(self) -> VersionQuerySet:
        return self.order_by(Coalesce("in_force_from", "issued_on").desc(nulls_last=True), "-pk")


class LawVersion(models.Model):
    """One wording. `in_force_from` is empty where the source does not say it; `in_force_until` is the first day on
    which it no longer applied."""

    class Status(models.TextChoices):
        IN_FORCE = "in_force", "现行有效"
        PENDING = "pending", "尚未施行"
        AMENDED = "amended", "已被修改"
        REPEALED = "repealed", "已废止"

    law = models.ForeignKey(Law, on_delete=models.CASCADE, related_name="versions")
    level = models.CharField("效力级别", max_length=20, choices=Level.choices)
    issuer = models.CharField("制定机关", max_length=120, blank=True)
    issued_on = models.DateField("公布（修改）日期", null=True, blank=True)
    in_force_from = models.DateField("施行日期", null=True, blank=True)
    in_force_until = models.DateField("失效日期", null=True, blank=True)
    status = models.CharField("时效", max_length=10, choices=Status.choices)
    source = models.CharField("来源", max_length=60)
    digest = models.CharField("正文摘要", max_length=32)
    is_current = models.BooleanField("最新文本", default=True)

    objects: Any = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint("law", "issued_on", name="lawversion_once_a_day"),
            models.UniqueConstraint("law", condition=Q(issued_on__isnull=True), name="lawversion_one_undated"),
            models.UniqueConstraint("law", condition=Q(is_current=True), name="lawversion_one_current"),
            models.CheckConstraint(
                condition=Q(in_force_until__isnull=True)
                | Q(in_force_from__isnull=True)
                | Q(in_force_until__gte=models.F("in_force_from")),
                name="lawversion_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.law_id} {self.issued_on}"

    @property
    def first_day(self) -> date | None:
        return self.in_force_from or self.issued_on

    @property
    def is_in_force(self) -> bool:
        return self.status == self.Status.IN_FORCE

    @property
    def applies(self) -> bool:
        """In force, or the newest wording there is of a law that was changed in some articles since."""
        return self.is_in_force or (self.is_current and self.status == self.Status.AMENDED)


class Article(models.Model):
    """`number` and `suffix` are 第一百三十三条之一 as 133 and 1; `key` is how the address names it (names.Place)."""

    version = models.ForeignKey(LawVersion, on_delete=models.CASCADE, related_name="articles")
    order = models.PositiveIntegerField("次序")
    number = models.PositiveIntegerField("条号", default=0)
    suffix = models.PositiveSmallIntegerField("之几", default=0)
    is_item = models.BooleanField("只有项号", default=False)
    key = models.CharField("地址", max_length=20)
    chapter = models.CharField("编章节", max_length=300, blank=True)
    text = models.TextField("条文")

    class Meta:
        ordering = ["version", "order"]
        constraints = [models.UniqueConstraint("version", "key", name="article_key_once")]

    def __str__(self) -> str:
        return f"{self.version_id} {self.label}"

    @property
    def label(self) -> str:
        return Place(self.number, self.suffix, self.is_item).label


class Citation(models.Model):
    """`quote` is what the citing article says: 本法第二十六条第一款."""

    citing = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="citations")
    cited = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="cited_by")
    quote = models.CharField("原文", max_length=120)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint("citing", "cited", name="citation_once")]

    def __str__(self) -> str:
        return f"{self.citing_id} → {self.cited_id}"
