"""Who handles an item: townships and zones it was delegated to, the approving unit that took it over."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q, Value


class Delegation(models.Model):
    """An item that a township or a zone handles from a day on (权力下放), with scope, document and training.

    last_on: the last day, set by the recall; empty while it stands.
    """

    item = models.ForeignKey("catalogue.Item", on_delete=models.PROTECT, related_name="delegations")
    to = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    last_on = models.DateField(null=True)
    scope = models.CharField(max_length=400, help_text="下放到什么程度")
    document = models.CharField(max_length=200, help_text="下放文件")
    trained_on = models.DateField(help_text="培训日期")
    training = models.CharField(max_length=400, help_text="培训内容、参加人数、考核结果")
    recalled_because = models.CharField(max_length=400, blank=True)
    by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="catalogue_delegated_once_at_a_time",
                expressions=[
                    (Func(F("item_id"), F("item_id"), Value("[]"), function="int8range"), "&&"),
                    (Func(F("to_id"), F("to_id"), Value("[]"), function="int8range"), "&&"),
                    (Func(F("from_on"), F("last_on"), Value("[]"), function="daterange"), "&&"),
                ],
            ),
            models.CheckConstraint(
                name="catalogue_trained_before_delegated", condition=Q(trained_on__lte=F("from_on"))
            ),
            models.CheckConstraint(
                name="catalogue_recall_has_a_reason", condition=Q(last_on=None) | ~Q(recalled_because="")
            ),
            models.CheckConstraint(
                name="catalogue_delegation_ends_after_it_begins",
                condition=Q(last_on=None) | Q(last_on__gte=F("from_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}下放{self.to}"


class Transfer(models.Model):
    """An item that moved to one approving unit and its seal (一章通办). The newest that has begun counts."""

    append_only = True

    item = models.ForeignKey("catalogue.Item", on_delete=models.PROTECT, related_name="transfers")
    from_unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    document = models.CharField(max_length=200, help_text="批准划转的文件")
    seal = models.CharField(max_length=80, help_text="用哪一枚印章")
    regulator = models.CharField(max_length=200, help_text="划转以后由谁监管")
    by = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "from_on"], name="catalogue_one_transfer_a_day"),
            models.CheckConstraint(name="catalogue_transfer_to_another", condition=~Q(to=F("from_unit"))),
        ]

    def __str__(self) -> str:
        return f"{self.item}划转{self.to}"
