"""Is a sealed PDF still what was sealed, and by whom?"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from yingshang.kernel.documents.sealing.authority import DEMO, der


@dataclass(frozen=True)
class SealCheck:
    """The answer about one seal.

    intact: the signed bytes are the bytes in the file.
    trusted: the certificate leads to the root of this platform.
    whole: nothing was added after the seal.
    signer: the name on the certificate; is_demo says that it is a test seal.
    at: the time the signer states.
    """

    intact: bool
    trusted: bool
    whole: bool
    signer: str
    is_demo: bool
    at: datetime | None


UNREADABLE = SealCheck(intact=False, trusted=False, whole=False, signer="", is_demo=False, at=None)
SIGNED_PLACE = b"/ByteRange"  # what only a signed PDF names


def check(content: bytes, root: Path) -> list[SealCheck]:
    """Return an answer for each seal in a PDF, in the order they were put on; empty where there is none.

    root: the PEM file of the root certificate to trust; where there is none
    yet, no seal is trusted. A seal that is there and cannot be read is not
    intact. A file too broken to read holds no seal that could be checked.
    """
    # Here, because reading this library takes a second that no other page should wait for.
    from asn1crypto import x509
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko_certvalidator import ValidationContext

    roots = [x509.Certificate.load(der(root))] if root.exists() else []
    trust = ValidationContext(trust_roots=roots, allow_fetching=False)
    try:
        seals = list(PdfFileReader(io.BytesIO(content)).embedded_signatures)
    except _unreadable():
        seals = []
    if not seals and SIGNED_PLACE in content:
        return [UNREADABLE]
    return [_checked(seal, trust) for seal in seals]


def _checked(seal: Any, trust: Any) -> SealCheck:
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    try:
        found = validate_pdf_signature(seal, trust)
    except _unreadable():
        return UNREADABLE
    signer = str(found.signing_cert.subject.native.get("common_name", ""))
    return SealCheck(
        intact=found.intact and found.valid,
        trusted=found.trusted,
        whole=found.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        signer=signer,
        is_demo=DEMO in signer,
        at=found.signer_reported_dt,
    )


def _unreadable() -> tuple[type[Exception], ...]:
    """What the library raises for a file or a seal that somebody changed: a changed byte may be anywhere."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.validation.errors import SignatureValidationError

    wrong = (ValueError, KeyError, TypeError, IndexError, AttributeError, NotImplementedError, RecursionError)
    return (PdfError, SignatureValidationError, *wrong)
