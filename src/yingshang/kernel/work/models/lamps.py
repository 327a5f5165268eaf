"""Lamp rules as the county's file states them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class LampRule(models.Model):
    """How the lamp of one kind of obligation is lit, from a day on; kind ``*`` stands for every other kind.

    rule: name of a function in ``lamp_rules``; thresholds: its arguments.
    """

    web_rights = "SELECT, INSERT, UPDATE"

    kind = models.CharField(max_length=80)
    rule = models.CharField(max_length=40)
    thresholds = models.JSONField()
    source = models.CharField(max_length=200, blank=True, default="")
    edition = models.DateField(null=True)
    todo = models.CharField(max_length=200, blank=True, default="")
    effective_from = models.DateField()
    effective_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "effective_from"], name="work_lamprule_one_per_day"),
            models.CheckConstraint(
                name="work_lamprule_ends_after_it_begins",
                condition=Q(effective_to=None) | Q(effective_to__gte=F("effective_from")),
            ),
            models.CheckConstraint(name="work_lamprule_sourced_or_to_do", condition=~Q(source="") | ~Q(todo="")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.rule}"
