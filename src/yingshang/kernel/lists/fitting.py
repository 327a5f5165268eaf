"""Do the rows fit the list? Every problem at once, so that a person fixes a sheet in one go."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import jsonschema_rs

from yingshang.kernel.lists.models import PublishedList

EFFECTIVE = ("effective_from", "effective_to")  # columns that the list reads itself, as dates


@dataclass(frozen=True)
class RowProblem:
    """One fault. row counts from 1; column is empty for a fault of the whole row."""

    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        return f"第{self.row}行{f'“{self.column}”' if self.column else ''}：{self.reason}"


def check_rows(of: PublishedList, rows: Sequence[Mapping[str, Any]]) -> list[RowProblem]:
    """Return what keeps these rows from being an edition of the list; empty when they fit.

    rows: column → plain value; dates as ``datetime.date`` or ISO text.
    """
    validator = jsonschema_rs.validator_for(of.row_schema)
    found: list[RowProblem] = []
    first_use: dict[str, int] = {}
    for number, row in enumerate(rows, start=1):
        plain = as_plain(row)
        for error in validator.iter_errors(plain):
            column = str(error.instance_path[0]) if error.instance_path else ""
            found.append(RowProblem(number, of.columns.get(column, column), _said(of, error)))
        key = str(plain.get(of.key_column, ""))
        if key in first_use:
            found.append(RowProblem(number, of.columns[of.key_column], f"“{key}”与第{first_use[key]}行重复。"))
        first_use.setdefault(key, number)
    return found


def as_plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the row as JSON holds it: dates as ISO text, nothing else changed."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}


def digest_of(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return the SHA-256 (hex) of the rows in their order, as canonical JSON."""
    text = json.dumps([as_plain(row) for row in rows], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _said(of: PublishedList, error: jsonschema_rs.ValidationError) -> str:
    kind = error.kind
    if isinstance(kind, jsonschema_rs.ValidationErrorKind.Required):
        return f"缺少“{of.columns.get(kind.property, kind.property)}”。"
    if isinstance(kind, jsonschema_rs.ValidationErrorKind.AdditionalProperties):
        return f"没有“{'、'.join(kind.unexpected)}”这一列。本清单的列是：{'、'.join(of.columns)}。"
    if isinstance(kind, jsonschema_rs.ValidationErrorKind.Enum):
        return f"“{error.instance}”不在可选值之中：{'、'.join(map(str, kind.options))}。"
    if isinstance(kind, jsonschema_rs.ValidationErrorKind.Type):
        return f"“{error.instance}”的类型不对，应为{'、'.join(map(str, kind.types))}。"
    return f"“{error.instance}”不符合要求（{error.message}）。"
