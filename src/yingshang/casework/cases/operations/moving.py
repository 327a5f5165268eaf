"""What every deed on a case has in common: find it, let the engine move it, read it again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from yingshang.casework.cases.models import Case
from yingshang.casework.cases.queries.one import found
from yingshang.kernel import work
from yingshang.kernel.parties import Actor


@dataclass(frozen=True, kw_only=True)
class As:
    """Who does a deed, when, and from which page.

    expected_version: of the step, as the page showed it; somebody who was
    first makes the deed Stale. retry_key: the same again does nothing twice.
    """

    by: Actor
    at: datetime
    expected_version: int | None = None
    retry_key: str = ""


def moved(
    case: Case,
    do: str,
    as_: As,
    facts: Mapping[str, Any] | None = None,
    *,
    duties: Collection[str] | None = None,
    counts_as_of: date | None = None,
) -> Case:
    """Let the engine make a move, and return the case as it stands then.

    The step is locked there, before any row of cases: the sweep locks in the
    same order, so that the two never wait for each other.
    """
    work.move(
        dossier_id=case.dossier_id,
        do=do,
        by=as_.by,
        at=as_.at,
        facts=facts,
        expected_version=as_.expected_version,
        retry_key=as_.retry_key,
        duties=duties,
        counts_as_of=counts_as_of,
    )
    return found(case.pk)


def was_done(case: Case, retry_key: str) -> bool:
    """Return whether an attempt of this name was made before. Queries: 1, none without a name."""
    return bool(retry_key) and work.Move.objects.filter(dossier=case.dossier_id, retry_key=retry_key).exists()
