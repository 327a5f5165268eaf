"""An item of the implementation list (实施清单) and its versions."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce


class Item(models.Model):
    """One service item (事项) that a unit of the county implements.

    slug: stable, part of addresses. code: 实施编码, 31 characters, or the
    pattern of another province. unit: the body whose power it is; who handles
    it on a day follows from transfers and delegations. An ended item keeps
    its row and versions: running cases finish under theirs.
    """

    slug = models.SlugField(max_length=60, unique=True)
    code = models.CharField(max_length=60, unique=True, help_text="实施编码")
    basic = models.ForeignKey("catalogue.BasicItem", null=True, on_delete=models.PROTECT, related_name="items")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    is_demo = models.BooleanField(default=False, help_text="内容是演示用的")
    created_by = models.CharField(max_length=80)
    created_on = models.DateField()
    ended_on = models.DateField(null=True, help_text="从这一天起不再收新的申请")
    ended_because = models.CharField(max_length=400, blank=True)
    ended_by_text = models.CharField(max_length=200, blank=True, help_text="取消或者停办的依据")
    go_to = models.CharField(max_length=300, blank=True, help_text="停办以后去哪里办")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="catalogue_item_ends_with_reason_and_way",
                condition=Q(ended_on=None) | (~Q(ended_because="") & ~Q(go_to="")),
            ),
        ]
        indexes = [models.Index(fields=["unit", "id"], name="catalogue_item_of_unit")]

    def __str__(self) -> str:
        return self.title


class ItemVersion(models.Model):
    """One version of an item: a draft that grows by sections, then frozen under the SHA-256 of its content.

    content: the shape of ``rules.content``. zone: where a version is tried
    first; empty: the whole county. effective_to: the last day, empty while
    no successor is there. revision: counts changes, so that two people
    editing at once notice. What is published never changes (a trigger).
    """

    class State(models.TextChoices):
        DRAFT = "draft", "草稿"
        CHECKING = "checking", "待审核"
        REVIEWED = "reviewed", "已审核，待发布"
        PUBLISHED = "published", "已发布"
        ENDED = "ended", "已停用"
        DROPPED = "dropped", "已放弃"

    item = models.ForeignKey("catalogue.Item", on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    zone = models.ForeignKey("org.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    tried_as = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="+", help_text="由哪一版试点转为全县"
    )
    content = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)
    revision = models.PositiveIntegerField(default=1)
    title = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=20, blank=True)
    reform_class = models.CharField(max_length=20, blank=True)
    changed_because = models.CharField(max_length=400, blank=True, help_text="第2版起必填")
    ended_because = models.CharField(max_length=400, blank=True, help_text="试点停止的理由")
    effective_from = models.DateField(null=True)
    effective_to = models.DateField(null=True, help_text="最后一天")
    procedure = models.ForeignKey("procedures.ProcedureVersion", null=True, on_delete=models.PROTECT, related_name="+")
    drafted_by = models.CharField(max_length=80)
    drafted_at = models.DateTimeField()
    reviewed_by = models.CharField(max_length=80, blank=True)
    review_note = models.CharField(max_length=400, blank=True)
    published_by = models.CharField(max_length=80, blank=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="catalogue_version_number_once"),
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(state__in=["draft", "checking", "reviewed"]),
                name="catalogue_one_version_in_hand",
            ),
            ExclusionConstraint(
                name="catalogue_versions_never_overlap",
                expressions=[
                    (Func(F("item_id"), F("item_id"), Value("[]"), function="int8range"), "&&"),
                    (
                        Func(
                            Coalesce(F("zone_id"), Value(0)),
                            Coalesce(F("zone_id"), Value(0)),
                            Value("[]"),
                            function="int8range",
                        ),
                        "&&",
                    ),
                    (Func(F("effective_from"), F("effective_to"), Value("[]"), function="daterange"), "&&"),
                ],
                condition=Q(state__in=["published", "ended"]),
            ),
            models.CheckConstraint(
                name="catalogue_published_is_dated_and_frozen",
                condition=~Q(state__in=["published", "ended"])
                | (
                    Q(effective_from__isnull=False, procedure__isnull=False, published_at__isnull=False)
                    & ~Q(digest="")
                    & ~Q(published_by="")
                    & ~Q(title="")
                ),
            ),
            models.CheckConstraint(
                name="catalogue_version_ends_after_it_begins",
                condition=Q(effective_to=None) | Q(effective_to__gte=F("effective_from")),
            ),
            models.CheckConstraint(
                name="catalogue_nobody_reviews_their_own",
                condition=Q(reviewed_by="") | ~Q(reviewed_by=F("drafted_by")) | Q(drafted_by="system"),
            ),
            models.CheckConstraint(
                name="catalogue_change_has_a_reason", condition=Q(number=1) | ~Q(changed_because="")
            ),
        ]
        indexes = [models.Index(fields=["state", "title", "id"], name="catalogue_version_by_title")]

    def __str__(self) -> str:
        return f"{self.title or self.item.title} 第{self.number}版"
