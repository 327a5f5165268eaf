"""Rolls: lists of parties that capabilities keep, with what each knows of a party, for whoever has to ask some."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet


@dataclass(frozen=True, kw_only=True)
class Attribute:
    """Something that a roll knows of each party, as a key. words: keys → titles, in at most one query.

    is_group: whether it is a place, a window or a matter, so that its parties may be drawn together.
    """

    title: str
    words: Callable[[Sequence[str]], Mapping[str, str]]
    is_group: bool = False


@dataclass(frozen=True, kw_only=True)
class Roll:
    """A list of parties (名册). code: ``capability.name``. kinds: the kinds of parties that may stand in it.

    rows: from the first and last day asked for (None where ``takes_days`` is
    false) to a query of one row for each party: ``party_key``, and a
    column for each attribute. The query is put into statements of the
    database, so that nobody loads a whole county; it leaves out whatever is sealed.
    """

    code: str
    title: str
    hint: str
    kinds: tuple[str, ...]
    rows: Callable[[date | None, date | None], QuerySet[Any, Any]]
    attributes: Mapping[str, Attribute]
    takes_days: bool = False
