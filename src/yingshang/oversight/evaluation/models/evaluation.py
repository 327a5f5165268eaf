"""What is evaluated, by whom, under which edition, and which unit answers for which series."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Evaluation(models.Model):
    """One evaluation of the business environment by a third party (营商环境评价).

    edition_text: the file of the edition (edition/1) as it was taken; its
    digest is public with the scores. place: the county's own name among the
    places. dossier: its state is where the evaluation stands.
    """

    code = models.SlugField("编号", max_length=40, unique=True)
    title = models.CharField("名称", max_length=100)
    year = models.PositiveSmallIntegerField("年度")
    place = models.CharField("被评价的地方", max_length=60)
    evaluator = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    contract_no = models.CharField("合同编号", max_length=60)
    contract_from = models.DateField("合同开始日")
    contract_to = models.DateField("合同终止日")
    edition_key = models.CharField("指标版本", max_length=60, blank=True)
    edition_method = models.CharField("方法", max_length=100, blank=True)
    edition_text = models.TextField("指标版本全文", blank=True)
    edition_digest = models.CharField("指标版本摘要", max_length=64, blank=True)
    shows_ranking = models.BooleanField("公布单位排名", default=False)
    dossier = models.OneToOneField("work.Dossier", on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField("公布时间", null=True)
    is_demo = models.BooleanField("演示", default=False)

    class Meta:
        ordering = ["-year", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="evaluation_contract_begins_before_it_ends", condition=Q(contract_to__gte=F("contract_from"))
            ),
            models.CheckConstraint(
                name="evaluation_published_with_an_edition",
                condition=Q(published_at=None) | ~Q(edition_digest=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Interest(models.Model):
    """What one evaluator states before working (利益冲突声明): append-only, the last one counts."""

    append_only = True

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="interests")
    person = models.CharField("声明人", max_length=64)
    name = models.CharField("姓名", max_length=120)
    has_conflict = models.BooleanField("有利益冲突")
    text = models.CharField("说明", max_length=400, blank=True)
    at = models.DateTimeField("声明时间")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="evaluation_interest_says_which", condition=Q(has_conflict=False) | ~Q(text="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}{'有' if self.has_conflict else '没有'}利益冲突"


class Owner(models.Model):
    """Who answers for a series of an edition, and where its values come from (责任矩阵)."""

    class Origin(models.TextChoices):
        SYSTEM = "system", "系统取数"
        OUTSIDE = "outside", "外部取得"
        NOBODY = "nobody", "还没有人负责"

    class Scope(models.TextChoices):
        UNIT = "unit", "负责单位"
        COUNTY = "county", "全县各单位"

    edition_key = models.CharField("指标版本", max_length=60)
    series = models.CharField("数据项", max_length=60)
    unit = models.ForeignKey("org.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    post = models.CharField("责任人岗位", max_length=40, blank=True)
    origin = models.CharField("数据来源", max_length=7, choices=Origin)
    method = models.CharField("采集方式", max_length=13, blank=True)
    measure = models.CharField("指标量", max_length=80, blank=True)
    scope = models.CharField("范围", max_length=6, choices=Scope, default="unit")
    extract = models.JSONField(
        "抓取", default=dict, blank=True, help_text="kind, items, stretch, figure: how an extraction gives it"
    )
    source = models.CharField("出处", max_length=200, blank=True)
    todo = models.CharField("待办", max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="evaluation_owner_one_for_a_series", fields=["edition_key", "series"]),
            models.CheckConstraint(
                name="evaluation_owner_named_unless_nobody", condition=Q(origin="nobody") | Q(unit__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series}：{self.unit_id or '还没有人'}"
