"""One visit to an enterprise: who goes for what, the scan at the door, what was found, and what follows."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Visit(models.Model):
    """One visit (一次入企检查), for every unit and item that is due there.

    ``public_id`` stands in addresses and on the printed notice, whoever holds
    it may see that the visit is real; entries of the ledger, which anybody
    reads, say ``in_ledger``. A stopped visit never began or was broken off; its
    reason stays. A merged one is carried out as part of another,
    ``merged_into``, and counts no more.
    """

    class Kind(models.TextChoices):
        ROUTINE = "routine", "日常检查"
        CASE = "case", "个案检查"
        SPECIAL = "special", "专项检查"

    class State(models.TextChoices):
        PLANNED = "planned", "待检查"
        STARTED = "started", "检查中"
        RECORDED = "recorded", "已录入"
        PUBLISHED = "published", "已公示"
        CLOSED = "closed", "后续处理完毕"
        STOPPED = "stopped", "已中止"
        MERGED = "merged", "已并入另一次检查"

    public_id = models.UUIDField(unique=True, editable=False)
    kind = models.CharField(max_length=8, choices=Kind)
    target = models.ForeignKey("inspections.Target", on_delete=models.PROTECT, related_name="visits")
    lead_unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey("inspections.Batch", null=True, on_delete=models.PROTECT, related_name="visits")
    permission = models.ForeignKey("inspections.Permission", null=True, on_delete=models.PROTECT, related_name="visits")
    notice_no = models.CharField("检查通知书文号", max_length=60, blank=True)
    planned_on = models.DateField("计划检查日期")
    planned_to = models.DateField("最迟检查日期")
    counts_toward_cap = models.BooleanField("计入年度频次", default=True)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    attempt = models.CharField(
        max_length=80, blank=True, help_text="names the sending of the sheet; sent twice, stored once"
    )
    started_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField(null=True)
    finished_on = models.DateField("检查结束日期", null=True)
    published_on = models.DateField("公示日期", null=True)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged_here")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="inspections_visit_merged_into_another",
                condition=Q(state="merged", merged_into__isnull=False) | (~Q(state="merged") & Q(merged_into=None)),
            ),
            models.CheckConstraint(
                name="inspections_visit_rests_on_a_draw_or_a_permission",
                condition=Q(kind="routine", batch__isnull=False, permission=None)
                | (~Q(kind="routine") & Q(permission__isnull=False)),
            ),
            models.CheckConstraint(
                name="inspections_visit_ends_after_it_begins", condition=Q(planned_to__gte=F("planned_on"))
            ),
            models.UniqueConstraint(
                fields=["batch", "target"], condition=Q(batch__isnull=False), name="inspections_drawn_once_in_a_batch"
            ),
            models.CheckConstraint(
                name="inspections_visit_started_before_it_is_recorded",
                condition=Q(state__in=["planned", "stopped", "merged"]) | Q(started_at__isnull=False),
            ),
            models.CheckConstraint(
                name="inspections_visit_dated_once_published",
                condition=~Q(state__in=["published", "closed"]) | Q(published_on__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["target", "planned_on"], name="inspections_visit_target"),
            models.Index(fields=["lead_unit", "planned_on", "id"], name="inspections_visit_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.target} {self.planned_on}"

    @property
    def in_ledger(self) -> str:
        """The subject of the visit's entries: it leads to no page, so it betrays nobody who is to be visited."""
        return f"inspections.visit:{self.pk}"


class VisitItem(models.Model):
    """One item of the published list that a visit covers, for the unit that owns it, as cited on the day."""

    visit = models.ForeignKey("inspections.Visit", on_delete=models.PROTECT, related_name="items")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    item_code = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    basis = models.CharField("检查依据", max_length=400)
    citation = models.JSONField(help_text="edition, source and digest of the row cited")
    counts_toward_cap = models.BooleanField("计入年度频次", default=True, help_text="合并以后各事项仍按各自的由来计")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["visit", "item_code"], name="inspections_item_once_in_a_visit")]

    def __str__(self) -> str:
        return self.title


