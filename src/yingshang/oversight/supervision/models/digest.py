"""The digest of a day: what should climb, and what became of each line."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Digest(models.Model):
    """One day's list of what should climb (每日督办清单). Nothing goes out before it is confirmed.

    A digest that nobody confirmed lapses when the next one is made; what it
    held comes up again.
    """

    class State(models.TextChoices):
        DRAFTED = "drafted", "待确认"
        CONFIRMED = "confirmed", "已确认"
        LAPSED = "lapsed", "未确认，已由次日清单代替"

    on = models.DateField(unique=True)
    ladder = models.ForeignKey("supervision.Ladder", on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey("supervision.Authority", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFTED)
    made_at = models.DateTimeField()
    watched = models.PositiveIntegerField(help_text="看过多少件")
    confirmed_by = models.CharField(max_length=80, blank=True, default="")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="supervision_digest_confirmed_by_somebody",
                condition=Q(state="confirmed", confirmed_at__isnull=False) & ~Q(confirmed_by="")
                | ~Q(state="confirmed") & Q(confirmed_at=None, confirmed_by=""),
            ),
            models.UniqueConstraint(
                name="supervision_digest_one_waits", fields=["state"], condition=Q(state="drafted")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on}督办清单"


class DigestUnit(models.Model):
    """One unit in a digest: its place, worst first, and how many of its lines wait for the days after."""

    append_only = True

    digest = models.ForeignKey("supervision.Digest", on_delete=models.PROTECT, related_name="units")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    order = models.PositiveIntegerField()
    carried = models.PositiveIntegerField(help_text="顺延件数")

    class Meta:
        ordering = ["digest", "order"]
        constraints = [models.UniqueConstraint(name="supervision_digestunit_once", fields=["digest", "unit"])]

    def __str__(self) -> str:
        return f"{self.digest_id} {self.unit_id}"


class DigestItem(models.Model):
    """One line of a digest: an obligation, the rung it should climb, why, and what was decided."""

    class State(models.TextChoices):
        DRAFTED = "drafted", "拟发"
        TAKEN_OUT = "taken_out", "已移出"
        POSTPONED = "postponed", "已暂缓"
        SENT = "sent", "已列入文书"
        PASSED = "passed", "确认时已不需要"

    digest = models.ForeignKey("supervision.Digest", on_delete=models.PROTECT, related_name="items")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    obligation = models.ForeignKey("work.Obligation", on_delete=models.PROTECT, related_name="+")
    supervision = models.ForeignKey("supervision.Supervision", null=True, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveIntegerField()
    place = models.PositiveSmallIntegerField()
    rung = models.CharField(max_length=10)
    rule = models.CharField(max_length=40)
    why = models.CharField(max_length=200)
    color = models.CharField(max_length=6)
    days_late = models.PositiveIntegerField()
    due_date = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFTED)
    reason = models.CharField(max_length=400, blank=True, default="")
    until = models.DateField(null=True, help_text="暂缓到哪天")
    decided_by = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        ordering = ["digest", "order"]
        constraints = [
            models.UniqueConstraint(name="supervision_digestitem_once", fields=["digest", "obligation"]),
            models.CheckConstraint(
                name="supervision_digestitem_held_back_with_a_reason",
                condition=~Q(state__in=["taken_out", "postponed"]) | ~Q(reason="") & ~Q(decided_by=""),
            ),
            models.CheckConstraint(
                name="supervision_digestitem_postponed_to_a_day",
                condition=Q(state="postponed", until__isnull=False) | ~Q(state="postponed") & Q(until=None),
            ),
        ]
        indexes = [
            models.Index(
                fields=["obligation"],
                name="supervision_item_held_back",
                condition=Q(state__in=["taken_out", "postponed"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.digest_id}/{self.order}"
