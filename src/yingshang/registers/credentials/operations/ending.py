"""Taking a credential away: revocation and cancellation. Its state is public at once."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from yingshang.kernel import access, clock, events, ledger, work
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import SYSTEM, Actor
from yingshang.registers.credentials.models import Credential, Reminder, StateChange

State = Credential.State


@transaction.atomic
def revoke(*, credential_id: UUID, reason: str, basis: str, by: Actor, at: datetime) -> Credential:
    """Revoke a credential (撤回、撤销、吊销) and return it.

    basis: the text and article it rests on, as 《行政许可法》第六十九条. Raises
    NotFound, whatever the policy refuses, Refusal ``credentials.not_in_force``
    and ``credentials.reason_missing``. Records ``credentials.revoked`` and tells ``credentials.ended``.
    """
    return _taken_away(credential_id, State.REVOKED, "credentials.revoke", "credentials.revoked", reason, basis, by, at)


@transaction.atomic
def cancel(*, credential_id: UUID, reason: str, basis: str, by: Actor, at: datetime) -> Credential:
    """Cancel a credential (注销), as after its end or on its holder's wish, and return it.

    basis: the text and article, as 《行政许可法》第七十条. Raises and records
    as ``revoke`` does, with ``credentials.cancelled``.
    """
    return _taken_away(
        credential_id, State.CANCELLED, "credentials.cancel", "credentials.cancelled", reason, basis, by, at
    )


def _taken_away(
    credential_id: UUID,
    state: Credential.State,
    action: str,
    kind: str,
    reason: str,
    basis: str,
    by: Actor,
    at: datetime,
) -> Credential:
    one = locked(credential_id)
    access.permit(by, action, one)
    if not reason.strip() or not basis.strip():
        raise Refusal("credentials.reason_missing", "理由和依据都要写明。", "请写清事实，依据写到哪一条。")
    one.state, one.ended_on = state, clock.beijing_date(at)
    one.save(update_fields=["state", "ended_on"])
    entry = ledger.record(
        kind,
        subject=f"credential:{one.pk}",
        by=by,
        at=at,
        facts={"title": one.kind.title, "digest": one.document.digest, "reason": ledger.private(reason.strip())},
    )
    end(one, reason=reason.strip()[:400], basis=basis.strip()[:200], entry=entry.pk, by=by, at=at)
    drop_reminder(one, reason=one.get_state_display(), at=at)
    return one


def locked(credential_id: UUID) -> Credential:
    """Return a credential that nothing ended yet, locked. Raises NotFound and Refusal ``credentials.not_in_force``."""
    rows = Credential.objects.select_for_update(of=("self",)).select_related("kind", "unit", "holder", "document")
    found = rows.filter(pk=credential_id).first()
    if found is None:
        raise NotFound("这本证照")
    if found.state != State.IN_FORCE:
        raise Refusal(
            "credentials.not_in_force",
            f"{found.title}{found.number}（第{found.version}版）已经是“{found.get_state_display()}”，不能再办这一项。",
            "请刷新页面，看这本证照最新的一版。",
        )
    return found


def end(one: Credential, *, reason: str, basis: str, entry: UUID, by: Actor, at: datetime) -> None:
    """Write down the state that a credential came into, and tell it."""
    assert one.ended_on is not None  # a constraint of the table
    StateChange.objects.create(
        credential=one, state=one.state, on=one.ended_on, at=at, by=by.person, reason=reason, basis=basis, entry=entry
    )
    events.tell("credentials.ended", at=at, credential_id=str(one.pk), kind=one.kind.code, state=str(one.state))


def fulfill_reminder(one: Credential, *, at: datetime, evidence: str) -> None:
    """Close the reminder of a credential that was renewed; the platform does it for the holder."""
    if (duty := _open_duty(one)) is not None:
        work.fulfill(obligation_id=duty, by=SYSTEM, at=at, evidence=evidence)


def drop_reminder(one: Credential, *, reason: str, at: datetime) -> None:
    """Take back the reminder of a credential that no longer needs one."""
    if (duty := _open_duty(one)) is not None:
        work.cancel(obligation_id=duty, by=SYSTEM, at=at, reason=f"证照{reason}。")


def _open_duty(one: Credential) -> int | None:
    rows = Reminder.objects.filter(credential=one, obligation__state=work.Obligation.State.OPEN)
    return rows.values_list("obligation_id", flat=True).first()
