"""What can be issued, by whom, and with whose release."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Kind(models.Model):
    """One edition of a kind of credential (证照类型), from ``credentials/*.yaml``.

    type_code: 证照类型代码, 21 characters (GB/T 36902—2018). fields: list of
    ``{key, label, required}``. validity, opens, closes, remind: ``{amount,
    unit}`` or null. holders: kinds of parties that may hold it. sources: which
    text each number rests on; weak: what a person still has to confirm.
    """

    class Group(models.TextChoices):
        LICENSE = "license", "许可"
        REGISTRATION = "registration", "登记"
        CONFIRMATION = "confirmation", "确认"
        FILING = "filing", "备案"

    code = models.SlugField(max_length=40)
    title = models.CharField(max_length=60)
    group = models.CharField(max_length=12, choices=Group)
    type_code = models.CharField(max_length=21)
    is_type_code_demo = models.BooleanField(default=False)
    number_prefix = models.CharField(max_length=12, blank=True, default="")
    fields = models.JSONField()
    holders = models.JSONField()
    validity = models.JSONField(null=True)
    opens = models.JSONField(null=True)
    closes = models.JSONField(null=True)
    is_renewable = models.BooleanField()
    remind = models.JSONField(null=True)
    source = models.CharField(max_length=200, blank=True, default="")
    weak = models.JSONField(default=list, help_text="没有出处或者待核对的几句话")
    effective_from = models.DateField()
    effective_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "effective_from"], name="credentials_kind_one_edition_a_day"),
        ]

    def __str__(self) -> str:
        return self.title


class Issuer(models.Model):
    """A unit that issues a kind (颁发机构). authority_code: its credit code, as the identifier carries it."""

    kind_code = models.SlugField(max_length=40)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    authority_code = models.CharField(max_length=18)
    is_demo = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind_code", "unit"], name="credentials_issuer_stands_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind_code} {self.unit_id}"


class Release(models.Model):
    """Two people let a template be used (两人启用): a kind, a unit, and the digest of all that shapes the page."""

    kind = models.ForeignKey("credentials.Kind", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    template = models.CharField(max_length=64, help_text="SHA-256")
    proposed_at = models.DateTimeField()
    proposed_by = models.CharField(max_length=80)
    released_at = models.DateTimeField(null=True)
    released_by = models.CharField(max_length=80, blank=True, default="")
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "unit", "template"], name="credentials_release_stands_once"),
            models.CheckConstraint(
                name="credentials_release_by_a_second_person",
                condition=Q(released_at=None, released_by="")
                | (Q(released_at__isnull=False) & ~Q(released_by="") & ~Q(released_by=F("proposed_by"))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind_id} {self.unit_id}"
