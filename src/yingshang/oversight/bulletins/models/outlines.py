"""What the county wants in its bulletins."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Outline(models.Model):
    """The outline of bulletins (通报提纲) from a day on, as bulletins.yaml states it.

    worst, best: how many units are named. measures: whose values are printed,
    as far as they are installed.
    """

    web_rights = "SELECT, INSERT, UPDATE"

    unit = models.CharField(max_length=40, help_text="印发单位代码")
    worst = models.PositiveIntegerField()
    best = models.PositiveIntegerField()
    measures = models.JSONField(default=list)
    source = models.CharField(max_length=200, blank=True, default="")
    todo = models.CharField(max_length=200, blank=True, default="")
    effective_from = models.DateField(unique=True)
    effective_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="bulletins_outline_ends_after_it_begins",
                condition=Q(effective_to=None) | Q(effective_to__gte=F("effective_from")),
            ),
            models.CheckConstraint(name="bulletins_outline_sourced_or_to_do", condition=~Q(source="") | ~Q(todo="")),
        ]

    def __str__(self) -> str:
        return f"{self.effective_from}"
