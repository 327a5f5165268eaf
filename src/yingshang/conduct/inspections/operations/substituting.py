"""Somebody drawn cannot take part: the next ticket takes the place, with the evidence kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO

from django.db import transaction

from yingshang.conduct.inspections import queries
from yingshang.conduct.inspections.models import Batch, Crew, Inspector, Visit
from yingshang.kernel import access, clock, documents, draws, ledger
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor


@dataclass(frozen=True)
class Evidence:
    """The file that shows why."""

    stream: BinaryIO
    name: str
    media_type: str


@transaction.atomic
def substitute(
    *, batch_id: int, role: str, target: str, out: str, reason: str, evidence: Evidence, by: Actor, at: datetime
) -> str:
    """Replace a drawn target or inspector by the next ticket, and return who comes in; empty when nobody is left.

    role: ``target`` or ``inspector``. target: credit code. out: the same code,
    or the certificate number of the inspector. reason: one of ``queries.substitution_reasons``. The
    file is kept with the batch and its digest goes into the draw. A visit that
    was planned follows: with the target replaced it is stopped, with an
    inspector replaced it gets the new one. Raises NotFound, whatever the
    policies refuse, Refusal ``inspections.no_such_reason``,
    ``inspections.visit_over``, what ``documents.keep`` and
    ``draws.substitute`` refuse. Records ``draws.substituted``.
    """
    batch = Batch.objects.select_for_update(of=("self",)).select_related("line__plan__unit").filter(pk=batch_id).first()
    if batch is None:
        raise NotFound("这个抽取批次")
    access.permit(by, "inspections.draw", batch.line.plan)
    reasons = queries.substitution_reasons().on(clock.beijing_date(at))
    if reason not in reasons:
        raise Refusal("inspections.no_such_reason", "没有这个替补原因。", "请从列出的原因中选一个。")
    visit = batch.visits.select_for_update(of=("self",)).select_related("lead_unit").filter(target__code=target).first()
    if visit is not None and visit.state != Visit.State.PLANNED:
        raise Refusal(
            "inspections.visit_over",
            f"这次检查现在是“{visit.get_state_display()}”，不能再替补。",
            "请刷新页面查看最新情况。",
        )
    kept = documents.keep(
        evidence.stream,
        name=evidence.name,
        media_type=evidence.media_type,
        subject=f"inspections.batch:{batch.pk}",
        by=by,
        at=at,
    )
    done = draws.substitute(
        serial=int(batch.serial),
        role=role,
        target=target,
        out=out if role == "inspector" else target,
        reason=reason,
        evidence=kept.digest,
        by=by,
        at=at,
    )
    if visit is not None:
        _follow(visit, role, out, done, reasons[reason], by, at)
    return str(done["in"])


def _follow(visit: Visit, role: str, out: str, done: Mapping[str, Any], words: str, by: Actor, at: datetime) -> None:
    """Let a planned visit follow the substitution: another inspector, or no visit to this target."""
    if role == "inspector" and done["team"]:
        member = visit.crew.get(inspector__certificate_no=out, replaced_by=None)
        newcomer = Inspector.objects.get(certificate_no=done["in"])
        Crew.objects.create(
            visit=visit, inspector=newcomer, role=member.role, replaces=member, replaced_because=words[:200]
        )
        return
    visit.state = Visit.State.STOPPED
    visit.save(update_fields=["state"])
    facts = {"unit": visit.lead_unit.code}
    ledger.record("inspections.visit_stopped", subject=visit.in_ledger, by=by, at=at, facts=facts)
