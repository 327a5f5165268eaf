"""One process that is kept alive: started, started again when it dies, and stopped in the end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from yingshang.site.cluster.leftovers import birth_of
from yingshang.site.cluster.server import when_parent_dies

FIRST_PAUSE, LONGEST_PAUSE = 0.2, 30.0
HEALTHY_AFTER = 30.0


@dataclass
class Child:
    """A process of the site.

    title: what people call it. module: what it runs, as ``python -m module``.
    environment: what it is told, secrets included; nothing stands on its command line.
    """

    title: str
    module: str
    environment: Mapping[str, str] = field(repr=False)
    log: Path
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    again_at: float = 0.0
    pause: float = FIRST_PAUSE

    def start(self) -> None:
        """Start it, out of reach of the terminal's Ctrl-C, told to end should we be killed."""
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", self.module],
                env={**os.environ, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
                preexec_fn=when_parent_dies(signal.SIGTERM),
            )
        self.started = time.monotonic()

    def identity(self) -> tuple[int, str]:
        """Return (pid, birth): what names this process for ever."""
        pid = self.process.pid if self.process else 0
        return pid, birth_of(pid) if pid else ""

    def look_after(self, say: Callable[[str], None]) -> bool:
        """Start it again if it has died and its pause is over; return whether anything was started.

        The pause doubles with every death and is short again once the process
        has lived for half a minute.
        """
        now = time.monotonic()
        if self.process is not None:
            code = self.process.poll()
            if code is None:
                return False
            if now - self.started > HEALTHY_AFTER:
                self.pause = FIRST_PAUSE
            why = f"收到信号 {-code}" if code < 0 else f"退出码 {code}"
            say(f"{self.title}意外停止（{why}），{self.pause:.1f} 秒后重新启动；详见 {self.log}")
            self.process = None
            self.again_at = now + self.pause
            self.pause = min(self.pause * 2, LONGEST_PAUSE)
        if now < self.again_at:
            return False
        self.start()
        return True

    def ask_to_stop(self) -> None:
        """Ask it to finish what it is doing and end."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def has_stopped(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def kill(self) -> None:
        """End it at once, with whatever it started."""
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
