"""The urn: codes not yet used, and answers. Neither knows a party, a moment or the other (ADR 0008).

The web role may not write here by itself: one database function strikes a
code and lays down the answer, so one code is one answer whoever asks.
"""

from __future__ import annotations

import uuid

from django.db import models


class Token(models.Model):
    """An answer code (答题码) that nobody has used yet, as its SHA-256. Struck by the answer.

    Written in one statement in the order of the digests, which is no order of anything else.
    """

    web_rights = "SELECT"

    digest = models.BinaryField(primary_key=True, max_length=32)
    stratum = models.ForeignKey("surveys.Stratum", on_delete=models.PROTECT, related_name="+")
    cluster = models.ForeignKey("surveys.Cluster", null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return "答题码"


class Answer(models.Model):
    """An answer sheet (答卷): stratum, cluster where some were drawn, day, values. Nothing of who, by which code, when.

    Laid anew in random order under new ids when the survey closes.
    """

    web_rights = "SELECT"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stratum = models.ForeignKey("surveys.Stratum", on_delete=models.PROTECT, related_name="answers")
    cluster = models.ForeignKey("surveys.Cluster", null=True, on_delete=models.PROTECT, related_name="answers")
    day = models.DateField("日期")
    values = models.JSONField("答案")

    def __str__(self) -> str:
        return "答卷"
