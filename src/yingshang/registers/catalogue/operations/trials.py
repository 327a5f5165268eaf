"""A version tried in one zone: rolled out to the whole county, or dropped, with the reason (先行先试)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from yingshang.kernel import access, clock, ledger
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor
from yingshang.registers.catalogue.models import ItemVersion
from yingshang.registers.catalogue.operations.drafting import IN_HAND
from yingshang.registers.catalogue.operations.locking import locked_version
from yingshang.registers.catalogue.operations.publishing import disclose, freeze, reference_for
from yingshang.registers.catalogue.queries.checking import known_for


@transaction.atomic
def roll_out(*, version_id: int, effective_from: date, reason: str, by: Actor, at: datetime) -> ItemVersion:
    """Let what was tried in a zone hold in the whole county from a day on; return the new version.

    The trial ends on the eve. What was tried was reviewed, so it is published
    as it stands. Raises NotFound, whatever the policy refuses, Refusal
    ``catalogue.not_a_trial``, ``catalogue.reason_missing``,
    ``catalogue.begins_in_the_past``, ``catalogue.version_in_hand`` and what
    ``publish_version`` refuses. Records ``catalogue.version_published``, strict.
    """
    trial = _running_trial(version_id, reason, by)
    if effective_from <= clock.beijing_date(at):
        raise Refusal("catalogue.begins_in_the_past", "全县施行的日期应在明天或者以后。", "请改正日期。")
    if trial.item.versions.filter(state__in=IN_HAND).exists():
        raise Refusal("catalogue.version_in_hand", "这个事项另有一版正在编写或者审核。", "请先发布或者放弃那一版。")
    newest = trial.item.versions.order_by("-number").values_list("number", flat=True)[0]
    _end(trial, effective_from - timedelta(days=1), f"转为全县施行：{reason.strip()}")
    version = ItemVersion(
        item=trial.item,
        number=newest + 1,
        tried_as=trial,
        content=trial.content,
        changed_because=reason.strip()[:400],
        drafted_by=trial.drafted_by,
        drafted_at=at,
        reviewed_by=trial.reviewed_by,
    )
    known = known_for(trial.item.basic, effective_from)
    published = freeze(version, reference_for(known), effective_from=effective_from, until=None, by=by, at=at)
    disclose(published, by, at)
    return published


@transaction.atomic
def drop_trial(*, version_id: int, reason: str, by: Actor, at: datetime) -> ItemVersion:
    """Stop a trial today; new applications take the county's version again. Return it.

    Raises NotFound, whatever the policy refuses, Refusal ``catalogue.not_a_trial``
    and ``catalogue.reason_missing``. Records ``catalogue.trial_dropped``, strict.
    """
    trial = _running_trial(version_id, reason, by)
    _end(trial, clock.beijing_date(at) - timedelta(days=1), reason.strip())
    trial.state = ItemVersion.State.ENDED
    trial.save(update_fields=["state"])
    ledger.record(
        "catalogue.trial_dropped",
        subject=f"item:{trial.item.slug}",
        by=by,
        at=at,
        facts={"title": trial.title, "number": trial.number, "reason": reason.strip()[:200]},
    )
    return trial


def _running_trial(version_id: int, reason: str, by: Actor) -> ItemVersion:
    trial = locked_version(version_id)
    access.permit(by, "catalogue.publish", trial.item)
    if trial.zone is None or trial.state != ItemVersion.State.PUBLISHED or trial.ended_because:
        raise Refusal("catalogue.not_a_trial", f"{trial}不是正在园区试行的版本。", "请在试行的版本上办理。")
    if not reason.strip():
        raise Refusal("catalogue.reason_missing", "推广或者停止试行，要写明理由。", "请写明比较的结果。")
    return trial


def _end(trial: ItemVersion, last: date, because: str) -> None:
    assert trial.effective_from is not None  # published
    trial.effective_to = max(last, trial.effective_from)
    trial.ended_because = because[:400]
    trial.save(update_fields=["effective_to", "ended_because"])
