"""Words that people use for one another (近义词), kept as county data.

``search/synonyms.yaml`` of the nation and of the county, read once per process.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.conf import settings

from yingshang.kernel.search.words import plain
from yingshang.methods import county_files

FILE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["schema", "source", "groups"],
    "properties": {
        "schema": {"const": "synonyms/1"},
        "source": {"type": ["string", "null"]},
        "todo": {"type": "string"},
        "groups": {
            "type": "array",
            "items": {"type": "array", "minItems": 2, "items": {"type": "string", "minLength": 2}},
        },
    },
}


def synonyms() -> dict[str, tuple[str, ...]]:
    """Return each word with all words of its group, itself first."""
    return _read(Path(settings.YS_COUNTIES_DIR), settings.YS_COUNTY)


@cache
def _read(folder: Path, county: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for path in (folder / "_national" / "search" / "synonyms.yaml", folder / county / "search" / "synonyms.yaml"):
        if not path.exists():
            continue
        file = county_files.read(path, FILE)
        for place, group in enumerate(file.data["groups"]):
            words = [plain(word) for word in group]
            for word in words:
                if word in found:
                    raise file.problem(("groups", place), f"“{word}” stands in two groups.", "Join the two groups.")
                found[word] = (word, *(other for other in words if other != word))
    return found
