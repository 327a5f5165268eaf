"""What happens to a case on its way to the decision."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class CorrectionNotice(models.Model):
    """The one notice that says everything to be corrected (一次性告知补正). A case has one, never a second.

    defects: ``[{"material": key, "what": …, "remedy": …}]``. corrected_at: when the applicant had corrected it.
    """

    web_rights = "SELECT, INSERT, UPDATE"

    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="correction_notice")
    defects = models.JSONField()
    told_at = models.DateTimeField()
    told_by = models.CharField(max_length=80, help_text="人员代号，不是姓名")
    corrected_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="cases_correctionnotice_names_a_defect", condition=~Q(defects=[])),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}"


class ExtensionRequest(models.Model):
    """A wish for ten more days, and what the head said (延长审批)."""

    web_rights = "SELECT, INSERT, UPDATE"

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="extension_requests")
    reason = models.CharField(max_length=400)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=80, help_text="人员代号，不是姓名")
    is_approved = models.BooleanField(null=True)
    answer = models.CharField(max_length=400, blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(is_approved=None), name="cases_extensionrequest_one_open"
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(is_approved=True), name="cases_extensionrequest_granted_once"
            ),
            models.CheckConstraint(
                name="cases_extensionrequest_decided_by_somebody",
                condition=Q(is_approved=None, decided_at=None)
                | (Q(is_approved__isnull=False, decided_at__isnull=False) & ~Q(decided_by="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}"


class Letter(models.Model):
    """A letter of the office that stands in for the license until it is given (以函代证)."""

    append_only = True

    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="letter")
    official_no = models.CharField(max_length=60, unique=True)
    text = models.TextField()
    valid_to = models.DateField(null=True)
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=80, help_text="人员代号，不是姓名")

    class Meta:
        constraints = [models.CheckConstraint(name="cases_letter_says_something", condition=~Q(text=""))]

    def __str__(self) -> str:
        return self.official_no


class FilingViolation(models.Model):
    """An attempt to treat a filing like a license (变相许可): refused by the platform, and counted.

    The attempt did not happen to the filing; it is kept for whoever supervises (《优化营商环境条例》第三十九条).
    """

    append_only = True

    class Kind(models.TextChoices):
        RETURNED = "returned", "退回备案"
        REFUSED = "refused", "拒绝备案"
        BEYOND_LIST = "beyond_list", "要求清单以外的材料"

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="violations")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    what = models.CharField(max_length=400)
    at = models.DateTimeField()
    by = models.CharField(max_length=80, help_text="人员代号，不是姓名")

    class Meta:
        indexes = [models.Index(fields=["unit", "at"], name="cases_violations_of_unit")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.get_kind_display()}"
