"""What the public may read of enforcement: a copy without private data, made when a person approved it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from santai.procedures.forms.publication import Phase, Subject
from santai.registry.models import Organisation, Region
from santai.registry.regions import within


class EntryQuerySet(models.QuerySet["Entry"]):
    def shown(self, on: date) -> EntryQuerySet:
        """What stands on the page that day: published, not taken down, its term not over."""
        in_term = Q(shown_until__isnull=True) | Q(shown_until__gte=on)
        return self.filter(in_term, published_at__isnull=False, hidden_at__isnull=True)

    def explained(self) -> EntryQuerySet:
        """Taken down with the reason the law wants to be public (行政处罚法第四十八条第二款)."""
        return self.filter(published_at__isnull=False, taken_down_at__isnull=False).exclude(reason="")

    def matching(
        self, *, region: str = "", phase: str = "", subject: str = "", year: int | None = None
    ) -> EntryQuerySet:
        found = self.filter(within(region, "region")) if region else self
        found = found.filter(phase=phase) if phase else found
        found = found.filter(subject=subject) if subject else found
        return found.filter(formed_on__year=year) if year else found


class Entry(models.Model):
    """One piece of published information. `case` is the publication itself, `source` the decision it tells of, both for
    staff alone. The texts are those a second person approved; nothing is copied before that."""

    case = models.OneToOneField("casework.Case", on_delete=models.PROTECT, related_name="entry")
    source = models.ForeignKey(
        "casework.Case", null=True, blank=True, on_delete=models.PROTECT, related_name="publications"
    )
    phase = models.CharField("公示环节", max_length=10, choices=Phase.choices)
    subject = models.CharField("公示事项", max_length=20, choices=Subject.choices)
    item = models.CharField("政务公开目录编号", max_length=20, blank=True)
    title = models.CharField("标题", max_length=200, blank=True)
    party = models.CharField("行政相对人", max_length=200, blank=True)
    number = models.CharField("文书号", max_length=200, blank=True)
    result = models.CharField("结果", max_length=1000, blank=True)
    basis = models.CharField("依据", max_length=1000, blank=True)
    content = models.TextField("公示内容", blank=True)
    formed_on = models.DateField("形成日期")
    region = models.ForeignKey(Region, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField("公示时间", null=True, blank=True)
    shown_until = models.DateField("公示期至", null=True, blank=True)
    hidden_at = models.DateTimeField("停止显示时间", null=True, blank=True)
    taken_down_at = models.DateTimeField("撤下时间", null=True, blank=True)
    reason = models.CharField("撤下理由", max_length=1000, blank=True)

    objects: Any = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["region", "-id"], name="entry_region"),
            models.Index(fields=["source"], condition=Q(hidden_at__isnull=True), name="entry_standing"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_down_at__isnull=True) | Q(hidden_at__isnull=False), name="entry_down_is_hidden"
            ),
            models.CheckConstraint(condition=Q(published_at__isnull=True) | ~Q(title=""), name="entry_shown_has_title"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.title}"
