"""Why a draw may be void: codes of the nation's ``draws/void-reasons.yaml``, read once per process."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from django.conf import settings

from yingshang.methods.county_files import Codes, read_codes

BY_THE_SYSTEM, WITH_NOTE = "system", "note"


def void_reasons() -> Codes:
    """Return the reasons. Marks: *system*, which the system alone finds; *note*, which needs words of its own."""
    return _read(Path(settings.YS_COUNTIES_DIR))


def given_by_hand(day: date) -> dict[str, str]:
    """Return code → words of what a person may give on a day."""
    reasons = void_reasons()
    return {code: words for code, words in reasons.on(day).items() if code not in reasons.marked(BY_THE_SYSTEM)}


@cache
def _read(counties: Path) -> Codes:
    return read_codes(counties / "_national" / "draws" / "void-reasons.yaml", {BY_THE_SYSTEM, WITH_NOTE})
