"""What the public pages of disclosures show."""

from __future__ import annotations

from django.db.models import QuerySet

from yingshang.kernel.disclosure.models import Disclosure
from yingshang.kernel.errors import NotFound


def disclosures() -> QuerySet[Disclosure]:
    """Return every disclosure, withdrawn and past ones too, with what a list shows of it."""
    return Disclosure.objects.select_related("unit", "withdrawal")


def disclosure_of(disclosure_id: int) -> Disclosure:
    """Return one disclosure. Raises NotFound."""
    found = disclosures().filter(pk=disclosure_id).first()
    if found is None:
        raise NotFound("这次公开")
    return found
