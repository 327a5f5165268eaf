"""What the county's ``oversight.yaml`` says."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from yingshang.kernel import org
from yingshang.methods import county_files
from yingshang.oversight.supervision.rules.county import OTHERS, PARTS, SCHEMA, CountyRules, county_rules


def rules_of_county() -> CountyRules:
    """Return what holds in the county of this installation; read once."""
    return read_rules(Path(settings.YS_COUNTIES_DIR) / settings.YS_COUNTY)


@cache
def read_rules(folder: Path) -> CountyRules:
    """Return what a county's folder says. Raises DataProblem."""
    return county_rules(county_files.read(folder / "oversight.yaml", SCHEMA).data)


def check_rules(folder: Path) -> None:
    """Compare a county's file with its units. Raises DataProblem: an unknown unit, no area ``others``, no source."""
    file = county_files.read(folder / "oversight.yaml", SCHEMA)
    known = set(org.Unit.objects.values_list("code", flat=True))
    if file.data["bureau"] not in known:
        raise file.unknown(("bureau",), "unit", file.data["bureau"], known)
    for place, code in enumerate(file.data["self_checks"]["units"]):
        if code not in known:
            raise file.unknown(("self_checks", "units", place), "unit", code, known)
    if OTHERS not in {row["code"] for row in file.data["areas"]}:
        raise file.problem(("areas",), f"no area has the code “{OTHERS}”.", "What no other area claims belongs there.")
    rows: list[tuple[tuple[str | int, ...], Any]] = [((part,), file.data[part]) for part in PARTS]
    rows += [(("areas", place), area) for place, area in enumerate(file.data["areas"])]
    for key, row in rows:
        if row["source"] is None and "todo" not in row:
            raise file.problem(key, "the source is null and nothing says what to do about it.", "Add “todo: …”.")


def holders_of(action: str, on: date) -> list[str]:
    """Return the pseudonyms of those in the bureau whose post carries an action on a day."""
    found: set[str] = set()
    for post in org.Post.objects.filter(unit__code=rules_of_county().bureau).select_related("unit"):
        if action in post.actions:
            found.update(org.holders_on(post, on).values_list("pseudonym", flat=True))
    return sorted(found)
