"""Bulletins: what was drafted, worded, reviewed and issued."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Bulletin(models.Model):
    """One monthly bulletin (通报). Once issued it stays as it is; a correction is a new one that names it."""

    class State(models.TextChoices):
        DRAFT = "draft", "起草中"
        SUBMITTED = "submitted", "待审核"
        APPROVED = "approved", "待印发"
        ISSUED = "issued", "已印发"

    month = models.DateField(help_text="通报哪个月，该月第一天")
    title = models.CharField(max_length=120)
    text = models.TextField(help_text="正文；数字写成{红灯}这样的占位")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1, help_text="每改一次加一")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    taking = models.OneToOneField("bulletins.Taking", null=True, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    edited_by = models.CharField(max_length=80, help_text="最后一个改动的人，人员代号")
    submitted_by = models.CharField(max_length=80, blank=True, default="")
    reviewed_by = models.CharField(max_length=80, blank=True, default="")
    sent_back_because = models.CharField(max_length=400, blank=True, default="")
    number = models.CharField(max_length=60, blank=True, default="", help_text="发文字号")
    issued_on = models.DateField(null=True)
    issued_by = models.CharField(max_length=80, blank=True, default="")
    pdf = models.ForeignKey("documents.Document", null=True, on_delete=models.PROTECT, related_name="+")
    docx = models.ForeignKey("documents.Document", null=True, on_delete=models.PROTECT, related_name="+")
    corrects = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="corrected_by")
    reason = models.CharField(max_length=400, blank=True, default="", help_text="为什么更正")

    class Meta:
        ordering = ["-month", "-pk"]
        constraints = [
            models.UniqueConstraint(name="bulletins_one_a_month", fields=["month"], condition=Q(corrects=None)),
            models.UniqueConstraint(name="bulletins_number_once", fields=["number"], condition=~Q(number="")),
            models.CheckConstraint(
                name="bulletins_issued_with_number_and_papers",
                condition=~Q(state="issued") & Q(number="", issued_on=None)
                | Q(state="issued", issued_on__isnull=False, pdf__isnull=False, docx__isnull=False) & ~Q(number=""),
            ),
            models.CheckConstraint(
                name="bulletins_reviewed_by_a_second_person",
                condition=Q(reviewed_by="") | (~Q(reviewed_by=F("submitted_by")) & ~Q(reviewed_by=F("edited_by"))),
            ),
            models.CheckConstraint(
                name="bulletins_approved_by_somebody",
                condition=Q(state__in=["draft", "submitted"]) | ~Q(reviewed_by=""),
            ),
            models.CheckConstraint(
                name="bulletins_corrected_with_a_reason", condition=Q(corrects=None, reason="") | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return self.title
