"""What the platform itself says: standard answers, service guides, typical cases, policies, and who answers for them.

An entry is an address; its versions are the wordings. A version is written by one person and published by another; a
published one is never changed, the next version replaces it.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from santai.knowledge.models.law import Article
from santai.registry.models import Organisation, Region


class EntryQuerySet(models.QuerySet["Entry"]):
    def readable_on(self, day: date) -> EntryQuerySet:
        """Published, and not past its last day."""
        lasting = Q(published__expires_on__isnull=True) | Q(published__expires_on__gte=day)
        return self.filter(lasting, published__isnull=False).select_related("published")


class Entry(models.Model):
    """`slug` stands in the address and never changes. `published` is empty while nothing is approved, or withdrawn."""

    class Kind(models.TextChoices):
        ANSWER = "answer", "标准答复"
        GUIDE = "guide", "办事指南"
        CASE = "case", "典型案例"
        POLICY = "policy", "政策文件"

    kind = models.CharField("种类", max_length=10, choices=Kind.choices)
    slug = models.SlugField("地址", max_length=80, unique=True)
    owner = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="entries")
    region = models.ForeignKey(Region, null=True, blank=True, on_delete=models.PROTECT, related_name="entries")
    published = models.OneToOneField(
        "EntryVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="published_as"
    )
    uses = models.PositiveIntegerField("看过的次数", default=0)
    helped = models.PositiveIntegerField("说有用的次数", default=0)
    not_helped = models.PositiveIntegerField("说没用的次数", default=0)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)

    objects: Any = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["kind", "region"], name="entry_of_kind")]

    def __str__(self) -> str:
        return self.slug


class EntryVersion(models.Model):
    """`asked` are the ways people ask for it, one a line. `service` is the procedure it leads to, "" for none.
    `body` is Markdown without HTML. `expires_on` is the last day it may be shown; its owner looks at it again by
    `review_by`. `source` says where a policy or a case comes from. `digest` is that of the file it was taken from."""

    class Status(models.TextChoices):
        DRAFT = "draft", "草稿"
        IN_REVIEW = "in_review", "待审核"
        RETURNED = "returned", "退回修改"
        PUBLISHED = "published", "已发布"
        REPLACED = "replaced", "已被新版替换"
        WITHDRAWN = "withdrawn", "已撤下"

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField("版本号")
    status = models.CharField("状态", max_length=10, choices=Status.choices, default=Status.DRAFT)
    title = models.CharField("标题", max_length=120)
    asked = models.TextField("群众的问法", blank=True)
    summary = models.CharField("一句话答复", max_length=300)
    body = models.TextField("正文", max_length=20_000)
    matter = models.CharField("事项", max_length=40, blank=True)
    topics = models.JSONField("主题词", default=list, blank=True)
    service = models.CharField("对应服务", max_length=40, blank=True)
    source = models.CharField("来源", max_length=200, blank=True)
    issuer = models.CharField("发布机关", max_length=120, blank=True)
    document_number = models.CharField("文号", max_length=60, blank=True)
    issued_on = models.DateField("发布日期", null=True, blank=True)
    review_by = models.DateField("下次复核日期", null=True, blank=True)
    expires_on = models.DateField("最后有效日期", null=True, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField("写成时间", auto_now_add=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reviewed_at = models.DateTimeField("审核时间", null=True, blank=True)
    review_note = models.CharField("审核意见", max_length=300, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField("撤下时间", null=True, blank=True)
    withdrawn_because = models.CharField("撤下原因", max_length=300, blank=True)
    digest = models.CharField("内容摘要", max_length=32, blank=True)

    class Meta:
        ordering = ["entry", "-number"]
        constraints = [
            models.UniqueConstraint("entry", "number", name="entry_version_once"),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | Q(written_by__isnull=True) | ~Q(reviewed_by=F("written_by")),
                name="entry_reviewed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class EntryCitation(models.Model):
    """What a version rests on: 《劳动合同法》第三十条. `article` is found in the library when it has it."""

    version = models.ForeignKey(EntryVersion, on_delete=models.CASCADE, related_name="citations")
    order = models.PositiveSmallIntegerField("次序")
    law = models.CharField("法律", max_length=200)
    place = models.CharField("条", max_length=40)
    article = models.ForeignKey(Article, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["version", "order"]
        constraints = [models.UniqueConstraint("version", "law", "place", name="entry_citation_once")]

    def __str__(self) -> str:
        return f"《{self.law}》{self.place}"
