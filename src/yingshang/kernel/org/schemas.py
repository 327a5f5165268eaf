"""JSON Schemas of county.yaml, units.yaml, posts.yaml and people.yaml."""

from __future__ import annotations

from typing import Any

from yingshang.kernel.org.models import Administrator, Group, Unit

CODE = {"type": "string", "pattern": "^[a-z][a-z0-9-]*$", "maxLength": 40}
TEXT = {"type": "string", "minLength": 1, "maxLength": 300}
DAY = {"type": ["string", "null"], "format": "date"}
KINDS = [kind.value for kind in Unit.Kind]


def _object(required: list[str], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "required": required, "properties": properties}


def _list(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item}


COUNTY = _object(
    [
        *("schema", "code", "name", "short_name", "full_name", "division_code", "time_zone", "origin", "hotline"),
        *("level", "prefixes", "is_made_up"),
    ],
    schema={"const": "county/1"},
    code=CODE,
    name=TEXT,
    short_name=TEXT,
    full_name=TEXT,
    division_code={"type": "string", "pattern": "^[0-9]{6}$"},
    time_zone={"const": "Asia/Shanghai"},
    origin={"type": "string", "pattern": "^[a-z0-9./-]+$"},
    hotline=_object(["number", "demo"], number=TEXT, demo={"type": "boolean"}),
    level={"enum": ["县", "区", "市", "旗"]},
    prefixes=_list(TEXT),
    is_made_up={"type": "boolean"},
)

ALIAS = _object(["text", "source"], text=TEXT, source=TEXT, needs_person={"type": "boolean"}, note=TEXT)
FORMER_NAME = _object(["name", "short_name", "to"], **{"name": TEXT, "short_name": TEXT, "from": DAY, "to": DAY})
UNIT = _object(
    ["code", "name", "short_name", "kind"],
    **{
        "code": CODE,
        "name": TEXT,
        "short_name": TEXT,
        "kind": {"enum": KINDS},
        "parent": CODE,
        "division_code": {"type": "string", "pattern": "^[0-9]{6}([0-9]{3}){0,2}$"},
        "counts_only": {"type": "boolean"},
        "presumed": {"type": "boolean"},
        "note": TEXT,
        "from": DAY,
        "to": DAY,
        "successor": CODE,
        "aliases": _list(ALIAS),
        "former_names": _list(FORMER_NAME),
    },
)
MEMBER = _object(["unit"], **{"unit": CODE, "from": DAY, "to": DAY, "excluded": {"type": "boolean"}, "source": TEXT})
GROUP = _object(
    ["code", "name", "rule"],
    code=CODE,
    name=TEXT,
    rule={"enum": [rule.value for rule in Group.Rule]},
    kinds=_list({"enum": KINDS}),
    presumed={"type": "boolean"},
    note=TEXT,
    aliases=_list(_object(["text", "source"], text=TEXT, source=TEXT)),
    members=_list(MEMBER),
)
UNITS = _object(
    ["schema", "units", "groups"], schema={"const": "units/1"}, source=TEXT, units=_list(UNIT), groups=_list(GROUP)
)

POST = _object(
    ["code", "title", "in", "actions"],
    **{
        "code": CODE,
        "title": TEXT,
        "in": _object([], units=_list(CODE), kinds=_list({"enum": KINDS})),
        "actions": _list({"type": "string", "pattern": "^[a-z_]+\\.[a-z_]+$"}),
    },
)
POSTS = _object(["schema", "posts"], schema={"const": "posts/1"}, posts=_list(POST))

HELD = _object(["unit", "post", "from"], **{"unit": CODE, "post": CODE, "from": DAY, "to": DAY})
DUTIES = [duty.value for duty in Administrator.Duty]
PERSON = _object(
    ["key", "name", "introduction"],
    key={"type": "string", "pattern": "^[a-z][a-z_]*$", "maxLength": 30},
    name=TEXT,
    introduction=TEXT,
    posts=_list(HELD),
    duty=_object(["duty", "from"], **{"duty": {"enum": DUTIES}, "from": DAY}),
    party=_object(
        ["kind", "name", "from"],
        **{"kind": {"enum": ["person", "enterprise"]}, "name": TEXT, "code": TEXT, "from": DAY},
    ),
    agent_of=_object(["key", "scope", "from"], **{"key": TEXT, "scope": TEXT, "from": DAY, "to": DAY}),
)
PEOPLE = _object(["schema", "people"], schema={"const": "people/1"}, people=_list(PERSON))
