"""Who could be asked and who is: strata, clusters, and a row for each party of the frame."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Stratum(models.Model):
    """A layer of the frame (层). population: parties in it that may be asked.

    to_draw: how many are drawn of it, parties or clusters; the population where
    all are asked. invited: parties that get a card; None until the draw.
    """

    append_only = True

    survey = models.ForeignKey("surveys.Survey", on_delete=models.PROTECT, related_name="strata")
    key = models.CharField(max_length=80)
    title = models.CharField("名称", max_length=80)
    population = models.PositiveIntegerField("户数")
    to_draw = models.PositiveIntegerField("抽多少", default=0)
    invited = models.PositiveIntegerField("发放", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["survey", "key"], name="surveys_stratum_stands_once"),
            models.CheckConstraint(
                name="surveys_stratum_asks_those_it_has",
                condition=Q(invited=None) | Q(invited__lte=F("population")),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Cluster(models.Model):
    """A township, window or item whose parties are drawn together (群). number: what the draw knows it by.

    invited: parties that get a card; None until the draw, 0 for one that was not drawn.
    """

    append_only = True

    stratum = models.ForeignKey("surveys.Stratum", on_delete=models.PROTECT, related_name="clusters")
    key = models.CharField(max_length=80)
    title = models.CharField("名称", max_length=80)
    number = models.CharField("编号", max_length=8)
    population = models.PositiveIntegerField("户数")
    invited = models.PositiveIntegerField("发放", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stratum", "key"], name="surveys_cluster_stands_once"),
            models.CheckConstraint(
                name="surveys_cluster_asks_those_it_has",
                condition=Q(invited=None) | Q(invited__lte=F("population")),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class FrameRow(models.Model):
    """A party as the frame saw it: asked, not drawn, or left out with a reason. Never an answer or a code.

    number: what a sealed draw knows the party by, the SHA-256 of salt and
    public id (``rules.number_of``); it says nothing of the party to who does
    not know the salt, and can be that of no other party. Both empty where all are asked.
    """

    append_only = True

    class Reason(models.TextChoices):
        INVITED = "", "发放"
        NOT_DRAWN = "not_drawn", "没有抽中"
        KIND = "kind_not_asked", "不属于这次调查的类别"
        QUOTA = "quota_used", "今年收到的问卷已经到上限"
        NO_CODE = "no_code", "没有登记代码，无法确认只发一份"
        ASKED = "asked_before", "已经收到过这份问卷"

    survey = models.ForeignKey("surveys.Survey", on_delete=models.PROTECT, related_name="frame")
    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    stratum = models.ForeignKey("surveys.Stratum", null=True, on_delete=models.PROTECT, related_name="+")
    cluster = models.ForeignKey("surveys.Cluster", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField("理由", max_length=16, choices=Reason, blank=True, default="")
    salt = models.UUIDField(null=True)
    number = models.CharField("摇号用的编号", max_length=40, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["survey", "party"], name="surveys_party_stands_once_in_a_frame"),
            models.CheckConstraint(
                name="surveys_invited_in_a_stratum_or_left_out_with_a_reason",
                condition=Q(reason__in=["", "not_drawn"], stratum__isnull=False)
                | ~Q(reason__in=["", "not_drawn"]) & Q(stratum=None, cluster=None),
            ),
            models.CheckConstraint(
                name="surveys_number_hides_behind_a_salt",
                condition=Q(salt=None, number="") | Q(salt__isnull=False) & ~Q(number=""),
            ),
        ]
        indexes = [models.Index(fields=["party"], name="surveys_frame_of_party", condition=Q(reason=""))]

    def __str__(self) -> str:
        return f"{self.survey_id} {self.party_id}"
