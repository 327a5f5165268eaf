"""Groups with their other names and the members listed row by row."""

from __future__ import annotations

from yingshang.kernel.org.models import Group, GroupAlias, GroupMember, Unit
from yingshang.methods.county_files import CountyFile


def load_groups(file: CountyFile) -> None:
    """Make or correct every group of the file. Raises DataProblem for a member that is no unit."""
    units = {unit.code: unit for unit in Unit.objects.all()}
    for place, row in enumerate(file.data["groups"]):
        group, _ = Group.objects.update_or_create(
            code=row["code"],
            defaults={
                "name": row["name"],
                "rule": row["rule"],
                "kinds": row.get("kinds", []),
                "is_presumed": row.get("presumed", False),
                "note": row.get("note", ""),
            },
        )
        for alias in row.get("aliases", []):
            GroupAlias.objects.update_or_create(
                text=alias["text"], defaults={"group": group, "source": alias["source"]}
            )
        for number, member in enumerate(row.get("members", [])):
            if member["unit"] not in units:
                key = ("groups", place, "members", number, "unit")
                raise file.unknown(key, "unit", member["unit"], set(units))
            GroupMember.objects.update_or_create(
                group=group,
                unit=units[member["unit"]],
                valid_from=member.get("from"),
                defaults={
                    "valid_to": member.get("to"),
                    "is_excluded": member.get("excluded", False),
                    "source": member.get("source", ""),
                },
            )
