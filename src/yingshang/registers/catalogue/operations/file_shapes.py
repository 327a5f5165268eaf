"""The shapes of the files of national and county data (JSON Schema 2020-12)."""

from __future__ import annotations

from yingshang.registers.catalogue.rules.shape import BOOL, CODE, CONTENT, DAY_OR_NONE, KEY, TITLE, closed, many

DAY = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
SOURCE = {"anyOf": [TITLE, {"type": "null"}]}
WORDS = {"type": "array", "items": {"type": "string", "minLength": 1, "maxLength": 40}}

CODES = closed(
    ["schema", "lists"],
    schema={"const": "item-codes/1"},
    lists=many(
        closed(
            ["list", "title", "source", "codes"],
            list={"type": "string", "pattern": "^[a-z_]+$"},
            title=TITLE,
            source=SOURCE,
            todo=TITLE,
            codes={"type": "object", "additionalProperties": TITLE, "minProperties": 1},
        )
    ),
)

FORBIDDEN = closed(
    ["schema", "rules"],
    schema={"const": "item-words/1"},
    rules=many(
        closed(
            ["rule", "title", "source", "words"],
            rule={"type": "string", "pattern": "^[a-z_]+$"},
            title=TITLE,
            source=SOURCE,
            todo=TITLE,
            words=WORDS,
            whole_words=WORDS,
        )
    ),
)

SETTLED = closed(
    ["schema"],
    schema={"const": "catalogue/1"},
    lists={"type": "object", "additionalProperties": KEY},
    zones=many(CODE),
    implementers=many(
        closed(["unit", "credit_code", "source"], unit=CODE, credit_code=CODE, source=SOURCE, todo=TITLE)
    ),
    basic=many(
        closed(
            ["code", "title", "kind", "levels", "from", "source"],
            code={"type": "string", "pattern": "^[0-9]{12}$"},
            title=TITLE,
            kind=CODE,
            levels=many({"type": "string", "pattern": "^[1-7]$"}),
            department=TITLE,
            basis=TITLE,
            **{"from": DAY},
            canceled_on=DAY,
            canceled_by=TITLE,
            source=SOURCE,
            todo=TITLE,
        ),
        5000,
    ),
)

HEAD = ("schema", "slug", "code", "basic", "unit", "version", "effective", "zone", "changed_because", "demo")

ITEM = {
    **closed(
        ["schema", "slug", "unit", "version", "effective", "basics"],
        schema={"const": "item/1"},
        slug=KEY,
        code=CODE,
        basic={"type": "string", "pattern": "^[0-9]{12}$"},
        unit=CODE,
        version={"type": "integer", "minimum": 1},
        effective=closed(["from", "to"], **{"from": DAY}, to=DAY_OR_NONE),
        zone=CODE,
        changed_because=TITLE,
        demo=BOOL,
        **CONTENT["properties"],
    )
}

DEMO = closed(
    ["schema"],
    schema={"const": "catalogue-demo/1"},
    practices=many(
        closed(
            ["title", "tried_in", "what", "effect", "source", "units", "decide_in_days"],
            title=TITLE,
            tried_in=TITLE,
            zone=CODE,
            what=TITLE,
            effect=TITLE,
            source=TITLE,
            units=many(CODE),
            decide_in_days={"type": "integer", "minimum": 1, "maximum": 365},
            answers=many(
                closed(
                    ["unit", "decision", "reason"],
                    unit=CODE,
                    decision={"enum": ["adopted", "adapted", "declined"]},
                    reason=TITLE,
                )
            ),
        )
    ),
    delegations=many(
        closed(
            ["item", "to", "scope", "document", "trained_days_ago", "training"],
            item=KEY,
            to=CODE,
            scope=TITLE,
            document=TITLE,
            trained_days_ago={"type": "integer", "minimum": 0, "maximum": 365},
            training=TITLE,
        )
    ),
)
