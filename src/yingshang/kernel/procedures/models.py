"""Published versions of procedures, frozen."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class ProcedureVersion(models.Model):
    """One version of a procedure as it was published. A dossier keeps the version it began under.

    ``canonical`` is the JSON text that ``sha256`` names; the other columns are
    copies to search by. A version without ``effective_to`` ends on the day
    before its successor begins.
    """

    append_only = True

    procedure_id = models.SlugField(max_length=80, help_text="stable; never reused")
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)
    lead_unit_code = models.SlugField(max_length=40, blank=True, help_text="empty: named when a dossier opens")
    item_code = models.CharField(max_length=60, blank=True, help_text="事项编码")
    effective_from = models.DateField()
    effective_to = models.DateField(null=True)
    canonical = models.TextField()
    sha256 = models.CharField(max_length=64, unique=True)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=80, help_text="人员代号，不是姓名")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["procedure_id", "version"], name="procedures_version_once"),
            models.UniqueConstraint(fields=["procedure_id", "effective_from"], name="procedures_version_one_per_day"),
            models.CheckConstraint(
                name="procedures_version_ends_after_it_begins",
                condition=Q(effective_to=None) | Q(effective_to__gte=F("effective_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} 第{self.version}版"
