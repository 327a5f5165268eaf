"""The owner hands in the document that sets a deliverable up, or says that it is stopped."""

from __future__ import annotations

from datetime import date, datetime
from typing import BinaryIO

from django.db import transaction
from django.urls import reverse

from yingshang.kernel import access, disclosure, documents, ledger, org, search, work
from yingshang.kernel.audience import PUBLIC
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor
from yingshang.oversight.plan_tasks.models import Deliverable, Enactment
from yingshang.oversight.plan_tasks.operations.deliverables import locked_deliverable


@transaction.atomic
def issue_deliverable(
    *,
    deliverable_id: int,
    stream: BinaryIO,
    name: str,
    media_type: str,
    document_no: str,
    issued_on: date,
    in_force_on: date,
    is_public: bool,
    by: Actor,
    on: date,
    at: datetime,
) -> Enactment:
    """Keep the document that sets a deliverable up and return the enactment; a later one replaces it and both stay.

    The first one fulfills the duty to set it up. is_public: everybody may
    read the document; then the actor publishes in the name of the unit, and
    the policy of publishing is asked too.
    Raises NotFound, Refusal ``plan_tasks.not_confirmed_yet``,
    ``plan_tasks.issued_in_the_future``, ``plan_tasks.in_force_before_issue``,
    ``plan_tasks.document_no_missing``, what ``documents.keep`` and
    ``disclosure.publish`` refuse, and whatever the policy refuses. Records
    ``plan_tasks.deliverable_issued``.
    """
    row = locked_deliverable(deliverable_id)
    access.permit(by, "plan_tasks.issue_deliverable", row)
    if row.obligation is None:
        raise Refusal("plan_tasks.not_confirmed_yet", f"“{row.title}”还是建议，没有确认。", "请等方案管理岗确认。")
    if not document_no.strip():
        raise Refusal("plan_tasks.document_no_missing", "没有填写文号。", "请按文件填写文号。")
    if issued_on > on:
        raise Refusal("plan_tasks.issued_in_the_future", "印发日期不能晚于今天。", "请按文件上的日期填写。")
    if in_force_on < issued_on:
        raise Refusal("plan_tasks.in_force_before_issue", "施行日期不能早于印发日期。", "请按文件上的日期填写。")
    kept = documents.keep(
        stream,
        name=name,
        media_type=media_type,
        subject=f"deliverable:{row.pk}",
        by=by,
        at=at,
        audience=PUBLIC if is_public else None,
    )
    enactment = Enactment.objects.create(
        deliverable=row,
        kind=Enactment.Kind.ISSUED,
        on=issued_on,
        in_force_on=in_force_on,
        document=kept,
        document_no=document_no.strip()[:60],
        is_public=is_public,
        at=at,
        by=by.person,
        unit=org.unit(by.unit),
    )
    if row.obligation.state == work.Obligation.State.OPEN:
        work.fulfill(obligation_id=row.obligation.pk, by=by, at=at, evidence=f"document:{kept.digest}")
    _record("plan_tasks.deliverable_issued", row, by, at, enactment)
    if is_public:
        _make_public(row, enactment, by, at)
    return enactment


@transaction.atomic
def stop_deliverable(*, deliverable_id: int, reason: str, stopped_on: date, by: Actor, at: datetime) -> Enactment:
    """Say from which day a deliverable is no longer in force, and why; return that enactment.

    Raises NotFound, Refusal ``plan_tasks.not_issued``,
    ``plan_tasks.reason_missing``, and whatever the policy refuses. Records
    ``plan_tasks.deliverable_stopped``.
    """
    row = locked_deliverable(deliverable_id)
    access.permit(by, "plan_tasks.issue_deliverable", row)
    latest = row.enactments.order_by("-pk").first()
    if latest is None or latest.kind == Enactment.Kind.STOPPED:
        raise Refusal("plan_tasks.not_issued", f"“{row.title}”现在没有施行中的文件。", "不需要停用。")
    if not reason.strip():
        raise Refusal("plan_tasks.reason_missing", "停用要写明原因。", "请填写原因后再提交。")
    enactment = Enactment.objects.create(
        deliverable=row,
        kind=Enactment.Kind.STOPPED,
        on=stopped_on,
        reason=reason.strip()[:200],
        at=at,
        by=by.person,
        unit=org.unit(by.unit),
    )
    search.drop(_subject(row))
    _record("plan_tasks.deliverable_stopped", row, by, at, enactment)
    return enactment


def _make_public(row: Deliverable, enactment: Enactment, by: Actor, at: datetime) -> None:
    """Disclose it in the name of its owner and let everybody find it."""
    assert enactment.document is not None  # an issued one has its document
    disclosure.publish(
        subject=f"{_subject(row)}:{enactment.pk}",
        kind="deliverable",
        title=row.title,
        fields={
            "title": row.title,
            "document_no": enactment.document_no,
            "issued_on": str(enactment.on),
            "in_force_on": str(enactment.in_force_on),
            "words": row.words,
            "digest": enactment.document.digest,
        },
        unit=by.unit,
        by=by,
        at=at,
    )
    search.put(
        subject=_subject(row),
        kind="配套制度",
        title=row.title,
        summary=f"{enactment.document_no}，{row.words}",
        address=reverse("plan_tasks:deliverable", args=[row.plan.code, row.number]),
        audience=PUBLIC,
        at=at,
        names=[enactment.document_no],
        body=row.words,
    )


def _subject(row: Deliverable) -> str:
    return f"deliverable:{row.pk}"


def _record(kind: str, row: Deliverable, by: Actor, at: datetime, enactment: Enactment) -> None:
    facts = {
        "title": row.title,
        "plan": row.plan.code,
        "number": row.number,
        "document_no": enactment.document_no,
        "on": str(enactment.on),
        "in_force_on": str(enactment.in_force_on or ""),
    }
    ledger.record(kind, subject=_subject(row), by=by, at=at, facts=facts)
