"""The two pools: whom an inspection may be drawn for, and who may be drawn to carry it out."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yingshang.conduct.inspections.rules.grading import GRADES


class Target(models.Model):
    """One object in the pool of targets (检查对象名录库): an enterprise, by its unified social credit code.

    It stays when it leaves the pool; ``left_on`` says since when.
    """

    code = models.CharField("统一社会信用代码", max_length=18, unique=True)
    name = models.CharField("名称", max_length=120)
    party = models.ForeignKey("parties.Party", null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("类型", max_length=40, blank=True, help_text="企业、个体工商户、农民专业合作社……")
    industry = models.CharField("行业", max_length=60, blank=True)
    township = models.ForeignKey("org.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    address = models.CharField("住所（经营场所）", max_length=200, blank=True)
    tags = models.JSONField("标签", default=list, help_text="抽查事项按标签选对象")
    joined_on = models.DateField("入库日期")
    left_on = models.DateField("出库日期", null=True)
    left_because = models.CharField("出库原因", max_length=80, blank=True)
    is_demo = models.BooleanField("演示", default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="inspections_target_left_with_a_reason",
                condition=Q(left_on=None, left_because="") | (Q(left_on__isnull=False) & ~Q(left_because="")),
            ),
        ]
        indexes = [models.Index(fields=["township", "code"], name="inspections_target_township")]

    def __str__(self) -> str:
        return self.name


class Grading(models.Model):
    """The credit-risk class of a target from a day on (信用风险分类). The newest on or before a day is in force."""

    append_only = True

    target = models.ForeignKey("inspections.Target", on_delete=models.PROTECT, related_name="gradings")
    grade = models.CharField("风险类别", max_length=1, choices=[(each, f"{each}类") for each in GRADES])
    on = models.DateField()
    source = models.CharField("依据", max_length=120)
    by = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["target", "on"], name="inspections_one_grade_a_day")]

    def __str__(self) -> str:
        return f"{self.target_id} {self.grade}"


class Exemption(models.Model):
    """A target under observation (包容审慎观察期): guidance first, no routine draw, until a day.

    Ended earlier when life or safety is at stake, with the reason.
    """

    target = models.ForeignKey("inspections.Target", on_delete=models.PROTECT, related_name="exemptions")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField("列入理由", max_length=200)
    basis = models.CharField("依据", max_length=200)
    first = models.DateField("起")
    last = models.DateField("止")
    ended_on = models.DateField("提前结束", null=True)
    ended_because = models.CharField(max_length=200, blank=True)
    by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="inspections_exemption_ends_after_it_begins", condition=Q(last__gte=F("first"))
            ),
            models.CheckConstraint(
                name="inspections_exemption_ended_with_a_reason",
                condition=Q(ended_on=None, ended_because="") | (Q(ended_on__isnull=False) & ~Q(ended_because="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target_id} {self.first}—{self.last}"


class Inspector(models.Model):
    """One person in the pool of inspectors (执法检查人员名录库), by the number of the enforcement certificate.

    ``fields`` are what the person is competent for; a lead must hold the
    field of the item. A suspended or expired certificate draws no visit.
    """

    certificate_no = models.CharField("执法证号", max_length=30, unique=True)
    person = models.ForeignKey("org.Person", null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("姓名", max_length=60)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    fields = models.JSONField("执法领域", default=list)
    valid_from = models.DateField("证件有效期起")
    valid_to = models.DateField("证件有效期止")
    suspended_on = models.DateField("暂扣日期", null=True)
    suspended_because = models.CharField("暂扣原因", max_length=200, blank=True)
    is_demo = models.BooleanField("演示", default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="inspections_certificate_ends_after_it_begins", condition=Q(valid_to__gte=F("valid_from"))
            ),
            models.CheckConstraint(
                name="inspections_suspended_with_a_reason",
                condition=Q(suspended_on=None, suspended_because="")
                | (Q(suspended_on__isnull=False) & ~Q(suspended_because="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.certificate_no}）"


class Tie(models.Model):
    """A private fact that keeps an inspector away from a target (应当回避的关系).

    Shown to nobody but those who enter it and the inspector; a draw carries it
    as a salted commitment and opens it only when it made somebody be skipped.
    """

    class Kind(models.TextChoices):
        EMPLOYMENT = "employment", "曾在该企业任职"
        KINSHIP = "kinship", "近亲属关系"
        SHAREHOLDING = "shareholding", "持股或投资"
        SERVED = "served", "近年为该企业提供过服务"
        OTHER = "other", "其他可能影响公正的关系"

    inspector = models.ForeignKey("inspections.Inspector", on_delete=models.PROTECT, related_name="ties")
    target = models.ForeignKey("inspections.Target", on_delete=models.PROTECT, related_name="ties")
    kind = models.CharField(max_length=12, choices=Kind)
    since = models.DateField()
    until = models.DateField(null=True)
    by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inspector", "target", "kind", "since"], name="inspections_tie_once"),
            models.CheckConstraint(
                name="inspections_tie_ends_after_it_begins", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inspector_id}–{self.target_id}"
