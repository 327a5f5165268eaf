"""Rows that hold from one day until another."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, TypeVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q, Value

Row = TypeVar("Row", bound=models.Model)


class DatedQuerySet(models.QuerySet[Row]):
    """Rows with ``valid_from`` and ``valid_to``."""

    def on(self, day: date) -> DatedQuerySet[Row]:
        """Return the rows that hold on a day."""
        return self.filter(holds_on(day))


def holds_on(day: date, prefix: str = "") -> Q:
    """Return the condition that a row holds on a day.

    prefix: lookup path to the dated row, e.g. ``unit__``.
    """
    begun = Q(**{f"{prefix}valid_from__isnull": True}) | Q(**{f"{prefix}valid_from__lte": day})
    not_over = Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": day})
    return begun & not_over


class Dated(models.Model):
    """A fact with dates of validity.

    valid_from: first day it holds; null when that day is not on record.
    valid_to: first day it no longer holds; null while it does. So the last day
    of one row and the first of the next are the same date, and no day is
    lost or counted twice.
    """

    valid_from = models.DateField("生效日", null=True, blank=True)
    valid_to = models.DateField("失效日", null=True, blank=True, help_text="从这一天起不再有效")

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_ends_after_it_begins",
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gt=F("valid_from")),
            ),
        ]

    def is_over(self, day: date) -> bool:
        """Return whether this row no longer holds on a day."""
        return self.valid_to is not None and self.valid_to <= day

    def holds(self, day: date) -> bool:
        """Return whether this row holds on a day."""
        return (self.valid_from is None or self.valid_from <= day) and not self.is_over(day)


def never_twice_at_once(name: str, *columns: str) -> ExclusionConstraint:
    """Return a constraint: rows with the same ids in ``columns`` never hold on the same day.

    columns: database columns of bigint ids. Each id becomes a range of one
    number, so that plain GiST compares it and no extension is needed.
    """
    same: list[tuple[Any, str]] = [
        (Func(F(column), F(column), Value("[]"), function="int8range"), "&&") for column in columns
    ]
    return ExclusionConstraint(
        name=name,
        expressions=[*same, (Func(F("valid_from"), F("valid_to"), function="daterange"), "&&")],
    )
