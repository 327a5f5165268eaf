"""What was kept, for what, who may read it, and to whom it was delivered."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from yingshang.kernel.audience import Readable, SealedRecord


class Document(Readable):
    """One keeping of a file: the same bytes kept for two matters are two documents and one file.

    A document never changes. To show it to more readers, keep it again with a
    wider audience; to correct it, keep another that names it in ``replaces``.
    """

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.CharField(max_length=80, help_text="所属事物，如 dossier:12")
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(help_text="字节")
    digest = models.CharField(max_length=64, help_text="SHA-256")
    official_no = models.CharField(max_length=60, blank=True, default="", help_text="文号")
    kept_at = models.DateTimeField()
    kept_by = models.CharField(max_length=64)
    unit = models.ForeignKey("org.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    seal_of = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="sealed_as")

    class Meta:
        indexes = [
            models.Index("subject", "kept_at", name="documents_by_subject"),
            models.Index("digest", name="documents_by_digest"),
        ]
        constraints = [
            models.UniqueConstraint(
                "official_no",
                name="documents_document_number_is_used_once",
                condition=~Q(official_no="") & Q(replaces=None, seal_of=None),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Delivery(models.Model):
    """One delivery (送达) of a document to a unit or a party, by one channel."""

    class Channel(models.TextChoices):
        PLATFORM = "platform", "平台送达"
        IN_PERSON = "in_person", "直接送达"
        POST = "post", "邮寄送达"
        ELECTRONIC = "electronic", "电子送达"
        LEFT = "left", "留置送达"
        NOTICE = "notice", "公告送达"

    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="deliveries")
    unit = models.ForeignKey("org.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    party = models.CharField(max_length=36, blank=True, default="")
    channel = models.CharField(max_length=12, choices=Channel)
    delivered_at = models.DateTimeField()
    delivered_by = models.CharField(max_length=64)
    received_at = models.DateTimeField(null=True)
    received_by = models.CharField(max_length=64, blank=True, default="")
    receipt = models.ForeignKey("documents.Document", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="documents_delivery_has_one_addressee",
                condition=Q(unit__isnull=False, party="") | (Q(unit=None) & ~Q(party="")),
            ),
            models.UniqueConstraint(
                name="documents_delivery_open_once",
                fields=["document", "unit", "party", "channel"],
                condition=Q(received_at=None),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="documents_delivery_signed_by_somebody",
                condition=Q(received_at=None, received_by="") | (Q(received_at__isnull=False) & ~Q(received_by="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.document_id}"


class SealedDocument(SealedRecord):
    """A file of a sealed kind (密封类): row and content open to its named handlers alone.

    The content stands encrypted under a random name; the key stands here,
    behind row-level security. Not to be confused with a document that bears a
    seal (盖章), see ``Document.seal_of``.
    """

    subject = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(help_text="字节")
    digest = models.CharField(max_length=64, help_text="SHA-256")
    kept_at = models.DateTimeField()
    place = models.CharField(max_length=64, unique=True, help_text="随机的存放名")
    key = models.BinaryField(max_length=32)

    class Meta(SealedRecord.Meta):
        pass

    def __str__(self) -> str:
        return self.public_no
