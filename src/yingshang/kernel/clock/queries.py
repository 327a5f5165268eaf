"""Limits and calendars for pages: a fixed number of queries whatever the size."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from yingshang.kernel.clock.models import CalendarDay, CalendarYear, Limit
from yingshang.kernel.errors import NotFound


@dataclass(frozen=True, kw_only=True)
class Unsourced:
    """One thing that the platform applies on weak ground: what the slot ``law.unsourced`` returns rows of.

    kind: what sort of thing, in Chinese. title: which one. todo: what has to
    be found or confirmed. source: what is cited meanwhile; empty for nothing.
    href: its page.
    """

    kind: str
    title: str
    todo: str
    source: str = ""
    href: str = ""


def limits_in_force(on: date, words: str = "", *, own: bool | None = None) -> QuerySet[Limit]:
    """Return the limits in force on a day by code.

    words: part of a code, title or source. own: True for the county's own,
    False for those of national law, None for all.
    """
    found = Limit.objects.filter(Q(effective_to=None) | Q(effective_to__gte=on), effective_from__lte=on)
    if words:
        found = found.filter(
            Q(code__icontains=words)
            | Q(title__icontains=words)
            | Q(source_text__icontains=words)
            | Q(source_article__icontains=words)
        )
    if own is not None:
        found = found.exclude(scope="_national") if own else found.filter(scope="_national")
    return found.order_by("code")


def editions_of(code: str) -> list[Limit]:
    """Return the editions of a limit, newest first. Raises NotFound."""
    editions = list(Limit.objects.filter(code=code).order_by("-effective_from"))
    if not editions:
        raise NotFound(f"时限“{code}”")
    return editions


def calendar_years() -> list[CalendarYear]:
    """Return every edition of every year, newest first, with ``off`` and ``worked``: how many days each names."""
    kinds = CalendarDay.Kind
    return list(
        CalendarYear.objects.annotate(
            off=Count("days", filter=Q(days__kind=kinds.OFF)),
            worked=Count("days", filter=Q(days__kind=kinds.WORKED)),
        ).order_by("-year", "-edition")
    )


def calendar_year(year: int) -> CalendarYear:
    """Return the edition of a year in force, its days fetched. Raises NotFound."""
    found = CalendarYear.objects.filter(year=year).order_by("-edition").prefetch_related("days").first()
    if found is None:
        raise NotFound(f"{year}年的工作日历")
    return found
