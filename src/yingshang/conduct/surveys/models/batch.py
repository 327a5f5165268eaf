"""Batches of sheets that interviewers sent: that one arrived, so that sending it again stores nothing twice."""

from __future__ import annotations

from django.db import models


class Batch(models.Model):
    """A batch (一批) of sheets that was laid down. attempt: random, made by the device. Nothing of who, when, which.

    It outlives the urn: a device that lost the answer may ask again after the survey has closed.
    """

    append_only = True

    attempt = models.UUIDField(primary_key=True, editable=False)
    survey = models.ForeignKey("surveys.Survey", on_delete=models.PROTECT, related_name="+")
    sheets = models.PositiveSmallIntegerField("份数")

    def __str__(self) -> str:
        return f"{self.survey_id} {self.sheets}份"
