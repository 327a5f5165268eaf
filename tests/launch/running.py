"""A real site in a folder of its own, started, watched and ended from outside as a person would."""

from __future__ import annotations

import os
import queue
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from yingshang.site.cluster import database
from yingshang.site.cluster.folder import DataFolder

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 180.0
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment() -> dict[str, str]:
    """Return the environment of a newcomer: nothing of this test round's own database."""
    kept = {n: v for n, v in os.environ.items() if not n.startswith(("YS_", "DATABASE_", "PYTEST_", "DJANGO_"))}
    source = str(ROOT / "src")
    return {**kept, "PYTHONPATH": source, "PYTHONUTF8": "1", "DJANGO_SETTINGS_MODULE": "yingshang.site.settings"}


def ys(*words: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
    """Run a command of ./ys to its end and return what it said."""
    command = [sys.executable, "-m", "yingshang.site.commands", *words]
    told = {"env": environment(), "cwd": ROOT, "capture_output": True, "text": True, "timeout": PATIENCE}
    return subprocess.run(command, **{**told, **options}, check=False)  # type: ignore[call-overload, no-any-return]


class Folder:
    """A short-named folder that is gone afterwards, the server's part of it included."""

    def __enter__(self) -> Path:
        self.path = Path(tempfile.mkdtemp(prefix="ys-t-", dir="/tmp"))
        self.path.chmod(0o755)
        return self.path

    def __exit__(self, *_: object) -> None:
        for pointer in self.path.glob("**/postgres.at"):
            shutil.rmtree(pointer.read_text().strip(), ignore_errors=True)
        shutil.rmtree(self.path, ignore_errors=True)


@dataclass
class Site:
    """A site that ``./ys run`` runs on ``data``."""

    data: Path
    port: int = field(default_factory=free_port)
    options: dict[str, object] = field(default_factory=dict)
    process: subprocess.Popen[str] | None = None
    lines: list[str] = field(default_factory=list)
    _said: queue.Queue[str] = field(default_factory=queue.Queue)
    _listener: threading.Thread | None = None

    def start(self, *more: str, wait: bool = True) -> None:
        words = ["run", "--county", "example", "--data", str(self.data), "--port", str(self.port), *more]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "yingshang.site.commands", *words],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            **{"env": environment(), **self.options},
        )
        self._listener = threading.Thread(target=self._listen, args=(self.process,), daemon=True)
        self._listener.start()
        if wait:
            self.wait_for("网站已就绪")

    def _listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            self.lines.append(line.rstrip())
            self._said.put(line)
        process.stdout.close()
        self._said.put("")

    def wait_for(self, words: str) -> str:
        """Return the next line that contains the words; fail with all that was said if it never comes."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                line = self._said.get(timeout=1)
            except queue.Empty:
                continue
            if words in line:
                return line
            if not line and self.process is not None and self.process.poll() is not None:
                break
        raise AssertionError("\n".join([f"“{words}” was never said:", *self.lines]))

    def get(self, path: str) -> tuple[int, str]:
        """Return (state, body) of a page; state 0 when nobody answers."""
        try:
            with DIRECT.open(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            return 0, ""

    def wait_until_ready(self) -> None:
        """Return once the site says it can do its work, and does, from every one of its processes."""
        deadline = time.monotonic() + PATIENCE
        answer: tuple[int, str] = (0, "")
        while time.monotonic() < deadline:
            answer = self.get("/readyz")
            if answer[0] == 200:
                return
            pause()
        raise AssertionError("\n".join([f"not ready: {answer}", *self.lines]))

    def database(self) -> database.Database:
        return database.attach(DataFolder(self.data))

    def processes(self) -> dict[str, int]:
        """Return the pid of each kind of process of the site."""
        assert self.process is not None
        web, worker = (int(pid) for pid, _ in DataFolder(self.data).read("running.json")["children"])
        with psycopg.connect(self.database().admin_url) as connection:
            backend = connection.execute(
                "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND usename = 'ys_web' LIMIT 1"
            ).fetchone()
            found = connection.execute("SELECT pg_backend_pid()").fetchone()
            assert found is not None
        postmaster = parent_of(found[0]) or first_line(self.data)
        return {
            "supervisor": self.process.pid,
            "web": web,
            "web worker": children_of(web)[0],
            "worker": worker,
            "postgres": postmaster,
            "backend": backend[0] if backend else found[0],
        }

    def stop(self, wish: signal.Signals = signal.SIGINT) -> int:
        """Ask it to stop; return its exit code."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(wish)
        code = self.process.wait(timeout=PATIENCE)
        if self._listener is not None:
            self._listener.join(timeout=PATIENCE)
        return code


def pause(seconds: float = 0.05) -> None:
    threading.Event().wait(seconds)


def parent_of(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def first_line(data: Path) -> int:
    from yingshang.site.cluster.programs import home_of_server

    return int((home_of_server(data / "postgres") / "cluster" / "postmaster.pid").read_text().split()[0])


def children_of(pid: int) -> list[int]:
    return [int(entry.name) for entry in Path("/proc").glob("[0-9]*") if parent_of(int(entry.name)) == pid]
