"""Dossiers, the steps they consist of, and every move that was made."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Dossier(models.Model):
    """One running matter (卷宗): number, kind, procedure version, lead unit, parties.

    ``state`` is derived from the main step and stored by the last move of the
    main line; ``outcome`` is what the final state means. A dossier without a
    procedure has no steps and stays ``open`` until it is closed.
    """

    class Outcome(models.TextChoices):
        GRANTED = "granted", "准予"
        REFUSED = "refused", "不予"
        WITHDRAWN = "withdrawn", "撤回"
        LAPSED = "lapsed", "终止"
        REVOKED = "revoked", "撤销"
        DONE = "done", "办结"

    kind = models.CharField(max_length=80, help_text="declared in a manifest, e.g. cases.case")
    no = models.CharField(max_length=60, null=True, unique=True, help_text="编号；没有编号时为空")
    title = models.CharField(max_length=200)
    procedure = models.ForeignKey("procedures.ProcedureVersion", null=True, on_delete=models.PROTECT, related_name="+")
    lead_unit = models.ForeignKey("org.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=60)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True, default="")
    is_sealed = models.BooleanField(default=False, help_text="不进入他人的任何列表")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="work_dossier_closed_with_an_outcome",
                condition=Q(closed_at=None, outcome="") | (Q(closed_at__isnull=False) & ~Q(outcome="")),
            ),
        ]
        indexes = [
            models.Index(fields=["lead_unit", "-id"], name="work_dossier_lead", condition=Q(closed_at=None)),
            models.Index(fields=["kind", "-id"], name="work_dossier_kind"),
            models.Index(fields=["parent"], name="work_dossier_parent", condition=Q(parent__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.no or ''} {self.title}".strip()


class Step(models.Model):
    """One part of a dossier that moves by itself: the main line, or a parallel branch.

    ``version`` grows with each move; who moves names the one they saw.
    """

    class Closing(models.TextChoices):
        FINISHED = "finished", "办结"
        WITHDRAWN = "withdrawn", "撤下"

    dossier = models.ForeignKey("work.Dossier", on_delete=models.PROTECT, related_name="steps")
    branch = models.CharField(max_length=60, blank=True, default="", help_text="key of the branch; empty: main line")
    unit = models.ForeignKey("org.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    arrives_at = models.ForeignKey("work.JoinCount", null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=60)
    version = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closing = models.CharField(max_length=10, choices=Closing, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "branch"], condition=Q(closed_at=None), name="work_step_one_open_per_branch"
            ),
            models.CheckConstraint(
                name="work_step_a_branch_arrives_at_a_join",
                condition=Q(branch="", arrives_at=None) | (~Q(branch="") & Q(arrives_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="work_step_closed_with_a_reason",
                condition=Q(closed_at=None, closing="") | (Q(closed_at__isnull=False) & ~Q(closing="")),
            ),
        ]
        indexes = [models.Index(fields=["unit", "id"], name="work_step_open", condition=Q(closed_at=None))]

    def __str__(self) -> str:
        return f"{self.dossier_id}/{self.branch or 'main'} {self.state}"


class JoinCount(models.Model):
    """How many of the branches of one parallel stretch have ended; the last one to end moves the main line on.

    Counted by ``UPDATE … RETURNING`` in the transaction of each ending, so two
    that end at once are counted one after the other.
    """

    dossier = models.ForeignKey("work.Dossier", on_delete=models.PROTECT, related_name="+")
    main_step = models.ForeignKey("work.Step", on_delete=models.PROTECT, related_name="+")
    join = models.CharField(max_length=60)
    round = models.PositiveIntegerField(help_text="version of the main step when the branches opened")
    expected = models.PositiveSmallIntegerField()
    arrived = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["main_step", "join", "round"], name="work_joincount_once_per_round"),
            models.CheckConstraint(
                name="work_joincount_never_more_than_expected", condition=Q(arrived__lte=models.F("expected"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.join} {self.arrived}/{self.expected}"


class Move(models.Model):
    """One recorded change of a step (办理动作). Written by the one function that moves anything, never changed.

    Exported by month it is the event log that evaluation reads.
    """

    append_only = True

    class Kind(models.TextChoices):
        OPEN = "open", "立卷"
        MOVE = "move", "办理"
        JOIN = "join", "汇合"
        CLOCK = "clock", "到期自动办理"
        WITHDRAW = "withdraw", "撤下分支"
        PAUSE = "pause", "停止计时"
        RESUME = "resume", "恢复计时"
        EXTEND = "extend", "延长"

    dossier = models.ForeignKey("work.Dossier", on_delete=models.PROTECT, related_name="moves")
    step = models.ForeignKey("work.Step", null=True, on_delete=models.PROTECT, related_name="moves")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.MOVE)
    do = models.CharField(max_length=60, help_text="name of the move, or of the pause or extension")
    branch = models.CharField(max_length=60, blank=True, default="")
    unit = models.ForeignKey("org.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    from_state = models.CharField(max_length=60, blank=True, default="")
    to_state = models.CharField(max_length=60, blank=True, default="")
    by = models.CharField(max_length=80, help_text="人员代号，不是姓名")
    at = models.DateTimeField()
    counts_as_of = models.DateField(null=True, help_text="deemed results count from this earlier day")
    facts = models.JSONField(default=dict)
    retry_key = models.CharField(max_length=80, null=True, help_text="names the attempt; a retry does nothing twice")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "retry_key"], name="work_move_once_per_attempt"),
        ]
        indexes = [models.Index(fields=["at"], name="work_move_at")]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.do} {self.from_state}→{self.to_state}"


class CheckResult(models.Model):
    """What a named condition answered when a move was made (审查结果), with its reason if it warned or blocked."""

    append_only = True

    move = models.ForeignKey("work.Move", on_delete=models.PROTECT, related_name="checks")
    condition = models.CharField(max_length=80)
    passed = models.BooleanField()
    code = models.CharField(max_length=80, blank=True, default="")
    reason = models.CharField(max_length=400, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["move", "condition"], name="work_checkresult_once_per_move"),
            models.CheckConstraint(
                name="work_checkresult_says_why_not", condition=Q(passed=True, code="") | ~Q(code="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.condition} {'通过' if self.passed else '未通过'}"


class Opinion(models.Model):
    """What one unit says in a joint step. Said once per round; a change is asked for in a new round."""

    append_only = True

    step = models.ForeignKey("work.Step", on_delete=models.PROTECT, related_name="opinions")
    round = models.PositiveIntegerField(help_text="version of the step when the units were asked")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    agrees = models.BooleanField()
    text = models.TextField(blank=True, default="")
    by = models.CharField(max_length=80, help_text="人员代号，不是姓名")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["step", "round", "unit"], name="work_opinion_once_per_unit"),
            models.CheckConstraint(name="work_opinion_gives_reasons", condition=Q(agrees=True) | ~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {'同意' if self.agrees else '不同意'}"


class Involvement(models.Model):
    """A person or enterprise concerned by a dossier, and as what."""

    append_only = True

    dossier = models.ForeignKey("work.Dossier", on_delete=models.PROTECT, related_name="involvements")
    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40, help_text="applicant, agent, neighbor…")
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "party", "role"], name="work_involvement_once_per_role"),
        ]
        indexes = [models.Index(fields=["party", "-dossier"], name="work_involvement_party")]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.role}"
