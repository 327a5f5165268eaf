"""Posts, who was appointed to them, and who stands in."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yingshang.kernel.org.dated import Dated, never_twice_at_once


class Post(Dated):
    """A place in a unit that carries actions (岗位).

    code: the same in every unit, e.g. ``publisher``; procedures name it.
    actions: codes of the actions that its holder may do, as far as the policy of each agrees.
    """

    code = models.SlugField("代码", max_length=40)
    title = models.CharField("名称", max_length=60)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="posts")
    actions = models.JSONField("可办事项", default=list, blank=True)

    class Meta(Dated.Meta):
        ordering = ["unit_id", "code"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(name="org_post_once_per_unit", fields=["unit", "code"]),
        ]

    def __str__(self) -> str:
        return self.title


class Appointment(Dated):
    """A person holds a post from a day on (任职)."""

    person = models.ForeignKey("org.Person", on_delete=models.PROTECT, related_name="appointments")
    post = models.ForeignKey("org.Post", on_delete=models.PROTECT, related_name="appointments")

    class Meta(Dated.Meta):
        ordering = ["post_id", "valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            never_twice_at_once("org_appointment_once_at_a_time", "person_id", "post_id"),
            models.CheckConstraint(name="org_appointment_has_a_first_day", condition=Q(valid_from__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}:{self.post_id}"


class Delegation(Dated):
    """A holder lets another person act in a post for a time (委托代理岗位).

    It never outlives the holder's own appointment, and what came by
    delegation cannot be delegated on. ``revoked_date`` is the first day it no
    longer holds although ``valid_to`` promised more.
    """

    post = models.ForeignKey("org.Post", on_delete=models.PROTECT, related_name="delegations")
    from_person = models.ForeignKey("org.Person", on_delete=models.PROTECT, related_name="+")
    to_person = models.ForeignKey("org.Person", on_delete=models.PROTECT, related_name="delegations")
    reason = models.CharField("事由", max_length=200)
    revoked_date = models.DateField("撤回日", null=True, blank=True, help_text="从这一天起不再有效")

    class Meta(Dated.Meta):
        ordering = ["post_id", "valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(name="org_delegation_to_another", condition=~Q(from_person=F("to_person"))),
            models.CheckConstraint(
                name="org_delegation_has_both_days",
                condition=Q(valid_from__isnull=False, valid_to__isnull=False),
            ),
            models.CheckConstraint(name="org_delegation_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.from_person_id}→{self.to_person_id}:{self.post_id}"
