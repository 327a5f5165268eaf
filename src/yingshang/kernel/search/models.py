"""What can be found, and what people looked for in vain."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from yingshang.kernel.audience import Readable


class SearchRow(Readable):
    """One thing that can be found, written by the deed that writes the thing.

    Under row-level security (migration 0002): a row shows itself only to
    readers of its audience who ask for words that stand in it.
    """

    subject = models.CharField(primary_key=True, max_length=80)
    kind = models.CharField(max_length=40, help_text="类别，如 清单、任务")
    title = models.CharField(max_length=300)
    summary = models.CharField(max_length=500, blank=True, default="")
    address = models.CharField(max_length=300)
    tokens = SearchVectorField()
    changed_at = models.DateTimeField()

    class Meta:
        # No pending list: with one, the planner shuns the index after many writes, and time would tell of them.
        indexes = [GinIndex(fields=["tokens"], name="search_by_token", fastupdate=False)]

    def __str__(self) -> str:
        return self.title


class SearchMiss(models.Model):
    """A question that found nothing: the weekly work list of the people who keep the words.

    A question is told only after it was asked in vain five times: a name that
    one person typed stays a keyed hash.
    """

    digest = models.CharField(primary_key=True, max_length=64)
    times = models.PositiveIntegerField(default=1)
    words = models.CharField(max_length=60, blank=True, default="")
    last_date = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="search_miss_is_told_from_five", condition=Q(words="") | Q(times__gte=5)),
        ]

    def __str__(self) -> str:
        return self.words or "…"
