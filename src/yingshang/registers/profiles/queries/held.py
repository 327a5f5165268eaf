"""What is held of named parties. Nothing here can ask about everybody: row-level security needs the parties' names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from yingshang.kernel.audience import reading_as
from yingshang.kernel.errors import NotFound
from yingshang.kernel.parties import SYSTEM, Party
from yingshang.registers.profiles.models import HeldValue, Purpose
from yingshang.registers.profiles.queries.safekeeping import open_value


@dataclass(frozen=True)
class Held:
    """A value as it was handed out: with where it comes from and since when."""

    value: str
    source: str
    held_since: datetime
    origin: str
    unit: str


@contextmanager
def opened_for(parties: Iterable[Party]) -> Iterator[None]:
    """Let statements see the values of these parties, for the length of the block."""
    with reading_as(SYSTEM, {"ys.profiles_parties": ",".join(str(party.pk) for party in parties)}):
        yield


def newest_rows(parties: Sequence[Party], fields: Collection[str]) -> list[HeldValue]:
    """Return the value in force of each field of each party, still encrypted. Queries: 4 whatever the size."""
    if not parties or not fields:
        return []
    with opened_for(parties):
        rows = HeldValue.objects.filter(party__in=[party.pk for party in parties], field__in=fields)
        return list(rows.order_by("party_id", "field", "-pk").distinct("party_id", "field").select_related("unit"))


def history_of(party: Party) -> list[HeldValue]:
    """Return every value ever held of a party, newest first, still encrypted."""
    with opened_for([party]):
        return list(HeldValue.objects.filter(party=party).order_by("-pk").select_related("unit"))


def held_fields(party: Party, fields: Collection[str]) -> frozenset[str]:
    """Return which of the fields are held: names only, no value is opened and nothing is recorded."""
    return frozenset(row.field for row in newest_rows([party], fields))


def opened(party: Party, row: HeldValue) -> Held:
    """Return a row with its value. The caller has permitted and recorded the reading."""
    value = open_value(party, row.field, bytes(row.closed))
    return Held(value, row.source, row.held_since, row.origin, row.unit.code if row.unit else "")


def purpose_on(code: str, day: date) -> Purpose:
    """Return the purpose in effect on a day. Raises NotFound."""
    found = purposes_on(day).filter(code=code).first()
    if found is None:
        raise NotFound(f"用途“{code[:40]}”")
    return found


def purposes_on(day: date) -> QuerySet[Purpose]:
    """Return the purposes in effect on a day, by code."""
    in_effect = Q(effective_from__lte=day) & (Q(effective_to=None) | Q(effective_to__gte=day))
    return Purpose.objects.filter(in_effect).order_by("code")
