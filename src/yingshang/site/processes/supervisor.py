"""Keep the processes of a site alive until somebody says stop."""

from __future__ import annotations

import contextlib
import select
import signal
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from yingshang.site.cluster import leftovers
from yingshang.site.cluster.database import ENGINE_SETTINGS, Database
from yingshang.site.cluster.folder import DataFolder
from yingshang.site.cluster.rotation import rotate
from yingshang.site.cluster.server import start as start_server
from yingshang.site.cluster.trouble import Trouble
from yingshang.site.processes.child import FIRST_PAUSE, LONGEST_PAUSE, Child

TIDY_EVERY = 600.0  # seconds
PATIENCE = 20.0  # seconds that the web server and the worker get to finish what they are doing


@dataclass
class Stop:
    """Whether somebody asked us to stop, and how often. Signal handlers only count; nothing waits inside them."""

    asked: int = 0
    wake: socket.socket | None = None

    def pause(self, seconds: float) -> None:
        """Return after so many seconds, or at once when a signal comes."""
        if self.wake is not None:
            ready, _, _ = select.select([self.wake], [], [], seconds)
            if ready:
                with contextlib.suppress(BlockingIOError):
                    self.wake.recv(4096)


@contextlib.contextmanager
def listening_for_signals() -> Iterator[Stop]:
    """Count SIGINT, SIGTERM and SIGHUP, and wake up for them and for a child's death."""
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    theirs.setblocking(False)
    stop = Stop(wake=ours)

    def count(_number: int, _frame: object) -> None:
        stop.asked += 1

    def nothing(_number: int, _frame: object) -> None:
        """A child died: the loop looks."""

    before = {wish: signal.signal(wish, count) for wish in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    before[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, nothing)
    woken_before = signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
    try:
        yield stop
    finally:
        signal.set_wakeup_fd(woken_before)
        for wish, handler in before.items():
            signal.signal(wish, handler)
        ours.close()
        theirs.close()


@dataclass
class Supervisor:
    """The site's database server and its children."""

    folder: DataFolder
    database: Database
    say: Callable[[str], None]
    children: list[Child] = field(default_factory=list)
    server_again_at: float = 0.0
    server_pause: float = FIRST_PAUSE

    def add(self, child: Child) -> None:
        child.start()
        self.children.append(child)

    def remember(self, facts: dict[str, object]) -> None:
        """Write down which processes belong to this run, for the next start and for other commands."""
        self.folder.write("running.json", {**facts, "children": [child.identity() for child in self.children]})

    def watch(self, stop: Stop, facts: dict[str, object]) -> None:
        """Start again whatever dies, until asked to stop; now and then move full logs out of the way."""
        tidied = time.monotonic()
        while not stop.asked:
            if time.monotonic() - tidied > TIDY_EVERY:
                tidied = time.monotonic()
                rotate(self.folder.logs, endings=(".jsonl",))
            changed = self.look_after_server(stop)
            for child in self.children:
                changed |= child.look_after(self.say)
            if changed:
                self.remember(facts)
            stop.pause(0.5)

    def look_after_server(self, stop: Stop) -> bool:
        """Start the database server again if it has died; return whether it was started.

        It comes back at the same address with the same passwords, so nobody
        else has to be told. While it can't, as with a full disk, the tries grow
        rarer and never end.
        """
        server = self.database.server
        if server is None or server.process.poll() is None or time.monotonic() < self.server_again_at:
            return False
        self.say("数据库意外停止，正在重新启动；已经提交的内容都在")
        try:
            self.database.server = start_server(
                self.folder.postgres,
                passwords=server.passwords,
                settings=ENGINE_SETTINGS,
                say=self.say,
                give_up=lambda: stop.asked > 0,
            )
        except KeyboardInterrupt:
            return False
        except (Trouble, OSError) as trouble:
            self.server_pause = min(self.server_pause * 2, LONGEST_PAUSE)
            self.server_again_at = time.monotonic() + self.server_pause
            self.say(f"{trouble}\n{self.server_pause:.0f} 秒后再试")
            return False
        self.server_pause = FIRST_PAUSE
        self.say("数据库已恢复")
        return True

    def stop(self, stop: Stop) -> None:
        """Stop the children, then the database. Being asked once more means: now."""
        asked = stop.asked
        for child in self.children:
            child.ask_to_stop()
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and stop.asked <= asked + 1:
            if all(child.has_stopped() for child in self.children):
                break
            stop.pause(0.1)
        for child in self.children:
            child.kill()
        leftovers.end_working_for(self.folder.path)
        if self.database.server is not None:
            self.database.server.stop()
        (self.folder.path / "running.json").unlink(missing_ok=True)
