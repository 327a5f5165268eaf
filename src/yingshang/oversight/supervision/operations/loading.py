"""Bring a county's data of this package in."""

from __future__ import annotations

from pathlib import Path

from yingshang.oversight.supervision import queries


def load(folder: Path) -> None:
    """Check the county's ``oversight.yaml`` against its units; a county without one has none of it. Safe to repeat.

    Raises ``county_files.DataProblem``.
    """
    if (folder / "oversight.yaml").exists():
        queries.check_rules(folder)
