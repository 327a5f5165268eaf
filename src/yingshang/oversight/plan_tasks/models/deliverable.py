"""What the plan orders to set up: the register of its lists, procedures, rules, publications and measures."""

from django.db import models
from django.db.models import F, Q


class Deliverable(models.Model):
    """One thing that the plan orders to set up (配套制度), with the words that order it and what runs it.

    A suggestion until a person confirms it; from then on its owner owes it.
    ``words`` stand in the task exactly so, from ``start`` to ``end`` of the
    notice's text. ``runs`` names the kinds of ledger entries, dossiers and
    obligations that show it at work; empty: every kind of the capability.
    """

    class Kind(models.TextChoices):
        LIST = "list", "清单台账"
        PROCEDURE = "procedure", "程序机制"
        RULE = "rule", "规则办法"
        DISCLOSURE = "disclosure", "公开"
        MEASURE = "measure", "考核指标"

    plan = models.ForeignKey("plan_tasks.Plan", on_delete=models.PROTECT, related_name="deliverables")
    number = models.PositiveIntegerField(help_text="在台账中的序号，从1起")
    task_place = models.PositiveIntegerField(help_text="所在任务的次序")
    task_number = models.CharField(max_length=20)
    words = models.CharField(max_length=400, help_text="通知中的原话")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind)
    owner = models.ForeignKey("org.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    rows = models.JSONField(default=list, help_text="任务图上的行")
    capability = models.CharField(max_length=60, help_text="承载它的模块")
    runs = models.JSONField(default=list, help_text="算作运行的记录种类；空为模块的全部")
    due_date = models.DateField(null=True, help_text="制定期限；方案没有写的为空")
    suggested_at = models.DateTimeField()
    suggested_by = models.CharField(max_length=80)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.CharField(max_length=80, blank=True, default="")
    declined_at = models.DateTimeField(null=True)
    declined_by = models.CharField(max_length=80, blank=True, default="")
    decline_reason = models.CharField(max_length=200, blank=True, default="")
    obligation = models.OneToOneField("work.Obligation", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(name="plan_tasks_deliverable_number_is_unique", fields=["plan", "number"]),
            models.UniqueConstraint(name="plan_tasks_deliverable_words_once", fields=["plan", "task_place", "words"]),
            models.CheckConstraint(name="plan_tasks_deliverable_words_have_a_place", condition=Q(end__gt=F("start"))),
            models.CheckConstraint(
                name="plan_tasks_deliverable_confirmed_with_owner_and_duty",
                condition=Q(confirmed_at=None, confirmed_by="", obligation=None)
                | Q(confirmed_at__isnull=False, owner__isnull=False, obligation__isnull=False) & ~Q(confirmed_by=""),
            ),
            models.CheckConstraint(
                name="plan_tasks_deliverable_declined_with_a_reason",
                condition=Q(declined_at=None, declined_by="", decline_reason="")
                | Q(declined_at__isnull=False, confirmed_at=None) & ~Q(declined_by="") & ~Q(decline_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Enactment(models.Model):
    """A document that set a deliverable up, or the day it was stopped (印发、停用); the latest one counts."""

    append_only = True

    class Kind(models.TextChoices):
        ISSUED = "issued", "印发"
        STOPPED = "stopped", "停用"

    deliverable = models.ForeignKey("plan_tasks.Deliverable", on_delete=models.PROTECT, related_name="enactments")
    kind = models.CharField(max_length=8, choices=Kind)
    on = models.DateField(help_text="印发日或者停用日")
    in_force_on = models.DateField(null=True, help_text="施行日")
    document = models.ForeignKey("documents.Document", null=True, on_delete=models.PROTECT, related_name="+")
    document_no = models.CharField(max_length=60, blank=True, default="", help_text="文号")
    is_public = models.BooleanField(default=False)
    reason = models.CharField(max_length=200, blank=True, default="")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["deliverable", "pk"]
        constraints = [
            models.CheckConstraint(
                name="plan_tasks_enactment_has_its_document_or_its_reason",
                condition=Q(kind="issued", document__isnull=False, in_force_on__isnull=False) & ~Q(document_no="")
                | Q(kind="stopped", document=None, in_force_on=None, is_public=False) & ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="plan_tasks_enactment_in_force_not_before_its_issue",
                condition=Q(in_force_on=None) | Q(in_force_on__gte=F("on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deliverable} {self.get_kind_display()}"
