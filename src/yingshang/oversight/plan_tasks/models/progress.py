"""How far stages are, and how much typing that cost."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Progress(models.Model):
    """One entry about a stage: how far it is, that it is done, or what the bureau said to that. Never changed.

    line: the stage through all editions. value is the platform's own
    (``is_measured``) where the stage names a measure; nobody typed it.
    """

    append_only = True

    class Kind(models.TextChoices):
        REPORTED = "reported", "填报进展"
        ASKED = "asked", "申请销号"
        SIGNED_OFF = "signed_off", "已销号"
        RETURNED = "returned", "销号退回"

    stage = models.ForeignKey("plan_tasks.Stage", on_delete=models.PROTECT, related_name="progress")
    line = models.UUIDField()
    kind = models.CharField(max_length=10, choices=Kind)
    value = models.DecimalField(max_digits=16, decimal_places=4, null=True)
    is_measured = models.BooleanField(default=False)
    reached_on = models.DateField(null=True)
    items_done = models.JSONField(default=list, help_text="清单中已完成的项，从0起")
    words = models.CharField(max_length=1000, blank=True, help_text="进展、证明或者理由")
    problem = models.CharField(max_length=500, blank=True)
    document = models.ForeignKey("documents.Document", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="plan_tasks_sign_off_returned_with_reasons", condition=~Q(kind="returned") | ~Q(words="")
            )
        ]
        indexes = [models.Index(fields=["line", "id"], name="plan_tasks_progress_of_line")]

    def __str__(self) -> str:
        return f"{self.stage}：{self.get_kind_display()}"


class TypingDay(models.Model):
    """How long people of a unit typed into the forms of this package on one day. No person stands here."""

    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    forms = models.PositiveIntegerField(default=0)
    fields = models.PositiveIntegerField(default=0, help_text="填写的栏数")
    seconds = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(name="plan_tasks_typing_day_is_unique", fields=["unit", "day"])]

    def __str__(self) -> str:
        return f"{self.unit} {self.day}"


class TypingRule(models.Model):
    """How many seconds of one open form count at most (a form left open over lunch is not typing)."""

    most_seconds = models.PositiveIntegerField()
    source = models.CharField(max_length=200, blank=True)
    todo = models.CharField(max_length=300, blank=True)
    effective_from = models.DateField(unique=True)

    def __str__(self) -> str:
        return f"{self.most_seconds}秒"
