"""Lists, their editions and their rows."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q


class PublishedList(models.Model):
    """A list (清单) that others cite: what its rows look like, and which unit answers for them."""

    code = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=120)
    owner = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=300, blank=True, default="", help_text="要求编制本清单的文件")
    row_schema = models.JSONField(help_text="每一行的 JSON Schema（2020-12）")
    key_column = models.CharField(max_length=40)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.title

    @property
    def columns(self) -> dict[str, str]:
        """Column → Chinese heading, in the order of the schema."""
        shown: dict[str, dict[str, Any]] = self.row_schema["properties"]
        return {name: part.get("title", name) for name, part in shown.items()}


class Edition(models.Model):
    """One edition of a list (版次): all its rows, in effect from a date.

    A published edition is in effect from ``effective_from`` to
    ``effective_to``, both days included; the next one closes it.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "草稿"
        REVIEWED = "reviewed", "已审核"
        PUBLISHED = "published", "已发布"
        SUPERSEDED = "superseded", "已被替代"

    of = models.ForeignKey("lists.PublishedList", on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    effective_from = models.DateField()
    effective_to = models.DateField(null=True)
    source = models.CharField(max_length=300, blank=True, default="", help_text="发布依据；空白表示尚无出处")
    source_edition = models.CharField(max_length=60, blank=True, default="")
    digest = models.CharField(max_length=64, help_text="全部行的 SHA-256")
    drafted_by = models.CharField(max_length=64)
    drafted_at = models.DateTimeField()
    reviewed_by = models.CharField(max_length=64, blank=True, default="")
    reviewed_at = models.DateTimeField(null=True)
    published_by = models.CharField(max_length=64, blank=True, default="")
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["of", "-number"]
        constraints = [
            models.UniqueConstraint(name="lists_edition_number_once", fields=["of", "number"]),
            models.UniqueConstraint(name="lists_edition_one_published", fields=["of"], condition=Q(state="published")),
            models.UniqueConstraint(
                name="lists_edition_one_per_day",
                fields=["of", "effective_from"],
                condition=Q(state__in=["published", "superseded"]),
            ),
            models.CheckConstraint(
                name="lists_edition_ends_after_it_begins",
                condition=Q(effective_to=None) | Q(effective_to__gte=F("effective_from")),
            ),
            models.CheckConstraint(
                name="lists_edition_published_by_somebody",
                condition=Q(state__in=["draft", "reviewed"]) | Q(published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.of.title}第{self.number}版"


class Row(models.Model):
    """One row. Once its edition has left the draft, the database lets nobody touch it (migration 0002)."""

    edition = models.ForeignKey("lists.Edition", on_delete=models.PROTECT, related_name="rows")
    key = models.CharField(max_length=120)
    position = models.PositiveIntegerField()
    values = models.JSONField()
    effective_from = models.DateField(null=True, help_text="本行自己的起始日；空白表示随版次")
    effective_to = models.DateField(null=True)

    class Meta:
        ordering = ["edition", "position"]
        constraints = [models.UniqueConstraint(name="lists_row_key_once", fields=["edition", "key"])]

    def __str__(self) -> str:
        return self.key
