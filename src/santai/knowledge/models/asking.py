"""What people ask and whether it helped, without who they are; and the words and topics they use."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import CharField, Q, Value
from django.db.models.functions import Coalesce

from santai.knowledge.models.entry import Entry
from santai.people.models import Party
from santai.registry.models import Region


class AskedQuestion(models.Model):
    """One question however often it is asked. Names, numbers and addresses are taken out of `text` first."""

    digest = models.CharField("摘要", max_length=64, unique=True)
    text = models.CharField("问题", max_length=300)
    matter = models.CharField("事项", max_length=40, blank=True)
    times = models.PositiveIntegerField("次数", default=1)
    unanswered = models.PositiveIntegerField("没有好答案的次数", default=0)
    first_asked_at = models.DateTimeField("第一次")
    last_asked_at = models.DateTimeField("最近一次")
    answered_by = models.ForeignKey(Entry, null=True, blank=True, on_delete=models.SET_NULL, related_name="questions")
    set_aside = models.BooleanField("不再列出", default=False)

    class Meta:
        ordering = ["-last_asked_at"]
        indexes = [
            models.Index(fields=["-times"], name="question_hot"),
            models.Index(fields=["-unanswered"], name="question_gap"),
        ]

    def __str__(self) -> str:
        return self.text


class Helpfulness(models.Model):
    """“有用” or “没用” on an article (its name in the index) or an entry, for a question. Staff's are training data."""

    question = models.ForeignKey(AskedQuestion, null=True, blank=True, on_delete=models.CASCADE, related_name="told")
    article = models.CharField("条文", max_length=260, blank=True)
    entry = models.ForeignKey(Entry, null=True, blank=True, on_delete=models.CASCADE, related_name="told")
    helped = models.BooleanField("有用")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(article="", entry__isnull=False) | (~Q(article="") & Q(entry__isnull=True)),
                name="helpfulness_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article or self.entry_id}: {self.helped}"


class Synonym(models.Model):
    """A lay word and the legal words it stands for, beside those of synonyms.csv; `words` is [] to switch one off."""

    lay = models.CharField("百姓的说法", max_length=40, unique=True)
    words = models.JSONField("法律用语", default=list, blank=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField("修改时间")

    class Meta:
        ordering = ["lay"]

    def __str__(self) -> str:
        return self.lay


# No region is one region here: in a unique constraint no NULL equals another.
EVERYWHERE = Coalesce("region_id", Value(""), output_field=CharField())


class Subscription(models.Model):
    """Somebody, staff or citizen, wants to hear of new policies on a topic, in a region; "" is every topic."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    topic = models.CharField("主题", max_length=40, blank=True)
    region = models.ForeignKey(Region, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField("订阅时间")
    told_until = models.DateTimeField("已通知到", null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, party__isnull=True) | Q(user__isnull=True, party__isnull=False),
                name="subscription_of_one_person",
            ),
            models.UniqueConstraint("user", "topic", EVERYWHERE, name="subscription_once_of_user"),
            models.UniqueConstraint("party", "topic", EVERYWHERE, name="subscription_once_of_party"),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.region_id}"
