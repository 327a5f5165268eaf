"""Typical cases: what is held up as an example, and what is exposed."""

import uuid

from django.db import models
from django.db.models import F, Q


class TypicalCase(models.Model):
    """A case page: commendation (先进典型) or exposure (反面典型), drafted, reviewed, heard, approved, made public.

    An exposed unit is heard first; a second person reviews; the head approves
    (《政府督查工作条例》第十八条、第二十一条).
    """

    class Kind(models.TextChoices):
        COMMENDATION = "commendation", "先进典型"
        EXPOSURE = "exposure", "反面典型"

    class State(models.TextChoices):
        DRAFTED = "drafted", "待审核"
        REVIEWED = "reviewed", "已审核"
        HEARD = "heard", "已听取单位意见"
        PUBLISHED = "published", "已公开"
        DROPPED = "dropped", "不予公开"
        WITHDRAWN = "withdrawn", "已撤回"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=12, choices=Kind)
    title = models.CharField(max_length=120)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    story = models.TextField(max_length=4000)
    evidence = models.TextField(max_length=1000, help_text="依据：检查编号、公示、文书等，一行一条")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFTED)
    drafted_by = models.CharField(max_length=80)
    drafted_at = models.DateTimeField()
    reviewed_by = models.CharField(max_length=80, blank=True, default="")
    hearing = models.OneToOneField("work.Obligation", null=True, on_delete=models.PROTECT, related_name="+")
    statement = models.TextField(max_length=2000, blank=True, default="", help_text="单位的陈述")
    approved_by = models.CharField(max_length=80, blank=True, default="")
    disclosure = models.OneToOneField("disclosure.Disclosure", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(max_length=1000, blank=True, default="", help_text="不予公开或者撤回的原因")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="supervision_case_reviewed_by_another",
                condition=Q(state__in=["drafted", "dropped"]) | (~Q(reviewed_by="") & ~Q(reviewed_by=F("drafted_by"))),
            ),
            models.CheckConstraint(
                name="supervision_case_exposed_after_hearing",
                condition=~Q(kind="exposure", state__in=["published", "withdrawn"]) | ~Q(statement=""),
            ),
            models.CheckConstraint(
                name="supervision_case_published_with_approval",
                condition=~Q(state__in=["published", "withdrawn"])
                | (Q(disclosure__isnull=False) & ~Q(approved_by="") & ~Q(approved_by=F("drafted_by"))),
            ),
            models.CheckConstraint(
                name="supervision_case_dropped_with_a_reason",
                condition=~Q(state__in=["dropped", "withdrawn"]) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title
