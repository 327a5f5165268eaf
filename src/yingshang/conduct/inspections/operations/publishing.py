"""Results go public, and a wrong one is corrected beside the first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from yingshang.conduct.inspections import queries
from yingshang.conduct.inspections.models import Visit
from yingshang.conduct.inspections.operations.following import close_when_done
from yingshang.conduct.inspections.operations.recording import RESULT_KIND, Sheet, codes_of, store_outcomes
from yingshang.conduct.inspections.rules import results
from yingshang.kernel import access, clock, disclosure, ledger
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor


@transaction.atomic
def publish_results(*, public_id: UUID, by: Actor, at: datetime) -> Visit:
    """Publish what a visit found; it becomes ``published``, and ``closed`` when nothing is left to follow. Return it.

    Fulfills the lead unit's duty to publish. Raises NotFound, whatever the
    policies refuse, Refusal ``inspections.nothing_to_publish`` and what
    ``disclosure.publish`` refuses. Records ``inspections.results_published`` (strict).
    """
    visit = queries.visit_with(public_id, lock=True)
    access.permit(by, "inspections.publish_results", visit)
    if visit.state != Visit.State.RECORDED:
        raise Refusal(
            "inspections.nothing_to_publish",
            f"这次检查现在是“{visit.get_state_display()}”，没有等待公示的结果。",
            "请刷新页面查看最新情况。",
        )
    _disclose(visit, by, at)
    visit.state, visit.published_on = Visit.State.PUBLISHED, clock.beijing_date(at)
    visit.save(update_fields=["state", "published_on"])
    facts = {"unit": visit.lead_unit.code, "code": visit.target.code}
    ledger.record("inspections.results_published", subject=visit.in_ledger, by=by, at=at, facts=facts)
    close_when_done(visit)
    return visit


@transaction.atomic
def correct_results(
    *, public_id: UUID, scheme: str, codes: Sequence[str], reason: str, by: Actor, at: datetime
) -> Visit:
    """Put other results beside those of a recorded visit; the last round counts, all stay. Return the visit.

    Published results are published again as corrected. What followed from the
    first results stays owed: take it back one by one with its reason. Raises
    NotFound, whatever the policy refuses, Refusal ``inspections.nothing_to_correct``,
    ``inspections.reason_missing``, ``inspections.unknown_result``,
    ``inspections.no_result``, ``inspections.results_contradict``. Records
    ``inspections.results_corrected`` (strict).
    """
    visit = queries.visit_with(public_id, lock=True)
    access.permit(by, "inspections.publish_results", visit)
    if visit.state not in (Visit.State.RECORDED, Visit.State.PUBLISHED, Visit.State.CLOSED):
        raise Refusal("inspections.nothing_to_correct", "这次检查还没有结果，没有可以更正的。", "请先录入检查结果。")
    if not reason.strip():
        raise Refusal("inspections.reason_missing", "更正结果要写明理由。", "请填写更正理由。")
    chosen = codes_of(Sheet(scheme=scheme, codes=codes), clock.beijing_date(at))
    refused = results.codes_fit(chosen, queries.faults_of(visit))
    if refused is not None:
        raise refused
    last = visit.outcomes.aggregate(last=Max("round"))["last"] or 0
    store_outcomes(visit, chosen, reason.strip(), round=last + 1, by=by, at=at)
    if visit.published_on is not None:
        standing = queries.disclosure_of(visit)
        if standing is not None:
            disclosure.withdraw(disclosure_id=standing.pk, reason=f"结果更正：{reason.strip()}"[:200], by=by, at=at)
        _disclose(visit, by, at)
    facts = {"round": last + 1}
    ledger.record("inspections.results_corrected", subject=visit.in_ledger, by=by, at=at, facts=facts)
    return visit


def _disclose(visit: Visit, by: Actor, at: datetime) -> None:
    standing = queries.outcomes_of(visit)
    disclosure.publish(
        subject=f"visit:{visit.public_id}",
        kind=RESULT_KIND,
        title=f"{visit.target.name}的检查结果",
        fields={
            "party": visit.target.name,
            "uscc": visit.target.code,
            "authority": visit.lead_unit.name,
            "units": "、".join(dict.fromkeys(item.unit.short_name for item in queries.items_of(visit))),
            "items": "、".join(item.title for item in queries.items_of(visit)),
            "basis": "；".join(dict.fromkeys(item.basis for item in queries.items_of(visit))),
            "kind": visit.get_kind_display(),
            "checked_on": f"{visit.finished_on:%Y年%m月%d日}" if visit.finished_on else "",
            "result": "；".join(each.words for each in standing),
        },
        unit=visit.lead_unit.code,
        by=by,
        at=at,
    )
