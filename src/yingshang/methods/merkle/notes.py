"""Signed notes (C2SP signed-note): plain text, a blank line, signatures by Ed25519."""

from __future__ import annotations

import base64
import binascii
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"
MARK = "— "
MOST_SIGNATURES = 100
KEY_ID_SIZE = 4
PUBLIC_KEY_SIZE = 32


class NoteProblem(ValueError):
    """A note is malformed or not signed by a key that is trusted."""


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key and the name it signs under."""

    name: str
    public: bytes

    def __post_init__(self) -> None:
        if not self.name or "+" in self.name or any(c.isspace() or unicodedata.category(c) == "Cc" for c in self.name):
            raise NoteProblem(f"a key name has no spaces and no plus, got {self.name!r}")
        if len(self.public) != PUBLIC_KEY_SIZE:
            raise NoteProblem(f"an Ed25519 key has {PUBLIC_KEY_SIZE} bytes, got {len(self.public)}")

    @property
    def key_id(self) -> bytes:
        """Four bytes that tell keys of one name apart; no secret and no proof."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:KEY_ID_SIZE]

    def __str__(self) -> str:
        """Return the key as one word, ``name+id+key``, as ``golang.org/x/mod/sumdb/note`` reads it."""
        return f"{self.name}+{self.key_id.hex()}+{base64.b64encode(ED25519 + self.public).decode()}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what ``str`` wrote. Raises NoteProblem."""
        try:
            name, key_id, encoded = text.strip().split("+", 2)
            key = base64.b64decode(encoded, validate=True)
        except ValueError as problem:
            raise NoteProblem(f"not a verifier key: {text!r}") from problem
        if key[:1] != ED25519:
            raise NoteProblem("only Ed25519 keys (kind 1) are read here")
        verifier = cls(name, key[1:])
        if verifier.key_id.hex() != key_id:
            raise NoteProblem(f"the key id of {name} should be {verifier.key_id.hex()}, found {key_id}")
        return verifier

    def accepts(self, text: str, signature: bytes) -> bool:
        """Return whether the signature over the note's text is by this key."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key and the name it signs under."""

    name: str
    private: Ed25519PrivateKey

    @property
    def verifier(self) -> Verifier:
        return Verifier(self.name, self.private.public_key().public_bytes_raw())

    def sign(self, text: str) -> str:
        """Return the note: the text, a blank line and one signature line.

        Raises NoteProblem unless the text ends in a newline and has no other control characters.
        """
        _check_text(text)
        signature = self.verifier.key_id + self.private.sign(text.encode())
        return f"{text}\n{MARK}{self.name} {base64.b64encode(signature).decode()}\n"


def open_note(note: str, trusted: Iterable[Verifier]) -> str:
    """Return the text of a note that at least one trusted key has signed.

    Signatures by other keys are passed over. Raises NoteProblem when the note
    is malformed, when a trusted key's signature is wrong, or when none is there.
    """
    text, cut, tail = note.rpartition("\n\n")
    if not cut or not tail.endswith("\n"):
        raise NoteProblem("a note is text, a blank line and signature lines")
    text += "\n"
    _check_text(text)
    lines = tail[:-1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise NoteProblem(f"a note has at most {MOST_SIGNATURES} signatures, got {len(lines)}")
    known = {(verifier.name, verifier.key_id): verifier for verifier in trusted}
    is_signed = False
    for line in lines:
        name, signature = _signature(line)
        verifier = known.get((name, signature[:KEY_ID_SIZE]))
        if verifier is None:
            continue
        if not verifier.accepts(text, signature[KEY_ID_SIZE:]):
            raise NoteProblem(f"the signature by {name} does not fit the text")
        is_signed = True
    if not is_signed:
        raise NoteProblem("the note is not signed by a trusted key")
    return text


def _signature(line: str) -> tuple[str, bytes]:
    name, _, encoded = line.removeprefix(MARK).partition(" ")
    try:
        signature = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        signature = b""
    if not line.startswith(MARK) or not name or len(signature) <= KEY_ID_SIZE:
        raise NoteProblem(f"not a signature line: {line!r}")
    return name, signature


def _check_text(text: str) -> None:
    if not text.endswith("\n") or any(c < " " and c != "\n" for c in text):
        raise NoteProblem("the text of a note ends in a newline and has no other control characters")
