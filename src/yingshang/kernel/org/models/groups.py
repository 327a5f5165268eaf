"""Groups of units as documents name them: 各乡镇政府, 县直各部门, 县直有关部门."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yingshang.kernel.org.dated import Dated, never_twice_at_once


class Group(models.Model):
    """A name for many units, which expands to its members on a date.

    rule ``all``: every member is meant. rule ``concerned`` (有关、相关): only
    those concerned, so it has no members until a person names them.
    kinds: units of these kinds are members without a row; empty for a group
    that is listed row by row.
    """

    class Rule(models.TextChoices):
        ALL = "all", "全体"
        CONCERNED = "concerned", "有关单位，须由人指明"

    code = models.SlugField("代码", max_length=40, unique=True)
    name = models.CharField("名称", max_length=60)
    rule = models.CharField("范围", max_length=12, choices=Rule)
    kinds = models.JSONField("按类别收入", default=list, blank=True)
    is_presumed = models.BooleanField("范围为推定", default=False)
    note = models.CharField("说明", max_length=300, blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class GroupAlias(models.Model):
    """Another print of a group's name."""

    group = models.ForeignKey("org.Group", on_delete=models.PROTECT, related_name="aliases")
    text = models.CharField("写法", max_length=60, unique=True)
    source = models.CharField("出处", max_length=120)

    class Meta:
        ordering = ["text"]

    def __str__(self) -> str:
        return self.text


class GroupMember(Dated):
    """A unit that belongs to a group, or is kept out of it although its kind would bring it in."""

    group = models.ForeignKey("org.Group", on_delete=models.PROTECT, related_name="members")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    is_excluded = models.BooleanField("排除在外", default=False)
    source = models.CharField("依据", max_length=120, blank=True)

    class Meta(Dated.Meta):
        ordering = ["group_id", "unit_id", "valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            never_twice_at_once("org_groupmember_once_at_a_time", "group_id", "unit_id"),
            models.CheckConstraint(
                name="org_groupmember_exclusion_has_a_source", condition=Q(is_excluded=False) | ~Q(source="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_id}:{self.unit_id}"
