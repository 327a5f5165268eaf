"""A supervision and the rungs it climbed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Supervision(models.Model):
    """One watched obligation being chased (督办件): which rung it stands on, and how it ended.

    There is one open supervision for one obligation, and none for an
    obligation that a supervision itself opened: when an answer is overdue the
    same supervision climbs. ``unit`` is who is chased now: the heir, once the
    unit that owed it was merged. ``place`` counts the rungs climbed.
    """

    class Ending(models.TextChoices):
        FULFILLED = "fulfilled", "事项已办结"
        CANCELLED = "cancelled", "事项已撤销"
        STRUCK = "struck", "更正：并未超期"
        NO_HEIR = "no_heir", "单位撤销，无承接单位"
        UPHELD = "upheld", "异议成立"

    obligation = models.ForeignKey("work.Obligation", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    ladder = models.ForeignKey("supervision.Ladder", on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    latest = models.ForeignKey("supervision.Letter", on_delete=models.PROTECT, related_name="+")
    promised_on = models.DateField(null=True, help_text="已接受的答复中承诺的完成日期")
    is_listed = models.BooleanField(default=False, help_text="挂牌督办")
    opened_on = models.DateField()
    ended_on = models.DateField(null=True)
    ending = models.CharField(max_length=10, choices=Ending, blank=True, default="")
    reason = models.CharField(max_length=400, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="supervision_one_open_per_obligation", fields=["obligation"], condition=Q(ended_on=None)
            ),
            models.CheckConstraint(
                name="supervision_ended_with_a_reason",
                condition=Q(ended_on=None, ending="", reason="")
                | Q(ended_on__isnull=False) & ~Q(ending="") & ~Q(reason=""),
            ),
            models.CheckConstraint(name="supervision_stands_on_a_rung", condition=Q(place__gte=1)),
        ]
        indexes = [
            models.Index(fields=["unit", "-place"], name="supervision_open_of_unit", condition=Q(ended_on=None)),
            models.Index(fields=["obligation"], name="supervision_of_obligation"),
        ]

    def __str__(self) -> str:
        return f"督办{self.pk}"


class Climb(models.Model):
    """One rung of one supervision (升级记录): by which letter, under which rule, and how the obligation stood.

    The line exists from the draft of the letter on; the supervision and the
    day come when the letter is issued. What proves wrong later is struck
    through with its reason and stays.
    """

    letter = models.ForeignKey("supervision.Letter", on_delete=models.PROTECT, related_name="climbs")
    supervision = models.ForeignKey(
        "supervision.Supervision", null=True, on_delete=models.PROTECT, related_name="climbs"
    )
    obligation = models.ForeignKey("work.Obligation", on_delete=models.PROTECT, related_name="+")
    line = models.PositiveSmallIntegerField(help_text="在文书中的次序")
    place = models.PositiveSmallIntegerField(help_text="第几级，从1起")
    rule = models.CharField(max_length=40, help_text="启动它的规则")
    why = models.CharField(max_length=200)
    title = models.CharField(max_length=200, help_text="应办事项，照发文时")
    ground = models.CharField(max_length=600, blank=True, default="", help_text="依据的原文")
    color = models.CharField(max_length=6)
    days_late = models.PositiveIntegerField(help_text="超期工作日")
    due_date = models.DateField(help_text="发文时的期限")
    was_late = models.BooleanField()
    climbed_on = models.DateField(null=True)
    struck_on = models.DateField(null=True)
    struck_reason = models.CharField(max_length=400, blank=True, default="")
    corrected_in = models.ForeignKey(
        "supervision.Letter", null=True, on_delete=models.PROTECT, related_name="corrected"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="supervision_climb_each_rung_once", fields=["supervision", "place"]),
            models.UniqueConstraint(name="supervision_climb_once_per_letter", fields=["letter", "obligation"]),
            models.CheckConstraint(
                name="supervision_climb_dated_once_issued",
                condition=Q(supervision=None, climbed_on=None) | Q(supervision__isnull=False, climbed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="supervision_climb_struck_with_a_reason",
                condition=Q(struck_on=None, struck_reason="", corrected_in=None)
                | Q(struck_on__isnull=False, corrected_in__isnull=False) & ~Q(struck_reason=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["obligation"],
                name="supervision_climb_strikeable",
                condition=Q(struck_on=None, was_late=True, climbed_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} 第{self.place}级"
