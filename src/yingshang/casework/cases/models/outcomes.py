"""What was decided, what was taken back, and why something was late."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Decision(models.Model):
    """What became of an application (决定), with the figures that measures read.

    accepted_on: the day its clock began, an earlier one for a deemed
    acceptance; empty where it was decided on a commitment or never accepted.
    working_days: used until the decision, without pauses. due_on: the promised
    last day, empty where none was promised. A decision is never changed: a
    license granted wrongly is revoked.
    """

    append_only = True

    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="decision")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    item_code = models.CharField(max_length=60)
    is_granted = models.BooleanField()
    on_commitment = models.BooleanField(default=False)
    content = models.TextField(blank=True, default="", help_text="准予的内容")
    reason = models.TextField(blank=True, default="")
    remedy = models.TextField(blank=True, default="")
    document_no = models.CharField(max_length=60, blank=True, default="")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    accepted_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    decided_on = models.DateField()
    decided_at = models.DateTimeField()
    decided_by = models.CharField(max_length=80, help_text="人员代号，不是姓名")
    working_days = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="cases_decision_refused_with_reasons_and_remedies",
                condition=Q(is_granted=True) | (~Q(reason="") & ~Q(remedy="")),
            ),
            models.CheckConstraint(
                name="cases_decision_valid_to_after_from",
                condition=Q(valid_to=None) | Q(valid_from__isnull=False, valid_to__gte=F("valid_from")),
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "decided_on"], name="cases_decisions_of_unit"),
            models.Index(fields=["decided_on", "item_code"], name="cases_decisions_of_month"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {'准予' if self.is_granted else '不予'}"


class Revocation(models.Model):
    """A license taken back after the decision (撤销), with its reason and what may be done against it."""

    append_only = True

    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="revocation")
    reason = models.TextField()
    remedy = models.TextField()
    revoked_at = models.DateTimeField()
    revoked_by = models.CharField(max_length=80, help_text="人员代号，不是姓名")

    class Meta:
        constraints = [
            models.CheckConstraint(name="cases_revocation_with_a_reason", condition=~Q(reason="") & ~Q(remedy="")),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}"


class Explanation(models.Model):
    """Why a case was late, in public (《优化营商环境条例》第三十六条). late: the limit that was missed."""

    web_rights = "SELECT, INSERT, UPDATE"

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="explanations")
    late = models.OneToOneField("work.Obligation", on_delete=models.PROTECT, related_name="+")
    duty = models.OneToOneField("work.Obligation", on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True, default="")
    expected_on = models.DateField(null=True, help_text="预计办结日")
    explained_at = models.DateTimeField(null=True)
    explained_by = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="cases_explanation_given_with_a_reason",
                condition=Q(explained_at=None, reason="", explained_by="")
                | (Q(explained_at__isnull=False) & ~Q(reason="") & ~Q(explained_by="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}"
