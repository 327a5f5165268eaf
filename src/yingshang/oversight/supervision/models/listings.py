"""Matters on the public list of supervision."""

import uuid

from django.db import models
from django.db.models import Q


class Listing(models.Model):
    """A grave or long-late matter put on the public list (挂牌督办), until somebody else has verified the end."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "待批准"
        REFUSED = "refused", "未批准"
        LISTED = "listed", "挂牌督办中"
        ASKED_OFF = "asked_off", "已申请摘牌，待核实"
        OFF = "off", "已摘牌"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=200)
    reason = models.TextField(max_length=1000, help_text="为什么挂牌")
    level = models.CharField(max_length=40)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    about = models.ForeignKey("work.Obligation", null=True, on_delete=models.PROTECT, related_name="+")
    deadline = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    proposed_by = models.CharField(max_length=80)
    proposed_at = models.DateTimeField()
    decided_by = models.CharField(max_length=80, blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    duty = models.OneToOneField("work.Obligation", null=True, on_delete=models.PROTECT, related_name="+")
    listed_on = models.DateField(null=True)
    off_on = models.DateField(null=True)
    verified_by = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        indexes = [models.Index("state", "deadline", name="supervision_listings_public")]
        constraints = [
            models.CheckConstraint(
                name="supervision_listing_decided_by_another",
                condition=Q(state="proposed", decided_by="")
                | (~Q(state="proposed") & ~Q(decided_by="") & ~Q(decided_by=models.F("proposed_by"))),
            ),
            models.CheckConstraint(
                name="supervision_listing_listed_with_a_duty",
                condition=Q(state__in=["proposed", "refused"], duty=None, listed_on=None)
                | Q(state__in=["listed", "asked_off", "off"], duty__isnull=False, listed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="supervision_listing_taken_off_by_another",
                condition=(
                    Q(state="off", off_on__isnull=False) & ~Q(verified_by="") & ~Q(verified_by=models.F("proposed_by"))
                )
                | (~Q(state="off") & Q(off_on=None, verified_by="")),
            ),
            models.UniqueConstraint(
                name="supervision_listing_one_for_an_obligation",
                fields=["about"],
                condition=Q(about__isnull=False, state__in=["proposed", "listed", "asked_off"]),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ListingStep(models.Model):
    """One step of a listed matter, never changed; public from the day it is listed."""

    append_only = True

    class Kind(models.TextChoices):
        PROPOSED = "proposed", "提出挂牌"
        REFUSED = "refused", "未批准"
        LISTED = "listed", "挂牌"
        PROGRESS = "progress", "进展"
        ASKED_OFF = "asked_off", "申请摘牌"
        RETURNED = "returned", "核实未通过"
        OFF = "off", "摘牌"

    listing = models.ForeignKey("supervision.Listing", on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.TextField(max_length=1000, blank=True, default="")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    person = models.CharField(max_length=80)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.get_kind_display()
