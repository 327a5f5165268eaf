"""Who has dealt with the county: applicants of matters that were closed, for whoever asks them how it went."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import F, QuerySet

from yingshang.casework.cases.models import Case
from yingshang.kernel import clock, org


def dealt_with(first: date | None, last: date | None) -> QuerySet[Any, Any]:
    """Return each applicant of a matter closed from the first to the last day, once, with where it was dealt with.

    The latest matter counts. Sealed ones do not appear, nor those of courts,
    discipline and party units. Columns: party_key, handled_by, item_code.
    """
    assert first is not None  # the roll takes days
    assert last is not None
    rows = Case.objects.filter(
        dossier__closed_at__gte=datetime.combine(first, time(), tzinfo=clock.BEIJING),
        dossier__closed_at__lt=datetime.combine(last + timedelta(days=1), time(), tzinfo=clock.BEIJING),
        dossier__is_sealed=False,
        unit__counts_only=False,
    )
    latest = rows.order_by("applicant_id", "-dossier__closed_at", "-pk").distinct("applicant_id")
    return latest.values("item_code", party_key=F("applicant_id"), handled_by=F("unit__code"))


def unit_words(codes: Sequence[str]) -> dict[str, str]:
    """Return the short names of units by code. Queries: 1."""
    return dict(org.Unit.objects.filter(code__in=codes).values_list("code", "short_name"))


def item_words(codes: Sequence[str]) -> dict[str, str]:
    """Return the titles of items by code. Queries: 1."""
    newest = Case.objects.filter(item_code__in=codes).order_by("item_code", "-pk").distinct("item_code")
    return dict(newest.values_list("item_code", "version__item__title"))
