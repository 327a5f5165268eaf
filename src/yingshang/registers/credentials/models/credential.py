"""What was issued, and what became of it."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q


class Credential(models.Model):
    """One version of one credential: one sealed PDF in the hands of one holder.

    A renewal or a replacement is a new row that names the old one. ``state``
    is a copy of the last StateChange; expiry is computed from ``valid_to``.
    code: the verification code (核验码) in the QR code, 80 random bits.
    entry: the ledger entry of its issue, whose facts hold the file's digest.
    """

    web_rights = "SELECT, INSERT, UPDATE (state, ended_on)"

    class State(models.TextChoices):
        IN_FORCE = "in_force", "有效"
        REPLACED = "replaced", "已换发"
        RENEWED = "renewed", "已延续"
        REVOKED = "revoked", "已撤销"
        CANCELLED = "cancelled", "已注销"

    class Way(models.TextChoices):
        FIRST = "first", "首次颁发"
        RENEWAL = "renewal", "延续"
        REPLACEMENT = "replacement", "换发、补发"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.ForeignKey("credentials.Kind", on_delete=models.PROTECT, related_name="+")
    release = models.ForeignKey("credentials.Release", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    holder = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    holder_name = models.CharField(max_length=120, help_text="颁发时的名称")
    dossier = models.ForeignKey("work.Dossier", null=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=60)
    number = models.CharField(max_length=60)
    serial = models.CharField(max_length=20, help_text="电子证照流水号，延续、换发不变")
    version = models.PositiveSmallIntegerField(default=1)
    identifier = models.CharField(max_length=110, unique=True, help_text="电子证照标识")
    fields = models.JSONField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, help_text="最后一天；空着表示长期")
    applied_on = models.DateField(null=True, help_text="延续申请收到的日期")
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=80)
    way = models.CharField(max_length=12, choices=Way, default=Way.FIRST)
    why = models.CharField(max_length=200, blank=True, default="")
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    document = models.OneToOneField("documents.Document", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=16, unique=True)
    entry = models.UUIDField()
    state = models.CharField(max_length=10, choices=State, default=State.IN_FORCE)
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["serial", "version"], name="credentials_version_stands_once"),
            models.UniqueConstraint(
                fields=["unit", "title", "number", "version"], name="credentials_number_is_used_once"
            ),
            models.UniqueConstraint(
                fields=["dossier", "kind"],
                condition=Q(way="first", dossier__isnull=False),
                name="credentials_issued_once_for_a_matter",
            ),
            models.UniqueConstraint(
                fields=["serial"], condition=Q(state="in_force"), name="credentials_one_version_in_force"
            ),
            models.CheckConstraint(
                name="credentials_ends_after_it_begins", condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from"))
            ),
            models.CheckConstraint(
                name="credentials_ended_on_a_day",
                condition=Q(state="in_force", ended_on=None) | (~Q(state="in_force") & Q(ended_on__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "-issued_at", "-id"], name="credentials_of_unit"),
            models.Index(fields=["holder", "-issued_at", "-id"], name="credentials_of_holder"),
            models.Index(
                fields=["valid_to"], name="credentials_ending", condition=Q(state="in_force", valid_to__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"


class StateChange(models.Model):
    """One step in the life of a credential, with its reason and basis. Never changed."""

    append_only = True

    credential = models.ForeignKey("credentials.Credential", on_delete=models.PROTECT, related_name="changes")
    state = models.CharField(max_length=10, choices=Credential.State)
    on = models.DateField(help_text="从哪天起")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    reason = models.CharField(max_length=400, blank=True, default="")
    basis = models.CharField(max_length=200, blank=True, default="")
    entry = models.UUIDField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="credentials_taken_away_with_reason_and_basis",
                condition=~Q(state__in=["revoked", "cancelled"]) | (~Q(reason="") & ~Q(basis="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.credential_id} {self.state}"


class Reminder(models.Model):
    """The holder was told in time that a credential ends (到期提醒)."""

    append_only = True

    credential = models.OneToOneField("credentials.Credential", on_delete=models.PROTECT, related_name="reminder")
    obligation = models.OneToOneField("work.Obligation", on_delete=models.PROTECT, related_name="+")
    reminded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.credential_id}"
