"""Groups with their other names and the members listed row by row."""

from __future__ import annotations

from typing import Any

from yingshang.kernel.org.loading.rows import keep
from yingshang.kernel.org.models import Group, GroupAlias, GroupMember, Unit
from yingshang.methods.county_files import CountyFile


def load_groups(file: CountyFile) -> None:
    """Make or correct every group of the file. Raises DataProblem for a member that is no unit."""
    units = dict(Unit.objects.values_list("code", "pk"))
    rows = file.data["groups"]
    groups = keep(Group, ("code",), map(_facts, rows))
    aliases, members = [], []
    for place, row in enumerate(rows):
        group_id = groups[(row["code"],)].pk
        aliases += [
            {"text": alias["text"], "group_id": group_id, "source": alias["source"]} for alias in row.get("aliases", [])
        ]
        for number, member in enumerate(row.get("members", [])):
            if member["unit"] not in units:
                key = ("groups", place, "members", number, "unit")
                raise file.unknown(key, "unit", member["unit"], set(units))
            belongs = {"group_id": group_id, "unit_id": units[member["unit"]], "valid_from": member.get("from")}
            excluded = {"is_excluded": member.get("excluded", False), "source": member.get("source", "")}
            members.append(belongs | excluded | {"valid_to": member.get("to")})
    keep(GroupAlias, ("text",), aliases)
    keep(GroupMember, ("group_id", "unit_id", "valid_from"), members)


def _facts(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "code": row["code"],
        "name": row["name"],
        "rule": row["rule"],
        "kinds": row.get("kinds", []),
        "is_presumed": row.get("presumed", False),
        "note": row.get("note", ""),
    }
