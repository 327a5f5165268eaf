"""Files that matters rest on: kept whole, opened by those who may, sealed, delivered.

Owns the words: document, keeping, seal (盖章), delivery (送达), sealed document.
"""

from typing import TYPE_CHECKING

from yingshang.kernel.registry import door

if TYPE_CHECKING:
    from yingshang.kernel.documents.delivering import deliver, sign_for
    from yingshang.kernel.documents.inspection import examine
    from yingshang.kernel.documents.keeping import keep
    from yingshang.kernel.documents.looking import MOST_PAGES, page_count, page_picture
    from yingshang.kernel.documents.models import Delivery, Document, SealedDocument
    from yingshang.kernel.documents.opening import open_document
    from yingshang.kernel.documents.queries import documents_of, openable
    from yingshang.kernel.documents.sealed import keep_sealed, open_sealed, sealed_documents_of
    from yingshang.kernel.documents.seals import check_seals, seal
    from yingshang.kernel.documents.store import digest

__all__ = [
    "MOST_PAGES",
    "Delivery",
    "Document",
    "SealedDocument",
    "check_seals",
    "deliver",
    "digest",
    "documents_of",
    "examine",
    "keep",
    "keep_sealed",
    "open_document",
    "open_sealed",
    "openable",
    "page_count",
    "page_picture",
    "seal",
    "sealed_documents_of",
    "sign_for",
]

__getattr__ = door(
    __name__,
    {
        "delivering": "deliver sign_for",
        "inspection": "examine",
        "keeping": "keep",
        "looking": "MOST_PAGES page_count page_picture",
        "models": "Delivery Document SealedDocument",
        "opening": "open_document",
        "queries": "documents_of openable",
        "sealed": "keep_sealed open_sealed sealed_documents_of",
        "seals": "check_seals seal",
        "store": "digest",
    },
)
