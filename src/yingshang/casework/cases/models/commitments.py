"""Written promises in the place of proof (告知承诺)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Commitment(models.Model):
    """One written promise (承诺): instead of one material, for materials that come later, or for the whole license.

    text: exactly what was promised, with its digest. result: what the check
    found. A broken promise keeps its maker from further promises until
    ``repaired_on``.
    """

    web_rights = "SELECT, INSERT, UPDATE"

    class Kind(models.TextChoices):
        CERTIFICATE = "certificate", "承诺代替证明"
        LICENSE = "license", "承诺取得许可"
        LATER = "later", "承诺按期补交"

    class Result(models.TextChoices):
        KEPT = "kept", "属实"
        BROKEN = "broken", "不实"

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="commitments")
    applicant = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    material = models.SlugField(max_length=40, blank=True, default="")
    text = models.TextField()
    digest = models.CharField(max_length=64)
    promised_at = models.DateTimeField()
    promised_by = models.CharField(max_length=80, help_text="人员代号，不是姓名")
    duty = models.OneToOneField("work.Obligation", null=True, on_delete=models.PROTECT, related_name="+")
    result = models.CharField(max_length=6, choices=Result, blank=True, default="")
    finding = models.TextField(blank=True, default="")
    checked_at = models.DateTimeField(null=True)
    checked_by = models.CharField(max_length=80, blank=True, default="")
    repaired_on = models.DateField(null=True, help_text="信用修复日")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "kind", "material"], name="cases_commitment_once"),
            models.CheckConstraint(
                name="cases_commitment_checked_with_a_finding",
                condition=Q(result="", checked_at=None)
                | (~Q(result="") & Q(checked_at__isnull=False) & ~Q(checked_by="") & ~Q(finding="")),
            ),
            models.CheckConstraint(
                name="cases_commitment_repaired_only_if_broken", condition=Q(repaired_on=None) | Q(result="broken")
            ),
        ]
        indexes = [
            models.Index(
                fields=["applicant"],
                name="cases_broken_promises",
                condition=Q(result="broken", repaired_on=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.get_kind_display()}"
