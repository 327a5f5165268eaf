"""A proof in one small text file that anyone can check offline (C2SP tlog-proof)."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from yingshang.methods.merkle.checkpoints import Checkpoint
from yingshang.methods.merkle.hashing import HASH_SIZE, leaf_hash
from yingshang.methods.merkle.notes import Verifier
from yingshang.methods.merkle.verification import verify_inclusion

FIRST_LINE = "c2sp.org/tlog-proof@v1"
MOST_HASHES = 64


class ProofProblem(ValueError):
    """A proof file is malformed, or what it claims does not hold."""


@dataclass(frozen=True, slots=True)
class ProofFile:
    """One leaf's proof: where it stands, the path to the root, and the signed checkpoint.

    extra: bytes that travel along unsigned. This platform puts the entry there,
    so that the file says what it proves; ``holds`` checks that they agree.
    """

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: str
    extra: bytes = b""

    def __str__(self) -> str:
        """Return the file's text."""
        lines = [FIRST_LINE]
        if self.extra:
            lines.append(f"extra {base64.b64encode(self.extra).decode()}")
        lines += [f"index {self.index}", *(base64.b64encode(one).decode() for one in self.hashes), ""]
        return "\n".join(lines) + "\n" + self.checkpoint

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a proof file. Raises ProofProblem naming the line that is wrong."""
        head, cut, checkpoint = text.partition("\n\n")
        lines = head.split("\n")
        if not cut or lines[0] != FIRST_LINE:
            raise ProofProblem(f"the first line is not {FIRST_LINE}")
        rest = lines[1:]
        extra = _decoded(rest.pop(0)[6:]) if rest and rest[0].startswith("extra ") else b""
        index = rest.pop(0) if rest else ""
        digits = index.removeprefix("index ")
        if digits == index or not digits.isascii() or not digits.isdigit() or str(int(digits[:20])) != digits:
            raise ProofProblem(f"expected a line “index” with a number, found {index!r}")
        hashes = tuple(_decoded(line) for line in rest)
        if len(hashes) > MOST_HASHES or any(len(one) != HASH_SIZE for one in hashes):
            raise ProofProblem(f"a proof has at most {MOST_HASHES} hashes of {HASH_SIZE} bytes")
        return cls(int(digits), hashes, checkpoint, extra)

    def holds(self, *, trusted: Iterable[Verifier], entry: bytes | None = None) -> Checkpoint:
        """Check the signature and the path. Return the checkpoint the entry is proven under.

        entry: the entry's bytes; the ``extra`` of the file when not given.
        Raises NoteProblem for the signature and ProofProblem for the path.
        """
        checkpoint = Checkpoint.opened(self.checkpoint, trusted)
        leaf = leaf_hash(self.extra if entry is None else entry)
        if not verify_inclusion(
            index=self.index, size=checkpoint.size, leaf=leaf, proof=self.hashes, root=checkpoint.root
        ):
            raise ProofProblem(f"the path does not lead from this entry at {self.index} to the signed root")
        return checkpoint


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as problem:
        raise ProofProblem(f"not base64: {text[:60]!r}") from problem
