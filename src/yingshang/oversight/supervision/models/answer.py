"""What units answer, and what they object to."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Answer(models.Model):
    """One answer of a unit to one letter (答复). Late or not is seen from the duty that it fulfilled.

    An answer to a letter whose matter has climbed since is taken and shown as
    late; the higher letter stays and its own answer is still owed.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "待审核"
        ACCEPTED = "accepted", "已接受"
        RETURNED = "returned", "已退回"

    letter = models.ForeignKey("supervision.Letter", on_delete=models.PROTECT, related_name="answers")
    duty = models.OneToOneField("work.Obligation", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    document = models.ForeignKey("documents.Document", null=True, on_delete=models.PROTECT, related_name="+")
    promised_on = models.DateField(null=True, help_text="承诺的完成日期")
    by = models.CharField(max_length=80)
    at = models.DateTimeField()
    is_late = models.BooleanField(help_text="答复时已过答复期限")
    had_climbed = models.BooleanField(help_text="答复时已经升级")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    reviewed_by = models.CharField(max_length=80, blank=True, default="")
    reviewed_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=400, blank=True, default="", help_text="退回的理由")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="supervision_answer_one_waits", fields=["letter"], condition=Q(state="waiting")
            ),
            models.CheckConstraint(
                name="supervision_answer_reviewed_by_somebody",
                condition=Q(state="waiting", reviewed_at=None, reviewed_by="")
                | ~Q(state="waiting") & Q(reviewed_at__isnull=False) & ~Q(reviewed_by=""),
            ),
            models.CheckConstraint(
                name="supervision_answer_returned_with_a_reason", condition=~Q(state="returned") | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.get_state_display()}"


class Objection(models.Model):
    """A unit asks for a review of a letter (复核申请); somebody else than its author decides.

    《政府督查工作条例》第十七条.
    """

    class Outcome(models.TextChoices):
        KEPT = "kept", "维持"
        UPHELD = "upheld", "异议成立，予以更正"

    letter = models.OneToOneField("supervision.Letter", on_delete=models.PROTECT, related_name="objection")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    document = models.ForeignKey("documents.Document", null=True, on_delete=models.PROTECT, related_name="+")
    by = models.CharField(max_length=80)
    at = models.DateTimeField()
    duty = models.OneToOneField("work.Obligation", on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=6, choices=Outcome, blank=True, default="")
    reason = models.TextField(blank=True, default="")
    decided_by = models.CharField(max_length=80, blank=True, default="")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="supervision_objection_decided_with_a_reason",
                condition=Q(outcome="", reason="", decided_by="", decided_at=None)
                | ~Q(outcome="") & ~Q(reason="") & ~Q(decided_by="") & Q(decided_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.get_outcome_display()}"
