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
    one person typed stays a keyed hash. owner: code of the unit that looks
    into it. A question asked in vain again after it was settled is open again.
    """

    class Outcome(models.TextChoices):
        NAME_ADDED = "name_added", "加了说法"
        THING_ADDED = "thing_added", "补了事项或内容"
        NOTHING = "nothing", "不用处理"

    digest = models.CharField(primary_key=True, max_length=64)
    times = models.PositiveIntegerField(default=1)
    words = models.CharField(max_length=60, blank=True, default="")
    last_date = models.DateField()
    owner = models.CharField(max_length=40, blank=True, default="", help_text="负责的单位")
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True, default="")
    note = models.CharField(max_length=200, blank=True, default="", help_text="加在哪里，或者为什么不用处理")
    settled_by = models.CharField(max_length=80, blank=True, default="")
    settled_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="search_miss_is_told_from_five", condition=Q(words="") | Q(times__gte=5)),
            models.CheckConstraint(
                name="search_miss_settled_with_reason",
                condition=Q(outcome="", settled_on=None) | (~Q(outcome="") & ~Q(note="") & Q(settled_on__isnull=False)),
            ),
        ]

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to look into it."""
        return self.settled_on is None or self.last_date > self.settled_on

    def __str__(self) -> str:
        return self.words or "…"
