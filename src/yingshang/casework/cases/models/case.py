"""The case, and what was handed in with it."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

NEVER = date(9999, 12, 31)


class Channel(models.TextChoices):
    """How an application came in; the applicant chooses freely (《优化营商环境条例》第三十七条)."""

    WINDOW = "window", "窗口"
    COMPUTER = "computer", "电脑"
    MOBILE = "mobile", "手机"
    POST = "post", "邮寄"
    KIOSK = "kiosk", "自助机"
    OTHER = "other", "其他"


class Case(models.Model):
    """One application or filing of one party under one version of an item (办件).

    state, is_open and due_date are copies, kept by triggers of the database
    (migration 0002) from the dossier and its obligations, so that a list is
    one table and one index. bureau: the unit directly under the county to
    which ``unit`` belongs; who works there sees the case. received_at: when it
    really came in; entered_at: when the platform learned of it. attempt: names
    the page that sent it, so that what is sent twice stays one case; digest:
    of what was sent, so that an attempt is not used again for something else.
    """

    web_rights = "SELECT, INSERT, UPDATE"

    dossier = models.OneToOneField("work.Dossier", on_delete=models.PROTECT, related_name="case")
    version = models.ForeignKey("catalogue.ItemVersion", on_delete=models.PROTECT, related_name="+")
    item_code = models.CharField(max_length=60)
    number = models.CharField(max_length=40, unique=True, help_text="办件编号")
    applicant = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    bureau = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    channel = models.CharField(max_length=10, choices=Channel)
    answers = models.JSONField(default=dict, help_text="申请表各栏")
    situation = models.JSONField(default=dict, help_text="情形问题的回答")
    fields_asked = models.PositiveSmallIntegerField(default=0)
    fields_prefilled = models.PositiveSmallIntegerField(default=0)
    visits = models.PositiveSmallIntegerField(default=0, help_text="申请人到现场的次数")
    received_at = models.DateTimeField()
    entered_at = models.DateTimeField()
    entered_by = models.CharField(max_length=80, help_text="人员代号，不是姓名")
    attempt = models.CharField(max_length=80, help_text="names one submission; sent again, nothing is done twice")
    digest = models.CharField(max_length=64, help_text="SHA-256 of what was handed in")
    paper_no = models.CharField(max_length=60, blank=True, default="", help_text="纸质收件编号")
    entered_late_because = models.CharField(max_length=200, blank=True, default="")
    state = models.CharField(max_length=60)
    is_open = models.BooleanField(default=True)
    due_date = models.DateField(null=True, help_text="the nearest last day of what a unit owes in it")
    due_order = models.GeneratedField(
        expression=Coalesce(F("due_date"), Value(NEVER)),
        output_field=models.DateField(),
        db_persist=True,
        help_text="sorts the undated last",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entered_by", "attempt"], name="cases_case_once_per_attempt"),
            models.CheckConstraint(
                name="cases_case_entered_after_it_came_in", condition=Q(entered_at__gte=F("received_at"))
            ),
            models.CheckConstraint(
                name="cases_case_prefilled_of_what_was_asked", condition=Q(fields_prefilled__lte=F("fields_asked"))
            ),
            models.UniqueConstraint(
                fields=["unit", "paper_no"], condition=~Q(paper_no=""), name="cases_case_paper_number_once"
            ),
        ]
        indexes = [
            models.Index(fields=["bureau", "-id"], name="cases_of_bureau"),
            models.Index(fields=["bureau", "due_order", "id"], name="cases_open_by_due", condition=Q(is_open=True)),
            models.Index(fields=["bureau", "state", "-id"], name="cases_of_bureau_in_state"),
            models.Index(fields=["bureau", "item_code", "-id"], name="cases_of_bureau_of_item"),
            models.Index(fields=["unit", "-id"], name="cases_of_unit"),
            models.Index(fields=["unit", "due_order", "id"], name="cases_of_unit_by_due", condition=Q(is_open=True)),
            models.Index(fields=["applicant", "-id"], name="cases_of_applicant"),
            models.Index(fields=["due_order", "id"], name="cases_all_open_by_due", condition=Q(is_open=True)),
            models.Index(fields=["received_at"], name="cases_received"),
        ]

    def __str__(self) -> str:
        return self.number


class CaseMaterial(models.Model):
    """One material of a case and how it was given (收到的材料). A later paper for the same material is another row.

    round: 1 with the application, 2 with the correction, 3 supplied later.
    verdict and remark are what the officer noted while looking at it.
    """

    web_rights = "SELECT, INSERT, UPDATE"

    class Given(models.TextChoices):
        FILE = "file", "上传"
        PAPER = "paper", "纸质"
        HELD = "held", "已掌握，免交"
        SHARED = "shared", "共享获取"
        GENERATED = "generated", "由申请表生成"
        COMMITTED = "committed", "承诺代替"
        LATER = "later", "容缺后补"

    class Verdict(models.TextChoices):
        FITS = "fits", "符合"
        DEFECT = "defect", "需补正"

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="materials")
    key = models.SlugField(max_length=40)
    title = models.CharField(max_length=200)
    given = models.CharField(max_length=10, choices=Given)
    document = models.ForeignKey("documents.Document", null=True, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=80, blank=True, default="", help_text="免交的，从哪里掌握")
    copies = models.PositiveSmallIntegerField(default=1)
    round = models.PositiveSmallIntegerField(default=1)
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=80, help_text="人员代号，不是姓名")
    verdict = models.CharField(max_length=6, choices=Verdict, blank=True, default="")
    remark = models.CharField(max_length=400, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="cases_casematerial_file_is_kept", condition=~Q(given="file") | Q(document__isnull=False)
            ),
            models.CheckConstraint(
                name="cases_casematerial_held_says_where", condition=~Q(given__in=["held", "shared"]) | ~Q(source="")
            ),
            models.CheckConstraint(
                name="cases_casematerial_defect_says_what", condition=~Q(verdict="defect") | ~Q(remark="")
            ),
        ]
        indexes = [models.Index(fields=["case", "key"], name="cases_material_of_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.key}"
