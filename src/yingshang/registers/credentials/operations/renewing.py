"""A new version in the place of an old one: renewal, and replacement of what was lost, damaged or changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from yingshang.kernel import access, clock, org
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor
from yingshang.registers.credentials import queries, rules
from yingshang.registers.credentials.models import Credential
from yingshang.registers.credentials.operations.ending import drop_reminder, end, fulfill_reminder, locked
from yingshang.registers.credentials.operations.issuing import locked_release, must_fit, put_out

State, Way = Credential.State, Credential.Way
CAUSES = {"lost": "遗失", "damaged": "损坏", "changed": "内容变更"}


@transaction.atomic
def renew(
    *,
    credential_id: UUID,
    applied_on: date,
    valid_from: date | None = None,
    valid_to: date | None = None,
    fields: Mapping[str, str] | None = None,
    dossier_id: int | None = None,
    by: Actor,
    at: datetime,
) -> Credential:
    """Renew a credential and return its new version; number and serial stay, the old one says so at once.

    applied_on: the day the application came in, which decides whether it came
    in time (《行政许可法》第五十条); the decision may come later.
    valid_from: the day of the decision if None. fields: those that changed.
    Raises NotFound, Unavailable, what the policies of renewing and sealing
    refuse, Refusal ``credentials.not_in_force``, ``credentials.not_renewable``,
    ``credentials.too_early_to_renew``, ``credentials.too_late_to_renew`` and
    those of issuing. Records ``credentials.renewed``.
    """
    old = locked(credential_id)
    access.permit(by, "credentials.renew", old)
    on = clock.beijing_date(at)
    _refuse_outside_window(old, applied_on)
    start = valid_from or on
    new = _next_version(old, Way.RENEWAL, "延续", fields, on)
    new.valid_from, new.valid_to = start, valid_to or rules.last_day(start, rules.period_of(new.kind.validity))
    new.applied_on, new.dossier_id = applied_on, dossier_id
    return _swap(old, new, State.RENEWED, "延续", "credentials.renewed", by, at)


@transaction.atomic
def replace(
    *,
    credential_id: UUID,
    cause: str,
    fields: Mapping[str, str] | None = None,
    dossier_id: int | None = None,
    by: Actor,
    at: datetime,
) -> Credential:
    """Put a new version in the place of a credential and return it; its days of validity stay.

    cause: ``lost``, ``damaged`` or ``changed``. fields: those that changed.
    Raises NotFound, Unavailable, what the policies of replacing and sealing
    refuse, Refusal ``credentials.not_in_force``, ``credentials.cause_missing``,
    ``credentials.nothing_changed`` and those of issuing. Records ``credentials.replaced``.
    """
    old = locked(credential_id)
    access.permit(by, "credentials.replace", old)
    if cause not in CAUSES:
        raise Refusal("credentials.cause_missing", "没有写明为什么换发。", "请选择遗失、损坏或者内容变更。")
    if rules.worth_on(old.state, old.valid_from, old.valid_to, clock.beijing_date(at)) == rules.Worth.EXPIRED:
        raise Refusal(
            "credentials.not_in_force", f"{old.title}{old.number}已经到期，不能换发。", "需要继续使用的，请重新申请。"
        )
    new = _next_version(old, Way.REPLACEMENT, CAUSES[cause], fields, clock.beijing_date(at))
    if cause == "changed" and new.fields == old.fields and new.holder_name == old.holder_name:
        raise Refusal("credentials.nothing_changed", "新旧内容一样，没有需要变更的。", "请填写变更后的内容。")
    new.valid_from, new.valid_to, new.dossier_id = old.valid_from, old.valid_to, dossier_id
    return _swap(old, new, State.REPLACED, CAUSES[cause], "credentials.replaced", by, at)


def _next_version(
    old: Credential, way: Credential.Way, why: str, fields: Mapping[str, str] | None, on: date
) -> Credential:
    kind = queries.kind_on(old.kind.code, on)
    return Credential(
        kind=kind,
        unit=old.unit,
        holder=old.holder,
        holder_name=old.holder.display_name,
        title=old.title,
        number=old.number,
        serial=old.serial,
        version=old.version + 1,
        fields=rules.printed(queries.fields_of(kind), {**old.fields, **(fields or {})}, title=old.title),
        way=way,
        why=why,
        replaces=old,
    )


def _swap(
    old: Credential, new: Credential, state: Credential.State, why: str, kind: str, by: Actor, at: datetime
) -> Credential:
    on = clock.beijing_date(at)
    must_fit(new.kind, new.holder, new.valid_from, new.valid_to if new.way == Way.RENEWAL else None)
    new.release, issuer = locked_release(new.kind, org.unit(old.unit.code), on)
    new.issued_at, new.issued_by = at, by.person
    old.state, old.ended_on = state, on
    old.save(update_fields=["state", "ended_on"])
    put_out(new, issuer, by=by, at=at, kind=kind)
    end(old, reason=why, basis="", entry=new.entry, by=by, at=at)
    if state == State.RENEWED:
        fulfill_reminder(old, at=at, evidence=f"credential:{new.pk}")
    else:
        drop_reminder(old, reason=old.get_state_display(), at=at)  # the new version is reminded of itself
    return new


def _refuse_outside_window(old: Credential, applied_on: date) -> None:
    kind = old.kind
    if not kind.is_renewable or old.valid_to is None:
        raise Refusal(
            "credentials.not_renewable", f"“{old.title}”不办理延续。", "长期有效的不用延续；其他的到期后请重新申请。"
        )
    if applied_on > old.valid_to:
        raise Refusal(
            "credentials.too_late_to_renew",
            f"{old.title}{old.number}在{old.valid_to}已经到期，{applied_on}才申请延续。",
            "请按新办申请。",
            kind.source,
        )
    opens, closes = rules.period_of(kind.opens), rules.period_of(kind.closes)
    window = rules.renewal_window(old.valid_to, opens, closes, clock.calendar())
    if window.first is not None and applied_on < window.first:
        raise Refusal(
            "credentials.too_early_to_renew",
            f"{old.title}{old.number}从{window.first}起才可以申请延续。",
            f"请在{window.first}至{window.last}申请。",
            kind.source,
        )
