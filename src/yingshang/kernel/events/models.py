"""The outbox: facts told, and one row for each subscriber that is to hear them."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q

BEIJING = ZoneInfo("Asia/Shanghai")


class Fact(models.Model):
    """One thing that happened, under a name of the catalogue, with plain values.

    A subscriber reads ``fact["field"]``, ``fact.at`` and ``fact.on``; it looks
    up everything else by the ids it was given.
    """

    append_only = True

    name = models.CharField(max_length=80)
    payload = models.JSONField()
    at = models.DateTimeField(help_text="when it happened, as the deed says")

    def __str__(self) -> str:
        return f"{self.name} {self.payload}"

    def __getitem__(self, field: str) -> Any:
        return self.payload[field]

    @property
    def on(self) -> date:
        """The Beijing date on which it happened."""
        return self.at.astimezone(BEIJING).date()


class Delivery(models.Model):
    """One fact on its way to one subscriber."""

    class State(models.TextChoices):
        WAITING = "waiting", "待送达"
        DELIVERED = "delivered", "已送达"
        PARKED = "parked", "已搁置"

    fact = models.ForeignKey("events.Fact", on_delete=models.PROTECT, related_name="+")
    subscriber = models.CharField(max_length=200, help_text="dotted name of the function")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    error_class = models.CharField(max_length=200, blank=True, default="")
    error_trace = models.TextField(blank=True, default="", help_text="places in the code only: no message, no value")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fact", "subscriber"], name="events_delivery_once_per_subscriber"),
            models.CheckConstraint(
                name="events_delivery_dated_once_delivered",
                condition=Q(state="delivered", delivered_at__isnull=False)
                | (~Q(state="delivered") & Q(delivered_at__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(fields=["next_try_at", "id"], name="events_delivery_waiting", condition=Q(state="waiting")),
            models.Index(fields=["id"], name="events_delivery_parked", condition=Q(state="parked")),
        ]

    def __str__(self) -> str:
        return f"{self.fact_id} → {self.subscriber} {self.get_state_display()}"
