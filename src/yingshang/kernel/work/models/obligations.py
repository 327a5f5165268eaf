"""Obligations, and the facts about them that stay."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

NEVER = date(9999, 12, 31)


class Obligation(models.Model):
    """One duty (应办事项): borne by a unit or a party, due on a date or not dated yet.

    Whether it is overdue is computed from ``due_date`` and a day. The date is a
    copy of the clock's, kept by a trigger of the database (migration 0002), so
    that lists and the sweep read one table; nobody else writes it.
    ``first_overdue_on`` is a copy of the standing fact in ObligationFact.
    """

    class State(models.TextChoices):
        OPEN = "open", "待办"
        FULFILLED = "fulfilled", "已办结"
        CANCELLED = "cancelled", "已撤销"

    kind = models.CharField(max_length=80, help_text="declared in a manifest, e.g. plan_tasks.file_sub_plan")
    title = models.CharField(max_length=200)
    unit = models.ForeignKey("org.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey("parties.Party", null=True, on_delete=models.PROTECT, related_name="+")
    dossier = models.ForeignKey("work.Dossier", null=True, on_delete=models.PROTECT, related_name="obligations")
    step = models.ForeignKey("work.Step", null=True, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=60, blank=True, default="", help_text="limit or duty of the procedure")
    origin = models.CharField(max_length=80, blank=True, default="", help_text="what it came from, e.g. supervision:12")
    source = models.CharField(max_length=200, blank=True, default="", help_text="the text it rests on")
    is_watched = models.BooleanField(default=True, help_text="纳入督办")
    is_sealed = models.BooleanField(default=False, help_text="不进入他人的任何列表")
    clock = models.OneToOneField("clock.Clock", null=True, on_delete=models.PROTECT, related_name="+")
    due_date = models.DateField(null=True, help_text="last day on time; empty: not dated, or the clock stands")
    due_at = models.DateTimeField(null=True, help_text="the moment, where hours are counted")
    due_order = models.GeneratedField(
        expression=Coalesce(F("due_date"), Value(NEVER)),
        output_field=models.DateField(),
        db_persist=True,
        help_text="sorts the undated last",
    )
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=80, help_text="人员代号，不是姓名")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=80, blank=True, default="")
    on_miss = models.CharField(
        max_length=60, blank=True, default="", help_text="move that the clock makes if it is missed"
    )
    evidence = models.CharField(max_length=400, blank=True, default="", help_text="办结依据或撤销原因")
    first_overdue_on = models.DateField(null=True, help_text="first day late, unless struck through")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="work_obligation_borne_by_a_unit_or_a_party",
                condition=Q(unit__isnull=False, party=None) | Q(unit=None, party__isnull=False),
            ),
            models.CheckConstraint(
                name="work_obligation_dated_by_a_clock",
                condition=Q(clock__isnull=False) | Q(due_date=None, due_at=None),
            ),
            models.CheckConstraint(
                name="work_obligation_closed_by_somebody",
                condition=Q(state="open", closed_at=None, closed_by="")
                | (~Q(state="open") & Q(closed_at__isnull=False) & ~Q(closed_by="")),
            ),
            models.CheckConstraint(
                name="work_obligation_cancelled_with_a_reason", condition=~Q(state="cancelled") | ~Q(evidence="")
            ),
            models.UniqueConstraint(
                fields=["dossier", "key"],
                condition=Q(state="open") & ~Q(key=""),
                name="work_obligation_one_open_per_key",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "due_order", "id"], name="work_obligation_of_unit", condition=Q(state="open")),
            models.Index(
                fields=["party", "due_order", "id"],
                name="work_obligation_of_party",
                condition=Q(state="open", party__isnull=False),
            ),
            models.Index(
                fields=["due_date", "id"],
                name="work_obligation_to_sweep",
                condition=Q(state="open", first_overdue_on=None),
            ),
            models.Index(
                fields=["first_overdue_on"],
                name="work_obligation_was_overdue",
                condition=Q(first_overdue_on__isnull=False),
            ),
            models.Index(
                fields=["id"],
                name="work_obligation_silence",
                condition=Q(state="open", first_overdue_on__isnull=False) & ~Q(on_miss=""),
            ),
            models.Index(fields=["origin"], name="work_obligation_origin", condition=~Q(origin="")),
        ]

    def __str__(self) -> str:
        return self.title


class ObligationFact(models.Model):
    """Something that became true of an obligation and stays: it went overdue, or that was wrong.

    The first day late is never erased. When a pause or a calendar entered
    later proves it wrong, a second row strikes it through and says why.
    """

    append_only = True

    class Kind(models.TextChoices):
        OVERDUE = "overdue", "首次超期"
        STRUCK = "struck", "更正：未超期"

    obligation = models.ForeignKey("work.Obligation", on_delete=models.PROTECT, related_name="facts")
    kind = models.CharField(max_length=10, choices=Kind)
    on = models.DateField(help_text="first day late, or the day of the correction")
    due_date = models.DateField(help_text="due date as it stood then")
    counters = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="countered_by")
    reason = models.CharField(max_length=400, blank=True, default="")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["obligation", "due_date"], condition=Q(kind="overdue"), name="work_fact_overdue_once_per_date"
            ),
            models.CheckConstraint(
                name="work_fact_struck_with_a_reason",
                condition=Q(kind="overdue", counters=None) | (Q(kind="struck", counters__isnull=False) & ~Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.obligation_id} {self.get_kind_display()} {self.on}"
