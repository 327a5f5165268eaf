"""The calls of the Monday page, and the rule that picks whom to call."""

from django.db import models
from django.db.models import F, Q


class CallingRule(models.Model):
    """How the units to call are picked, from a day on, as the county's dashboards.yaml states it.

    rule: name of a function in ``rules.calling``; numbers: its arguments.
    """

    web_rights = "SELECT, INSERT, UPDATE"

    rule = models.CharField(max_length=40)
    numbers = models.JSONField()
    source = models.CharField(max_length=200, blank=True, default="")
    edition = models.DateField(null=True)
    todo = models.CharField(max_length=200, blank=True, default="")
    effective_from = models.DateField(unique=True)
    effective_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="dashboards_callingrule_ends_after_it_begins",
                condition=Q(effective_to=None) | Q(effective_to__gte=F("effective_from")),
            ),
            models.CheckConstraint(
                name="dashboards_callingrule_sourced_or_to_do", condition=~Q(source="") | ~Q(todo="")
            ),
        ]

    def __str__(self) -> str:
        return self.rule


class Call(models.Model):
    """One call to a unit about what is late (电话督促): what it answered, and by when it will be done.

    Never changed: what was said wrongly is said again.
    """

    append_only = True

    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    called_at = models.DateTimeField()
    called_by = models.CharField(max_length=80, help_text="人员代号，不是姓名")
    answer = models.CharField(max_length=400, help_text="对方怎么答复")
    promised_on = models.DateField(null=True, help_text="答应哪天办完")

    class Meta:
        indexes = [models.Index(fields=["unit", "-called_at"], name="dashboards_call_of_unit")]
        constraints = [models.CheckConstraint(name="dashboards_call_has_an_answer", condition=~Q(answer=""))]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.called_at:%Y-%m-%d}"
