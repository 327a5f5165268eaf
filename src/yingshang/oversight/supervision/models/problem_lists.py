"""What a unit names as its own outstanding problems."""

from django.db import models


class ProblemList(models.Model):
    """A unit's list of its outstanding problems for a period (突出问题清单). A filed one never changes."""

    append_only = True

    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    period = models.CharField(max_length=8, help_text="2026H1 或者 2026")
    duty = models.OneToOneField("work.Obligation", on_delete=models.PROTECT, related_name="+")
    filed_by = models.CharField(max_length=80)
    filed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="supervision_problem_list_once_a_period", fields=["unit", "period"]),
        ]

    def __str__(self) -> str:
        return f"{self.period}突出问题清单"


class NamedProblem(models.Model):
    """One problem that a unit names: what, in which area, why, what is done, by when."""

    append_only = True

    of = models.ForeignKey("supervision.ProblemList", on_delete=models.PROTECT, related_name="problems")
    place = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=400)
    area = models.CharField(max_length=40)
    cause = models.CharField(max_length=400)
    measure = models.CharField(max_length=400)
    due_date = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="supervision_named_problem_place_once", fields=["of", "place"]),
        ]

    def __str__(self) -> str:
        return self.what
