"""Taking the numbers of a bulletin."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from typing import Any

from yingshang.kernel.parties import Actor
from yingshang.oversight.bulletins import queries
from yingshang.oversight.bulletins.models import Bulletin, Figure, Outline, Taking
from yingshang.oversight.bulletins.rules import Counted, Line, figures_of

Told = list[dict[str, Any]]


def numbers_of(month: date, outline: Outline) -> Told:
    """Return every number of a month with its rows, as figures are stored, in their order."""
    last = _last_day(month)
    counted = figures_of(queries.lines_of(month, last), worst=outline.worst, best=outline.best)
    of_measures = [
        {"key": f"measure.{each.name}", "title": each.title, "about": "", "shown": each.shown, "rows": []}
        for each in queries.measured(outline.measures, month)
    ]
    return [*(_told(each) for each in counted), *of_measures]


def digest_of(told: Told) -> str:
    """Return the SHA-256 (hex) of numbers and rows as canonical JSON."""
    return hashlib.sha256(
        json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    ).hexdigest()


def take(bulletin: Bulletin, outline: Outline, *, by: Actor, at: datetime) -> Taking:
    """Take the numbers of a bulletin's month, as of its last day, and make them the bulletin's."""
    told = numbers_of(bulletin.month, outline)
    taking = Taking.objects.create(
        bulletin=bulletin, as_of=_last_day(bulletin.month), taken_at=at, taken_by=by.person, digest=digest_of(told)
    )
    Figure.objects.bulk_create([Figure(taking=taking, place=place, **each) for place, each in enumerate(told, 1)])
    bulletin.taking = taking
    return taking


def _told(counted: Counted) -> dict[str, Any]:
    rows = [_row(line) for line in counted.lines]
    return {
        "key": counted.key, "title": counted.title, "about": counted.about, "shown": str(len(rows)), "rows": rows,
    }  # fmt: skip


def _row(line: Line) -> dict[str, Any]:
    return {
        "id": line.pk,
        "title": line.title,
        "unit": line.unit,
        "task_no": line.task_no,
        "due": line.due.isoformat() if line.due else "",
        "closed": line.closed.isoformat() if line.closed else "",
        "lamp": line.lamp,
        "why": line.struck,
    }


def _last_day(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1) - _ONE_DAY


_ONE_DAY = date.resolution
