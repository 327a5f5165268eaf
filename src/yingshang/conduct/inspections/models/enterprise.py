"""What an enterprise sees and says: other visits, ratings, and the alarm about a visit that should not be."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class OtherVisit(models.Model):
    """A visit of officials that is no inspection (观摩、督导、走访), recorded by the same code at the door."""

    append_only = True

    class Purpose(models.TextChoices):
        TOUR = "tour", "观摩"
        GUIDANCE = "guidance", "督导"
        CALL = "call", "走访"
        SERVICE = "service", "上门服务"
        OTHER = "other", "其他"

    target = models.ForeignKey("inspections.Target", on_delete=models.PROTECT, related_name="other_visits")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=10, choices=Purpose)
    remark = models.CharField(max_length=200, blank=True)
    by = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["target", "-at"], name="inspections_other_visit")]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.at}"


class Rating(models.Model):
    """What an enterprise thinks of a visit (检查评价), once.

    No person is kept. The unit that inspected sees how many there are and nothing else.
    """

    append_only = True

    visit = models.OneToOneField("inspections.Visit", on_delete=models.PROTECT, related_name="rating")
    level = models.PositiveSmallIntegerField(help_text="1 非常不满意 … 5 非常满意")
    words = models.CharField(max_length=400, blank=True)
    on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="inspections_rating_from_one_to_five", condition=Q(level__gte=1, level__lte=5)),
        ]

    def __str__(self) -> str:
        return str(self.level)


class Alarm(models.Model):
    """An enterprise says that somebody came to inspect as they must not (违规检查反映).

    The unit named owes an explanation; the bureau sees both.
    """

    target = models.ForeignKey("inspections.Target", on_delete=models.PROTECT, related_name="alarms")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=1000)
    happened_on = models.DateField()
    raised_at = models.DateTimeField()
    obligation = models.OneToOneField("work.Obligation", on_delete=models.PROTECT, related_name="+")
    explanation = models.CharField(max_length=2000, blank=True)
    explained_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="inspections_alarm_explained_in_words",
                condition=Q(explained_at=None, explanation="") | (Q(explained_at__isnull=False) & ~Q(explanation="")),
            ),
        ]
        indexes = [models.Index(fields=["unit", "-id"], name="inspections_alarm_unit")]

    def __str__(self) -> str:
        return f"{self.target} {self.happened_on}"
