"""Start and stop one PostgreSQL server in a folder."""

from __future__ import annotations

import contextlib
import ctypes
import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from yingshang.site.cluster import leftovers, programs
from yingshang.site.cluster.trouble import Trouble, disk_full

LONGEST_SOCKET_FOLDER = 90  # the system's limit is 107 bytes with the file name
STILL_RECOVERING = 5.0  # seconds after which a person wants to hear why it takes so long


def quiet(sentence: str) -> None:
    """Say nothing."""


def never() -> bool:
    """Wait as long as it takes."""
    return False


@dataclass
class Server:
    """A running server. ``url(role, database)`` says how to reach it."""

    home: Path
    sockets: Path
    process: subprocess.Popen[bytes]
    passwords: dict[str, str] = field(repr=False)

    def url(self, role: str, database: str) -> str:
        """Return a libpq URL for a role and database of this server."""
        return url(role, self.passwords[role], database, self.sockets)

    def stop(self, *, seconds: float = 60) -> None:
        """Stop fast: open sessions are cut, what was committed is kept. Sessions that hang are cut off at last."""
        for wish in (signal.SIGINT, signal.SIGQUIT):
            if self.process.poll() is None:
                self.process.send_signal(wish)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self.process.wait(timeout=seconds)
        if self.sockets.parent != self.home:
            shutil.rmtree(self.sockets, ignore_errors=True)


def url(role: str, password: str, database: str, sockets: Path | str) -> str:
    """Return a libpq URL over a socket folder."""
    return f"postgresql://{role}:{password}@/{database}?host={sockets}"


def start(
    folder: Path,
    *,
    passwords: dict[str, str] | None = None,
    settings: dict[str, str] | None = None,
    say: Callable[[str], None] = quiet,
    give_up: Callable[[], bool] = never,
) -> Server:
    """Start the server that lives in ``folder``, making the database cluster on first use.

    passwords: role → password; ``postgres`` is the server's own administrator.
        Without them a throw-away one is made, for clusters that live one run.
    settings: options of PostgreSQL, for throw-away clusters only.
    give_up: asked while waiting; True stops the server and raises KeyboardInterrupt.
    Returns once it answers; crash recovery may take as long as it takes.
    Raises Trouble when the server ends instead, with the reason from its log.
    """
    home = programs.home_of_server(folder)
    home.mkdir(parents=True, exist_ok=True)
    programs.give(home)
    binaries = programs.for_server(home)
    passwords = dict(passwords or {"postgres": secrets.token_urlsafe(24)})
    cluster = home / "cluster"
    if cluster.exists():
        leftovers.end_server(cluster, say=say)
    else:
        _initialize(binaries, cluster, passwords["postgres"])
    sockets = _socket_folder(home)
    command: list[str | Path] = [binaries / "postgres", "-D", cluster, "-c", f"unix_socket_directories={sockets}"]
    for key, value in ({"listen_addresses": ""} | (settings or {})).items():
        command += ["-c", f"{key}={value}"]
    log = home / "postgres.log"
    before = log.stat().st_size if log.exists() else 0
    with log.open("ab") as out:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
            preexec_fn=when_parent_dies(signal.SIGINT),
            **programs.as_whom(),
        )
    server = Server(home, sockets, process, passwords)
    _wait(server, log, before, say, give_up)
    return server


def attach(folder: Path, passwords: dict[str, str]) -> Path:
    """Return the socket folder of the server that another process runs in ``folder``.

    Raises Trouble when there is none.
    """
    cluster = programs.home_of_server(folder) / "cluster"
    with contextlib.suppress(OSError, IndexError):
        sockets = Path((cluster / "postmaster.pid").read_text().splitlines()[4].strip())
        with psycopg.connect(url("postgres", passwords["postgres"], "postgres", sockets), connect_timeout=10):
            return sockets
    raise Trouble("数据库还没有准备好，请稍候再试。", "The database of the running site is not ready yet; try again.")


