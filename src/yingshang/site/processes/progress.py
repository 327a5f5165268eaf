"""One line for each step, with the time since the command began, and trouble in one sentence."""

from __future__ import annotations

import contextlib
import os
import sys
import time

STARTED = "YS_STARTED"


def begin() -> None:
    """Start the clock that every process of this command counts from."""
    os.environ.setdefault(STARTED, f"{time.time():.3f}")


def say(sentence: str) -> None:
    """Print a step with the seconds since the command began."""
    elapsed = time.time() - float(os.environ.get(STARTED, time.time()))
    show(f"[{elapsed:6.1f} 秒] {sentence}")


def show(line: str) -> None:
    """Print a line, or go on without: a closed terminal must not end a running site."""
    with contextlib.suppress(OSError):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
