"""The three separated administrators (三员)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yingshang.kernel.org.dated import Dated, never_twice_at_once


class Administrator(Dated):
    """A person is one of the three administrators from a day on.

    No person holds two duties on the same day (GB/T 22239-2019 三级，安全管理
    中心). The database refuses it, whatever two sessions do at once.
    """

    class Duty(models.TextChoices):
        SYSTEM = "system", "系统管理员"
        SECURITY = "security", "安全管理员"
        AUDIT = "audit", "审计管理员"

    person = models.ForeignKey("org.Person", on_delete=models.PROTECT, related_name="duties")
    duty = models.CharField("职责", max_length=12, choices=Duty)

    class Meta(Dated.Meta):
        ordering = ["duty", "valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            never_twice_at_once("org_administrator_holds_one_duty", "person_id"),
            models.CheckConstraint(name="org_administrator_has_a_first_day", condition=Q(valid_from__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}:{self.duty}"
