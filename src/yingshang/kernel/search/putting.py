"""Write and remove search rows, in the transaction of the deed that writes the thing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.contrib.postgres.search import SearchVectorField
from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Cast

from yingshang.kernel.audience import Audience, set_for_transaction
from yingshang.kernel.search.models import SearchRow
from yingshang.kernel.search.words import vector

SUBJECT = "ys.search_subject"


@transaction.atomic
def put(
    *,
    subject: str,
    kind: str,
    title: str,
    address: str,
    audience: Audience,
    at: datetime,
    summary: str = "",
    names: Iterable[str] = (),
    body: str = "",
) -> None:
    """Make a thing findable, or say anew what there is to find.

    subject: ``kind:id``; one row each. kind: Chinese, for the person who finds.
    names: names and document numbers, found by any part of them.
    body: searched, not shown. Never call it for a sealed kind.
    """
    row = SearchRow(
        subject=subject,
        kind=kind,
        title=title[:300],
        summary=summary[:500],
        address=address,
        tokens=Cast(Value(vector(title=title, names=names, body=f"{summary} {body}")), SearchVectorField()),
        changed_at=at,
        **audience.fields(),
    )
    columns = [field.name for field in SearchRow._meta.concrete_fields if not field.primary_key]
    set_for_transaction({SUBJECT: subject})
    SearchRow.objects.bulk_create([row], update_conflicts=True, unique_fields=["subject"], update_fields=columns)
    set_for_transaction({SUBJECT: ""})


@transaction.atomic
def drop(subject: str) -> None:
    """Make a thing unfindable; nothing happens where there is no row."""
    set_for_transaction({SUBJECT: subject})
    SearchRow.objects.filter(subject=subject).delete()
    set_for_transaction({SUBJECT: ""})
