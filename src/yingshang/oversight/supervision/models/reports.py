"""Public problem reports: what somebody reported, where it stands, and every step that was taken."""

import uuid

from django.db import models
from django.db.models import Q

from yingshang.oversight.supervision.rules import reports as rules


class ProblemReport(models.Model):
    """One report of a problem by a citizen or business (群众反映), made without log-in.

    Who made it stands nowhere here: a contact, if one was left, is a sealed
    document. The number is random and finds nothing without the code; the code
    is stored nowhere. ``told`` is what the unit concerned reads.
    """

    class State(models.TextChoices):
        WAITING = rules.WAITING, "待分办"
        ASSIGNED = rules.ASSIGNED, "已交办，待签收"
        SIGNED = rules.SIGNED, "办理中"
        ASKED = rules.ASKED, "已申请办结，待反映人确认"
        CONFIRMED = rules.CONFIRMED, "反映人确认已解决"
        UNCONFIRMED = rules.UNCONFIRMED, "办结，未经反映人确认"
        ELSEWHERE = rules.ELSEWHERE, "不归本平台办理"
        MERGED = rules.MERGED, "并入相同的反映"
        COMPLAINT = rules.COMPLAINT, "属于投诉，已告知途径"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    public_no = models.CharField(max_length=14, unique=True, help_text="给反映人的编号，随机")
    door = models.CharField(max_length=64, unique=True, help_text="编号和查询码合在一起的摘要值")
    retry_digest = models.CharField(max_length=64, unique=True, help_text="表单随机键的摘要值：重复提交只收一次")
    content_digest = models.CharField(max_length=64)
    text = models.TextField(max_length=2000)
    place = models.CharField(max_length=200, blank=True, default="")
    said_unit = models.ForeignKey("org.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    risk_word = models.CharField(max_length=20, blank=True, default="", help_text="命中的危险提醒词")
    photos = models.PositiveSmallIntegerField(default=0)
    received_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    triage = models.ForeignKey("work.Obligation", null=True, on_delete=models.PROTECT, related_name="+")
    area = models.CharField(max_length=40, blank=True, default="")
    told = models.TextField(max_length=2000, blank=True, default="", help_text="承办单位看到的内容")
    unit = models.ForeignKey("org.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    assigned_by = models.CharField(max_length=80, blank=True, default="")
    signing = models.ForeignKey("work.Obligation", null=True, on_delete=models.PROTECT, related_name="+")
    settling = models.ForeignKey("work.Obligation", null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(null=True)
    answer_until = models.DateField(null=True, help_text="反映人最后确认日")
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")
    elsewhere = models.CharField(max_length=40, blank=True, default="", help_text="归哪里办理")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index("state", "received_at", name="supervision_reports_waiting"),
            models.Index("unit", "state", name="supervision_reports_of_unit"),
        ]
        constraints = [
            models.CheckConstraint(
                name="supervision_report_with_a_unit_names_it",
                condition=~Q(state__in=sorted(rules.WITH_THE_UNIT | rules.SETTLED))
                | (Q(unit__isnull=False, settling__isnull=False) & ~Q(told="") & ~Q(area="")),
            ),
            models.CheckConstraint(
                name="supervision_report_asked_has_a_last_day",
                condition=~Q(state__in=[rules.ASKED, rules.CONFIRMED, rules.UNCONFIRMED])
                | Q(asked_at__isnull=False, answer_until__isnull=False),
            ),
            models.CheckConstraint(
                name="supervision_report_closed_when_over",
                condition=Q(state__in=sorted(rules.SETTLED | rules.TURNED_AWAY), closed_at__isnull=False)
                | (~Q(state__in=sorted(rules.SETTLED | rules.TURNED_AWAY)) & Q(closed_at=None)),
            ),
            models.CheckConstraint(
                name="supervision_report_merged_into_another",
                condition=Q(state=rules.MERGED, merged_into__isnull=False)
                | (~Q(state=rules.MERGED) & Q(merged_into=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"群众反映（{self.get_state_display()}）"


class ReportStep(models.Model):
    """One step of a report, never changed. ``person`` is empty where the reporter or nobody in particular acted."""

    append_only = True

    class Kind(models.TextChoices):
        RECEIVED = "received", "收到反映"
        ASSIGNED = "assigned", "交办"
        RETURNED = "returned", "退回分办"
        SIGNED = "signed", "签收"
        ASKED = "asked", "申请办结"
        UNSOLVED = "unsolved", "反映人说没有解决"
        CONFIRMED = "confirmed", "反映人确认已解决"
        UNCONFIRMED = "unconfirmed", "办结，未经反映人确认"
        ELSEWHERE = "elsewhere", "不归本平台办理"
        MERGED = "merged", "并入相同的反映"
        COMPLAINT = "complaint", "属于投诉，已告知途径"

    report = models.ForeignKey("supervision.ProblemReport", on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=12, choices=Kind)
    at = models.DateTimeField()
    person = models.CharField(max_length=80, blank=True, default="")
    unit = models.ForeignKey("org.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=2000, blank=True, default="", help_text="反映人和承办单位都看得到")

    def __str__(self) -> str:
        return self.get_kind_display()
