"""What runs at night."""

from __future__ import annotations

from yingshang.kernel.documents import store
from yingshang.kernel.documents.models import Document


def sweep() -> int:
    """Remove files that a broken-off deed left behind; return how many."""
    return store.sweep(Document.objects.values_list("digest", flat=True).iterator())
