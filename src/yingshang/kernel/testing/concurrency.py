"""Deeds at the same moment, each on a connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connections

PATIENCE_SECONDS = 30


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """Start all deeds together and return, in their order, what each returned or the exception it raised.

    Needs the fixture ``committed_db``: other connections do not see what an
    ordinary test has not committed.
    """
    gate = threading.Barrier(len(deeds))

    def run(deed: Callable[[], Any]) -> Any:
        try:
            gate.wait(PATIENCE_SECONDS)
            return deed()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return [future.result(PATIENCE_SECONDS) for future in [pool.submit(run, deed) for deed in deeds]]
