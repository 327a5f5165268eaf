"""Evaluations, their scorings and the matrix of owners."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from yingshang.kernel import work
from yingshang.kernel.audience import reading_as
from yingshang.kernel.errors import NotFound
from yingshang.kernel.parties import Actor
from yingshang.methods import scoring
from yingshang.oversight.evaluation.models import Evaluation, Inquiry, Objection, Owner, Scoring, Value
from yingshang.oversight.evaluation.policies import open_to
from yingshang.oversight.evaluation.queries.cells import cells_of, edition_of
from yingshang.oversight.evaluation.rules import data_room, sizes_in, with_unit

STAGES = (
    ("designing", "设计：确定指标版本", "design"),
    ("collecting", "采集：用五种方式收集数据", "collection"),
    ("checking", "核对：认定有出入的数据并计分", "checking"),
    ("objecting", "听取异议，答复以后公布", "hearing"),
)


@contextmanager
def reading(actor: Actor) -> Iterator[None]:
    """Open the evidence that the actor's unit may read under row-level security; published evidence is open anyway."""
    with reading_as(actor, {"ys.evaluation_unit": actor.unit}):
        yield


@contextmanager
def on_behalf_of_the_evaluator(of: Evaluation, actor: Actor) -> Iterator[None]:
    """Open the evidence of one evaluation to a deed that may see more than its actor; never to a page."""
    with reading_as(actor, {"ys.evaluation_unit": of.evaluator.code}):
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


def owners_of(edition_key: str) -> dict[str, Owner]:
    """Return series → owner. Queries: 1."""
    return {one.series: one for one in Owner.objects.filter(edition_key=edition_key).select_related("unit")}


def data_room_of(of: Evaluation, found: Scoring) -> bytes:
    """Return the archive whose digest the scoring and its ledger entry carry."""
    return data_room(of.edition_text, found.values_text, found.codebook_text, found.scores_text, found.extracts_text)


def files_of(of: Evaluation, found: Scoring) -> list[tuple[str, int]]:
    """Return names and sizes in bytes of the files in the data room."""
    return sizes_in(data_room_of(of, found))


def being_worked_on(actor: Actor) -> QuerySet[Evaluation]:
    """Return the evaluations on the actor's desk: its own, commissioned, asking or hearing it. Newest first."""
    if not actor.unit:
        return Evaluation.objects.none()
    mine = Q(evaluator__code=actor.unit) if actor.holds("evaluation.see_working_papers") else Q(pk=None)
    commissioned = Q(pk__isnull=False) if actor.holds("evaluation.commission") else Q(pk=None)
    owned = Owner.objects.filter(unit__code=actor.unit).values("edition_key")
    heard = Q(pk=None)
    if actor.holds("evaluation.object"):
        heard = Q(dossier__state="objecting", edition_key__in=owned)
    asked = Q(pk=None)
    if actor.holds("evaluation.state"):
        asked = Q(pk__in=Inquiry.objects.filter(unit__code=actor.unit).values("evaluation"))
    return Evaluation.objects.filter(mine | commissioned | heard | asked).select_related("evaluator", "dossier")


@dataclass(frozen=True)
class Heard:
    """A series a unit answers for, as it may see it while objections are heard: the value that counts, its source."""

    series: str
    title: str
    written: str
    method: str
    source_ref: str
    collected_on: date | None
    objection: Objection | None


def heard_by(of: Evaluation, actor: Actor) -> list[Heard]:
    """Return the series the actor's unit answers for, with their values; nothing of other units. Queries: 5.

    Raises NotFound for a unit without any, and outside the stage of objections.
    """
    mine = (
        Owner.objects.filter(edition_key=of.edition_key, unit__code=actor.unit) if actor.unit else Owner.objects.none()
    )
    owned = [one.series for one in mine]
    if not owned or of.dossier.state != "objecting" or not actor.holds("evaluation.object"):
        raise NotFound("这次评价")
    with on_behalf_of_the_evaluator(of, actor):
        cells = {cell.series: cell.counts for cell in cells_of(of) if cell.place == of.place and cell.series in owned}
    edition = edition_of(of)
    said = {one.series: one for one in of.objections.filter(unit__code=actor.unit)}
    return [
        _heard(edition, series, cells.get(series), said.get(series)) for series in owned if series in edition.by_key
    ]


def _heard(edition: scoring.Edition, series: str, value: Value | None, objection: Objection | None) -> Heard:
    one = edition.by_key[series]
    under = f"{edition.by_key[one.under].title}：" if one.under else ""
    return Heard(
        series=series,
        title=f"{under}{one.title}",
        written=with_unit(value.written if value else "", one.unit),
        method=value.get_method_display() if value else "",
        source_ref=value.source_ref if value else "",
        collected_on=value.collected_on if value else None,
        objection=objection,
    )


@dataclass(frozen=True)
class Stage:
    """A stage of the procedure: its title, whether it is over, now or still to come, and its last day."""

    state: str
    title: str
    progress: str
    due_date: date | None
    closed_at: datetime | None


def stages_of(of: Evaluation) -> list[Stage]:
    """Return the stages in their order. Queries: 1."""
    owed = {one.key: one for one in work.Obligation.objects.filter(dossier=of.dossier).order_by("pk")}
    order = [state for state, _, _ in STAGES]
    now = order.index(of.dossier.state) if of.dossier.state in order else len(order)
    stages = []
    for place, (state, title, limit) in enumerate(STAGES):
        one = owed.get(limit)
        progress = "over" if place < now else "now" if place == now else "ahead"
        stages.append(Stage(state, title, progress, one.due_date if one else None, one.closed_at if one else None))
    return stages
