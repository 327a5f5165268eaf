"""What the two processes say to each other over a unix socket.

Each message is a line of JSON that ends in a newline and names the length of
the body, then the body. Asked: ``{"do": "seal", "reason": str, "size": int}``
and a PDF. Answered: ``{"ok": true, "signer": str, "digest": str, "size": int}``
and the sealed PDF, or ``{"ok": false, "error": str, "size": 0}``.
"""

from __future__ import annotations

import json
import socket
from typing import Any

LONGEST_LINE = 4096
LONGEST_BODY = 64 << 20


class Malformed(ValueError):
    """The other side does not speak this protocol."""


def send(channel: socket.socket, says: dict[str, Any], body: bytes = b"") -> None:
    """Send one message."""
    channel.sendall(json.dumps({**says, "size": len(body)}).encode() + b"\n" + body)


def receive(channel: socket.socket) -> tuple[dict[str, Any], bytes]:
    """Return one message and its body. Raises Malformed, or ConnectionError when the other side hangs up."""
    with channel.makefile("rb") as stream:
        line = stream.readline(LONGEST_LINE)
        if not line:
            raise ConnectionResetError("the other side hung up")
        try:
            says = json.loads(line)
            size = int(says["size"])
        except (ValueError, KeyError, TypeError) as error:
            raise Malformed("not a line of JSON with a size") from error
        if not 0 <= size <= LONGEST_BODY:
            raise Malformed(f"a body of {size} bytes")
        body = stream.read(size)
    if len(body) != size:
        raise ConnectionResetError("the body is cut short")
    return says, body
