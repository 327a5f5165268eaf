"""Reform practices tried in the zone or elsewhere, and what each unit decided about them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Practice(models.Model):
    """One practice (改革经验) that was tried somewhere: what was done, what came of it, from where it is known."""

    number = models.PositiveIntegerField(unique=True)
    title = models.CharField(max_length=120)
    tried_in = models.CharField(max_length=120, help_text="在哪里试的")
    zone = models.ForeignKey("org.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    what = models.TextField(max_length=2000)
    effect = models.TextField(max_length=1000, help_text="效果，写数字和怎么得来的")
    source = models.CharField(max_length=200)
    proposed_by = models.CharField(max_length=80)
    proposed_on = models.DateField()
    decide_by = models.DateField(help_text="各单位应在这一天前答复")

    class Meta:
        constraints = [models.CheckConstraint(name="catalogue_practice_has_a_source", condition=~Q(source=""))]

    def __str__(self) -> str:
        return self.title


class Adoption(models.Model):
    """A unit's answer to a practice: adopted, adapted or declined, with its reason. Owed as an obligation."""

    class Decision(models.TextChoices):
        OPEN = "", "待答复"
        ADOPTED = "adopted", "照此复制"
        ADAPTED = "adapted", "调整后采用"
        DECLINED = "declined", "不采用"

    practice = models.ForeignKey("catalogue.Practice", on_delete=models.PROTECT, related_name="adoptions")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    obligation = models.OneToOneField("work.Obligation", on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=10, choices=Decision, blank=True, default=Decision.OPEN)
    reason = models.CharField(max_length=600, blank=True, help_text="怎么用，或者为什么不用")
    items = models.ManyToManyField("catalogue.Item", related_name="+", blank=True)
    decided_by = models.CharField(max_length=80, blank=True)
    decided_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "unit"], name="catalogue_one_answer_per_unit"),
            models.CheckConstraint(
                name="catalogue_decision_is_dated_with_reason",
                condition=Q(decision="", decided_on=None)
                | (~Q(decision="") & Q(decided_on__isnull=False) & ~Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}：{self.get_decision_display()}"
