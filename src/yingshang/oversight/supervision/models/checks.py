"""Supervision checks: the plan, each visit to a unit, what was found, how it was put right, and the conclusion."""

import uuid

from django.db import models
from django.db.models import Q

from yingshang.oversight.supervision.rules import checks as rules


class CheckPlan(models.Model):
    """A plan of checks (督查方案), without which nobody is checked: content, objects, scope (条例 art. 15)."""

    class Kind(models.TextChoices):
        RANDOM = rules.RANDOM, "随机抽查"
        REGULAR = rules.REGULAR, "定期检查"
        ANNOUNCED = rules.ANNOUNCED, "明察"
        UNANNOUNCED = rules.UNANNOUNCED, "暗访"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=Kind)
    area = models.CharField(max_length=40, help_text="问题领域的代码")
    content = models.TextField(max_length=2000, help_text="查什么")
    scope = models.TextField(max_length=1000, help_text="查哪些单位、哪些环节")
    draw_serial = models.PositiveIntegerField(null=True, help_text="抽签编号；只有随机抽查有")
    planned_by = models.CharField(max_length=80)
    planned_at = models.DateTimeField()
    approved_by = models.CharField(max_length=80, blank=True, default="")
    approved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="supervision_check_plan_approved_by_another",
                condition=Q(approved_by="", approved_at=None)
                | (Q(approved_at__isnull=False) & ~Q(approved_by="") & ~Q(approved_by=models.F("planned_by"))),
            ),
            models.CheckConstraint(
                name="supervision_check_plan_drawn_when_random",
                condition=~Q(kind=rules.RANDOM) & Q(draw_serial=None) | Q(kind=rules.RANDOM, draw_serial__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Check(models.Model):
    """One check of one unit (督查检查). It gets its number when it is done, so that no gap tells of one to come."""

    class State(models.TextChoices):
        PLANNED = rules.PLANNED, "已安排"
        DONE = rules.DONE, "已检查"
        CONCLUDED = rules.CONCLUDED, "已出结论"
        CALLED_OFF = rules.CALLED_OFF, "已取消"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey("supervision.CheckPlan", on_delete=models.PROTECT, related_name="checks")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    planned_on = models.DateField()
    state = models.CharField(max_length=12, choices=State, default=State.PLANNED)
    number = models.CharField(max_length=60, blank=True, default="", help_text="检查编号，检查以后才有")
    done_on = models.DateField(null=True)
    done_by = models.CharField(max_length=80, blank=True, default="")
    conclusion = models.TextField(max_length=4000, blank=True, default="")
    concluded_by = models.CharField(max_length=80, blank=True, default="")
    concluded_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=400, blank=True, default="", help_text="取消的原因")

    class Meta:
        indexes = [models.Index("unit", "state", "done_on", name="supervision_checks_of_unit")]
        constraints = [
            models.UniqueConstraint(name="supervision_check_unit_once_in_a_plan", fields=["plan", "unit"]),
            models.UniqueConstraint(name="supervision_check_number_once", fields=["number"], condition=~Q(number="")),
            models.CheckConstraint(
                name="supervision_check_numbered_when_done",
                condition=Q(state__in=[rules.PLANNED, rules.CALLED_OFF], number="", done_on=None)
                | (Q(state__in=[rules.DONE, rules.CONCLUDED], done_on__isnull=False) & ~Q(number="")),
            ),
            models.CheckConstraint(
                name="supervision_check_concluded_with_words",
                condition=(Q(state=rules.CONCLUDED, concluded_at__isnull=False) & ~Q(conclusion=""))
                | (~Q(state=rules.CONCLUDED) & Q(concluded_at=None, conclusion="")),
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.get_state_display()


class CheckMember(models.Model):
    """One member of the team of a check; never of the unit checked."""

    of = models.ForeignKey("supervision.Check", on_delete=models.PROTECT, related_name="members")
    person = models.CharField(max_length=80, help_text="人员代号")
    name = models.CharField(max_length=60)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="supervision_check_member_once", fields=["of", "person"]),
        ]

    def __str__(self) -> str:
        return self.name


class Finding(models.Model):
    """One problem found (发现的问题); the unit owes putting it right, and the bureau says whether it is."""

    class State(models.TextChoices):
        OPEN = rules.OPEN, "整改中"
        ANSWERED = rules.ANSWERED, "已报整改，待复核"
        CLOSED = rules.CLOSED, "已整改"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    of = models.ForeignKey("supervision.Check", on_delete=models.PROTECT, related_name="findings")
    place = models.PositiveSmallIntegerField()
    what = models.TextField(max_length=2000)
    duty = models.OneToOneField("work.Obligation", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    found_by = models.CharField(max_length=80)
    found_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="supervision_finding_place_once", fields=["of", "place"]),
        ]

    def __str__(self) -> str:
        return f"问题{self.place}"


class RectificationAnswer(models.Model):
    """One answer of the unit to a finding (整改报告), and what the bureau made of it."""

    class Verdict(models.TextChoices):
        ACCEPTED = "accepted", "复核通过"
        RETURNED = "returned", "退回整改"

    finding = models.ForeignKey("supervision.Finding", on_delete=models.PROTECT, related_name="answers")
    text = models.TextField(max_length=2000)
    by = models.CharField(max_length=80)
    at = models.DateTimeField()
    judging = models.OneToOneField("work.Obligation", on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=10, choices=Verdict, blank=True, default="")
    reason = models.TextField(max_length=2000, blank=True, default="")
    judged_by = models.CharField(max_length=80, blank=True, default="")
    judged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="supervision_one_answer_waits_for_judgment", fields=["finding"], condition=Q(verdict="")
            ),
            models.CheckConstraint(
                name="supervision_rectification_judged_by_somebody",
                condition=Q(verdict="", judged_by="", judged_at=None)
                | (~Q(verdict="") & ~Q(judged_by="") & Q(judged_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="supervision_rectification_returned_with_a_reason",
                condition=~Q(verdict="returned") | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.get_verdict_display() or "待复核"


class ConclusionObjection(models.Model):
    """A unit asks for a review of a conclusion (对督查结论申请复核), decided by others than its authors (art. 17)."""

    class Outcome(models.TextChoices):
        KEPT = "kept", "维持结论"
        UPHELD = "upheld", "异议成立，更正结论"

    of = models.OneToOneField("supervision.Check", on_delete=models.PROTECT, related_name="objection")
    text = models.TextField(max_length=4000)
    by = models.CharField(max_length=80)
    at = models.DateTimeField()
    duty = models.OneToOneField("work.Obligation", on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=6, choices=Outcome, blank=True, default="")
    reason = models.TextField(max_length=4000, blank=True, default="")
    decided_by = models.CharField(max_length=80, blank=True, default="")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="supervision_conclusion_review_decided_with_a_reason",
                condition=Q(outcome="", reason="", decided_by="", decided_at=None)
                | (~Q(outcome="") & ~Q(reason="") & ~Q(decided_by="") & Q(decided_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.get_outcome_display() or "待复核决定"
