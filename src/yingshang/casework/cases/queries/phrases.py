"""What is usually wrong with a material: the nation's ``cases/correction-phrases.yaml``, read once per process."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path

from django.conf import settings

from yingshang.methods.county_files import Codes, read_codes

STANDARD, REMEDY = "standard", "remedy"


def phrases() -> Codes:
    """Return the phrases. Marks: *standard*, for a material whose guide says what it must be; *remedy*, what to do."""
    return _read(Path(settings.YS_COUNTIES_DIR))


def phrases_for(title: str, standard: str, on: date) -> tuple[str, ...]:
    """Return what may be chosen for a material. standard: what its guide says it must be, or nothing."""
    known = phrases()
    left_out = known.marked(REMEDY) | (frozenset() if standard else known.marked(STANDARD))
    chosen = {code: words for code, words in known.on(on).items() if code not in left_out}
    filled = {"{title}": title, "{standard}": standard}
    return tuple(re.sub(r"\{\w+\}", lambda place: filled.get(place[0], place[0]), words) for words in chosen.values())


def usual_remedy(on: date) -> str:
    """Return what is written where nobody wrote how to mend it; nothing where no phrase is in force."""
    known = phrases()
    return next((words for code, words in known.on(on).items() if code in known.marked(REMEDY)), "")


@cache
def _read(counties: Path) -> Codes:
    return read_codes(counties / "_national" / "cases" / "correction-phrases.yaml", {STANDARD, REMEDY})
