"""The unit puts right what was found; the bureau looks again and accepts or returns it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from yingshang.kernel import access, ledger, work
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import SYSTEM, Actor
from yingshang.oversight.supervision import queries
from yingshang.oversight.supervision.models import Finding, RectificationAnswer
from yingshang.oversight.supervision.operations.checks.locking import locked_finding, refuse_unless
from yingshang.oversight.supervision.operations.checks.visiting import Paper, keep_papers
from yingshang.oversight.supervision.operations.waiting import go_on, stand
from yingshang.oversight.supervision.rules import checks as rules


@transaction.atomic
def answer_finding(
    *, finding_id: UUID, text: str, papers: Sequence[Paper] = (), by: Actor, at: datetime
) -> RectificationAnswer:
    """Say how a finding was put right, with evidence; the bureau owes looking again. Returns the answer.

    The unit's clock stands meanwhile. Raises NotFound, Refusal
    ``supervision.reason_missing``, ``supervision.check_stands_elsewhere``, what
    ``documents.keep`` and the policy refuse. Records ``supervision.finding_answered``.
    """
    finding = locked_finding(finding_id, by)
    access.permit(by, "supervision.answer_finding", finding)
    refuse_unless(finding, rules.OPEN)
    if not text.strip():
        raise Refusal("supervision.reason_missing", "还没有写明怎样整改的。", "请写明做了什么、结果怎样。")
    stand(finding.duty, reason="等待复核整改", by=by, at=at)
    judging = work.owe(
        kind="supervision.recheck_finding",
        title=f"复核{finding.of.unit.short_name}对{finding.of.number}问题{finding.place}的整改",
        unit=queries.rules_of_county().bureau,
        limit="CHK.RECHECK",
        origin=f"supervision:check:{finding.of_id}",
        by=SYSTEM,
        at=at,
    )
    answer = RectificationAnswer.objects.create(
        finding=finding, text=text.strip(), by=by.person, at=at, judging=judging
    )
    keep_papers(papers, subject=queries.answer_subject(answer), check=finding.of, by=by, at=at)
    finding.state = rules.ANSWERED
    finding.save(update_fields=["state"])
    _record("supervision.finding_answered", finding, answer.text, by, at)
    return answer


@transaction.atomic
def accept_rectification(*, finding_id: UUID, seen: str, by: Actor, at: datetime) -> Finding:
    """Close a finding after looking again; the unit's duty is fulfilled. Returns the finding.

    seen: what was looked at. Raises NotFound, Refusal ``supervision.reason_missing``,
    ``supervision.check_stands_elsewhere`` and what the policy refuses. Records
    ``supervision.finding_closed``.
    """
    finding, answer = _judged(finding_id, RectificationAnswer.Verdict.ACCEPTED, seen, "核实了什么", by, at)
    work.fulfill(obligation_id=finding.duty_id, by=SYSTEM, at=at, evidence=f"复核通过：{answer.reason}"[:400])
    finding.state = rules.CLOSED
    finding.save(update_fields=["state"])
    _record("supervision.finding_closed", finding, answer.reason, by, at)
    return finding


@transaction.atomic
def return_rectification(*, finding_id: UUID, reason: str, by: Actor, at: datetime) -> Finding:
    """Return an answer with the reason; the unit's clock goes on. Returns the finding.

    Raises as ``accept_rectification``. Records ``supervision.rectification_returned``.
    """
    finding, answer = _judged(finding_id, RectificationAnswer.Verdict.RETURNED, reason, "退回的原因", by, at)
    go_on(finding.duty, by=by, at=at)
    finding.state = rules.OPEN
    finding.save(update_fields=["state"])
    _record("supervision.rectification_returned", finding, answer.reason, by, at)
    return finding


def _judged(
    finding_id: UUID, verdict: str, words: str, what: str, by: Actor, at: datetime
) -> tuple[Finding, RectificationAnswer]:
    finding = locked_finding(finding_id, by)
    access.permit(by, "supervision.judge_rectification", finding)
    refuse_unless(finding, rules.ANSWERED)
    if not words.strip():
        raise Refusal("supervision.reason_missing", f"还没有写明{what}。", f"请写明{what}后再提交。")
    answer = RectificationAnswer.objects.select_related("judging").get(finding=finding, verdict="")
    answer.verdict, answer.reason, answer.judged_by, answer.judged_at = verdict, words.strip(), by.person, at
    answer.save(update_fields=["verdict", "reason", "judged_by", "judged_at"])
    work.fulfill(obligation_id=answer.judging_id, by=SYSTEM, at=at, evidence=answer.get_verdict_display())
    return finding, answer


def _record(kind: str, finding: Finding, words: str, by: Actor, at: datetime) -> None:
    facts = {"no": finding.of.number, "place": finding.place, "text": ledger.private(words)}
    ledger.record(kind, subject=f"check:{finding.of_id}", by=by, at=at, facts=facts)
