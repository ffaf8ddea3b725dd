from django.db import models


class Day(models.Model):
    """A date whose nature differs from the plain week, or that a source confirms: a holiday or a make-up working day.

    `region` is a division prefix: the empty string is the whole country, a local (ethnic) holiday names its area.
    """

    date = models.DateField("日期")
    region = models.CharField("适用区划", max_length=12, blank=True, default="")
    is_workday = models.BooleanField("是工作日")
    name = models.CharField("名称", max_length=40, blank=True)
    source = models.CharField("来源", max_length=120)

    class Meta:
        ordering = ["date"]
        constraints = [models.UniqueConstraint("date", "region", name="day_once_per_region")]

    def __str__(self) -> str:
        return f"{self.date} {'班' if self.is_workday else '休'} {self.name}"


class KnownYear(models.Model):
    """A year whose arrangement has been published and imported; dates beyond the known years are provisional."""

    year = models.PositiveSmallIntegerField("年份", primary_key=True)
    source = models.CharField("来源", max_length=120)
    imported_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return str(self.year)
