"""What the pages themselves remember of the people who work with them."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class SavedFilter(models.Model):
    """A way to look at the work list that somebody gave a name: its tab and its filters as in the address."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_filters")
    name = models.CharField("名称", max_length=20)
    scope = models.CharField(max_length=12)
    query = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint("user", "name", name="saved_filter_name_once")]

    def __str__(self) -> str:
        return self.name
