"""What items are checked against: code lists, forbidden words, the basic catalogue, implementers. All from files."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Code(models.Model):
    """One row of a code list of GB/T 39046—2020 or of the national exchange tables: ``applicants`` 2 企业法人."""

    of = models.SlugField(max_length=40, help_text="哪一张代码表")
    code = models.CharField(max_length=20)
    words = models.CharField(max_length=80)
    place = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=120, blank=True)
    todo = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "code"], name="catalogue_code_once_in_its_list")]

    def __str__(self) -> str:
        return self.words


class ForbiddenWord(models.Model):
    """A wording that keeps an item from being published, with the text that says so.

    rule: ``catch_all`` in names of materials, ``disguised_license`` in names
    and steps of filings and services.
    """

    rule = models.SlugField(max_length=40)
    words = models.CharField(max_length=40)
    whole = models.BooleanField(default=False, help_text="只在全文就是这几个字时禁止")
    source = models.CharField(max_length=120, blank=True)
    todo = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rule", "words"], name="catalogue_word_once_in_its_rule")]

    def __str__(self) -> str:
        return self.words


class NamedList(models.Model):
    """Which published list of the county plays a part here: ``certificates``, ``fees``; and which units are zones."""

    part = models.SlugField(primary_key=True, max_length=40)
    code = models.SlugField(max_length=80)

    def __str__(self) -> str:
        return self.code


class Implementer(models.Model):
    """The credit code of a unit that implements items (实施主体); the first half of every item code."""

    unit = models.OneToOneField("org.Unit", primary_key=True, on_delete=models.PROTECT, related_name="+")
    credit_code = models.CharField(max_length=18, unique=True)
    source = models.CharField(max_length=120, blank=True)
    todo = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.credit_code


class BasicItem(models.Model):
    """One row of the basic catalogue (基本目录): what may be done at all, at which levels, and until when.

    levels: codes of 行使层级. A canceled row keeps its place: whoever still
    asks for it is shown the document that canceled it.
    """

    code = models.CharField(primary_key=True, max_length=12)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    levels = models.JSONField(default=list)
    department = models.CharField(max_length=120, blank=True, help_text="主管部门")
    basis = models.CharField(max_length=300, blank=True)
    effective_from = models.DateField()
    canceled_on = models.DateField(null=True)
    canceled_by = models.CharField(max_length=200, blank=True, help_text="取消的依据")
    source = models.CharField(max_length=120, blank=True)
    todo = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="catalogue_basic_item_canceled_by_a_text",
                condition=Q(canceled_on=None) | (~Q(canceled_by="") & Q(canceled_on__gte=F("effective_from"))),
            ),
        ]

    def __str__(self) -> str:
        return self.title
