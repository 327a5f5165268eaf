"""Publishing what was evaluated, with everything that is needed to check it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yingshang.kernel import access, documents, events, ledger
from yingshang.kernel.audience import PUBLIC
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor
from yingshang.oversight.evaluation import queries
from yingshang.oversight.evaluation.models import Evaluation
from yingshang.oversight.evaluation.operations.stages import for_work, moved


@transaction.atomic
def publish(*, evaluation_id: int, shows_ranking: bool = False, by: Actor, at: datetime) -> Evaluation:
    """Publish the last scoring and return the evaluation; from now on everybody reads its values.

    Evidence that may be open is kept once more for everybody; minutes of
    interviews and files not marked stay with the evaluator. shows_ranking:
    whether the pages rank places and units; off unless wanted (the province
    evaluates). Raises as ``for_work`` does, what the policy refuses, Refusal ``evaluation.objections_open``. Records
    ``evaluation.published`` and tells it.
    """
    evaluation = for_work(evaluation_id, by, at, "objecting")
    access.permit(by, "evaluation.publish", evaluation)
    if (open_ones := evaluation.objections.filter(answered_at=None).count()) > 0:
        raise Refusal(
            "evaluation.objections_open",
            f"还有{open_ones}条异议没有答复。",
            "请先逐条答复，采纳的要改正后重新计分。",
            source="方案第35项",
        )
    with queries.reading(by):
        frozen = queries.current_scoring(evaluation)
        _open_evidence(evaluation, by, at)
    assert frozen is not None, "an evaluation hears objections only after it was scored"
    evaluation.published_at, evaluation.shows_ranking = at, shows_ranking
    evaluation.save(update_fields=["published_at", "shows_ranking"])
    moved(evaluation, "publish", by=by, at=at)
    facts = {"title": evaluation.title, "digest": frozen.digest, "edition": evaluation.edition_digest}
    ledger.record("evaluation.published", subject=f"evaluation:{evaluation.code}", by=by, at=at, facts=facts)
    events.tell("evaluation.published", at=at, evaluation_id=evaluation.pk, code=evaluation.code)
    return evaluation


def _open_evidence(evaluation: Evaluation, by: Actor, at: datetime) -> None:
    """Keep what may be open once more, for everybody: a document never changes its readers."""
    files = {
        value.evidence.digest: value.evidence
        for value in evaluation.values_collected.filter(evidence_is_open=True).select_related("evidence")
        if value.evidence is not None
    }
    for one in files.values():
        with documents.open_document(one, by, at=at) as stream:
            documents.keep(
                stream,
                name=one.name,
                media_type=one.media_type,
                subject=one.subject,
                by=by,
                at=at,
                audience=PUBLIC,
            )
