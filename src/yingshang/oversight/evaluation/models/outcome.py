"""What came out: frozen scorings and the objections to them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Scoring(models.Model):
    """One computation of all scores, with everything it needs to be done again. Append-only; the last one counts.

    values_text, codebook_text, extracts_text: CSV; scores_text: scores/1.
    extracts_text: tables of the extractions that values came from, empty for
    none. digest: SHA-256 of the archive of all these files and the edition
    (数据室), which the ledger entry carries. Under row-level security like the
    evidence.
    """

    append_only = True

    evaluation = models.ForeignKey("evaluation.Evaluation", on_delete=models.PROTECT, related_name="scorings")
    unit_code = models.CharField(max_length=40, db_collation="C")
    no = models.PositiveSmallIntegerField("第几次")
    values_text = models.TextField()
    codebook_text = models.TextField()
    scores_text = models.TextField()
    extracts_text = models.TextField(blank=True, default="")
    digest = models.CharField(max_length=64)
    why = models.CharField("为什么", max_length=200)
    entry = models.UUIDField(null=True)
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["-no"]
        constraints = [models.UniqueConstraint(name="evaluation_scoring_numbered", fields=["evaluation", "no"])]

    def __str__(self) -> str:
        return f"第{self.no}次计分"


class Objection(models.Model):
    """A unit objects to a value of a series it answers for (异议), and what the evaluator found."""

    evaluation = models.ForeignKey("evaluation.Evaluation", on_delete=models.PROTECT, related_name="objections")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    series = models.CharField("数据项", max_length=60)
    text = models.CharField("异议", max_length=1000)
    evidence = models.ForeignKey("documents.Document", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("提出时间")
    obligation = models.OneToOneField("work.Obligation", on_delete=models.PROTECT, related_name="+")
    is_accepted = models.BooleanField("采纳", null=True)
    answer = models.CharField("答复", max_length=1000, blank=True)
    answered_at = models.DateTimeField("答复时间", null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="evaluation_objection_one_open",
                fields=["evaluation", "unit", "series"],
                condition=Q(answered_at=None),
            ),
            models.CheckConstraint(
                name="evaluation_objection_answered_whole",
                condition=Q(answered_at=None, is_accepted=None, answer="")
                | (Q(answered_at__isnull=False, is_accepted__isnull=False) & ~Q(answer="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} 对 {self.series} 的异议"
