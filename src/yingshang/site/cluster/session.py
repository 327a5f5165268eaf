"""For commands that need the county's database: use the running site's, or start it for as long as they last."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from yingshang.site.cluster import database
from yingshang.site.cluster.database import Database
from yingshang.site.cluster.folder import DataFolder

ROOT = Path(__file__).resolve().parents[4]


def take_option(arguments: list[str], name: str, default: str = "") -> tuple[str, list[str]]:
    """Return the value of ``--name VALUE`` or ``--name=VALUE`` and the arguments without it."""
    left = []
    value = default
    rest = iter(arguments)
    for argument in rest:
        if argument == name:
            value = next(rest, default)
        elif argument.startswith(f"{name}="):
            value = argument.partition("=")[2]
        else:
            left.append(argument)
    return value, left


@contextmanager
def opened(folder: DataFolder) -> Iterator[Database]:
    """Yield the database of a data folder: DATABASE_URL's, the running site's, or one started for the time being."""
    where = database.named_by_environment()
    if where is not None:
        yield where
        return
    folder.make()
    if folder.is_in_use():
        yield database.attach(folder)
        return
    held = folder.lock()
    try:
        where = database.start(folder)
        try:
            yield where
        finally:
            if where.server is not None:
                where.server.stop()
    finally:
        os.close(held)


@contextmanager
def database_for(arguments: list[str], *, role: str = "web") -> Iterator[list[str]]:
    """Yield the arguments without ``--data`` and ``--county``, with Django ready on that data.

    role: ``web`` has the rights of the site itself; ``owner`` owns the tables.
    """
    data, left = take_option(arguments, "--data", str(ROOT / ".ys"))
    county, left = take_option(left, "--county")
    folder = DataFolder(Path(data).expanduser().absolute())
    with opened(folder) as where:
        site = folder.read("site.json")
        os.environ |= {
            "YS_ROLE": role,
            "YS_COUNTY": county or str(site.get("county", "mulan")),
            "YS_DEMO": "1" if site.get("demo") else "",
            "YS_DATA_DIR": str(folder.path),
            "YS_SECRET_KEY": folder.secret_key(),
            **where.environment(),
        }
        import django
        from django.db import connections

        django.setup()
        try:
            yield left
        finally:
            connections.close_all()
