"""Which months of moves were written to a file."""

from __future__ import annotations

from django.db import models


class MoveMonth(models.Model):
    """One closed month of moves as a Parquet file in the data folder (event_log/). Written once.

    digest: SHA-256 of the file, which the ledger entry carries too.
    """

    append_only = True

    month = models.DateField(unique=True, help_text="first day of the month, Beijing date")
    moves = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"
