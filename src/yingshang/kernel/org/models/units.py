"""Units, the names they bore, and the names that documents print."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat

from yingshang.kernel.org.dated import Dated, never_twice_at_once


class Unit(Dated):
    """A body that can owe and act (单位).

    Its code never changes and is never reused. A unit that is abolished or
    merged keeps its row: ``valid_to`` closes it and ``successor`` says who
    took over, so that what it owed and did stays readable under its own name.
    """

    class Kind(models.TextChoices):
        COUNTY = "county", "县"
        LEADING_GROUP = "leading_group", "领导小组"
        GOV = "gov", "政府部门"
        PARTY = "party", "党委和纪检机构"
        JUDICIAL = "judicial", "司法机关"
        NPC = "npc", "人大机构"
        CPPCC = "cppcc", "政协机构"
        MASS = "mass", "群团组织"
        VERTICAL = "vertical", "中省市直单位"
        INSTITUTION = "institution", "事业单位"
        ENTERPRISE = "enterprise", "企业"
        ZONE = "zone", "园区"
        TOWNSHIP = "township", "乡镇"
        OFFICE = "office", "内设机构"

    code = models.SlugField("代码", max_length=40, unique=True, help_text="拼音首字母，例如 scjgj")
    name = models.CharField("全称", max_length=120)
    short_name = models.CharField("简称", max_length=60, help_text="文件中通常写法，例如 县司法局")
    kind = models.CharField("类别", max_length=20, choices=Kind)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    path = models.CharField("路径", max_length=400, unique=True, db_collation="C", help_text="上级代码/本单位代码/")
    division_code = models.CharField("行政区划代码", max_length=12, blank=True)
    successor = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    counts_only = models.BooleanField(
        "仅收计数", default=False, help_text="法院、检察院、党委和纪检机构：只收数量和状态，不催办、不排名"
    )
    is_presumed = models.BooleanField("全称为推定", default=False, help_text="全称尚未经县里确认")
    note = models.CharField("说明", max_length=300, blank=True)

    class Meta(Dated.Meta):
        ordering = ["path"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="org_unit_path_ends_with_its_code", condition=Q(path__endswith=Concat(F("code"), Value("/")))
            ),
            models.CheckConstraint(
                name="org_unit_successor_only_once_closed",
                condition=Q(successor__isnull=True) | Q(valid_to__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.short_name

    @property
    def depth(self) -> int:
        """How many units stand above this one."""
        return self.path.count("/") - 1


class UnitName(Dated):
    """A name that a unit bore for a time (曾用名). The present name stands in the unit itself."""

    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="names")
    name = models.CharField("全称", max_length=120)
    short_name = models.CharField("简称", max_length=60)

    class Meta(Dated.Meta):
        ordering = ["unit_id", "valid_to"]
        constraints = [
            *Dated.Meta.constraints,
            never_twice_at_once("org_unitname_one_name_at_a_time", "unit_id"),
            models.CheckConstraint(name="org_unitname_is_over", condition=Q(valid_to__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.short_name


class UnitAlias(models.Model):
    """A name as some document prints it (文件中的写法), with that document.

    needs_person: the print is not quite the unit's name, so a person confirms
    each use; ``note`` says why.
    """

    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="aliases")
    text = models.CharField("写法", max_length=120)
    source = models.CharField("出处", max_length=120)
    needs_person = models.BooleanField("需人工确认", default=False)
    note = models.CharField("说明", max_length=300, blank=True)

    class Meta:
        ordering = ["unit_id", "text"]
        constraints = [models.UniqueConstraint(name="org_unitalias_once_per_unit", fields=["unit", "text"])]
        indexes = [models.Index(name="org_unitalias_text", fields=["text"])]

    def __str__(self) -> str:
        return self.text
