"""The authority to supervise, and whether it stands."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from yingshang.oversight.supervision.models import Authority


def authorities() -> QuerySet[Authority]:
    """Return every authority ever entered, the latest first. Queries: 1."""
    return Authority.objects.select_related("unit", "document").order_by("-valid_from", "-pk")


def authority_on(day: date) -> Authority | None:
    """Return the authority that stands on a day, a real one before a demonstration; None without. Queries: 1."""
    standing = Q(valid_to=None) | Q(valid_to__gte=day)
    not_ended = Q(ended_on=None) | Q(ended_on__gt=day)
    return authorities().filter(standing, not_ended, valid_from__lte=day).order_by("is_demo", "-valid_from").first()
