"""Frozen values."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import Q

from yingshang.kernel.measures.values import Rate, Value


class FrozenValue(models.Model):
    """A measure's value for a unit and a period, as it was on the day it was frozen.

    Never changed: a correction is a new row that names the old one and says
    why. ``sources`` are the rows it was computed from, ``formula_digest`` the
    program that computed it.
    """

    append_only = True

    measure = models.CharField(max_length=80)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    period = models.CharField(max_length=7, help_text="2026-03、2026Q1 或 2026")
    number = models.DecimalField(max_digits=24, decimal_places=6, null=True, help_text="不是比率时的值；空白为无数据")
    numerator = models.BigIntegerField(null=True)
    denominator = models.BigIntegerField(null=True)
    sources = models.JSONField(default=list)
    formula_digest = models.CharField(max_length=64)
    entry = models.ForeignKey("ledger.Entry", on_delete=models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField()
    frozen_by = models.CharField(max_length=64)
    corrects = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="corrected_by")
    reason = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["measure", "period", "unit_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="measures_frozen_once", fields=["measure", "unit", "period"], condition=Q(corrects=None)
            ),
            models.CheckConstraint(
                name="measures_frozen_as_a_rate_or_a_number",
                condition=Q(numerator=None, denominator=None)
                | Q(numerator__isnull=False, denominator__isnull=False, number=None),
            ),
            models.CheckConstraint(
                name="measures_frozen_corrected_with_a_reason", condition=Q(corrects=None, reason="") | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.period}"

    @property
    def value(self) -> Value:
        """The value as the measure gave it."""
        if self.numerator is not None and self.denominator is not None:
            return Rate(self.numerator, self.denominator)
        return self.number

    @property
    def shown(self) -> str:
        """The value as people read it."""
        found = self.value
        if isinstance(found, Decimal):
            return f"{found.normalize():f}"
        return "—（无）" if found is None else str(found)
