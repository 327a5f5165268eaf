"""What changed between two editions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from yingshang.kernel.lists.models import Edition, Row


@dataclass(frozen=True)
class Change:
    """A row that stands in both editions with other values: column → (before, after).

    headings: column → Chinese heading, those of the later edition's list.
    """

    key: str
    columns: dict[str, tuple[Any, Any]]
    headings: dict[str, str]

    @property
    def told(self) -> list[tuple[str, tuple[Any, Any]]]:
        """The changes under their headings."""
        return [(self.headings.get(name, name), pair) for name, pair in self.columns.items()]


@dataclass(frozen=True)
class Diff:
    """Rows added, removed and changed, each in the order of its edition."""

    added: list[Row]
    removed: list[Row]
    changed: list[Change]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def diff(before: Edition, after: Edition) -> Diff:
    """Return what ``after`` changes in ``before``; rows are the same row by their key. Queries: 2."""
    old = {row.key: row for row in before.rows.all()}
    new = {row.key: row for row in after.rows.all()}
    changed = [
        Change(key, columns, after.of.columns)
        for key, row in new.items()
        if key in old and (columns := _columns(old[key].values, row.values))
    ]
    return Diff(
        added=[row for key, row in new.items() if key not in old],
        removed=[row for key, row in old.items() if key not in new],
        changed=changed,
    )


def _columns(before: dict[str, Any], after: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    names = [*before, *(name for name in after if name not in before)]
    return {name: (before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)}
