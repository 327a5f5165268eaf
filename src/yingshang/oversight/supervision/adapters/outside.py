"""The contract of a channel outside (SMS, e-mail, the province's work app), and the simulator that stands in for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import structlog

log = structlog.get_logger(__name__)


class OutsideChannel(Protocol):
    """Calls the attention of a unit to a letter that lies on its workbench.

    The gateway keeps the telephone numbers and addresses; nothing personal
    passes through here, and no content of the letter.
    """

    is_simulated: bool

    def send(self, *, channel: str, unit: str, words: str) -> None:
        """Hand over one notice. unit: its code. Raises Unavailable when the gateway does not take it."""


class Simulator:
    """Takes every notice and sends nothing; pages say so. In use until a county has a gateway."""

    is_simulated = True

    def send(self, *, channel: str, unit: str, words: str) -> None:
        """Note the notice in the operator's log."""
        log.info("supervision.notice_simulated", channel=channel, unit=unit)


ADAPTERS: Mapping[str, OutsideChannel] = {"simulator": Simulator()}
"""Name in supervision.yaml → channel."""
