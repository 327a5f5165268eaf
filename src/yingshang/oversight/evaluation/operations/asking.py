"""Asking units in writing, and what they state with their evidence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from yingshang.kernel import access, clock, ledger, org, work
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import SYSTEM, Actor
from yingshang.oversight.evaluation import queries
from yingshang.oversight.evaluation.models import AskedChange, Evaluation, Inquiry, Method, Value
from yingshang.oversight.evaluation.operations.collecting import Evidence, check_rows, keep_evidence
from yingshang.oversight.evaluation.operations.stages import for_work, locked, must_be_in

OPEN_TO_STATEMENTS = ("collecting", "checking")


@transaction.atomic
def inquire(
    *, evaluation_id: int, unit: str, series: Sequence[str], words: str = "", by: Actor, at: datetime
) -> Inquiry:
    """Ask a unit in writing for values with their evidence, and return the inquiry; the unit owes the answer.

    series: keys of the edition. Raises as ``for_work`` does, NotFound for an
    unknown unit, Refusal ``evaluation.inquiry_empty``. Records
    ``evaluation.inquired``.
    """
    evaluation = for_work(evaluation_id, by, at, *OPEN_TO_STATEMENTS)
    asked = org.unit(unit)
    known = queries.series_titles(evaluation)
    if not series or not set(series) <= set(known):
        raise Refusal(
            "evaluation.inquiry_empty",
            "函里没有写明要哪些数据项。",
            "请至少选一个指标版本里的数据项。",
            source="方案第35项",
        )
    no = evaluation.inquiries.count() + 1
    obligation = work.owe(
        kind="evaluation.hand_in_statement",
        title=f"按{evaluation.evaluator.short_name}第{no}号函提供评价数据和证据",
        unit=asked,
        limit="EVAL.STATEMENT",
        origin=f"evaluation:{evaluation.code}",
        by=by,
        at=at,
    )
    inquiry = Inquiry.objects.create(
        evaluation=evaluation,
        no=no,
        unit=asked,
        series=[key for key in known if key in set(series)],
        words=words.strip(),
        person=by.person,
        at=at,
        obligation=obligation,
    )
    facts = {"unit": asked.short_name, "no": no}
    ledger.record("evaluation.inquired", subject=f"evaluation:{evaluation.code}", by=by, at=at, facts=facts)
    return inquiry


@transaction.atomic
def state_value(
    *,
    inquiry_id: int,
    series: str,
    written: str,
    note: str = "",
    evidence: Evidence | None,
    evidence_is_open: bool = False,
    by: Actor,
    at: datetime,
) -> Value:
    """State one value that the unit was asked for, with its evidence, and return it.

    Another value for the same series stays beside the first, and is recorded
    as a request for another number. When every series has a statement the
    unit's obligation is fulfilled. Raises NotFound, what the policy refuses,
    Refusal ``evaluation.not_in_this_stage``, ``evaluation.value_wrong``,
    ``evaluation.evidence_missing``. Records ``evaluation.value_stated``.
    """
    inquiry = Inquiry.objects.select_related("unit", "obligation").filter(pk=inquiry_id).first()
    if inquiry is None or series not in inquiry.series:
        raise NotFound("这份函或者这个数据项")
    evaluation = locked(inquiry.evaluation_id)
    access.permit(by, "evaluation.state", inquiry)
    must_be_in(evaluation, *OPEN_TO_STATEMENTS)
    check_rows(evaluation, [{"place": evaluation.place, "series": series, "value": written}])
    if evidence is None:
        raise Refusal(
            "evaluation.evidence_missing",
            "没有附证据文件。",
            "请附上能证明这个值的台账、报表或者文件；没有数据的，附一份情况说明。",
            source="方案第35项",
        )
    kept = keep_evidence(evidence, evaluation, by=by, at=at)
    with queries.reading(by):
        before = evaluation.values_collected.filter(stated_by=inquiry.unit.code, series=series).order_by("pk").last()
        value = Value.objects.create(
            evaluation=evaluation,
            unit_code=evaluation.evaluator.code,
            series=series,
            place=evaluation.place,
            written=written.strip(),
            method=Method.STATEMENT,
            source_ref=f"{inquiry.unit.short_name}对第{inquiry.no}号函的答复",
            collector=by.name,
            collected_on=clock.beijing_date(at),
            evidence=kept,
            evidence_is_open=evidence_is_open,
            stated_by=inquiry.unit.code,
            inquiry=inquiry,
            note=note.strip(),
            entered_at=at,
        )
        stated = set(inquiry.statements.values_list("series", flat=True))
    if before is not None and before.written != value.written:
        _record_another_number(evaluation, inquiry, before, value, by, at)
    ledger.record("evaluation.value_stated", subject=f"evaluation:{evaluation.code}", by=by, at=at, facts={})
    if set(inquiry.series) <= stated and inquiry.obligation.state == work.Obligation.State.OPEN:
        work.fulfill(obligation_id=inquiry.obligation_id, by=by, at=at)
    return value


def _record_another_number(
    evaluation: Evaluation, inquiry: Inquiry, before: Value, value: Value, by: Actor, at: datetime
) -> None:
    """A unit that states another number than it did has asked to change one."""
    with queries.on_behalf_of_the_evaluator(evaluation, by):
        AskedChange.objects.create(
            evaluation=evaluation,
            unit_code=evaluation.evaluator.code,
            who=f"{inquiry.unit.short_name}（{by.name}）",
            how="在平台上改填",
            series=value.series,
            place=value.place,
            wanted=f"从{before.written}改为{value.written}",
            answer="两个值都保留，由评估员核对认定。",
            asked_on=clock.beijing_date(at),
            at=at,
        )
    ledger.record("evaluation.change_asked", subject=f"evaluation:{evaluation.code}", by=by, at=at, facts={})


def close_inquiries(evaluation: Evaluation, at: datetime) -> None:
    """Cancel what units still owe to inquiries: what was not stated in time counts as not given."""
    for inquiry in evaluation.inquiries.filter(obligation__state=work.Obligation.State.OPEN):
        work.cancel(obligation_id=inquiry.obligation_id, by=SYSTEM, at=at, reason="评价已经计分，不再接收数据。")
