"""Keep logs from filling the disk."""

from __future__ import annotations

import contextlib
from pathlib import Path

LARGEST = 32 << 20
KEPT = 5


def rotate(folder: Path, *, endings: tuple[str, ...], largest: int = LARGEST, kept: int = KEPT) -> None:
    """Move each log that has grown too large to ``.1``, what was there to ``.2`` and so on; the oldest goes.

    endings: which logs. Those that a process opens by name (``.jsonl``) may be
    moved at any time; those it was given open (``.out``) only before it starts.
    """
    for log in sorted(path for path in folder.iterdir() if path.suffix in endings):
        with contextlib.suppress(OSError):
            if log.stat().st_size <= largest:
                continue
            for number in range(kept - 1, 0, -1):
                older = log.with_name(f"{log.name}.{number}")
                if older.exists():
                    older.replace(log.with_name(f"{log.name}.{number + 1}"))
            log.replace(log.with_name(f"{log.name}.1"))
