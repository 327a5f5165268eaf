"""Notices that go outside the platform, beside the delivery on the workbench."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class OutsideNotice(models.Model):
    """One short notice of one letter by one channel outside (短信等): sent, waiting for another try, or given up.

    The letter counts as delivered on the workbench; this only calls attention to it.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "待发送"
        SENT = "sent", "已发送"
        FAILED = "failed", "发送失败"

    letter = models.ForeignKey("supervision.Letter", on_delete=models.PROTECT, related_name="notices")
    channel = models.CharField(max_length=10)
    adapter = models.CharField(max_length=20)
    is_simulated = models.BooleanField(help_text="模拟通道，没有真的发出")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True, default="", help_text="通道最近一次的答复")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="supervision_outside_once", fields=["letter", "channel"]),
            models.CheckConstraint(
                name="supervision_outside_waits_for_a_moment",
                condition=Q(state="waiting", next_try_at__isnull=False) | ~Q(state="waiting") & Q(next_try_at=None),
            ),
            models.CheckConstraint(
                name="supervision_outside_sent_at_a_moment",
                condition=Q(state="sent", sent_at__isnull=False) | ~Q(state="sent") & Q(sent_at=None),
            ),
        ]
        indexes = [
            models.Index(fields=["next_try_at"], name="supervision_outside_to_send", condition=Q(state="waiting")),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.get_state_display()}"