class Crew(models.Model):
    """An inspector sent on a visit, as lead or as companion. A substitute names whom they replace, and why."""

    class Role(models.TextChoices):
        LEAD = "lead", "主办"
        COMPANION = "companion", "协办"

    visit = models.ForeignKey("inspections.Visit", on_delete=models.PROTECT, related_name="crew")
    inspector = models.ForeignKey("inspections.Inspector", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=Role)
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    replaced_because = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["visit", "inspector"], name="inspections_inspector_once_in_a_visit"),
        ]

    def __str__(self) -> str:
        return f"{self.inspector} {self.get_role_display()}"


class Scan(models.Model):
    """The scan of the enterprise's code at the door (扫码入企): who, when, and where the device said it was."""

    append_only = True

    visit = models.OneToOneField("inspections.Visit", on_delete=models.PROTECT, related_name="scan")
    inspector = models.ForeignKey("inspections.Inspector", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=80, help_text="what was read from the enterprise's code")
    at = models.DateTimeField()
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True)

    def __str__(self) -> str:
        return f"{self.visit_id} {self.at}"


class Answer(models.Model):
    """What the check sheet says on one point of one item (检查表). A correction is a later row."""

    append_only = True

    item = models.ForeignKey("inspections.VisitItem", on_delete=models.PROTECT, related_name="answers")
    point = models.PositiveSmallIntegerField()
    question = models.CharField(max_length=300)
    is_right = models.BooleanField(null=True, help_text="空：不适用")
    remark = models.CharField(max_length=1000, blank=True)
    by = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="inspections_a_fault_is_described", condition=~Q(is_right=False) | ~Q(remark="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}.{self.point}"


class Photo(models.Model):
    """A picture taken on the spot, kept as a document."""

    append_only = True

    visit = models.ForeignKey("inspections.Visit", on_delete=models.PROTECT, related_name="photos")
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="+")
    caption = models.CharField(max_length=200, blank=True)
    taken_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["visit", "document"], name="inspections_photo_once_in_a_visit")]

    def __str__(self) -> str:
        return self.caption


class Outcome(models.Model):
    """A result code of a visit (检查结果): several may stand. A correction replaces the earlier row; both stay."""

    append_only = True

    visit = models.ForeignKey("inspections.Visit", on_delete=models.PROTECT, related_name="outcomes")
    scheme = models.CharField(max_length=20)
    code = models.CharField(max_length=4)
    words = models.CharField(max_length=80)
    remark = models.CharField(max_length=1000, blank=True)
    round = models.PositiveSmallIntegerField(default=1, help_text="grows with each correction; the last one counts")
    by = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["visit", "round", "scheme", "code"], name="inspections_code_once_a_round"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.words}"


class FollowUp(models.Model):
    """What a finding makes somebody owe (后续处理): the enterprise rectifies, or a unit lists, transfers or files."""

    visit = models.ForeignKey("inspections.Visit", on_delete=models.PROTECT, related_name="follow_ups")
    follow = models.CharField(max_length=10)
    words = models.CharField(max_length=400)
    obligation = models.OneToOneField("work.Obligation", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.words


class Stop(models.Model):
    """A visit that the software or a person stopped (制止违规检查): which rule, and what was attempted.

    Kept even when no visit row was made: an illegal attempt is on record.
    """

    append_only = True

    visit = models.ForeignKey("inspections.Visit", null=True, on_delete=models.PROTECT, related_name="stops")
    target = models.ForeignKey("inspections.Target", on_delete=models.PROTECT, related_name="stops")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    refusal = models.CharField(max_length=80, help_text="code of the refusal")
    reason = models.CharField(max_length=400)
    source = models.CharField(max_length=200, blank=True)
    by = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(F("target"), F("id").desc(), name="inspections_stop_target")]

    def __str__(self) -> str:
        return self.refusal
