"""Who was asked in person: units by an inquiry, enterprises by an interview."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Inquiry(models.Model):
    """The evaluator asks a unit in writing for values with their evidence, by a day (调查函).

    series: keys of the edition that the unit is asked for. obligation: the
    unit's, fulfilled when each of them has a statement.
    """

    append_only = True

    evaluation = models.ForeignKey("evaluation.Evaluation", on_delete=models.PROTECT, related_name="inquiries")
    no = models.PositiveSmallIntegerField("第几号函")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    series = models.JSONField("数据项")
    words = models.CharField("要说明什么", max_length=400, blank=True)
    person = models.CharField("经手人", max_length=64)
    at = models.DateTimeField("发出时间")
    obligation = models.OneToOneField("work.Obligation", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["no"]
        constraints = [models.UniqueConstraint(name="evaluation_inquiry_numbered", fields=["evaluation", "no"])]

    def __str__(self) -> str:
        return f"第{self.no}号函"


class Interview(models.Model):
    """One conversation with an enterprise (企业访谈), with its consent and the minutes.

    Its name and the minutes are read by the evaluator's unit alone, after
    publication too; what is published says only ``described``.
    """

    append_only = True

    evaluation = models.ForeignKey("evaluation.Evaluation", on_delete=models.PROTECT, related_name="interviews")
    unit_code = models.CharField(max_length=40, db_collation="C")
    no = models.PositiveSmallIntegerField("第几号访谈")
    enterprise = models.CharField("企业名称", max_length=120)
    described = models.CharField("公开的说法", max_length=100)
    interviewer = models.CharField("访谈人", max_length=120)
    interviewed_on = models.DateField("访谈日期")
    has_consented = models.BooleanField("企业同意接受访谈并使用所说的数据")
    minutes = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("登记时间")

    class Meta:
        ordering = ["no"]
        constraints = [
            models.UniqueConstraint(name="evaluation_interview_numbered", fields=["evaluation", "no"]),
            models.CheckConstraint(name="evaluation_interview_with_consent", condition=Q(has_consented=True)),
            models.CheckConstraint(
                name="evaluation_interview_described_without_the_name",
                condition=~Q(described="") & ~Q(described__contains=models.F("enterprise")),
            ),
        ]

    def __str__(self) -> str:
        return f"第{self.no}号访谈"
