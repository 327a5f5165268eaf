"""The test authority: a root and one seal certificate, made at first use and named 演示.

A county that has real seals brings its own key and certificates: the folder
then holds ``seal.key``, ``seal.pem`` and ``root.pem`` before the first start,
and nothing is made here.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from asn1crypto import pem
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

DEMO = "演示"
ROOT_NAME = f"营商平台{DEMO}根证书（无法律效力）"
SEAL_NAME = f"营商平台{DEMO}电子印章（无法律效力）"
VALID = timedelta(days=3650)


def key_file(folder: Path) -> Path:
    """Return the path of the seal's private key. Only the signing process opens it."""
    return folder / "seal.key"


def der(path: Path) -> bytes:
    """Return the content of a PEM file."""
    _, _, content = pem.unarmor(path.read_bytes())
    return bytes(content)


def ensure(folder: Path) -> None:
    """Make the key and certificates unless they stand; refuse a key that others may read (PermissionError)."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = key_file(folder)
    if not key.exists():
        _make(folder)
    mode = key.stat().st_mode & 0o777
    if mode != 0o600:
        raise PermissionError(f"{key} has mode {mode:o}; it must be 600, readable by the signing process only")


def _make(folder: Path) -> None:
    root_key, seal_key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    root = _certificate(ROOT_NAME, root_key, ROOT_NAME, root_key, is_root=True)
    seal = _certificate(SEAL_NAME, seal_key, ROOT_NAME, root_key, is_root=False)
    # The root's key is dropped here: nobody can issue a second seal under this name.
    for name, certificate in (("root.pem", root), ("seal.pem", seal)):
        _write(folder / name, certificate.public_bytes(serialization.Encoding.PEM), 0o644)
    private = seal_key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    _write(key_file(folder), private, 0o600)  # last: the key's presence says that all is made


def _write(path: Path, content: bytes, mode: int) -> None:
    waiting = path.with_suffix(".new")
    waiting.unlink(missing_ok=True)
    handle = os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    waiting.rename(path)


def _certificate(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: str,
    issuer_key: ec.EllipticCurvePrivateKey,
    *,
    is_root: bool,
) -> x509.Certificate:
    now = datetime.now(UTC)
    usage = x509.KeyUsage(
        digital_signature=not is_root,
        content_commitment=not is_root,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_root,
        crl_sign=is_root,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + VALID)
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=0 if is_root else None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
        .sign(issuer_key, hashes.SHA256())
    )
