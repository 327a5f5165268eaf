"""What the window keeps for itself: lists with a name, and the papers that were issued."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class SavedFilter(models.Model):
    """A list of cases that somebody wants to find again under a name (常用筛选).

    query: the filter form as it was sent, without empty fields. is_shared:
    everybody of the unit sees it; only who made it may remove it.
    """

    web_rights = "SELECT, INSERT, UPDATE, DELETE"

    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    person = models.CharField(max_length=80, help_text="人员代号，不是姓名")
    name = models.CharField(max_length=40)
    query = models.JSONField(default=dict)
    is_shared = models.BooleanField(default=False)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "person", "name"], name="cases_savedfilter_name_once"),
            models.CheckConstraint(name="cases_savedfilter_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name


class CasePaper(models.Model):
    """A paper of the office in a case (文书): issued once of each kind, kept as it was handed over."""

    append_only = True

    class Kind(models.TextChoices):
        ACCEPTED = "accepted", "受理通知书"
        TOLERANT = "tolerant", "容缺受理通知书"
        CORRECTION = "correction", "一次性补正告知书"
        DECLINED = "declined", "不予受理决定书"
        NOT_NEEDED = "not_needed", "不受理告知书"
        GRANTED = "granted", "准予决定书"
        REFUSED = "refused", "不予决定书"
        LETTER = "letter", "以函代证函"
        REVOKED = "revoked", "撤销决定书"
        DELIVERY = "delivery", "送达回证"

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="office_papers")
    kind = models.CharField(max_length=12, choices=Kind)
    document = models.OneToOneField("documents.Document", on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=80, help_text="人员代号，不是姓名")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "kind"], name="cases_casepaper_once_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.get_kind_display()}"


class ManyAtOnce(models.Model):
    """One round of a deed over several cases (批量办理), and why they go together. cases: pks that were chosen."""

    append_only = True

    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    deed = models.CharField(max_length=40)
    reason = models.CharField(max_length=200)
    cases = models.JSONField()
    done_at = models.DateTimeField()
    done_by = models.CharField(max_length=80, help_text="人员代号，不是姓名")

    class Meta:
        constraints = [models.CheckConstraint(name="cases_manyatonce_says_why", condition=~Q(reason=""))]

    def __str__(self) -> str:
        return f"{self.deed} {len(self.cases)}"
