"""An upload as a file of its own, so that a large document is never held in memory."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def spooled(upload: Any) -> Iterator[Path]:
    """Yield the path of a copy of an upload that lives as long as the block; the name's ending is kept.

    upload: anything with ``name`` and ``chunks()``.
    """
    with tempfile.TemporaryDirectory(prefix="notice-") as folder:
        path = Path(folder) / f"notice{Path(upload.name or '').suffix.lower()[:10]}"
        with path.open("wb") as spool:
            for chunk in upload.chunks():
                spool.write(chunk)
        yield path
