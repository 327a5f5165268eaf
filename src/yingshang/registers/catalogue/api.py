"""The door of the catalogue: what cases, channels and everything above may ask."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import QuerySet

from yingshang.kernel import org
from yingshang.kernel.errors import Refusal
from yingshang.registers.catalogue import queries
from yingshang.registers.catalogue.models import ItemVersion
from yingshang.registers.catalogue.queries import Version
from yingshang.registers.catalogue.rules.content import (
    Answer,
    Content,
    Fee,
    Material,
    Situation,
    Step,
    applies,
)
from yingshang.registers.catalogue.rules.wording import committed_words, limit_words

__all__ = [
    "Answer",
    "Content",
    "Fee",
    "Material",
    "Situation",
    "Step",
    "Version",
    "acting_body",
    "acting_unit",
    "fees_for",
    "materials_for",
    "published",
    "situations",
    "takes_new_cases",
    "time_words",
    "version",
    "version_on",
    "versions",
]


def version(pk: int) -> Version:
    """Return a published version, also one that has ended: a running case stays on it. Raises NotFound."""
    return queries.one_version(pk)


def version_on(item_code: str, day: date, zone: str | None = None) -> Version:
    """Return the version that a new application takes on a day. item_code: 实施编码 or slug. Raises NotFound."""
    return queries.version_on(item_code, day, zone)


def situations(of: Version) -> tuple[Situation, ...]:
    """Return the questions to ask, in their order; ask one only where ``applies`` fits the answers so far."""
    return of.content.situations


def materials_for(of: Version, answers: Mapping[str, str]) -> tuple[Material, ...]:
    """Return the materials that apply to these answers (question key → answer key)."""
    return queries.materials_for(of.content, answers)


def fees_for(of: Version, answers: Mapping[str, str]) -> tuple[Fee, ...]:
    """Return the rows of the fee list that are charged in this situation."""
    return tuple(fee for fee in of.content.fees if applies(fee.applies, answers))


def takes_new_cases(item_code: str, day: date) -> Refusal | None:
    """Return why an item takes no new cases, with where to go; None when it takes them. Raises NotFound."""
    return queries.stopped(item_code, day)


def time_words(of: Version) -> str:
    """Return how long it takes, in words: what is committed, else what the law sets; empty where neither stands."""
    return committed_words(of.content) or limit_words(of.content.limits.statutory)


def acting_unit(of: Version, *, day: date, zone: str = "", town: str = "") -> str:
    """Return the code of the unit that handles a case that comes in on a day, by delegation and one seal."""
    return queries.acting_unit(of, day=day, place=town or zone or of.zone)


def acting_body(of: Version, *, day: date, place: str = "") -> org.Unit:
    """Return the unit itself that ``acting_unit`` names; place: code of a township or zone."""
    return queries.acting_body(of, day=day, place=place or of.zone)


def published(
    day: date, *, unit: str = "", applicant: str = "", life_event: str = "", kind: str = ""
) -> QuerySet[ItemVersion]:
    """Return the rows in force for a list, by title and pk; ``versions`` turns them into frozen values."""
    return queries.published(day, unit=unit, applicant=applicant, life_event=life_event, kind=kind)


def versions(rows: QuerySet[ItemVersion] | list[ItemVersion]) -> list[Version]:
    """Return the frozen values of rows from ``published``."""
    return [queries.version_of(row) for row in rows]
