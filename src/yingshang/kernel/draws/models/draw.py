"""The commitment of a draw, its steps, and what is sealed of it."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

DIGEST = 64  # hexadecimal digits of a SHA-256


class Draw(models.Model):
    """One draw as it was committed (承诺), before anybody could know the randomness.

    ``serial`` counts the draws of the county from 1 without gaps, and each
    commitment names the digest of the one before; the database refuses any
    other. ``head`` is used once in the county, and so is a one-time code. All
    that stands here is public; the plan and the code are ``Sealed``.
    """

    append_only = True

    serial = models.PositiveIntegerField(primary_key=True)
    purpose = models.SlugField(max_length=40, help_text="用途，如 inspections")
    title = models.CharField(max_length=120, help_text="公开的名称，不写抽取对象")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    commitment = models.JSONField(help_text="承诺原文，见 draw/1")
    digest = models.CharField(max_length=DIGEST, unique=True, help_text="承诺的摘要")
    head = models.CharField(max_length=DIGEST, unique=True, help_text="一次性代码的摘要")
    sources = ArrayField(models.CharField(max_length=50), help_text="随机数的来源，缺一不可，按合成的先后")
    beacon_at = models.DateTimeField(null=True, help_text="约定的信标发布的时间")
    beacon_until = models.DateTimeField(null=True, help_text="信标最迟等到的时间")
    committed_at = models.DateTimeField()
    committed_by = models.CharField(max_length=64)

    class Meta:
        ordering = ["-serial"]
        constraints = [
            models.CheckConstraint(name="draws_serial_counts_from_one", condition=Q(serial__gte=1)),
            models.CheckConstraint(name="draws_has_a_source_of_randomness", condition=Q(sources__len__gt=0)),
            models.CheckConstraint(
                name="draws_beacon_is_waited_for_until_a_moment",
                condition=Q(beacon_at=None, beacon_until=None)
                | Q(beacon_at__isnull=False, beacon_until__gt=F("beacon_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"第{self.serial}号 {self.title}"


class Step(models.Model):
    """One step in the life of a draw, under its ledger entry, numbered from 1 without gaps.

    content: what draw/1 publishes of it, None while it is ``Sealed`` (a
    substitution names whom it concerns). digest: of that content; it stands in
    the ledger from the beginning. source: which randomness it adds, if any.
    second_person: the witness, where two persons are needed.
    """

    append_only = True

    class Does(models.TextChoices):
        COMMITTED = "committed", "封存方案"
        RANDOMNESS = "randomness_added", "加入随机数"
        DRAWN = "drawn", "抽取"
        SUBSTITUTED = "substituted", "替补"
        REVEALED = "revealed", "公布"
        VOIDED = "voided", "作废"

    draw = models.ForeignKey("draws.Draw", on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()
    does = models.CharField(max_length=20, choices=Does)
    source = models.CharField(max_length=50, blank=True, default="")
    content = models.JSONField(null=True)
    digest = models.CharField(max_length=DIGEST)
    at = models.DateTimeField()
    by = models.CharField(max_length=64)
    second_person = models.CharField(max_length=64, blank=True, default="")
    entry = models.OneToOneField("ledger.Entry", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["draw_id", "number"]
        constraints = [
            models.UniqueConstraint(name="draws_steps_are_numbered", fields=["draw", "number"]),
            models.UniqueConstraint(
                name="draws_each_source_gives_once", fields=["draw", "source"], condition=~Q(source="")
            ),
            models.UniqueConstraint(name="draws_drawn_once", fields=["draw"], condition=Q(does="drawn")),
            models.UniqueConstraint(
                name="draws_ends_once", fields=["draw"], condition=Q(does__in=["revealed", "voided"])
            ),
            models.CheckConstraint(
                name="draws_randomness_has_a_source",
                condition=Q(does="randomness_added") & ~Q(source="") | ~Q(does="randomness_added") & Q(source=""),
            ),
            models.CheckConstraint(
                name="draws_dice_take_two_persons",
                condition=~Q(source="dice") | (~Q(second_person="") & ~Q(second_person=F("by"))),
            ),
            models.CheckConstraint(
                name="draws_only_substitutions_are_sealed",
                condition=Q(does="substituted", content=None) | ~Q(does="substituted") & Q(content__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draw_id}.{self.number} {self.get_does_display()}"


class Sealed(models.Model):
    """What nobody reads before the reveal but those who must: encrypted, and under row-level security.

    The key lies in the data folder and never in the database; see
    ``safekeeping``. The row's own key is made here, so that PostgreSQL need not
    return the row to a writer who may not read it.
    """

    append_only = True

    class Kind(models.TextChoices):
        PLAN = "plan", "方案"
        CODE = "code", "一次性代码"
        RESULT = "result", "结果"
        STEP = "step", "替补"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draw = models.ForeignKey("draws.Draw", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    number = models.PositiveIntegerField(default=0, help_text="替补是第几步；其他为0")
    unit_code = models.CharField(max_length=40)
    content = models.BinaryField(help_text="AES-256-GCM")

    class Meta:
        constraints = [models.UniqueConstraint(name="draws_sealed_once", fields=["draw", "kind", "number"])]

    def __str__(self) -> str:
        return f"{self.draw_id} {self.kind}"


class Revealed(models.Model):
    """Plan, salt, result and substitutions of a draw in the clear, from the reveal on: nothing sealed is needed again.

    content: canonical JSON ``{"plan", "salt", "result", "substituted": {step: content}}``, deflated.
    """

    append_only = True

    draw = models.OneToOneField("draws.Draw", primary_key=True, on_delete=models.PROTECT, related_name="revealed")
    content = models.BinaryField()

    def __str__(self) -> str:
        return str(self.draw_id)
