"""Each closed month of moves as one Parquet file: the event log for engines outside this process.

The file is on disk under its name before the row that says so is committed.
Killed in between, the month is written again; a month that is recorded is not.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings
from django.db import connection, transaction

from yingshang.kernel import clock, ledger
from yingshang.kernel.parties import SYSTEM
from yingshang.kernel.work.models import Move, MoveMonth

BATCH = 10_000
"""Rows of one group of the file; memory holds one group."""

SCHEMA = pa.schema(
    [
        ("dossier", pa.int64()),
        ("kind", pa.string()),
        ("item", pa.string()),
        ("step", pa.int64()),
        ("move", pa.string()),
        ("do", pa.string()),
        ("unit", pa.string()),
        ("from_state", pa.string()),
        ("to_state", pa.string()),
        ("at", pa.timestamp("us", tz="UTC")),
        ("counts_as_of", pa.date32()),
    ]
)
COLUMNS = {
    "dossier": "dossier_id",
    "kind": "dossier__kind",
    "item": "dossier__procedure__procedure_id",
    "step": "step_id",
    "move": "kind",
    "do": "do",
    "unit": "unit__code",
    "from_state": "from_state",
    "to_state": "to_state",
    "at": "at",
    "counts_as_of": "counts_as_of",
}


def export_closed_months(at: datetime) -> list[MoveMonth]:
    """Write every month that is over and was not written before, the oldest first; return what was written.

    Records ``work.moves_exported`` for each. A second run writes nothing.
    """
    oldest = Move.objects.order_by("at").values_list("at", flat=True).first()
    if oldest is None:
        return []
    written = []
    month, this_month = clock.beijing_date(oldest).replace(day=1), clock.beijing_date(at).replace(day=1)
    done = set(MoveMonth.objects.values_list("month", flat=True))
    while month < this_month:
        if month not in done and (found := export_month(month, at)) is not None:
            written.append(found)
        month = _month_after(month)
    return written


@transaction.atomic
def export_month(month: date, at: datetime) -> MoveMonth | None:
    """Write one month of moves, named by its first day; return its row, or None when it was written before.

    Sealed dossiers and units that report only counts are left out. Records
    ``work.moves_exported``. Raises ValueError for a month that is not over.
    """
    if _month_after(month) > clock.beijing_date(at):
        raise ValueError(f"{month:%Y-%m} is not over")
    # Two workers would write the same file: the second waits, and finds the row.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('work_movemonth'))")
    if MoveMonth.objects.filter(month=month).exists():
        return None
    count, digest = _write(place_of(month), _rows(month))
    row = MoveMonth.objects.create(month=month, moves=count, digest=digest, written_at=at)
    facts = {"month": f"{month:%Y-%m}", "count": count, "digest": digest}
    ledger.record("work.moves_exported", subject=f"moves:{month:%Y-%m}", by=SYSTEM, at=at, facts=facts)
    return row


def place_of(month: date) -> Path:
    """Return where the file of a month stands or will stand."""
    return Path(settings.YS_DATA_DIR) / "event_log" / f"moves-{month:%Y-%m}.parquet"


def _rows(month: date) -> Iterator[dict[str, Any]]:
    since, until = (datetime.combine(day, time(), tzinfo=clock.BEIJING) for day in (month, _month_after(month)))
    found = Move.objects.filter(at__gte=since, at__lt=until, dossier__is_sealed=False)
    found = found.exclude(unit__counts_only=True).exclude(dossier__lead_unit__counts_only=True)
    rows = found.order_by("at", "pk").values(*COLUMNS.values())
    for row in rows.iterator(chunk_size=BATCH):
        yield {name: row[column] for name, column in COLUMNS.items()}


def _write(place: Path, rows: Iterator[dict[str, Any]]) -> tuple[int, str]:
    """Write beside the place, force to disk, then give the name. Return how many rows, and the SHA-256."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left_over in place.parent.glob("*.part"):
        left_over.unlink()  # of a process that was killed; the lock says that no other is writing
    count = 0
    with tempfile.NamedTemporaryFile(dir=place.parent, suffix=".part", delete=False) as file:
        try:
            with pq.ParquetWriter(file, SCHEMA) as writer:
                while group := list(islice(rows, BATCH)):
                    writer.write_table(pa.Table.from_pylist(group, schema=SCHEMA))
                    count += len(group)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(place)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
    return count, hashlib.sha256(place.read_bytes()).hexdigest()


def _month_after(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)
