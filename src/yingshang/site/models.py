"""What the site remembers about its own running."""

from __future__ import annotations

from django.db import models


class JobRun(models.Model):
    """When a scheduled job last succeeded and last failed.

    The queue forgets what is done, so that it stays quick; this row is what
    ``/readyz`` and the operator see.
    """

    name = models.CharField(max_length=100, primary_key=True)
    succeeded_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    seconds = models.FloatField(default=0, help_text="how long the last success took")
    error = models.CharField(max_length=100, blank=True, help_text="kind of the last failure; empty after a success")

    def __str__(self) -> str:
        return self.name
