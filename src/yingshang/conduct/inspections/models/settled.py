"""What county and national files settle: classes and their ratios, yearly caps, codes of results."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yingshang.conduct.inspections.rules.grading import GRADES


class GradeRule(models.Model):
    """How often enterprises of a credit-risk class may be drawn (分级分类监管), from a day on.

    Ratios are fractions, ``numerator/denominator``, never floats. A class
    with ``on_cause_only`` is visited on a complaint, a clue or by order from
    above, not by routine (无事不扰).
    """

    web_rights = "SELECT, INSERT, UPDATE"

    grade = models.CharField("风险类别", max_length=1, choices=[(each, f"{each}类") for each in GRADES])
    title = models.CharField(max_length=20)
    least = models.CharField("最低比例", max_length=11)
    most = models.CharField("最高比例", max_length=11)
    yearly_most = models.PositiveSmallIntegerField("一年最多几次", null=True, help_text="空：按需要")
    on_cause_only = models.BooleanField(default=False)
    source = models.CharField(max_length=200, blank=True, default="")
    edition = models.DateField(null=True)
    todo = models.CharField(max_length=200, blank=True, default="")
    effective_from = models.DateField()
    effective_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["grade", "effective_from"], name="inspections_grade_rule_one_per_day"),
            models.CheckConstraint(
                name="inspections_grade_rule_ends_after_it_begins",
                condition=Q(effective_to=None) | Q(effective_to__gte=F("effective_from")),
            ),
            models.CheckConstraint(
                name="inspections_grade_rule_sourced_or_to_do", condition=~Q(source="") | ~Q(todo="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.grade} {self.title}"


class Tag(models.Model):
    """What a tag of targets or a field of inspectors is called (标签、执法领域): ``food`` is 食品."""

    web_rights = "SELECT, INSERT, UPDATE"

    code = models.SlugField(max_length=40, unique=True, allow_unicode=True)
    title = models.CharField(max_length=40)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.title


class Cap(models.Model):
    """How many visits a year a unit may pay one enterprise (年度检查频次上限), from a day on.

    unit null: the county's cap for units that have not published their own.
    """

    web_rights = "SELECT, INSERT, UPDATE"

    unit = models.ForeignKey("org.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    yearly_most = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200, blank=True, default="")
    edition = models.DateField(null=True)
    todo = models.CharField(max_length=200, blank=True, default="")
    effective_from = models.DateField()
    effective_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "effective_from"], name="inspections_cap_one_per_day", nulls_distinct=False
            ),
            models.CheckConstraint(name="inspections_cap_sourced_or_to_do", condition=~Q(source="") | ~Q(todo="")),
        ]

    def __str__(self) -> str:
        return f"{self.unit or '全县'} {self.yearly_most}次"


class CrewRule(models.Model):
    """How many inspectors with certificates go at least, from a day on."""

    web_rights = "SELECT, INSERT, UPDATE"

    least = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200, blank=True, default="")
    edition = models.DateField(null=True)
    todo = models.CharField(max_length=200, blank=True, default="")
    effective_from = models.DateField(unique=True)
    effective_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="inspections_crew_sourced_or_to_do", condition=~Q(source="") | ~Q(todo="")),
        ]

    def __str__(self) -> str:
        return f"至少{self.least}人"


class NoticeText(models.Model):
    """A sentence that the law or the county wants on every notice of inspection."""

    web_rights = "SELECT, INSERT, UPDATE, DELETE"

    place = models.PositiveSmallIntegerField(unique=True)
    words = models.CharField(max_length=400)
    source = models.CharField(max_length=200, blank=True, default="")
    edition = models.DateField(null=True)
    todo = models.CharField(max_length=200, blank=True, default="")
    effective_from = models.DateField()
    effective_to = models.DateField(null=True)

    def __str__(self) -> str:
        return self.words


class ResultCode(models.Model):
    """One code of a national list of results (检查结果代码), with what must follow it."""

    web_rights = "SELECT, INSERT, UPDATE"

    class Follow(models.TextChoices):
        NOTHING = "nothing", "不需后续处理"
        RECTIFY = "rectify", "责令改正"
        ABNORMAL = "abnormal", "列入经营异常名录"
        TRANSFER = "transfer", "移送有权机关"
        FILE = "file", "立案"

    scheme = models.CharField("代码表", max_length=20, help_text="a（公示信息抽查）或 b（双随机）")
    code = models.CharField(max_length=4)
    words = models.CharField(max_length=80)
    follow = models.CharField(max_length=10, choices=Follow, default=Follow.NOTHING)
    is_clean = models.BooleanField(default=False, help_text="says that nothing was found")
    place = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200, blank=True, default="")
    todo = models.CharField(max_length=200, blank=True, default="")
    effective_from = models.DateField()
    effective_to = models.DateField(null=True)

    class Meta:
        ordering = ["scheme", "place"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "code", "effective_from"], name="inspections_result_code_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.words}"
