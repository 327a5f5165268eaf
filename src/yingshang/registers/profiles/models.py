"""What is held of a party, why it may be read, who read it, and what the party says about it."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q


class Purpose(models.Model):
    """One lawful reason to read (用途), from national or county data: the basis and the fields it covers, no more."""

    class Reader(models.TextChoices):
        SELF = "self", "当事人本人或者受托人"
        UNIT = "unit", "正在办理其事项的单位"

    code = models.SlugField(max_length=40)
    title = models.CharField("用途", max_length=80)
    basis = models.CharField("处理的合法性基础", max_length=300)
    fields = models.JSONField("可以读取的项目", default=list)
    reader = models.CharField("谁可以用", max_length=4, choices=Reader)
    source = models.CharField("出处", max_length=200, blank=True, help_text="空白表示尚无出处")
    todo = models.CharField(max_length=300, blank=True)
    effective_from = models.DateField("起始日")
    effective_to = models.DateField("截止日", null=True)

    class Meta:
        ordering = ["code", "-effective_from"]
        constraints = [
            models.UniqueConstraint(name="profiles_purpose_once_a_day", fields=["code", "effective_from"]),
            models.CheckConstraint(
                name="profiles_purpose_ends_after_it_begins",
                condition=Q(effective_to=None) | Q(effective_to__gte=F("effective_from")),
            ),
            models.CheckConstraint(name="profiles_purpose_has_a_basis", condition=~Q(basis="")),
        ]

    def __str__(self) -> str:
        return self.title


class HeldValue(models.Model):
    """One value of one field of a party (已有信息), encrypted; the newest of a field is the one in force.

    Under row-level security (migration 0002): a statement sees the values of
    the parties it names and of nobody else.
    """

    append_only = True

    class Origin(models.TextChoices):
        SELF = "self", "本人填写"
        UNIT = "unit", "单位录入"
        REGISTRY = "registry", "登记库"
        CORRECTION = "correction", "纠错"

    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    field = models.CharField("项目", max_length=40)
    closed = models.BinaryField("加密后的内容")
    origin = models.CharField("来源类别", max_length=10, choices=Origin)
    source = models.CharField("来源", max_length=120)
    unit = models.ForeignKey("org.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    held_since = models.DateTimeField("从什么时候起")
    by = models.CharField("谁录入", max_length=80, help_text="人员代号，不是姓名")

    class Meta:
        ordering = ["party_id", "field", "-pk"]
        indexes = [models.Index(fields=["party", "field", "-id"], name="profiles_newest_value")]
        constraints = [
            models.CheckConstraint(name="profiles_value_names_its_source", condition=~Q(source="")),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.field}"


class Reading(models.Model):
    """One opening of a party's values (读取记录): by which unit, which fields, why, in which matter. Never the values.

    person: pseudonym, shown to nobody on the pages; the unit names it when the
    party asks who it was.
    """

    append_only = True

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("org.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    posts = models.CharField("岗位", max_length=200, blank=True)
    person = models.CharField(max_length=80)
    is_own = models.BooleanField("本人或者受托人", default=False)
    purpose = models.ForeignKey("profiles.Purpose", on_delete=models.PROTECT, related_name="+")
    fields = models.JSONField("读取的项目")
    subject = models.CharField("事项", max_length=120, blank=True)
    matter = models.CharField("事项名称", max_length=200, blank=True)
    at = models.DateTimeField("时间")
    entry_id = models.UUIDField("存证记录")

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["party", "-id"], name="profiles_readings_of_party"),
            models.Index(fields=["unit", "at"], name="profiles_readings_of_unit"),
        ]
        constraints = [
            models.CheckConstraint(name="profiles_reading_by_unit_or_own", condition=Q(is_own=True) | ~Q(subject="")),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.at:%Y-%m-%d}"


class Objection(models.Model):
    """What a party says about its data (异议): a value is wrong (纠错), or who read it and why (追问).

    Words and wanted value are encrypted like values. The unit that holds the
    value, or that read it, owes the answer by a date.
    """

    class Kind(models.TextChoices):
        CORRECTION = "correction", "纠错"
        INQUIRY = "inquiry", "追问谁看过"

    class Outcome(models.TextChoices):
        CORRECTED = "corrected", "已更正"
        KEPT = "kept", "核实无误，未更正"
        ANSWERED = "answered", "已答复"

    kind = models.CharField(max_length=10, choices=Kind)
    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    field = models.CharField("项目", max_length=40, blank=True)
    reading = models.ForeignKey("profiles.Reading", null=True, on_delete=models.PROTECT, related_name="+")
    said = models.BinaryField("加密后的说明")
    wanted = models.BinaryField("加密后的正确内容", null=True)
    obligation = models.OneToOneField("work.Obligation", on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField("提出时间")
    raised_by = models.CharField(max_length=80)
    outcome = models.CharField("处理结果", max_length=10, choices=Outcome, blank=True)
    answer = models.BinaryField("加密后的答复", null=True)
    answered_at = models.DateTimeField("答复时间", null=True)
    answered_by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["party", "-id"], name="profiles_objections_of_party"),
            models.Index(fields=["unit", "-id"], name="profiles_objections_of_unit"),
        ]
        constraints = [
            models.CheckConstraint(
                name="profiles_objection_is_about_something",
                condition=Q(kind="correction", reading=None) & ~Q(field="") | Q(kind="inquiry", reading__isnull=False),
            ),
            models.CheckConstraint(
                name="profiles_objection_answered_whole",
                condition=Q(outcome="", answered_at=None, answer=None, answered_by="")
                | Q(answered_at__isnull=False, answer__isnull=False) & ~Q(outcome="") & ~Q(answered_by=""),
            ),
            models.UniqueConstraint(
                name="profiles_one_open_correction",
                fields=["party", "field"],
                condition=Q(kind="correction", answered_at=None),
            ),
            models.UniqueConstraint(name="profiles_one_inquiry_each", fields=["reading"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"
