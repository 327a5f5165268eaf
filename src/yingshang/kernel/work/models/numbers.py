"""Series of official numbers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class NumberSeries(models.Model):
    """A series and how its numbers are written, e.g. ``示营督〔{year}〕{n}号``."""

    web_rights = "SELECT, INSERT, UPDATE"

    code = models.SlugField(max_length=60, unique=True)
    wording = models.CharField(max_length=80, help_text="with {year} and {n}")
    source = models.CharField(max_length=200, blank=True, default="")
    todo = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(name="work_numberseries_sourced_or_to_do", condition=~Q(source="") | ~Q(todo="")),
        ]

    def __str__(self) -> str:
        return self.code


class NumberYear(models.Model):
    """The last number given in one year. Its row is locked until the deed commits, so no number is ever lost."""

    series = models.ForeignKey("work.NumberSeries", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "year"], name="work_numberyear_once")]

    def __str__(self) -> str:
        return f"{self.series_id} {self.year}: {self.last}"
