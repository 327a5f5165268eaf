"""Windows check themselves: a sheet a week, and what was wrong put right with a date."""

from django.db import models
from django.db.models import Q


class SelfCheck(models.Model):
    """The sheet that a unit filled in for a period (窗口自查表). The items are kept as they read on that day."""

    append_only = True

    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    period = models.CharField(max_length=8, help_text="2026-W14 或者 2026-04")
    duty = models.OneToOneField("work.Obligation", on_delete=models.PROTECT, related_name="+")
    filled_by = models.CharField(max_length=80)
    filled_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="supervision_self_check_once_a_period", fields=["unit", "period"]),
        ]

    def __str__(self) -> str:
        return f"{self.period}自查"


class SelfCheckItem(models.Model):
    """One line of the sheet: in order, or what is wrong; then when and how it was put right."""

    sheet = models.ForeignKey("supervision.SelfCheck", on_delete=models.PROTECT, related_name="items")
    code = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    in_order = models.BooleanField()
    note = models.CharField(max_length=400, blank=True, default="")
    fixed_on = models.DateField(null=True)
    fixed_how = models.CharField(max_length=400, blank=True, default="")
    fixed_by = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="supervision_self_check_item_once", fields=["sheet", "code"]),
            models.CheckConstraint(
                name="supervision_self_check_says_what_is_wrong", condition=Q(in_order=True) | ~Q(note="")
            ),
            models.CheckConstraint(
                name="supervision_self_check_fixed_with_how",
                condition=Q(fixed_on=None, fixed_how="", fixed_by="")
                | (Q(in_order=False, fixed_on__isnull=False) & ~Q(fixed_how="") & ~Q(fixed_by="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title
