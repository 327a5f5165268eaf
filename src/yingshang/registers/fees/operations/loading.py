"""Read the made-up charges of the demo."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from yingshang.kernel import clock
from yingshang.kernel.parties import SYSTEM, Party
from yingshang.methods import county_files
from yingshang.methods.county_files import CountyFile
from yingshang.registers.fees.models import Charge, SimulatedPayment
from yingshang.registers.fees.operations.charging import charge
from yingshang.registers.fees.operations.settling import settle

_TEXT = {"type": "string", "minLength": 1}
DEMO = {
    "type": "object",
    "additionalProperties": False,
    "required": ["schema", "charges"],
    "properties": {
        "schema": {"const": "charges/1"},
        "charges": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["payer", "row", "quantity", "on"],
                "properties": {
                    "payer": _TEXT,
                    "row": _TEXT,
                    "quantity": {"type": "integer", "minimum": 1},
                    "on": {"type": "string", "format": "date"},
                    "exempted": _TEXT,
                    "paid": {"type": "boolean"},
                },
            },
        },
    },
}


@transaction.atomic
def load(folder: Path) -> None:
    """Load ``fees/demo.yaml`` of a county, in demo mode, while there is no charge at all. Raises DataProblem."""
    path = folder / "fees" / "demo.yaml"
    if not settings.YS_DEMO or not path.exists() or Charge.objects.exists():
        return
    file = county_files.read(path, DEMO)
    known = {party.display_name: party for party in Party.objects.filter(is_demo=True)}
    for place, row in enumerate(file.data["charges"]):
        _load_one(file, place, row, known)


def _load_one(file: CountyFile, place: int, row: dict[str, Any], known: dict[str, Party]) -> None:
    if row["payer"] not in known:
        raise file.unknown(("charges", place, "payer"), "party of the demo", row["payer"], set(known))
    at = datetime.combine(row["on"], time(9), tzinfo=clock.BEIJING)
    made = charge(
        subject="",
        row_code=row["row"],
        quantity=row["quantity"],
        payer=known[row["payer"]],
        exempted_because=row.get("exempted", ""),
        by=SYSTEM,
        at=at,
    )
    if row.get("paid"):
        reference, later = f"DEMO{made.pk:06d}", at + timedelta(hours=1)
        SimulatedPayment.objects.create(reference=reference, charge_no=made.no, amount_fen=made.amount_fen, at=later)
        settle(charge_id=made.pk, amount_fen=made.amount_fen, reference=reference, by=SYSTEM, at=later)
