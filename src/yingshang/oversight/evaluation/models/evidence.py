"""What was collected, how differing values were settled, and who asked for another number.

These tables stand under row-level security (migration 0002): until an
evaluation is published only the evaluator's own unit reads them.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Method(models.TextChoices):
    """The five ways to collect that the plan names (方案第35项)."""

    STATEMENT = "statement", "部门座谈"
    INTERVIEW = "interview", "企业访谈"
    SYSTEM = "system", "系统抓取"
    QUESTIONNAIRE = "questionnaire", "问卷调查"
    APPRAISAL = "appraisal", "市民评议"


class Value(models.Model):
    """One value of a series for a place, as one source gave it. Never changed: another is entered beside it.

    low, high: ends of the value's interval, where a survey gave it. stated_by:
    the unit that stated it itself in answer to ``inquiry``. evidence_is_open:
    whether everybody may open the evidence after publication.
    """

    append_only = True

    evaluation = models.ForeignKey("evaluation.Evaluation", on_delete=models.PROTECT, related_name="values_collected")
    unit_code = models.CharField(max_length=40, db_collation="C")
    series = models.CharField("数据项", max_length=60)
    place = models.CharField("地方", max_length=60)
    part = models.CharField("部分", max_length=60, blank=True)
    share = models.CharField("份额", max_length=20, blank=True)
    written = models.CharField("值", max_length=40, blank=True)
    low = models.CharField("区间下端", max_length=40, blank=True, default="")
    high = models.CharField("区间上端", max_length=40, blank=True, default="")
    method = models.CharField("采集方式", max_length=13, choices=Method)
    source_ref = models.CharField("来源", max_length=200)
    collector = models.CharField("采集人", max_length=120)
    collected_on = models.DateField("采集日期")
    evidence = models.ForeignKey("documents.Document", null=True, on_delete=models.PROTECT, related_name="+")
    evidence_is_open = models.BooleanField("证据可以公开", default=False)
    stated_by = models.CharField("填报单位", max_length=40, blank=True, default="", db_collation="C")
    inquiry = models.ForeignKey("evaluation.Inquiry", null=True, on_delete=models.PROTECT, related_name="statements")
    interview = models.ForeignKey("evaluation.Interview", null=True, on_delete=models.PROTECT, related_name="+")
    survey = models.CharField("问卷代号", max_length=40, blank=True, default="")
    extraction = models.ForeignKey(
        "evaluation.Extraction", null=True, on_delete=models.PROTECT, related_name="values_taken"
    )
    figure = models.CharField(
        max_length=40, blank=True, default="", help_text="line and figure of the extraction, e.g. 3/worked.p50"
    )
    is_verified = models.BooleanField("经核实", default=False)
    note = models.CharField("说明", max_length=400, blank=True)
    entered_at = models.DateTimeField("录入时间")

    class Meta:
        ordering = ["series", "place", "part", "pk"]
        indexes = [models.Index(name="evaluation_value_by_cell", fields=["evaluation", "series", "place"])]
        constraints = [
            models.CheckConstraint(name="evaluation_value_has_a_source", condition=~Q(source_ref="")),
            models.CheckConstraint(
                name="evaluation_value_names_its_figure",
                condition=Q(extraction=None, figure="")
                | (Q(extraction__isnull=False, method="system") & ~Q(figure="")),
            ),
            models.UniqueConstraint(
                name="evaluation_value_once_per_figure",
                fields=["extraction", "figure", "series", "place"],
                condition=Q(extraction__isnull=False),
            ),
            models.CheckConstraint(
                name="evaluation_value_part_with_share",
                condition=Q(part="", share="") | (~Q(part="") & ~Q(share="")),
            ),
            models.CheckConstraint(
                name="evaluation_value_interval_has_both_ends",
                condition=Q(low="", high="") | (~Q(low="") & ~Q(high="")),
            ),
            models.CheckConstraint(
                name="evaluation_value_stated_to_an_inquiry",
                condition=Q(stated_by="", inquiry=None) | (~Q(stated_by="") & Q(inquiry__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.series}：{self.written}"


class Settlement(models.Model):
    """Which of differing values counts, by which rule, and why. Append-only; the last one of a cell counts."""

    append_only = True

    evaluation = models.ForeignKey("evaluation.Evaluation", on_delete=models.PROTECT, related_name="settlements")
    unit_code = models.CharField(max_length=40, db_collation="C")
    value = models.ForeignKey(Value, on_delete=models.PROTECT, related_name="+")
    rule = models.CharField("规则", max_length=40)
    reason = models.CharField("理由", max_length=400)
    person = models.CharField("经手人", max_length=64)
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(name="evaluation_settlement_has_a_reason", condition=~Q(reason=""))]

    def __str__(self) -> str:
        return f"{self.value_id}：{self.rule}"


class AskedChange(models.Model):
    """Somebody asked the evaluator for another number (改数请求): who, how, what, and what was answered."""

    append_only = True

    evaluation = models.ForeignKey("evaluation.Evaluation", on_delete=models.PROTECT, related_name="asked_changes")
    unit_code = models.CharField(max_length=40, db_collation="C")
    who = models.CharField("谁", max_length=120)
    how = models.CharField("以什么方式", max_length=60)
    series = models.CharField("数据项", max_length=60)
    place = models.CharField("地方", max_length=60)
    wanted = models.CharField("想改成什么", max_length=200)
    answer = models.CharField("怎样答复", max_length=400)
    asked_on = models.DateField("日期")
    at = models.DateTimeField("登记时间")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.who}：{self.wanted}"