def when_parent_dies(wish: signal.Signals) -> Callable[[], None] | None:
    """Return what a child runs before it becomes its program, so that it gets ``wish`` if we are killed."""
    try:
        libc = ctypes.CDLL(None)
        prctl = libc.prctl
    except (OSError, AttributeError):  # not Linux: leftovers are ended at the next start
        return None
    parent = os.getpid()

    def ask() -> None:
        prctl(1, int(wish), 0, 0, 0)  # 1 is PR_SET_PDEATHSIG
        if os.getppid() != parent:  # killed in between
            os._exit(1)

    return ask


def _initialize(binaries: Path, cluster: Path, password: str) -> None:
    """Make the cluster beside its place and move it there, so that it is whole or absent."""
    part = cluster.with_name("cluster.part")
    shutil.rmtree(part, ignore_errors=True)
    with tempfile.NamedTemporaryFile("w", dir=cluster.parent, prefix="first-", suffix=".secret") as secret:
        secret.write(password)
        secret.flush()
        programs.give(Path(secret.name))
        made = subprocess.run(
            [
                *(binaries / "initdb", "-D", part, "-U", "postgres", "--pwfile", secret.name),
                *("--auth=scram-sha-256", "--data-checksums", "--encoding=UTF8"),
                *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
            ],
            check=False,
            capture_output=True,
            text=True,
            errors="replace",
            env={**os.environ, "LC_ALL": "C"},
            **programs.as_whom(),
        )
    if made.returncode:
        shutil.rmtree(part, ignore_errors=True)
        raise _why(made.stderr, cluster)
    part.rename(cluster)


def _socket_folder(home: Path) -> Path:
    """Return a private folder for the socket: in the server's own, or, if that path is too long, in /tmp."""
    sockets = home / "sockets"
    if len(os.fsencode(sockets.resolve())) > LONGEST_SOCKET_FOLDER:
        sockets = Path(tempfile.mkdtemp(prefix="ys-", dir="/tmp"))
    sockets.mkdir(mode=0o700, exist_ok=True)
    programs.give(sockets)
    return sockets.resolve()


def _wait(server: Server, log: Path, before: int, say: Callable[[str], None], give_up: Callable[[], bool]) -> None:
    started = said = time.monotonic()
    while server.process.poll() is None:
        if give_up():
            server.stop()
            raise KeyboardInterrupt
        try:
            with psycopg.connect(server.url("postgres", "postgres"), connect_timeout=10):
                return
        except psycopg.OperationalError as error:
            if "password authentication failed" in str(error):
                server.stop()
                raise Trouble(
                    f"数据库密码与 {server.home} 不符。请找回原来的 keys 文件夹，或者从备份恢复。",
                    "The stored password does not open this database; bring back its keys folder or restore.",
                ) from None
        if time.monotonic() - said > STILL_RECOVERING:
            said = time.monotonic()
            say(f"数据库正在从上次中断处恢复，已用 {said - started:.0f} 秒，请不要关闭……")
        time.sleep(0.02)
    shutil.rmtree(server.sockets, ignore_errors=True)
    with log.open("rb") as file:
        file.seek(before)
        raise _why(file.read().decode("utf-8", "replace"), log)


def _why(complaint: str, place: Any) -> Trouble:
    """Return the sentence for what PostgreSQL complained of."""
    if "No space left on device" in complaint or "File too large" in complaint:
        return disk_full(str(place))
    lines = [line for line in complaint.splitlines() if "FATAL" in line or "PANIC" in line or "error:" in line]
    last = (lines or complaint.strip().splitlines() or ["?"])[-1]
    return Trouble(
        f"数据库启动不了，数据文件夹可能已损坏：{last}（详见 {place}）。请把备份恢复到一个新文件夹（./ys restore）。",
        f"PostgreSQL did not start; the data folder may be broken. See {place}; restore from a backup.",
    )
