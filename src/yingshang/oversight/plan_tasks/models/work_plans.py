"""A unit's own plan for a task or a year: editions, stages, what was filed, what the desk decided."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q


class WorkPlan(models.Model):
    """What a unit plans under a task (子方案), or for a year (年度工作实施方案), through all its editions.

    unit made it; holder answers for it now (the heir of a merged unit).
    obligation: the duty it answers, which names the task in force; a returned
    filing may put another in its place.
    """

    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    holder = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey("plan_tasks.Plan", on_delete=models.PROTECT, related_name="work_plans")
    task_key = models.CharField(max_length=640, help_text="同一项任务在方案各版中的标识")
    year = models.PositiveSmallIntegerField(null=True, help_text="年度方案的年份")
    obligation = models.OneToOneField("work.Obligation", on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True, help_text="单位撤销没有承接，或者任务取消")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="plan_tasks_one_sub_plan", fields=["unit", "plan", "task_key"], condition=Q(year=None)
            ),
            models.UniqueConstraint(
                name="plan_tasks_one_yearly_plan",
                fields=["unit", "plan", "year"],
                condition=Q(year__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["holder", "id"], name="plan_tasks_work_plan_of")]

    def __str__(self) -> str:
        return f"{self.year}年度工作实施方案" if self.year else "子方案"


class WorkPlanEdition(models.Model):
    """One edition (版): a draft until it is filed, accepted or returned by the desk, replaced by the next."""

    class State(models.TextChoices):
        DRAFT = "draft", "草稿"
        FILED = "filed", "已报备，待审核"
        RETURNED = "returned", "已退回"
        ACCEPTED = "accepted", "已备案"
        REPLACED = "replaced", "已被新版替换"
        DROPPED = "dropped", "已放弃"

    work_plan = models.ForeignKey("plan_tasks.WorkPlan", on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    aim = models.TextField(blank=True, help_text="总体目标")
    change_reason = models.CharField(max_length=400, blank=True, help_text="为什么改，第2版起必填")
    version = models.PositiveIntegerField(default=1, help_text="每改一次加一，供同时办理时比对")
    started_on = models.DateField()
    started_by = models.CharField(max_length=80)
    accepted_on = models.DateField(null=True)
    replaced_on = models.DateField(null=True)
    letter_obligation = models.OneToOneField("work.Obligation", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="plan_tasks_work_plan_edition_is_unique", fields=["work_plan", "number"]),
            models.UniqueConstraint(
                name="plan_tasks_one_edition_in_hand",
                fields=["work_plan"],
                condition=Q(state__in=["draft", "filed", "returned"]),
            ),
            models.UniqueConstraint(
                name="plan_tasks_one_accepted_edition", fields=["work_plan"], condition=Q(state="accepted")
            ),
            models.CheckConstraint(name="plan_tasks_change_has_a_reason", condition=Q(number=1) | ~Q(change_reason="")),
            models.CheckConstraint(
                name="plan_tasks_accepted_on_a_day",
                condition=Q(state__in=["accepted", "replaced"], accepted_on__isnull=False)
                | (~Q(state__in=["accepted", "replaced"]) & Q(accepted_on=None)),
            ),
        ]
        indexes = [
            models.Index(fields=["id"], name="plan_tasks_editions_waiting", condition=Q(state="filed")),
        ]

    def __str__(self) -> str:
        return f"{self.work_plan} 第{self.number}版"


class Stage(models.Model):
    """One stage (阶段) of an edition, with a goal that can be checked.

    line: the same stage through all editions. obligation: finishing it, owed
    from the day the edition is accepted.
    """

    class GoalKind(models.TextChoices):
        YES_NO = "yes_no", "是否完成"
        NUMBER = "number", "数值"
        DATE = "date", "日期"
        LIST = "list", "清单"

    edition = models.ForeignKey("plan_tasks.WorkPlanEdition", on_delete=models.PROTECT, related_name="stages")
    line = models.UUIDField(default=uuid.uuid4)
    place = models.PositiveIntegerField()
    title = models.CharField(max_length=80)
    goal_kind = models.CharField(max_length=8, choices=GoalKind)
    goal = models.CharField(max_length=300, help_text="要达到什么")
    baseline = models.DecimalField(max_digits=16, decimal_places=4, null=True)
    target = models.DecimalField(max_digits=16, decimal_places=4, null=True)
    goal_unit = models.CharField(max_length=20, blank=True, help_text="计量单位")
    target_date = models.DateField(null=True)
    items = models.JSONField(default=list, help_text="清单，一项一行")
    source = models.CharField(max_length=200, blank=True, help_text="依据什么检验")
    measure = models.CharField(max_length=120, blank=True, help_text="由平台填数的指标量")
    starts_on = models.DateField()
    finish_on = models.DateField()
    answers = models.CharField(max_length=80, help_text="责任人")
    follows = models.ManyToManyField("self", symmetrical=False, related_name="followed_by")
    obligation = models.ForeignKey("work.Obligation", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["edition", "place"]
        constraints = [
            models.UniqueConstraint(
                name="plan_tasks_stage_place_is_unique",
                fields=["edition", "place"],
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(name="plan_tasks_stage_line_is_unique", fields=["edition", "line"]),
            models.CheckConstraint(
                name="plan_tasks_stage_ends_after_it_starts", condition=Q(finish_on__gte=F("starts_on"))
            ),
        ]
        indexes = [models.Index(fields=["line"], name="plan_tasks_stage_line")]

    def __str__(self) -> str:
        return f"第{self.place}阶段：{self.title}"


class Filing(models.Model):
    """An edition as it was filed (报备), word for word; a returned one is filed again as the next round."""

    append_only = True

    edition = models.ForeignKey("plan_tasks.WorkPlanEdition", on_delete=models.PROTECT, related_name="filings")
    round = models.PositiveIntegerField()
    content = models.JSONField(help_text="报备时的全文")
    digest = models.CharField(max_length=64, help_text="全文的 SHA-256")
    filed_at = models.DateTimeField()
    filed_by = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(name="plan_tasks_filing_round_is_unique", fields=["edition", "round"])]

    def __str__(self) -> str:
        return f"{self.edition} 第{self.round}次报备"


class FilingDecision(models.Model):
    """What the desk decided about a filing: accepted (备案) or returned with reasons (退回). Once."""

    append_only = True

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", "备案"
        RETURNED = "returned", "退回"

    filing = models.OneToOneField("plan_tasks.Filing", on_delete=models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=10, choices=Outcome)
    reasons = models.CharField(max_length=1000, blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="plan_tasks_returned_with_reasons", condition=~Q(outcome="returned") | ~Q(reasons="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.filing}：{self.get_outcome_display()}"


class Letter(models.Model):
    """The responsibility letter (责任书) of an accepted edition, signed by the unit's head."""

    append_only = True

    edition = models.OneToOneField("plan_tasks.WorkPlanEdition", on_delete=models.PROTECT, related_name="letter")
    number = models.CharField(max_length=60, unique=True)
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="+")
    word_document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="+")
    signed_by = models.CharField(max_length=80)
    signer_name = models.CharField(max_length=60)
    signed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.number


class YearlyDuty(models.Model):
    """Which task of which plan asks every unit for a yearly plan, and other choices of the county's filing desk."""

    plan_code = models.SlugField(max_length=80)
    task_number = models.CharField(max_length=20)
    source = models.CharField(max_length=200, blank=True)
    todo = models.CharField(max_length=300, blank=True)
    effective_from = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(name="plan_tasks_yearly_duty_is_unique", fields=["plan_code"])]

    def __str__(self) -> str:
        return f"{self.plan_code} 第{self.task_number}项"
