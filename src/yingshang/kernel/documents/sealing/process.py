"""The signing process: ``python -m yingshang.kernel.documents.sealing.process FOLDER``.

Alone reads the key, writes down the digest of everything it seals before it
answers, serves one request at a time, and leaves after a quiet while; the next
request starts it again. Knows neither Django nor the database.
"""

from __future__ import annotations

import fcntl
import hashlib
import io
import json
import os
import shutil
import socket
import struct
import sys
import tempfile
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from asn1crypto import keys, x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from yingshang.kernel.documents.sealing import authority, wire

QUIET = 600.0  # seconds without a request before the process leaves
PATIENCE = 30.0  # seconds for one request to arrive


def address_file(folder: Path) -> Path:
    """Return the file that says where the process listens (a socket path must be short, the folder may be deep)."""
    return folder / "address"


class Seal:
    """The key and certificates in a folder, loaded once."""

    def __init__(self, folder: Path) -> None:
        authority.ensure(folder)
        chain = SimpleCertificateStore()
        chain.register(x509.Certificate.load(authority.der(folder / "root.pem")))
        certificate = x509.Certificate.load(authority.der(folder / "seal.pem"))
        self.folder = folder
        self.name = str(certificate.subject.native["common_name"])
        self.signer = signers.SimpleSigner(
            signing_cert=certificate,
            signing_key=keys.PrivateKeyInfo.load(authority.der(authority.key_file(folder))),
            cert_registry=chain,
        )

    def put_on(self, content: bytes, reason: str) -> bytes:
        """Return the PDF with one more PAdES B-B signature. Raises PdfError or ValueError for what is no PDF."""
        writer = IncrementalPdfFileWriter(io.BytesIO(content))
        number = len(list(fields.enumerate_sig_fields(writer.prev))) + 1
        asked = signers.PdfSignatureMetadata(
            field_name=f"Seal{number}",
            md_algorithm="sha256",
            subfilter=fields.SigSeedSubFilter.PADES,
            name=self.name,
            reason=reason,
        )
        return bytes(signers.sign_pdf(writer, asked, signer=self.signer).getvalue())

    def write_down(self, before: str, after: str, reason: str) -> None:
        """Add a line to the process's own list of what it sealed, on disk before anybody gets the result."""
        line = {"at": datetime.now(UTC).isoformat(), "before": before, "after": after, "reason": reason}
        handle = os.open(self.folder / "sealed.jsonl", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(handle, json.dumps(line, ensure_ascii=False).encode() + b"\n")
            os.fsync(handle)
        finally:
            os.close(handle)


def answer(channel: socket.socket, seal: Seal) -> None:
    """Serve one request. A broken PDF is answered, not fatal."""
    asked, content = wire.receive(channel)
    if asked.get("do") != "seal":
        wire.send(channel, {"ok": False, "error": "unknown request"})
        return
    reason = str(asked.get("reason", ""))[:200]
    try:
        sealed = seal.put_on(content, reason)
    except (PdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        wire.send(channel, {"ok": False, "error": f"{type(error).__name__}: {error}"[:500]})
        return
    digest = hashlib.sha256(sealed).hexdigest()
    seal.write_down(hashlib.sha256(content).hexdigest(), digest, reason)
    wire.send(channel, {"ok": True, "signer": seal.name, "digest": digest}, sealed)


def is_allowed(channel: socket.socket) -> bool:
    """Return whether the peer runs as us, or as the user named in YS_SEAL_CLIENT_UID."""
    _, uid, _ = struct.unpack("3i", channel.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i")))
    return uid in {os.geteuid(), int(os.environ.get("YS_SEAL_CLIENT_UID", os.geteuid()))}


def serve(folder: Path, *, quiet: float = QUIET) -> None:
    """Serve until no request has come for ``quiet`` seconds. Returns at once where another already serves."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        seal = Seal(folder)
        place = Path(tempfile.mkdtemp(prefix="ys-seal-"))
        try:
            with socket.socket(socket.AF_UNIX) as listener:
                listener.bind(str(place / "s"))
                listener.listen(16)
                listener.settimeout(quiet)
                waiting = folder / "address.new"
                waiting.write_text(str(place / "s"))
                waiting.rename(address_file(folder))
                _serve(listener, seal)
        finally:
            address_file(folder).unlink(missing_ok=True)
            shutil.rmtree(place, ignore_errors=True)


def _serve(listener: socket.socket, seal: Seal) -> None:
    while True:
        try:
            channel, _ = listener.accept()
        except TimeoutError:
            return
        with channel, suppress(OSError, wire.Malformed):
            channel.settimeout(PATIENCE)
            if is_allowed(channel):
                answer(channel, seal)


if __name__ == "__main__" and os.fork() == 0:  # the parent leaves, so that nobody waits for us
    serve(Path(sys.argv[1]), quiet=float(os.environ.get("YS_SEAL_QUIET", QUIET)))
