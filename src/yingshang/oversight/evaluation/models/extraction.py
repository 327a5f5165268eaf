"""Figures taken from an event log: the office hours they are counted by, and what each extraction found."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class OfficeHours(models.Model):
    """When offices are open on a working day (办公时间), from one day to another; by it working time is counted.

    sessions: [["08:30", "11:30"], …] in order. source empty: not confirmed, ``todo`` says what to do.
    """

    zone = models.CharField("时区", max_length=60)
    sessions = models.JSONField("时段")
    source = models.CharField("出处", max_length=200, blank=True)
    todo = models.CharField("待办", max_length=200, blank=True)
    effective_from = models.DateField("开始日", unique=True)
    effective_to = models.DateField("终止日", null=True)

    class Meta:
        ordering = ["effective_from"]
        constraints = [
            models.CheckConstraint(
                name="evaluation_hours_end_after_they_begin",
                condition=Q(effective_to=None) | Q(effective_to__gte=F("effective_from")),
            ),
        ]

    def __str__(self) -> str:
        return "、".join(f"{opens}—{closes}" for opens, closes in self.sessions)


class ExtractionTerms(models.Model):
    """By what rules figures are taken from logs: fewer cases than ``least`` are not published.

    stretches: [{key, title, begins, ends}]: from which moves to which a matter may be looked at.
    """

    least = models.PositiveSmallIntegerField("公布的最少件数")
    stretches = models.JSONField("起止")
    source = models.CharField("出处", max_length=200, blank=True)
    todo = models.CharField("待办", max_length=200, blank=True)
    effective_from = models.DateField("开始日", unique=True)
    effective_to = models.DateField("终止日", null=True)

    class Meta:
        ordering = ["effective_from"]

    def __str__(self) -> str:
        return f"{self.effective_from}：{self.least}"


class Extraction(models.Model):
    """One set of figures from one event log (系统抓取). Never changed: another extraction stands beside it.

    settings: what was asked, the office hours and the least number of cases of
    that day. log_digest: SHA-256 of the events it saw. tables: lines,
    bottlenecks, rework, lateness, variants; durations in whole microseconds.
    file_name, file_digest: of an outside log, which itself is not kept. Under
    row-level security: only the evaluator's unit reads it, after publication
    too; what becomes public stands frozen in the scoring.
    """

    append_only = True

    class Origin(models.TextChoices):
        PLATFORM = "platform", "平台办理记录"
        OUTSIDE = "outside", "外部文件"

    evaluation = models.ForeignKey("evaluation.Evaluation", on_delete=models.PROTECT, related_name="extractions")
    unit_code = models.CharField(max_length=40, db_collation="C")
    no = models.PositiveIntegerField("序号")
    origin = models.CharField("来源", max_length=8, choices=Origin)
    title = models.CharField("名称", max_length=100)
    first_day = models.DateField("第一天")
    last_day = models.DateField("最后一天")
    settings = models.JSONField("口径")
    question_digest = models.CharField(max_length=64)
    log_digest = models.CharField("日志摘要", max_length=64)
    cases = models.PositiveIntegerField("件数")
    events = models.PositiveIntegerField("事件数")
    file_name = models.CharField("文件", max_length=200, blank=True)
    file_digest = models.CharField("文件摘要", max_length=64, blank=True)
    tables = models.JSONField("结果")
    made_by = models.CharField("抓取人", max_length=64)
    made_by_name = models.CharField("抓取人姓名", max_length=120)
    at = models.DateTimeField("抓取时间")

    class Meta:
        ordering = ["-no"]
        constraints = [
            models.UniqueConstraint(name="evaluation_extraction_numbered", fields=["evaluation", "no"]),
            models.UniqueConstraint(
                name="evaluation_extraction_once", fields=["evaluation", "question_digest", "log_digest"]
            ),
            models.CheckConstraint(name="evaluation_extraction_of_a_period", condition=Q(last_day__gte=F("first_day"))),
            models.CheckConstraint(
                name="evaluation_extraction_names_its_file",
                condition=Q(origin="platform", file_digest="") | (Q(origin="outside") & ~Q(file_digest="")),
            ),
        ]

    def __str__(self) -> str:
        return f"第{self.no}次抓取：{self.title}"
