"""What the pages of lists show."""

from __future__ import annotations

from django.db.models import QuerySet

from yingshang.kernel.errors import NotFound
from yingshang.kernel.lists.models import Edition, PublishedList

PUBLIC = [Edition.State.PUBLISHED, Edition.State.SUPERSEDED]


def published_lists() -> QuerySet[Edition]:
    """Return the edition published last of each list, with its list and owner, by code."""
    return Edition.objects.filter(state=Edition.State.PUBLISHED).select_related("of__owner").order_by("of__code")


def public_editions_of(code: str) -> list[Edition]:
    """Return the published and superseded editions of a list, newest first. Raises NotFound when there is none."""
    found = list(
        Edition.objects.filter(of__code=code, state__in=PUBLIC).select_related("of__owner").order_by("-effective_from")
    )
    if not found:
        raise NotFound(f"代码为“{code}”的清单")
    return found


def list_of(code: str) -> PublishedList:
    """Return a declared list. Raises NotFound."""
    found = PublishedList.objects.select_related("owner").filter(code=code).first()
    if found is None:
        raise NotFound(f"代码为“{code}”的清单")
    return found
