"""What is asked: a questionnaire and its versions."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Questionnaire(models.Model):
    """A questionnaire (问卷) of the unit that asks."""

    code = models.SlugField("代号", max_length=40, unique=True)
    title = models.CharField("名称", max_length=80)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    is_demo = models.BooleanField("演示", default=False)

    def __str__(self) -> str:
        return self.title


class Version(models.Model):
    """One version of a questionnaire. A draft changes; once published it is frozen by a trigger.

    questions: list as ``rules.Question`` writes it. digest: SHA-256 of what was published, empty for a draft.
    """

    questionnaire = models.ForeignKey("surveys.Questionnaire", on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("版本")
    questions = models.JSONField("题目")
    digest = models.CharField(max_length=64, blank=True, default="")
    published_at = models.DateTimeField("发布时间", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "number"], name="surveys_version_stands_once"),
            models.UniqueConstraint(
                fields=["questionnaire"], condition=Q(published_at=None), name="surveys_one_draft_of_a_questionnaire"
            ),
            models.CheckConstraint(
                name="surveys_published_version_has_a_digest",
                condition=Q(published_at=None, digest="") | (Q(published_at__isnull=False) & ~Q(digest="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire_id} {self.number}"
