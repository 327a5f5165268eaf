"""The database that a round begins with: migrated once, kept beside the environment, copied for every share.

Running a hundred migrations costs more than most folders of tests. A kept
cluster names the files that made it; it serves again as long as none of them
changed, and a tree with further migrations runs only those. Deleting the
folder ``test-database`` of the environment is always safe.
"""

from __future__ import annotations

import ast
import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg

from yingshang.site.capabilities import CAPABILITIES, KERNEL
from yingshang.site.cluster import programs, roles, server

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src"
KEPT = Path(sys.prefix) / "test-database"
MOST_KEPT = 3
PASSWORDS = {"postgres": "admin", "ys_owner": "owner", "ys_web": "web"}
QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "60"}
CLUSTER, SETTINGS = "src/yingshang/site/cluster", "src/yingshang/site/settings"
MIGRATING = "src/yingshang/site/processes/migrating.py"
FOUNDATION = ("tests/database.py", "requirements/test.lock", CLUSTER, SETTINGS, MIGRATING)
FIRST_START = "import django; django.setup(); from yingshang.site.processes import prepare; prepare.migrate()"
NOTE = "made_of.json"


def start(folder: Path) -> server.Server:
    """Start a server on a copy of the cluster that comes nearest to this tree, or on an empty one.

    It has the roles and a database ``test_ys``, for tests that need no tables.
    """
    home = programs.home_of_server(folder)
    with one_at_a_time():
        kept = nearest(files_of_a_database())
        if kept is not None:
            copy(kept, home)
    return running(folder)


def complete(folder: Path, begun: server.Server) -> server.Server:
    """Return the server with ``test_ys`` and ``test_bare`` migrated, started anew where something was missing.

    Waits while another process of this environment makes the same. Nothing is
    granted to the web role yet.
    """
    wanted, home = files_of_a_database(), programs.home_of_server(folder)
    if note_in(home) == wanted:
        return begun
    begun.stop()
    with one_at_a_time():
        kept = nearest(wanted)
        if kept is not None:
            copy(kept, home)
        if note_in(home) != wanted:
            make(folder)
            keep(home, wanted)
    return running(folder)


def running(folder: Path) -> server.Server:
    begun = server.start(folder, passwords=PASSWORDS, settings=QUICK)
    own = {role: word for role, word in PASSWORDS.items() if role != "postgres"}
    roles.make_roles(begun.url("postgres", "postgres"), own, "test_ys")
    return begun


def make(folder: Path) -> None:
    """Run the migrations that the cluster in ``folder`` lacks, and stop its server."""
    begun = running(folder)
    try:
        migrate(begun.url("ys_owner", "test_ys"), begun.url("ys_web", "test_ys"))
        with psycopg.connect(begun.url("postgres", "postgres"), autocommit=True) as admin:
            admin.execute("DROP DATABASE IF EXISTS test_bare")
            admin.execute("CREATE DATABASE test_bare TEMPLATE test_ys")
    finally:
        begun.stop()


def migrate(owner_url: str, web_url: str) -> None:
    """Run every migration that a database lacks as a first start does: in a process of its own, as the owner."""
    environment = {**os.environ, "DATABASE_OWNER_URL": owner_url, "DATABASE_URL": web_url, "YS_ROLE": "owner"}
    environment |= {"DJANGO_SETTINGS_MODULE": "yingshang.site.settings", "PYTHONPATH": str(SOURCE)}
    command = [sys.executable, "-c", FIRST_START]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def files_of_a_database() -> dict[str, str]:
    """Return file → digest for every installed migration of ours, and under "" for all else that decides."""
    packages = [SOURCE.joinpath(*name.split(".")) for name in [*KERNEL, *CAPABILITIES, "yingshang.site"]]
    migrations = sorted(path for package in packages for path in package.glob("migrations/*.py"))
    rest = [ROOT / name for name in FOUNDATION] + sorted(imported(migrations))
    found = {str(path.relative_to(ROOT)): digest_of([path]) for path in migrations}
    return {**found, "": f"{digest_of(rest)} {sys.version}"}


def imported(migrations: list[Path]) -> set[Path]:
    """Return the packages of ours that migrations import: what they do is decided there as well."""
    names: set[str] = set()
    for path in migrations:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                names.add(node.module or "")
            elif isinstance(node, ast.Import):
                names.update(alias.name for alias in node.names)
    places = [SOURCE.joinpath(*name.split(".")) for name in names if name.startswith("yingshang.")]
    return {place if place.is_dir() else place.parent for place in places}


def digest_of(places: list[Path]) -> str:
    digest = hashlib.sha256()
    for place in places:
        for path in [place] if place.is_file() else sorted(place.rglob("*.py")):
            if not {"tests", "migrations"} & set(path.relative_to(place).parts):
                digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def nearest(wanted: dict[str, str]) -> Path | None:
    """Return the kept cluster that has seen most of these files and no others."""
    fitting = [kept for kept in KEPT.glob("kept-*") if "" in note_in(kept) and note_in(kept).items() <= wanted.items()]
    return max(fitting, key=lambda kept: len(note_in(kept)), default=None)


def copy(kept: Path, home: Path) -> None:
    """Put a copy of a kept cluster in the home of a server, in the place of any that is there."""
    home.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(home / "cluster", ignore_errors=True)
    shutil.copytree(kept / "cluster", home / "cluster")
    shutil.copy(kept / NOTE, home)
    for path in [home / "cluster", *(home / "cluster").rglob("*")]:
        programs.give(path)
    with contextlib.suppress(OSError):
        os.utime(kept)


def keep(home: Path, wanted: dict[str, str]) -> None:
    """Note what the stopped cluster has seen and keep a copy of both; let go of those not used for longest."""
    (home / NOTE).write_text(json.dumps(wanted), encoding="utf-8")
    with contextlib.suppress(PermissionError, FileNotFoundError):  # an environment that belongs to somebody else
        place = Path(tempfile.mkdtemp(dir=KEPT, prefix="part-"))
        shutil.copytree(home / "cluster", place / "cluster")
        shutil.copy(home / NOTE, place)
        place.rename(place.with_name(place.name.replace("part-", "kept-")))
        by_use = sorted(KEPT.glob("kept-*"), key=lambda kept: kept.stat().st_mtime, reverse=True)
        for old in by_use[MOST_KEPT:]:
            shutil.rmtree(old)


def note_in(place: Path) -> dict[str, str]:
    """Return what the cluster in a folder was made of; empty where that is not known."""
    try:
        return dict(json.loads((place / NOTE).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let one process of this environment make or copy at a time; where nothing can be kept, nobody waits."""
    try:
        KEPT.mkdir(exist_ok=True, mode=0o700)
        lock = (KEPT / "lock").open("w")
    except OSError:
        yield
        return
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def main() -> None:
    """Make and keep the cluster for this tree, unless it is kept already."""
    wanted = files_of_a_database()
    kept = nearest(wanted)
    if kept is None or note_in(kept) != wanted:
        folder = Path(tempfile.mkdtemp(prefix="ys-test-"))
        folder.chmod(0o755)
        try:
            complete(folder, start(folder)).stop()
        finally:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
