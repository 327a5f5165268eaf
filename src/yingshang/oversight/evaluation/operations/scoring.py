"""Freezing the data room and scoring it."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction

from yingshang.kernel import ledger
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor
from yingshang.methods import scoring
from yingshang.oversight.evaluation import queries, rules
from yingshang.oversight.evaluation.models import Evaluation, Scoring
from yingshang.oversight.evaluation.operations.asking import close_inquiries
from yingshang.oversight.evaluation.operations.stages import for_work, moved


@transaction.atomic
def score(*, evaluation_id: int, why: str = "", by: Actor, at: datetime) -> Scoring:
    """Freeze the values that count, score them, keep everything that is needed to do it again, and return it.

    From *checking* the evaluation moves on to hearing objections; while it
    hears them it may be scored again, with a reason. Raises as ``for_work``
    does, Refusal ``evaluation.cannot_be_scored`` with what is missing,
    ``evaluation.reason_missing``. Records ``evaluation.scored`` with the
    digest of the data room.
    """
    evaluation = for_work(evaluation_id, by, at, "checking", "objecting")
    again = evaluation.dossier.state == "objecting"
    if again and not why.strip():
        raise Refusal(
            "evaluation.reason_missing", "重新计分没有写理由。", "请写明为什么重新计分。", source="方案第35项"
        )
    with queries.reading(by):
        cells = queries.cells_of(evaluation)
        values_text = rules.values_csv(queries.counting_rows(cells))
        codebook_text = rules.codebook_csv(queries.codebook_rows(evaluation, cells))
        extracts_text = rules.extracts_csv(queries.extract_rows(evaluation))
        last = queries.current_scoring(evaluation)
        scores_text = _scores(evaluation, values_text)
        frozen = Scoring(
            evaluation=evaluation,
            unit_code=evaluation.evaluator.code,
            no=(last.no if last else 0) + 1,
            values_text=values_text,
            codebook_text=codebook_text,
            scores_text=scores_text,
            extracts_text=extracts_text,
            digest=hashlib.sha256(
                rules.data_room(evaluation.edition_text, values_text, codebook_text, scores_text, extracts_text)
            ).hexdigest(),
            why=why.strip() or "首次计分",
            at=at,
        )
        facts = {"title": evaluation.title, "no": frozen.no, "digest": frozen.digest}
        entry = ledger.record("evaluation.scored", subject=f"evaluation:{evaluation.code}", by=by, at=at, facts=facts)
        frozen.entry = entry.pk
        frozen.save(force_insert=True)
    if not again:
        close_inquiries(evaluation, at)
        moved(evaluation, "hear", by=by, at=at)
    return frozen


def _scores(evaluation: Evaluation, values_text: str) -> str:
    edition = queries.edition_of(evaluation)
    try:
        found = scoring.score(edition, scoring.read_values(values_text.encode(), edition))
    except scoring.WrongValues as wrong:
        raise Refusal(
            "evaluation.cannot_be_scored",
            "；".join(str(fault) for fault in wrong.faults[:20]),
            "请补上或者改正以后再计分。",
            source="方案第35项",
        ) from None
    return scoring.as_json(found, edition_digest=evaluation.edition_digest).decode()
