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


def lists_of(unit: str) -> list[PublishedList]:
    """Return the lists that a unit owns, by code."""
    return list(PublishedList.objects.select_related("owner").filter(owner__code=unit))


def unfinished_of(unit: str) -> list[Edition]:
    """Return the editions of a unit's lists that are drafted or reviewed, oldest first."""
    waiting = [Edition.State.DRAFT, Edition.State.REVIEWED]
    found = Edition.objects.filter(of__owner__code=unit, state__in=waiting).select_related("of__owner")
    return list(found.order_by("drafted_at", "pk"))


def edition_of(edition_id: int, unit: str) -> Edition:
    """Return an edition in any state to a person of the unit that owns its list. Raises NotFound for others."""
    found = Edition.objects.filter(pk=edition_id, of__owner__code=unit).select_related("of__owner").first()
    if found is None or not unit:
        raise NotFound("这一版清单")
    return found
