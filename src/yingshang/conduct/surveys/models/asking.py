"""Who is asked: one round of asking, its strata, its frame."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Terms(models.Model):
    """What the county has decided about asking enterprises, from ``surveys.yaml``.

    quota: questionnaires an enterprise gets at most in a calendar year. least:
    answers below which nothing is published. margin_percent: the ± that a
    survey aims at, in percentage points.
    """

    quota = models.PositiveSmallIntegerField()
    least = models.PositiveSmallIntegerField()
    margin_percent = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200, blank=True, default="")
    todo = models.CharField(max_length=200, blank=True, default="")
    effective_from = models.DateField(unique=True)
    effective_to = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.effective_from}"


class Survey(models.Model):
    """One round of asking (调查): a frozen version put to everybody in the strata, once.

    merges: stratum → the one whose variance it shares. least: the county's
    at the time of publication, 0 before.
    """

    class State(models.TextChoices):
        OPEN = "open", "正在回收"
        CLOSED = "closed", "已截止"
        PUBLISHED = "published", "已公布"

    code = models.SlugField("代号", max_length=40, unique=True)
    title = models.CharField("名称", max_length=80)
    version = models.ForeignKey("surveys.Version", on_delete=models.PROTECT, related_name="surveys")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    state = models.CharField("状态", max_length=10, choices=State, default=State.OPEN)
    opened_on = models.DateField("开始日")
    last_day = models.DateField("截止日")
    closed_on = models.DateField("实际截止日", null=True)
    published_on = models.DateField("公布日", null=True)
    merges = models.JSONField("合并的层", default=dict)
    least = models.PositiveSmallIntegerField(default=0)
    is_demo = models.BooleanField("演示", default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="surveys_ends_after_it_begins", condition=Q(last_day__gte=F("opened_on"))),
            models.CheckConstraint(
                name="surveys_state_has_its_days",
                condition=Q(state="open", closed_on=None, published_on=None)
                | Q(state="closed", closed_on__isnull=False, published_on=None)
                | Q(state="published", closed_on__isnull=False, published_on__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["-opened_on", "-id"], name="surveys_latest_first")]

    def __str__(self) -> str:
        return self.title


class Stratum(models.Model):
    """A layer of the frame (层). population: who is in it; all of them are invited (普查式发放)."""

    append_only = True

    survey = models.ForeignKey("surveys.Survey", on_delete=models.PROTECT, related_name="strata")
    key = models.CharField(max_length=12)
    title = models.CharField("名称", max_length=20)
    population = models.PositiveIntegerField("户数")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["survey", "key"], name="surveys_stratum_stands_once")]

    def __str__(self) -> str:
        return self.title


class FrameRow(models.Model):
    """A party of the register as the frame saw it: invited, or left out with a reason. Never an answer or a code."""

    append_only = True

    class Reason(models.TextChoices):
        INVITED = "", "发放"
        KIND = "kind_not_asked", "不属于这次调查的类别"
        QUOTA = "quota_used", "今年收到的问卷已经到上限"
        NO_CODE = "no_code", "没有登记代码，无法确认只发一份"

    survey = models.ForeignKey("surveys.Survey", on_delete=models.PROTECT, related_name="frame")
    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    stratum = models.ForeignKey("surveys.Stratum", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField("理由", max_length=16, choices=Reason, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["survey", "party"], name="surveys_party_stands_once_in_a_frame"),
            models.CheckConstraint(
                name="surveys_invited_in_a_stratum_or_left_out_with_a_reason",
                condition=Q(reason="", stratum__isnull=False) | (~Q(reason="") & Q(stratum=None)),
            ),
        ]
        indexes = [models.Index(fields=["party"], name="surveys_frame_of_party", condition=Q(reason=""))]

    def __str__(self) -> str:
        return f"{self.survey_id} {self.party_id}"
