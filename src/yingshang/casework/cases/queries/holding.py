"""What the county holds of an applicant already, so that it is not asked for."""

from __future__ import annotations

from datetime import date

from yingshang.kernel.parties import Party
from yingshang.registers.credentials import api as credentials
from yingshang.registers.profiles import api as profiles

CREDENTIAL = "credential:"
HERE = "本平台已掌握的信息"


def held_where(party: Party, held: str, on: date) -> str:
    """Return where a material is held, in words; empty where it is not. Queries: 1.

    held: of the item: ``credential:business-license``, or the name of a field
    (``enterprise.name``). No value is opened and nothing is recorded.
    """
    if held.startswith(CREDENTIAL):
        found = credentials.held_by(party, held.removeprefix(CREDENTIAL), on=on)
        return f"电子证照{found[0].number}"[:80] if found else ""
    return HERE if held and profiles.held_fields(party, [held]) else ""
