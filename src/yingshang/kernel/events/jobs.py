"""Scheduled work of the outbox."""

from __future__ import annotations

from yingshang.kernel.events.delivering import deliver


def deliver_waiting() -> None:
    """Deliver what is due."""
    deliver()
