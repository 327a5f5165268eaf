"""The payment channel (非税缴费渠道): what is asked of it, and a simulator named as such.

A real one implements ``Channel`` and is named in the county's file under
``adapter``. Nothing else of the platform knows which one answers.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings

from yingshang.kernel import clock
from yingshang.methods import county_files
from yingshang.registers.fees.models import Charge, SimulatedPayment
from yingshang.registers.fees.rules import StatementLine

FILE: Mapping[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["schema", "title", "adapter"],
    "properties": {
        "schema": {"const": "payments/1"},
        "title": {"type": "string", "minLength": 1},
        "adapter": {"enum": ["simulator"]},
    },
}


class Channel(Protocol):
    """What a payment channel must offer. is_simulated: then every screen says so."""

    @property
    def title(self) -> str: ...

    @property
    def is_simulated(self) -> bool: ...

    def take(self, charge: Charge, at: datetime) -> StatementLine:
        """Take the money for a charge and return the line of the statement. Raises Unavailable."""

    def statement(self, day: date) -> list[StatementLine]:
        """Return everything paid on a Beijing day, oldest first. Raises Unavailable."""

    def line(self, reference: str) -> StatementLine | None:
        """Return one payment; None when the channel knows none. Raises Unavailable."""


@dataclass(frozen=True)
class Simulator:
    """Stands in for a channel: no money moves, its book is a table of ours."""

    title: str
    is_simulated: bool = True

    def take(self, charge: Charge, at: datetime) -> StatementLine:
        """Write the payment into the made-up book."""
        reference = f"SIM{at:%Y%m%d}{secrets.token_hex(6).upper()}"
        row = SimulatedPayment.objects.create(
            reference=reference, charge_no=charge.no, amount_fen=charge.amount_fen, at=at
        )
        return _line(row)

    def statement(self, day: date) -> list[StatementLine]:
        """Return the book of a day."""
        first = datetime.combine(day, time(), tzinfo=clock.BEIJING)
        rows = SimulatedPayment.objects.filter(at__gte=first, at__lt=first + timedelta(days=1))
        return [_line(row) for row in rows]

    def line(self, reference: str) -> StatementLine | None:
        """Return one line of the book."""
        row = SimulatedPayment.objects.filter(reference=reference).first()
        return _line(row) if row else None


def channel() -> Channel | None:
    """Return the county's payment channel; None where none is declared. Raises DataProblem."""
    path = Path(settings.YS_COUNTIES_DIR) / settings.YS_COUNTY / "fees" / "payments.yaml"
    return _read(path, path.stat().st_mtime_ns) if path.exists() else None


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int) -> Channel:
    return Simulator(county_files.read(path, FILE).data["title"])


def _line(row: SimulatedPayment) -> StatementLine:
    return StatementLine(row.reference, row.charge_no, row.amount_fen, row.at)
