"""What an applicant has filled in and not handed in yet. Drafts may be deleted; nothing else here may."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q


class Draft(models.Model):
    """One application on its way (草稿): answers, how each material is given, and the version it is filled in under.

    situation: question → answer. answers: as ``kernel.forms`` read them.
    prefilled: field → value, source, held name; read once when the draft began.
    ways: material → how it is given (``CaseMaterial.Given``). done: places the
    applicant went on from. key: names the attempt to hand it in, so that a
    doubled click makes one case. Who acts for the applicant sees it.
    """

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    applicant = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey("catalogue.ItemVersion", on_delete=models.PROTECT, related_name="+")
    item_code = models.CharField(max_length=60)
    zone = models.CharField(max_length=40, blank=True, default="", help_text="到哪里办：乡镇或者园区代码")
    situation = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
    prefilled = models.JSONField(default=dict)
    ways = models.JSONField(default=dict)
    done = models.JSONField(default=list)
    key = models.CharField(max_length=80)
    started_by = models.CharField(max_length=80, help_text="人员代号，不是姓名")
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    case = models.OneToOneField("cases.Case", null=True, on_delete=models.PROTECT, related_name="draft")

    class Meta:
        constraints = [
            models.CheckConstraint(name="cases_draft_saved_after_it_began", condition=Q(saved_at__gte=F("started_at"))),
        ]
        indexes = [
            models.Index(fields=["applicant", "-saved_at"], name="cases_drafts", condition=Q(case=None)),
            models.Index(fields=["saved_at"], name="cases_drafts_by_age", condition=Q(case=None)),
        ]

    def __str__(self) -> str:
        return f"{self.public_id}"


class Upload(models.Model):
    """One file on its way in (上传), piece by piece: for a draft, or for a case that needs something more.

    size: bytes announced. received: bytes that are safely on disk; the next
    piece begins there. media_type: what the content is, known once whole.
    The bytes lie in the data folder until the application is handed in.
    """

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    draft = models.ForeignKey("cases.Draft", null=True, on_delete=models.PROTECT, related_name="uploads")
    case = models.ForeignKey("cases.Case", null=True, on_delete=models.PROTECT, related_name="+")
    material = models.SlugField(max_length=40)
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    received = models.PositiveBigIntegerField(default=0)
    declared = models.CharField(max_length=120, blank=True, default="")
    media_type = models.CharField(max_length=120, blank=True, default="")
    started_by = models.CharField(max_length=80, help_text="人员代号，不是姓名")
    started_at = models.DateTimeField()
    touched_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="cases_upload_for_a_draft_or_a_case",
                condition=Q(draft__isnull=True, case__isnull=False) | Q(draft__isnull=False, case__isnull=True),
            ),
            models.CheckConstraint(name="cases_upload_has_content", condition=Q(size__gt=0)),
            models.CheckConstraint(name="cases_upload_no_more_than_announced", condition=Q(received__lte=F("size"))),
            models.CheckConstraint(
                name="cases_upload_known_once_whole", condition=Q(media_type="") | Q(received=F("size"))
            ),
        ]
        indexes = [
            models.Index(fields=["draft", "material"], name="cases_uploads_of_draft"),
            models.Index(fields=["touched_at"], name="cases_uploads_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.received}/{self.size}"

    @property
    def is_whole(self) -> bool:
        return self.media_type != ""
