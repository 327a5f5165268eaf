"""A check is made: from now on the unit knows of it; what was found, and the conclusion."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import BinaryIO
from uuid import UUID

from django.db import transaction

from yingshang.kernel import access, clock, documents, events, ledger, work
from yingshang.kernel.audience import Audience
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor
from yingshang.oversight.supervision import queries
from yingshang.oversight.supervision.models import Check, Finding
from yingshang.oversight.supervision.operations.authorizing import authority_or_refuse
from yingshang.oversight.supervision.operations.checks.locking import locked_check, refuse_unless
from yingshang.oversight.supervision.rules import checks as rules

Paper = tuple[BinaryIO, str, str]
"""A file on its way in: stream, name, media type."""


@transaction.atomic
def make_check(*, check_id: UUID, by: Actor, at: datetime) -> Check:
    """Say that a check is being made today; it gets its number and the unit may see it. Returns it.

    Raises NotFound, Refusal ``supervision.no_authority``,
    ``supervision.plan_not_approved``, ``supervision.too_early_to_check``,
    ``supervision.check_stands_elsewhere`` and what the policy refuses. Records
    ``supervision.check_made``.
    """
    check = locked_check(check_id, by)
    access.permit(by, "supervision.run_check", check)
    today = clock.beijing_date(at)
    authority_or_refuse(today)
    refuse_unless(check, rules.PLANNED)
    if check.plan.approved_at is None:
        raise Refusal("supervision.plan_not_approved", "督查方案还没有批准，不能开始检查。", "请先由负责人批准方案。")
    if today < check.planned_on:
        raise Refusal(
            "supervision.too_early_to_check",
            f"检查安排在{check.planned_on:%Y年%m月%d日}，还没有到。",
            "请在那天或者以后开始。",
        )
    check.state, check.done_on, check.done_by = rules.DONE, today, by.person
    check.number = work.next_number("checks", today.year)
    check.save(update_fields=["state", "done_on", "done_by", "number"])
    ledger.record(
        "supervision.check_made",
        subject=f"check:{check.pk}",
        by=by,
        at=at,
        facts={"no": check.number, "kind": check.plan.get_kind_display()},
    )
    return check


@transaction.atomic
def add_finding(
    *, check_id: UUID, what: str, due_date: date | None = None, papers: Sequence[Paper] = (), by: Actor, at: datetime
) -> Finding:
    """Write down a problem found, with evidence; the unit owes putting it right. Returns the finding.

    due_date: last day to put it right; by the county's limit CHK.RECTIFY where
    left out. Raises NotFound, Refusal ``supervision.reason_missing``,
    ``supervision.day_is_past``, ``supervision.check_stands_elsewhere``, what
    ``documents.keep`` and the policy refuse. Records ``supervision.finding_added``.
    """
    check = locked_check(check_id, by)
    access.permit(by, "supervision.run_check", check)
    refuse_unless(check, rules.DONE)
    if not what.strip():
        raise Refusal("supervision.reason_missing", "还没有写明发现了什么问题。", "请写明问题和依据。")
    if due_date is not None and due_date < clock.beijing_date(at):
        raise Refusal("supervision.day_is_past", "整改期限已经过了。", "请改为今天或者以后的日期。")
    place = Finding.objects.filter(of=check).count() + 1
    duty = work.owe(
        kind="supervision.rectify",
        title=f"整改{check.number}发现的问题{place}",
        unit=check.unit,
        origin=f"check:{check.pk}",
        limit=None if due_date else "CHK.RECTIFY",
        due_date=due_date,
        by=by,
        at=at,
    )
    finding = Finding.objects.create(
        of=check, place=place, what=what.strip(), duty=duty, found_by=by.person, found_at=at
    )
    keep_papers(papers, subject=queries.finding_subject(finding), check=check, by=by, at=at)
    ledger.record(
        "supervision.finding_added",
        subject=f"check:{check.pk}",
        by=by,
        at=at,
        facts={"no": check.number, "place": place, "what": ledger.private(finding.what)},
    )
    return finding


@transaction.atomic
def conclude_check(*, check_id: UUID, conclusion: str, by: Actor, at: datetime) -> Check:
    """Give the conclusion to the unit (art. 16); it may ask for a review. Returns the check.

    Raises NotFound, Refusal ``supervision.reason_missing``,
    ``supervision.check_stands_elsewhere`` and what the policy refuses. Records
    ``supervision.check_concluded`` and tells it.
    """
    check = locked_check(check_id, by)
    access.permit(by, "supervision.run_check", check)
    refuse_unless(check, rules.DONE)
    if not conclusion.strip():
        raise Refusal("supervision.reason_missing", "还没有写督查结论。", "请写明查了什么、结论是什么、要求是什么。")
    check.state, check.conclusion = rules.CONCLUDED, conclusion.strip()
    check.concluded_by, check.concluded_at = by.person, at
    check.save(update_fields=["state", "conclusion", "concluded_by", "concluded_at"])
    found = check.findings.count()
    ledger.record(
        "supervision.check_concluded",
        subject=f"check:{check.pk}",
        by=by,
        at=at,
        facts={"no": check.number, "findings": found, "text": ledger.private(check.conclusion)},
    )
    events.tell("supervision.check_concluded", at=at, unit=check.unit.code, findings=found)
    return check


def keep_papers(papers: Sequence[Paper], *, subject: str, check: Check, by: Actor, at: datetime) -> None:
    """Keep evidence so that the unit checked, the team and the bureau can open it."""
    readers = Audience(unit=check.unit.code, handlers=frozenset(queries.who_judges(check, clock.beijing_date(at))))
    for stream, name, media_type in papers:
        documents.keep(stream, name=name, media_type=media_type, subject=subject, by=by, at=at, audience=readers)
