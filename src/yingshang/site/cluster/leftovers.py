"""What a killed supervisor left running: found by where it works, and ended before a new start.

Children ask the system to be told when their parent dies, so there is seldom
anything left; but a start must not depend on that.
"""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Callable, Iterable
from pathlib import Path

PROC = Path("/proc")


def working_in(folder: Path) -> list[int]:
    """Return the processes whose working folder this is; each process of PostgreSQL works in its cluster."""
    place = str(folder.resolve())
    found = []
    for entry in PROC.glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if str((entry / "cwd").readlink()) == place:
                found.append(int(entry.name))
    return found


def birth_of(pid: int) -> str:
    """Return when a process began, in the system's own clock; empty if it is gone or only a zombie.

    Together with the number it names one process for ever: numbers are used again.
    """
    try:
        fields = (PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if fields[0] in "ZX" else fields[19]


def end_server(cluster: Path, *, say: Callable[[str], None]) -> None:
    """End every PostgreSQL process of a cluster, and forget its pid file.

    The caller holds the folder's lock, so nobody else may be using the server.
    Stops fast first, immediately after ten seconds; committed work is safe
    either way. Without this a half-dead server keeps shared memory in use and
    the next one refuses to start.
    """
    left = working_in(cluster)
    if left:
        say("上次没有正常停止，正在结束遗留的数据库进程……")
    for wish, seconds in ((signal.SIGINT, 10.0), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 10.0)):
        if not left:
            break
        for pid in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, wish)
        left = _wait(lambda: working_in(cluster), seconds)
    if PROC.is_dir() and not left:
        (cluster / "postmaster.pid").unlink(missing_ok=True)


def end_children(children: Iterable[tuple[int, str]], *, say: Callable[[str], None]) -> None:
    """End the web and worker processes of an earlier run, given as (pid, birth)."""
    known = list(children)

    def alive() -> list[int]:
        return [pid for pid, birth in known if birth and birth_of(pid) == birth]

    left = _wait(alive, 0)
    if left:
        say("上次没有正常停止，正在结束遗留的网站进程……")
    for wish, seconds in ((signal.SIGTERM, 5.0), (signal.SIGKILL, 5.0)):
        for pid in left:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, wish)
        left = _wait(alive, seconds) if left else left


def end_working_for(folder: Path) -> None:
    """End the processes that packages started for this data folder, such as the one that seals.

    They are known by a command line that runs one of our modules on a path in
    the folder; they keep what they do on disk before they answer.
    """
    inside = f"{folder.resolve()}{os.sep}"

    def left() -> list[int]:
        found = []
        for entry in PROC.glob("[0-9]*"):
            with contextlib.suppress(OSError):
                words = (entry / "cmdline").read_bytes().decode("utf-8", "replace").split("\0")
                if any(word.startswith("yingshang.") for word in words) and any(w.startswith(inside) for w in words):
                    found.append(int(entry.name))
        return found

    for pid in left():
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal.SIGTERM)
    _wait(left, 5.0)


def _wait(left: Callable[[], list[int]], seconds: float) -> list[int]:
    """Return what is still there after at most so many seconds; at once when nothing is."""
    deadline = time.monotonic() + seconds
    while (still := left()) and time.monotonic() < deadline:
        time.sleep(0.02)
    return still
