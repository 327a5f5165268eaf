"""Codes that people write down: read as they were typed, checked by their own digits, masked for lists.

Each module has ``check(text)``, which returns the code as it is stored or
raises ValueError with a Chinese sentence that says what is wrong. Nothing here
knows which codes exist; a code that checks may still belong to nobody.
"""

from yingshang.methods.identifiers import (
    credential_id,
    division,
    doc_number,
    masks,
    org_code,
    project_code,
    registration_no,
    resident_id,
    uscc,
)
from yingshang.methods.identifiers.cleaning import cleaned

__all__ = [
    "cleaned",
    "credential_id",
    "division",
    "doc_number",
    "masks",
    "org_code",
    "project_code",
    "registration_no",
    "resident_id",
    "uscc",
]
