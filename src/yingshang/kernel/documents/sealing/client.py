"""The web process's side: ask for a seal, start the signing process when none listens."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from yingshang.kernel.documents.sealing import wire
from yingshang.kernel.errors import Refusal, Unavailable

START_WITHIN = 20.0  # seconds
ANSWER_WITHIN = 60.0  # seconds


@dataclass(frozen=True)
class Sealed:
    """A sealed PDF and the name on the certificate."""

    content: bytes
    signer: str


class Signer(Protocol):
    """The port: whoever can put a seal on a PDF."""

    def seal(self, content: bytes, *, reason: str) -> Sealed:
        """Return the PDF sealed. Raises Refusal ``documents.damaged``, or Unavailable."""


class SocketSigner:
    """Asks the signing process of a folder, by ``wire``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def seal(self, content: bytes, *, reason: str) -> Sealed:
        """Return the PDF sealed. Raises Refusal ``documents.damaged``, or Unavailable."""
        try:
            with self._channel() as channel:
                wire.send(channel, {"do": "seal", "reason": reason}, content)
                says, body = wire.receive(channel)
        except (OSError, wire.Malformed) as error:
            raise Unavailable("签章服务", "文件还没有盖章。") from error
        if not says.get("ok"):
            raise Refusal("documents.damaged", "文件已经损坏，打不开。", "请重新导出PDF后再盖章。")
        return Sealed(body, str(says["signer"]))

    def _channel(self) -> socket.socket:
        """Return a connection, starting the process when nobody answers.

        Two that start it at once do no harm: the second finds the lock taken
        and leaves.
        """
        deadline = time.monotonic() + START_WITHIN
        is_started = False
        while True:
            channel = socket.socket(socket.AF_UNIX)
            try:
                channel.settimeout(ANSWER_WITHIN)
                channel.connect((self.folder / "address").read_text())
                return channel
            except OSError:
                channel.close()
                if time.monotonic() > deadline:
                    raise
            if not is_started:
                self._start()
                is_started = True
            time.sleep(0.05)

    def _start(self) -> None:
        """Start the process; it leaves us at once, so that it outlives a worker that is restarted."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        kept = {
            name: os.environ[name] for name in ("YS_SEAL_CLIENT_UID", "YS_SEAL_QUIET", "LANG") if name in os.environ
        }
        with (self.folder / "process.log").open("ab") as log:
            done = subprocess.run(  # noqa: S603 - our own interpreter and module
                [sys.executable, "-m", "yingshang.kernel.documents.sealing.process", str(self.folder.resolve())],
                env={**kept, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                check=False,
            )
        if done.returncode:
            raise ConnectionError(f"the signing process left with {done.returncode}; see {log.name}")
