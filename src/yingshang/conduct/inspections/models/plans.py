"""What is meant to be inspected: the year's plan with its lines, each draw that carries one out, and permissions."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Plan(models.Model):
    """A unit's inspection plan of a year (年度抽查计划). A change is a new version with its reason."""

    class State(models.TextChoices):
        DRAFT = "draft", "草稿"
        SUBMITTED = "submitted", "待审批"
        APPROVED = "approved", "已批准"
        PUBLISHED = "published", "已公示"
        SUPERSEDED = "superseded", "已被新版代替"

    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField(default=1)
    changed_because = models.CharField("变更理由", max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    drafted_by = models.CharField(max_length=80)
    approved_by = models.CharField(max_length=80, blank=True)
    approved_on = models.DateField(null=True)
    published_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "version"], name="inspections_plan_version_is_unique"),
            models.UniqueConstraint(
                fields=["unit", "year"], condition=Q(state="published"), name="inspections_one_plan_in_force"
            ),
            models.CheckConstraint(
                name="inspections_a_changed_plan_says_why", condition=Q(version=1) | ~Q(changed_because="")
            ),
            models.CheckConstraint(
                name="inspections_plan_approved_by_another",
                condition=Q(approved_on=None, approved_by="")
                | (Q(approved_on__isnull=False) & ~Q(approved_by="") & ~Q(approved_by=F("drafted_by"))),
            ),
            models.CheckConstraint(
                name="inspections_plan_published_once_approved",
                condition=~Q(state__in=["published", "superseded"])
                | Q(approved_on__isnull=False, published_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.year}年抽查计划（第{self.version}版）"


class PlanLine(models.Model):
    """One task of a plan (抽查任务): which items, for whom, at which ratio per class, from when to when, with whom."""

    plan = models.ForeignKey("inspections.Plan", on_delete=models.PROTECT, related_name="lines")
    place = models.PositiveSmallIntegerField()
    title = models.CharField("任务名称", max_length=120)
    items = models.JSONField("抽查事项", help_text="抽查事项清单中的编号")
    tags = models.JSONField("对象范围", default=list, help_text="空：全部对象")
    ratios = models.JSONField("各类比例", help_text='{"A": "1/100", "B": "5/100", …}')
    first = models.DateField("开始日期")
    last = models.DateField("结束日期")
    times = models.PositiveSmallIntegerField("频次", default=1)
    joint_units = models.ManyToManyField("org.Unit", related_name="+")
    ordered_from_above = models.CharField("上级部署文件", max_length=200, blank=True)

    class Meta:
        ordering = ["plan", "place"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "place"], name="inspections_line_place_is_unique"),
            models.CheckConstraint(name="inspections_line_ends_after_it_begins", condition=Q(last__gte=F("first"))),
        ]

    def __str__(self) -> str:
        return self.title


class Batch(models.Model):
    """One draw that carries out a line (抽取批次). The draw itself stands in ``kernel/draws`` under its serial.

    ``pool_counts`` says how many of each class were in the pool, and
    ``pool_digest`` is the SHA-256 of the canonical JSON of the pool (class →
    sorted codes): after the reveal anybody can compute it from the published
    plan's ``targets``.
    """

    line = models.ForeignKey("inspections.PlanLine", on_delete=models.PROTECT, related_name="batches")
    serial = models.CharField("摇号序号", max_length=40, unique=True)
    visits_from = models.DateField("入企检查自")
    visits_to = models.DateField("至")
    pool_counts = models.JSONField("名录库各类户数", default=dict, help_text='{"A": 31, "B": 12, …}')
    pool_digest = models.CharField("名录库摘要", max_length=64)
    by = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="inspections_batch_ends_after_it_begins", condition=Q(visits_to__gte=F("visits_from"))
            ),
        ]

    def __str__(self) -> str:
        return self.serial


class Permission(models.Model):
    """The approval of an inspection outside a drawn batch (行政检查审批): a single case, or a special check.

    Approved by the head of the unit before the visit; in an emergency within
    the time that the law leaves after it (国办发〔2024〕54号).
    """

    class Kind(models.TextChoices):
        CASE = "case", "个案检查"
        SPECIAL = "special", "专项检查"

    class Cause(models.TextChoices):
        COMPLAINT = "complaint", "投诉举报"
        CLUE = "clue", "问题线索"
        TRANSFER = "transfer", "转办交办"
        ABOVE = "above", "上级部署"
        MONITORING = "monitoring", "数据监测发现"
        OTHER = "other", "其他"

    class State(models.TextChoices):
        ASKED = "asked", "待审批"
        GRANTED = "granted", "已批准"
        REFUSED = "refused", "不批准"

    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    target = models.ForeignKey("inspections.Target", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    items = models.JSONField("抽查事项", help_text="抽查事项清单中的编号")
    cause = models.CharField("由来", max_length=12, choices=Cause)
    reason = models.CharField("理由", max_length=400)
    ordered_from_above = models.CharField("上级部署文件", max_length=200, blank=True)
    is_emergency = models.BooleanField("紧急情况，事后补办", default=False)
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    asked_by = models.CharField(max_length=80)
    asked_at = models.DateTimeField()
    decided_by = models.CharField(max_length=80, blank=True)
    decided_at = models.DateTimeField(null=True)
    decision = models.CharField("批示", max_length=400, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="inspections_permission_decided_by_another",
                condition=Q(state="asked", decided_at=None, decided_by="")
                | (~Q(state="asked") & Q(decided_at__isnull=False) & ~Q(decided_by="") & ~Q(decided_by=F("asked_by"))),
            ),
            models.CheckConstraint(
                name="inspections_an_order_from_above_is_named", condition=~Q(cause="above") | ~Q(ordered_from_above="")
            ),
            models.CheckConstraint(
                name="inspections_a_refusal_gives_reasons", condition=~Q(state="refused") | ~Q(decision="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.target}"
