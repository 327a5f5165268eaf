"""The registry of market entities (市场监管登记库): what is asked of it, and a simulator named as such.

A real one implements ``Registry`` and is named in the county's file under
``adapter``. Nothing else of the platform knows which one answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings

from yingshang.kernel.errors import Unavailable
from yingshang.methods import county_files

_TEXT = {"type": "string", "minLength": 1}
_VALUES = {"type": "object", "minProperties": 1, "additionalProperties": _TEXT}
FILE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["schema", "title", "holder", "adapter", "rows"],
    "properties": {
        "schema": {"const": "registry/1"},
        "title": _TEXT,
        "holder": _TEXT,
        "adapter": {"enum": ["simulator"]},
        "rows": {"type": "array", "items": _VALUES},
        "unanswered": {"type": "array", "items": _TEXT},
    },
}


class Registry(Protocol):
    """What an outside registry must offer.

    title: as people read it. holder: code of the unit that answers for its
    rows. is_simulated: then every screen says so.
    """

    @property
    def title(self) -> str: ...

    @property
    def holder(self) -> str: ...

    @property
    def is_simulated(self) -> bool: ...

    def look_up(self, credit_code: str) -> Mapping[str, str] | None:
        """Return field → value of an entity; None when the registry has none. Raises Unavailable."""


@dataclass(frozen=True)
class Simulator:
    """Stands in for the registry: its rows are county data and made up.

    unanswered: codes for which it behaves like a registry that is down.
    """

    title: str
    holder: str
    rows: Mapping[str, Mapping[str, str]]
    unanswered: frozenset[str]
    is_simulated: bool = True

    def look_up(self, credit_code: str) -> Mapping[str, str] | None:
        """Return the made-up row. Raises Unavailable for a code listed as unanswered."""
        if credit_code in self.unanswered:
            raise Unavailable(self.title, "您可以先自己填写。")
        return self.rows.get(credit_code)


def registry() -> Registry | None:
    """Return the county's registry; None where none is declared. Raises DataProblem for a file that does not fit."""
    path = Path(settings.YS_COUNTIES_DIR) / settings.YS_COUNTY / "profiles" / "registry.yaml"
    return _read(path, path.stat().st_mtime_ns) if path.exists() else None


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int) -> Registry:
    data: dict[str, Any] = county_files.read(path, FILE).data
    rows = {row["enterprise.credit_code"]: row for row in data["rows"]}
    return Simulator(data["title"], data["holder"], rows, frozenset(data.get("unanswered", [])))
