"""Letters, the steps before they go out, the talk they call to, and what follows outside the platform."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Letter(models.Model):
    """One document of supervision to one unit (督办文书): drafted, approved where it must be, issued with a number.

    ``bearer`` is who answers: the unit itself, or its heir. ``duty`` is the
    answer it owes now. The wording never changes once issued; PDF and DOCX are
    made from it afterwards and may be tried again.
    """

    class Kind(models.TextChoices):
        REMINDER = "reminder", "催办通知"
        NOTICE = "notice", "督办单"
        LETTER = "letter", "督办函"
        TALK = "talk", "约谈通知书"
        CIRCULAR = "circular", "通报"
        CORRECTION = "correction", "更正通知"

    class State(models.TextChoices):
        WAITING = "waiting", "待审批"
        ISSUED = "issued", "已发出"
        REFUSED = "refused", "不予发出"

    kind = models.CharField(max_length=10, choices=Kind)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    bearer = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    issuer = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    digest = models.ForeignKey("supervision.Digest", null=True, on_delete=models.PROTECT, related_name="letters")
    authority = models.ForeignKey("supervision.Authority", on_delete=models.PROTECT, related_name="+")
    ladder = models.ForeignKey("supervision.Ladder", on_delete=models.PROTECT, related_name="+")
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="corrections")
    place = models.PositiveSmallIntegerField(help_text="第几级；更正通知为0")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    title = models.CharField(max_length=200)
    opening = models.TextField()
    demand = models.TextField()
    public_text = models.TextField(blank=True, default="", help_text="通报公开的部分")
    meets_at = models.DateTimeField(null=True, help_text="约谈时间")
    meets_in = models.CharField(max_length=200, blank=True, default="", help_text="约谈地点")
    drafted_by = models.CharField(max_length=80)
    drafted_at = models.DateTimeField()
    no = models.CharField(max_length=60, null=True, unique=True, help_text="文号")
    issued_on = models.DateField(null=True)
    issued_at = models.DateTimeField(null=True)
    issued_by = models.CharField(max_length=80, blank=True, default="")
    duty = models.ForeignKey("work.Obligation", null=True, on_delete=models.PROTECT, related_name="+")
    pdf = models.ForeignKey("documents.Document", null=True, on_delete=models.PROTECT, related_name="+")
    docx = models.ForeignKey("documents.Document", null=True, on_delete=models.PROTECT, related_name="+")
    disclosure = models.ForeignKey("disclosure.Disclosure", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="supervision_letter_numbered_once_issued",
                condition=Q(state="issued", no__isnull=False, issued_on__isnull=False, issued_at__isnull=False)
                & ~Q(issued_by="")
                | ~Q(state="issued") & Q(no=None, issued_on=None, issued_at=None, issued_by=""),
            ),
            models.CheckConstraint(
                name="supervision_letter_answered_only_when_issued", condition=Q(duty=None) | Q(state="issued")
            ),
            models.UniqueConstraint(
                name="supervision_letter_one_per_unit_and_rung",
                fields=["digest", "unit", "place", "ladder"],
                condition=Q(digest__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["bearer", "-issued_at"], name="supervision_letter_of_unit"),
            models.Index(fields=["unit", "issued_on"], name="supervision_letter_counted"),
            models.Index(fields=["id"], name="supervision_letter_to_render", condition=Q(state="issued", pdf=None)),
        ]

    def __str__(self) -> str:
        return self.no or self.title


class LetterStep(models.Model):
    """What somebody decided before a letter went out (审核、批准)."""

    append_only = True

    class Step(models.TextChoices):
        SECOND_READER = "second_reader", "第二人审核"
        HEAD = "head", "负责人批准"

    letter = models.ForeignKey("supervision.Letter", on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=14, choices=Step)
    agrees = models.BooleanField()
    reason = models.CharField(max_length=400, blank=True, default="")
    by = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="supervision_letterstep_once", fields=["letter", "step"]),
            models.CheckConstraint(
                name="supervision_letterstep_no_with_a_reason", condition=Q(agrees=True) | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.get_step_display()}"


class Talk(models.Model):
    """The talk that a letter called to (约谈): when and where it was, who came, what was said."""

    append_only = True

    letter = models.OneToOneField("supervision.Letter", on_delete=models.PROTECT, related_name="talk")
    held_at = models.DateTimeField()
    place = models.CharField(max_length=200)
    attendees = models.TextField(help_text="参加人员的单位和职务")
    minutes = models.TextField()
    document = models.ForeignKey("documents.Document", null=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.letter_id} {self.held_at}"
