"""Why somebody drawn is replaced: codes of the nation's ``inspections/substitutions.yaml``, read once per process."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.conf import settings

from yingshang.methods.county_files import Codes, read_codes


def substitution_reasons() -> Codes:
    """Return the reasons. Their codes are public at once in the register of draws."""
    return _read(Path(settings.YS_COUNTIES_DIR))


@cache
def _read(counties: Path) -> Codes:
    return read_codes(counties / "_national" / "inspections" / "substitutions.yaml")
