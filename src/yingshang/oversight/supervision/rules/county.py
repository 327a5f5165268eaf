"""The county's data for reports, checks, self-checks and problem lists, as plain values (oversight/1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

OTHERS = "others"
"""The area of whatever no other area claims."""

_TEXT = {"type": "string", "minLength": 1}
_CODE = {"type": "string", "pattern": "^[a-z0-9][a-z0-9_-]*$"}
_MANY = {"type": "integer", "minimum": 1}
_SOURCE = {"source": {"anyOf": [_TEXT, {"type": "null"}]}, "todo": _TEXT}


def _row(**properties: Any) -> dict[str, Any]:
    required = [name for name in properties if name != "todo"]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _list(items: Any, least: int = 1) -> dict[str, Any]:
    return {"type": "array", "minItems": least, "items": items}


SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    **_row(
        schema={"const": "oversight/1"},
        bureau=_CODE,
        areas=_list(_row(code=_CODE, title=_TEXT, obligations=_list(_TEXT, 0), **_SOURCE)),
        reports=_row(
            per_session_per_day=_MANY,
            shortest_text=_MANY,
            photos=_MANY,
            photo_mb=_MANY,
            risk_words=_list(_TEXT, 0),
            calls=_list(_row(number=_TEXT, what=_TEXT)),
            elsewhere=_list(_row(code=_CODE, title=_TEXT)),
            **_SOURCE,
        ),
        checks=_row(smallest_team=_MANY, not_again_within_days=_MANY, **_SOURCE),
        self_checks=_row(
            every={"enum": ["week", "month"]},
            units=_list(_CODE),
            items=_list(_row(code=_CODE, title=_TEXT)),
            **_SOURCE,
        ),
        problem_lists=_row(every={"enum": ["half_year", "year"]}, kinds=_list(_TEXT), **_SOURCE),
        listing_levels=_list(_row(code=_CODE, title=_TEXT)),
    ),
}


@dataclass(frozen=True)
class Area:
    """A field in which problems occur (问题领域); ``obligations`` are the kinds of duty that belong to it."""

    code: str
    title: str
    obligations: tuple[str, ...]


@dataclass(frozen=True)
class ReportRules:
    """What holds for public problem reports.

    per_day: from one browser. shortest_text: characters of what happened.
    photo_bytes: of one photo. calls: emergency number → for what. elsewhere: code → who deals with what is not ours.
    """

    per_day: int
    shortest_text: int
    photos: int
    photo_bytes: int
    risk_words: tuple[str, ...]
    calls: Mapping[str, str]
    elsewhere: Mapping[str, str]


@dataclass(frozen=True)
class CountyRules:
    """All of a county's ``oversight.yaml``.

    again_after_days: the same unit is not checked on the same area within so
    many natural days. sheet: code → words of each item of the self-check.
    unsourced: (title, todo) of what no text supports yet.
    """

    bureau: str
    areas: Mapping[str, Area]
    reports: ReportRules
    smallest_team: int
    again_after_days: int
    self_check_every: str
    self_check_units: tuple[str, ...]
    sheet: Mapping[str, str]
    problem_list_every: str
    problem_list_kinds: tuple[str, ...]
    listing_levels: Mapping[str, str]
    unsourced: tuple[tuple[str, str], ...]

    def area_of(self, obligation_kind: str) -> str:
        """Return the code of the area that a kind of obligation belongs to."""
        found = (area.code for area in self.areas.values() if obligation_kind in area.obligations)
        return next(found, OTHERS)

    def area_title(self, code: str) -> str:
        """Return an area's words; an area that the county dropped keeps its code."""
        return self.areas[code].title if code in self.areas else code


PARTS = {
    "reports": "群众反映问题的件数、字数、照片和提醒词",
    "checks": "检查组的人数和不重复检查的天数",
    "self_checks": "窗口自查的间隔、单位和检查项",
    "problem_lists": "突出问题清单的间隔和单位",
}


def county_rules(data: Mapping[str, Any]) -> CountyRules:
    """Return the values of a file that fits ``SCHEMA``."""
    reports, own = data["reports"], data["self_checks"]
    return CountyRules(
        bureau=data["bureau"],
        areas={row["code"]: Area(row["code"], row["title"], tuple(row["obligations"])) for row in data["areas"]},
        reports=ReportRules(
            per_day=reports["per_session_per_day"],
            shortest_text=reports["shortest_text"],
            photos=reports["photos"],
            photo_bytes=reports["photo_mb"] << 20,
            risk_words=tuple(reports["risk_words"]),
            calls={row["number"]: row["what"] for row in reports["calls"]},
            elsewhere={row["code"]: row["title"] for row in reports["elsewhere"]},
        ),
        smallest_team=data["checks"]["smallest_team"],
        again_after_days=data["checks"]["not_again_within_days"],
        self_check_every=own["every"],
        self_check_units=tuple(own["units"]),
        sheet={row["code"]: row["title"] for row in own["items"]},
        problem_list_every=data["problem_lists"]["every"],
        problem_list_kinds=tuple(data["problem_lists"]["kinds"]),
        listing_levels={row["code"]: row["title"] for row in data["listing_levels"]},
        unsourced=(
            *((title, data[part].get("todo", "")) for part, title in PARTS.items() if data[part]["source"] is None),
            *((f"问题领域：{row['title']}", row.get("todo", "")) for row in data["areas"] if row["source"] is None),
        ),
    )
