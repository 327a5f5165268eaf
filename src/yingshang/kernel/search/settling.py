"""What becomes of a question that found nothing: who looks into it, and what was done."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from yingshang.kernel import access, ledger, org
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor
from yingshang.kernel.search.models import SearchMiss


@transaction.atomic
def give_miss(*, digest: str, unit: str, by: Actor, at: datetime, on: date) -> SearchMiss:
    """Give a question that found nothing to the unit that looks into it; return it.

    Raises NotFound for an unknown question or unit, and whatever the policy
    refuses. Records ``search.miss_given``.
    """
    miss = _locked(digest)
    access.permit(by, "search.settle_miss", miss)
    if not org.Unit.objects.on(on).filter(code=unit).exists():
        raise NotFound("这个单位")
    miss.owner = unit
    miss.save(update_fields=["owner"])
    ledger.record("search.miss_given", subject=_subject(miss), by=by, at=at, facts={"words": miss.words, "unit": unit})
    return miss


@transaction.atomic
def settle_miss(*, digest: str, outcome: str, note: str, by: Actor, at: datetime, on: date) -> SearchMiss:
    """Say what became of a question that found nothing; return it.

    outcome: one of ``SearchMiss.Outcome``. note: where it was added, or why
    nothing is to be done. Raises NotFound, whatever the policy refuses, and
    Refusal ``search.outcome_missing``. Records ``search.miss_settled``.
    """
    miss = _locked(digest)
    access.permit(by, "search.settle_miss", miss)
    if outcome not in SearchMiss.Outcome.values or not note.strip():
        raise Refusal(
            "search.outcome_missing", "还没有说明怎么处理的。", "请选处理结果，并写明加在哪里或者为什么不用处理。"
        )
    miss.outcome, miss.note = outcome, note.strip()[:200]
    miss.settled_by, miss.settled_on = by.person, on
    miss.save(update_fields=["outcome", "note", "settled_by", "settled_on"])
    facts = {"words": miss.words, "outcome": miss.get_outcome_display(), "note": miss.note}
    ledger.record("search.miss_settled", subject=_subject(miss), by=by, at=at, facts=facts)
    return miss


def _subject(miss: SearchMiss) -> str:
    return f"search_miss:{miss.digest[:16]}"


def _locked(digest: str) -> SearchMiss:
    miss = SearchMiss.objects.select_for_update().filter(pk=digest).exclude(words="").first()
    if miss is None:
        raise NotFound("这个搜不到的词")
    return miss
