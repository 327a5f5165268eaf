"""Writers that keep every row they were told is stored, and an audit that looks for each."""

from __future__ import annotations

import contextlib
import threading
import uuid
from collections.abc import Callable, Iterator

import psycopg
from tests.launch.running import pause


class Writers:
    """Threads that insert rows as the web role, one commit each, through every interruption."""

    def __init__(self, address: Callable[[], str], count: int = 3) -> None:
        self.address = address
        self.acknowledged: list[str] = []
        self.stopping = threading.Event()
        self.threads = [threading.Thread(target=self._write, args=(number,), daemon=True) for number in range(count)]

    def _write(self, number: int) -> None:
        turn, run = 0, uuid.uuid4().hex[:8]
        while not self.stopping.is_set():
            with contextlib.suppress(Exception), psycopg.connect(self.address(), autocommit=True) as connection:
                while not self.stopping.is_set():
                    turn += 1
                    name = f"crash-{run}-{number}-{turn}"
                    connection.execute("INSERT INTO site_jobrun (name, seconds, error) VALUES (%s, 0, '')", [name])
                    self.acknowledged.append(name)
                    pause(0.005)
            pause()

    def wait_for_more(self, rows: int = 20) -> None:
        """Return once so many more rows have been acknowledged."""
        goal = len(self.acknowledged) + rows
        for _ in range(1800):
            if len(self.acknowledged) >= goal:
                return
            pause()
        raise AssertionError("the writers can't write any more")


@contextlib.contextmanager
def writing(address: Callable[[], str], count: int = 3) -> Iterator[Writers]:
    """Write for as long as the block lasts."""
    writers = Writers(address, count)
    for thread in writers.threads:
        thread.start()
    try:
        yield writers
    finally:
        writers.stopping.set()
        for thread in writers.threads:
            thread.join(timeout=30)


def lost(acknowledged: list[str], owner_url: str) -> set[str]:
    """Return what was acknowledged and is not there, and fail if anything is there twice."""
    with psycopg.connect(owner_url) as connection:
        rows = connection.execute("SELECT name FROM site_jobrun WHERE name LIKE 'crash-%'").fetchall()
    return set(acknowledged) - {name for (name,) in rows}
