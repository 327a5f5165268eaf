"""Editions of the county's ladder, as loaded."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q


class Ladder(models.Model):
    """One edition of the ladder (督办阶梯), in effect from a day on. Its content never changes; see ladder/1."""

    web_rights = "SELECT, INSERT, UPDATE"

    effective_from = models.DateField(unique=True)
    effective_to = models.DateField(null=True)
    content = models.JSONField(help_text="ladder/1")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the canonical content")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="supervision_ladder_ends_after_it_begins",
                condition=Q(effective_to=None) | Q(effective_to__gte=F("effective_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"自{self.effective_from}起的阶梯"

    @property
    def rungs(self) -> list[dict[str, Any]]:
        """The rungs, lowest first."""
        return list(self.content["rungs"])

    def rung(self, kind: str) -> dict[str, Any]:
        """Return what the edition says of one kind of letter."""
        if kind == "correction":
            return dict(self.content["correction"])
        return next(each for each in self.rungs if each["rung"] == kind)
