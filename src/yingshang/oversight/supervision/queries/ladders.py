"""Which edition of the ladder is in effect."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from yingshang.oversight.supervision.models import Ladder


def ladder_on(day: date) -> Ladder | None:
    """Return the edition in effect on a day, or None. Queries: 1."""
    standing = Q(effective_to=None) | Q(effective_to__gte=day)
    return Ladder.objects.filter(standing, effective_from__lte=day).order_by("-effective_from").first()
