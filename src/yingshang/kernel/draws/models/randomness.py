"""Dice as they were entered, and who is invited to add randomness of their own."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yingshang.kernel.draws.models.draw import DIGEST

LONGEST_NAME = 40


class Throw(models.Model):
    """One die as the host entered it. A correction is a later ``take`` of the same place; both stay, for all to see."""

    append_only = True

    draw = models.ForeignKey("draws.Draw", on_delete=models.PROTECT, related_name="throws")
    place = models.PositiveSmallIntegerField(help_text="第几颗，从1起")
    take = models.PositiveSmallIntegerField(default=1, help_text="第几次录入")
    digit = models.PositiveSmallIntegerField()
    thrown_at = models.DateTimeField()
    thrown_by = models.CharField(max_length=64)

    class Meta:
        ordering = ["place", "take"]
        constraints = [
            models.UniqueConstraint(name="draws_throw_entered_once", fields=["draw", "place", "take"]),
            models.CheckConstraint(
                name="draws_throw_is_a_ten_sided_die", condition=Q(digit__lte=9, place__gte=1, take__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.digit}"


class Invitation(models.Model):
    """A unit or party asked to add randomness of its own to a coming draw (受邀方)."""

    append_only = True

    name = models.CharField(max_length=LONGEST_NAME, help_text="公布时的名称")
    host = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("org.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    party = models.CharField(max_length=36, blank=True, default="")
    invited_at = models.DateTimeField()
    invited_by = models.CharField(max_length=64)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="draws_invited_is_a_unit_or_a_party",
                condition=Q(unit__isnull=False, party="") | (Q(unit=None) & ~Q(party="")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def source(self) -> str:
        """The source of randomness that this one is."""
        return f"party:{self.name}"


class Pledge(models.Model):
    """The digest of the invited one's value (随机数承诺), handed in before the plan is sealed."""

    append_only = True

    invitation = models.OneToOneField("draws.Invitation", on_delete=models.PROTECT, related_name="pledge")
    commitment = models.CharField(max_length=DIGEST, unique=True)
    pledged_at = models.DateTimeField()
    pledged_by = models.CharField(max_length=64)
    entry = models.OneToOneField("ledger.Entry", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.commitment


class Seat(models.Model):
    """That an invited one takes part in a draw, fixed with its commitment; a pledge serves one draw."""

    append_only = True

    draw = models.ForeignKey("draws.Draw", on_delete=models.PROTECT, related_name="seats")
    pledge = models.OneToOneField("draws.Pledge", on_delete=models.PROTECT, related_name="seat")
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(name="draws_one_to_a_seat", fields=["draw", "place"])]

    def __str__(self) -> str:
        return str(self.place)
