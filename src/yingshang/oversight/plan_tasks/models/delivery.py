"""The notice delivered to each recipient, read there and signed for."""

from django.db import models
from django.db.models import Q


class Delivery(models.Model):
    """One edition delivered to one unit (送达): when it came, who there opened it first, who signed for it.

    Not to be confused with ``documents.Delivery``, which hands one file to one
    addressee: here a plan comes to all it binds. The obligation says by when
    the unit is to sign, and whether it did.
    """

    class Reason(models.TextChoices):
        TASK = "task", "承担任务"
        ADDRESSED = "addressed", "主送"
        ADDED = "added", "补送"
        HEIR = "heir", "承接原单位"

    edition = models.ForeignKey("plan_tasks.Edition", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=10, choices=Reason)
    obligation = models.OneToOneField("work.Obligation", on_delete=models.PROTECT, related_name="+")
    delivered_at = models.DateTimeField()
    delivered_by = models.CharField(max_length=80)
    opened_at = models.DateTimeField(null=True, help_text="该单位第一次打开的时间")
    opened_by = models.CharField(max_length=80, blank=True, default="")
    signed_at = models.DateTimeField(null=True)
    signed_by = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="plan_tasks_delivered_once", fields=["edition", "unit"]),
            models.CheckConstraint(
                name="plan_tasks_delivery_opened_by_somebody",
                condition=Q(opened_at=None, opened_by="") | Q(opened_at__isnull=False) & ~Q(opened_by=""),
            ),
            models.CheckConstraint(
                name="plan_tasks_delivery_signed_by_somebody_who_opened_it",
                condition=Q(signed_at=None, signed_by="")
                | Q(signed_at__isnull=False, opened_at__isnull=False) & ~Q(signed_by=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}：{self.edition}"
