"""The authority to supervise."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Authority(models.Model):
    """The approval by which a department may supervise (督查授权), from a day on, until a day or for good.

    Only the supervision body of a government, a team it sends, or a department
    it designates may supervise (《政府督查工作条例》第七条). A mistake is
    mended by ending the record with its reason and entering another.
    """

    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    approval_no = models.CharField(max_length=60, help_text="批准文号")
    text = models.CharField(max_length=200, help_text="文件名称")
    issuer = models.CharField(max_length=120, help_text="批准机关")
    approved_on = models.DateField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, help_text="最后一天；没有写明时为空")
    document = models.ForeignKey("documents.Document", null=True, on_delete=models.PROTECT, related_name="+")
    is_demo = models.BooleanField(default=False, help_text="演示用，来自县级数据")
    todo = models.CharField(max_length=200, blank=True, default="")
    entered_by = models.CharField(max_length=80, help_text="人员代号，不是姓名")
    entered_at = models.DateTimeField()
    ended_on = models.DateField(null=True)
    ended_by = models.CharField(max_length=80, blank=True, default="")
    ended_reason = models.CharField(max_length=400, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="supervision_authority_ends_after_it_begins",
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
            ),
            models.CheckConstraint(
                name="supervision_authority_stands_on_a_document",
                condition=Q(is_demo=True) & ~Q(todo="") | Q(is_demo=False, document__isnull=False),
            ),
            models.CheckConstraint(
                name="supervision_authority_ended_with_a_reason",
                condition=Q(ended_on=None, ended_by="", ended_reason="")
                | Q(ended_on__isnull=False) & ~Q(ended_by="") & ~Q(ended_reason=""),
            ),
            models.UniqueConstraint(
                name="supervision_authority_one_standing_per_number",
                fields=["unit", "approval_no"],
                condition=Q(ended_on=None),
            ),
        ]

    def __str__(self) -> str:
        return self.approval_no
