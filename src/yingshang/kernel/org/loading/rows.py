"""Bring rows of a file into a table: make what is missing, correct what differs, leave the rest alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)


def keep(model: type[Row], keys: tuple[str, ...], wanted: Iterable[Mapping[str, Any]]) -> dict[tuple[Any, ...], Row]:
    """Return the table's rows by their keys, after the wanted ones stand in it with the wanted facts.

    keys: fields that together tell rows apart; a foreign key by its column
    (``unit_id``). wanted: one mapping of fields per row, keys included.
    Queries: 1, and 1 more each if rows are missing or differ.
    """
    rows = {tuple(getattr(row, key) for key in keys): row for row in model._default_manager.all()}
    missing: dict[tuple[Any, ...], Row] = {}
    differing: list[Row] = []
    fields: set[str] = set()
    for facts in wanted:
        key = tuple(facts[name] for name in keys)
        row = rows.get(key)
        if row is None:
            missing[key] = model(**facts)
            continue
        changed = {name for name, value in facts.items() if getattr(row, name) != value}
        for name in changed:
            setattr(row, name, facts[name])
        if changed:
            differing.append(row)
            fields |= changed
    model._default_manager.bulk_create(missing.values())
    if differing:
        model._default_manager.bulk_update(differing, sorted(fields))
    return rows | missing
