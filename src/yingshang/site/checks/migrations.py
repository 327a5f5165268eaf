"""Our migrations can be taken back, and none changes tables and rows at once."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Any


def problems(migrations: Iterable[Any]) -> Iterator[str]:
    """Yield what is unsafe in migrations (objects with ``app_label``, ``name``, ``operations``)."""
    from django.db.migrations.operations import RunPython, RunSQL

    for migration in migrations:
        where = f"{migration.app_label}.{migration.name}"
        for operation in migration.operations:
            if not operation.reversible:
                yield f"{where}: {operation.describe()} can't be taken back; give it a reverse"
        fills = [o for o in migration.operations if isinstance(o, RunPython)]
        shapes = [o for o in migration.operations if not isinstance(o, (RunPython, RunSQL))]
        if fills and shapes:
            yield f"{where}: changes tables and fills rows; split it (expand, fill, contract)"


def main() -> int:
    import django

    django.setup()
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(None)
    ours = [m for m in loader.disk_migrations.values() if type(m).__module__.startswith("yingshang.")]
    found = list(problems(ours))
    print("\n".join(found))
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
