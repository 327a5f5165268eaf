"""Disclosures and their withdrawals: both stay."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from yingshang.kernel.disclosure.masking import public_bytes


class Disclosure(models.Model):
    """One publication (公开): exactly what was shown, by which unit, since when, until when.

    Never changed. To correct one, withdraw it and publish again; ``number``
    counts the publications of one thing.
    """

    append_only = True

    class Where(models.TextChoices):
        PORTAL = "portal", "本平台"
        NATIONAL_SYSTEM = "national_system", "国家企业信用信息公示系统"
        CREDIT = "credit", "信用中国"
        GAZETTE = "gazette", "政府网站"
        BOARD = "board", "公告栏"

    subject = models.CharField(max_length=80, help_text="公开的事物，如 case:12")
    number = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    where = models.CharField(max_length=20, choices=Where, default=Where.PORTAL)
    shown = models.JSONField(help_text="[[栏目, 内容], …]，遮盖之后")
    digest = models.CharField(max_length=64)
    entry = models.ForeignKey("ledger.Entry", on_delete=models.PROTECT, related_name="+")
    obligation = models.ForeignKey("work.Obligation", null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=64)
    published_date = models.DateField()
    until_date = models.DateField(null=True, help_text="最后一天展示的日期")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(name="disclosure_numbered", fields=["subject", "kind", "where", "number"]),
            models.CheckConstraint(
                name="disclosure_shown_for_a_day",
                condition=Q(until_date=None) | Q(until_date__gte=F("published_date")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def content(self) -> bytes:
        """The bytes whose digest stands in the ledger."""
        return public_bytes(kind=self.kind, title=self.title, unit=self.unit.code, shown=self.shown)

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was taken back."""
        return hasattr(self, "withdrawal")

    def is_shown_on(self, day: date) -> bool:
        """Return whether its content is shown on a day; its trace always is."""
        return not self.is_withdrawn and (self.until_date is None or day <= self.until_date)


class Withdrawal(models.Model):
    """That a disclosure was taken back (撤回), and why. The trace of both stays."""

    append_only = True

    of = models.OneToOneField("disclosure.Disclosure", on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.CharField(max_length=300)
    entry = models.ForeignKey("ledger.Entry", on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField()
    withdrawn_by = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(name="disclosure_withdrawn_with_a_reason", condition=~Q(reason=""))]

    def __str__(self) -> str:
        return self.reason
