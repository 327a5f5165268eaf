"""One round of asking, and what the county has decided about asking."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Terms(models.Model):
    """What the county has decided about asking enterprises, from ``surveys.yaml``.

    quota: questionnaires an enterprise gets at most in a calendar year. least:
    answers below which nothing is published. margin_percent: the ± that a
    survey aims at, in percentage points.
    """

    quota = models.PositiveSmallIntegerField()
    least = models.PositiveSmallIntegerField()
    margin_percent = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200, blank=True, default="")
    todo = models.CharField(max_length=200, blank=True, default="")
    effective_from = models.DateField(unique=True)
    effective_to = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.effective_from}"


class Survey(models.Model):
    """One round of asking (调查): a frozen version put to everybody of a roll, or to those that a sealed draw gives.

    roll: which list of parties, as ``parties.Roll.code``; dealt_from, dealt_to:
    the days that its rows are taken from, where it takes any. layered_by,
    grouped_by: its attributes that make the strata and the clusters. within:
    parties drawn in each drawn cluster, 0 for all. domain_question: key of the
    single-choice question whose options are reported one by one. draw_serial: given in the transaction of the plan.
    merges: stratum or cluster → the one whose variance it shares. least: the
    county's at the time of publication, 0 before.
    """

    class State(models.TextChoices):
        PLANNED = "planned", "等待摇号"
        OPEN = "open", "正在回收"
        CLOSED = "closed", "已截止"
        PUBLISHED = "published", "已公布"
        DROPPED = "dropped", "摇号作废，没有发放"

    class Way(models.TextChoices):
        CENSUS = "census", "全部发放"
        SAMPLE = "sample", "分层抽样"
        CLUSTERS = "clusters", "整群抽样：抽中的群里全部发放"
        TWO_STAGE = "two_stage", "两阶段抽样：先抽群，再在群里抽"

    code = models.SlugField("代号", max_length=40, unique=True)
    title = models.CharField("名称", max_length=80)
    version = models.ForeignKey("surveys.Version", on_delete=models.PROTECT, related_name="surveys")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    state = models.CharField("状态", max_length=10, choices=State, default=State.OPEN)
    opened_on = models.DateField("开始日")
    last_day = models.DateField("截止日")
    closed_on = models.DateField("实际截止日", null=True)
    published_on = models.DateField("公布日", null=True)
    roll = models.SlugField("名册", max_length=40, default="parties.register")
    roll_title = models.CharField("名册名称", max_length=60, default="登记的市场主体")
    dealt_from = models.DateField("从哪一天起", null=True)
    dealt_to = models.DateField("到哪一天止", null=True)
    way = models.CharField("发放办法", max_length=10, choices=Way, default=Way.CENSUS)
    layered_by = models.SlugField("按什么分层", max_length=40, default="kind")
    grouped_by = models.SlugField("按什么分群", max_length=40, blank=True, default="")
    within = models.PositiveIntegerField("每群抽几户", default=0)
    draw_serial = models.PositiveIntegerField("摇号编号", null=True, unique=True)
    domain_question = models.CharField("分组公布的题", max_length=8, blank=True, default="")
    merges = models.JSONField("合并的层", default=dict)
    least = models.PositiveSmallIntegerField(default=0)
    is_demo = models.BooleanField("演示", default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="surveys_ends_after_it_begins", condition=Q(last_day__gte=F("opened_on"))),
            models.CheckConstraint(
                name="surveys_state_has_its_days",
                condition=Q(state__in=["planned", "open", "dropped"], closed_on=None, published_on=None)
                | Q(state="closed", closed_on__isnull=False, published_on=None)
                | Q(state="published", closed_on__isnull=False, published_on__isnull=False),
            ),
            models.CheckConstraint(
                name="surveys_all_are_asked_or_a_draw_says_who",
                condition=Q(way="census", draw_serial=None) & ~Q(state__in=["planned", "dropped"])
                | ~Q(way="census") & (Q(draw_serial__isnull=False) | Q(state="planned")),
            ),
            models.CheckConstraint(
                name="surveys_clusters_are_made_by_something",
                condition=Q(way__in=["census", "sample"], grouped_by="", within=0)
                | Q(way="clusters", within=0) & ~Q(grouped_by="")
                | Q(way="two_stage", within__gt=0) & ~Q(grouped_by=""),
            ),
            models.CheckConstraint(
                name="surveys_dealt_in_a_time",
                condition=Q(dealt_from=None, dealt_to=None) | Q(dealt_to__gte=F("dealt_from")),
            ),
        ]
        indexes = [models.Index(fields=["-opened_on", "-id"], name="surveys_latest_first")]

    def __str__(self) -> str:
        return self.title

    @property
    def in_ledger(self) -> str:
        """What the ledger and obligations call it."""
        return f"survey:{self.code}"

    @property
    def has_clusters(self) -> bool:
        """Whether clusters are drawn first; cards and sheets know theirs then."""
        return bool(self.grouped_by)
