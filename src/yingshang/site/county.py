"""Load a county: its units, limits, lamps, procedures and lists, then its plan."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.db import transaction

from yingshang.site.capabilities import CAPABILITIES, KERNEL


@transaction.atomic
def load_county(name: str) -> None:
    """Bring the data of ``counties/<name>`` into the database; safe to repeat, all or nothing.

    Every installed package whose front door has ``load(folder)`` is asked, in
    the order of installation: what a package refers to is loaded before it.
    Raises ``county_files.DataProblem`` with file and line.
    """
    folder = Path(settings.YS_COUNTIES_DIR) / name
    for package in [*KERNEL, *CAPABILITIES]:
        load = getattr(import_module(package), "load", None)
        if load is not None:
            load(folder)
