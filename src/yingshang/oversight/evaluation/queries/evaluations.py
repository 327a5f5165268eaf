"""Evaluations, their scorings and the matrix of owners."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db.models import QuerySet

from yingshang.kernel.audience import reading_as
from yingshang.kernel.errors import NotFound
from yingshang.kernel.parties import Actor
from yingshang.methods import scoring
from yingshang.oversight.evaluation.models import Evaluation, Owner, Scoring
from yingshang.oversight.evaluation.policies import open_to
from yingshang.oversight.evaluation.queries.cells import edition_of
from yingshang.oversight.evaluation.rules import data_room


@contextmanager
def reading(actor: Actor) -> Iterator[None]:
    """Open the evidence that the actor's unit may read under row-level security; published evidence is open anyway."""
    with reading_as(actor, {"ys.evaluation_unit": actor.unit}):
        yield


def evaluation(code: str, actor: Actor) -> Evaluation:
    """Return an evaluation that the actor may know of. Raises NotFound."""
    found = Evaluation.objects.filter(open_to(actor), code=code).select_related("evaluator", "dossier").first()
    if found is None:
        raise NotFound("这次评价")
    return found


def published() -> QuerySet[Evaluation]:
    """Return the published evaluations, the newest first."""
    return Evaluation.objects.filter(published_at__isnull=False).select_related("evaluator")


def current_scoring(of: Evaluation) -> Scoring | None:
    """Return the scoring that counts: the last. Ask inside ``reading`` before publication."""
    return of.scorings.order_by("-no").first()


def scores_of(of: Evaluation, found: Scoring) -> scoring.Scores:
    """Return the scores, computed again from the frozen values. Raises nothing that scoring did not raise before."""
    edition = edition_of(of)
    return scoring.score(edition, scoring.read_values(found.values_text.encode(), edition))


@dataclass(frozen=True)
class MatrixRow:
    """One series of the matrix: its indicator, its title and unit of measure, and who answers for it."""

    indicator: str
    series: str
    title: str
    owner: Owner | None


def owners_of(edition_key: str) -> dict[str, Owner]:
    """Return series → owner. Queries: 1."""
    return {one.series: one for one in Owner.objects.filter(edition_key=edition_key).select_related("unit")}


def matrix_of(edition: scoring.Edition) -> list[MatrixRow]:
    """Return the matrix indicator × series × unit × person × source, in the order of the edition. Queries: 1."""
    owners = owners_of(edition.key)
    return [
        MatrixRow(edition.by_key[one.under].title, one.key, one.title, owners.get(one.key))
        for one in edition.series
        if one.under is not None
    ]


def data_room_of(of: Evaluation, found: Scoring) -> bytes:
    """Return the archive whose digest the scoring and its ledger entry carry."""
    return data_room(of.edition_text, found.values_text, found.codebook_text, found.scores_text)
