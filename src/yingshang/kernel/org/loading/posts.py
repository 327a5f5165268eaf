"""Posts: one row of the file makes the same post in every unit it names."""

from __future__ import annotations

from typing import Any

from yingshang.kernel import registry
from yingshang.kernel.org.loading.rows import keep
from yingshang.kernel.org.models import Post, Unit
from yingshang.methods.county_files import CountyFile


def load_posts(file: CountyFile) -> None:
    """Make or correct the posts. Raises DataProblem for an unknown unit, or an action its package does not declare.

    An action of a package that is not installed is kept: its policy decides
    once the package is there.
    """
    units = {unit.code: unit for unit in Unit.objects.all()}
    wanted = []
    for place, row in enumerate(file.data["posts"]):
        _check_actions(file, place, row["actions"])
        where = row["in"]
        for number, code in enumerate(where.get("units", [])):
            if code not in units:
                raise file.unknown(("posts", place, "in", "units", number), "unit", code, set(units))
        places = set(where.get("units", []))
        places |= {code for code, unit in units.items() if unit.kind in where.get("kinds", [])}
        facts = {"code": row["code"], "title": row["title"], "actions": row["actions"]}
        wanted += [facts | {"unit_id": units[code].pk} for code in sorted(places)]
    keep(Post, ("unit_id", "code"), wanted)


def _check_actions(file: CountyFile, place: int, actions: list[Any]) -> None:
    known = registry.known_actions()
    packages = {capability.name for capability in registry.capabilities()}
    for number, action in enumerate(actions):
        if action not in known and action.partition(".")[0] in packages:
            raise file.unknown(("posts", place, "actions", number), "action", action, set(known))
