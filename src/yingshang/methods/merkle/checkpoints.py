"""What a log signs: its name, its size, its root (C2SP tlog-checkpoint)."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from yingshang.methods.merkle.hashing import HASH_SIZE
from yingshang.methods.merkle.notes import NoteProblem, Signer, Verifier, open_note


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of a log: ``origin`` names it for ever, ``root`` commits to its first ``size`` leaves."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """Return the three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    def signed(self, signer: Signer) -> str:
        """Return the signed note."""
        return signer.sign(self.text())

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the text of a checkpoint; extension lines are passed over. Raises NoteProblem."""
        lines = text.split("\n")
        try:
            origin, size, root = lines[:3]
            hashed = base64.b64decode(root, validate=True)
        except (ValueError, binascii.Error) as problem:
            raise NoteProblem("a checkpoint has three lines: origin, size, root") from problem
        if not origin or not _is_decimal(size) or len(hashed) != HASH_SIZE or lines[-1] or not all(lines[:-1]):
            raise NoteProblem("a checkpoint has three lines: origin, size, root")
        return cls(origin, int(size), hashed)

    @classmethod
    def opened(cls, note: str, trusted: Iterable[Verifier]) -> Self:
        """Read a signed checkpoint. Raises NoteProblem unless a trusted key signed it."""
        return cls.parse(open_note(note, trusted))


def _is_decimal(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 20 and (text == "0" or text[0] != "0")
