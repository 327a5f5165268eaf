"""Delivering: each subscriber in a transaction of its own, until it has heard."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from django.db import transaction
from django.utils import timezone

from yingshang.kernel import access, registry
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.events.models import Delivery, Fact
from yingshang.kernel.parties import Actor

log = structlog.get_logger(__name__)

BATCH = 200
NEXT_TRY_AFTER = (
    timedelta(seconds=30),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)
"""How long to wait after the first, second … failure; after the last one the delivery is parked."""


@dataclass(frozen=True)
class Delivered:
    """What one round did: deliveries heard, and deliveries that failed."""

    heard: int = 0
    failed: int = 0


def deliver(limit: int = 1_000, *, at: datetime | None = None) -> Delivered:
    """Deliver what is due, oldest first, until nothing is due or ``limit`` were tried.

    Safe to run in several processes at once: a delivery that another one holds
    is skipped. What a subscriber tells in turn is delivered in the same round.
    at: the moment that decides what is due; now, if not given.
    """
    heard = failed = 0
    while heard + failed < limit:
        moment = at or timezone.now()
        due = Delivery.objects.filter(state=Delivery.State.WAITING, next_try_at__lte=moment)
        batch = list(due.order_by("next_try_at", "id").values_list("id", flat=True)[: min(BATCH, limit)])
        outcomes = [_deliver_one(delivery_id, moment) for delivery_id in batch]
        heard += outcomes.count(True)
        failed += outcomes.count(False)
        if not any(outcome is not None for outcome in outcomes):
            break
    return Delivered(heard, failed)


@transaction.atomic
def redeliver(delivery_id: int, by: Actor) -> Delivery:
    """Put a delivery that failed or was parked back in the queue, due at once.

    Raises NotFound, whatever the policy refuses, and Refusal
    ``events.already_delivered``. Records ``events.tried_again`` in the log of
    operators; the ledger keeps deeds about matters, not about the machine.
    """
    delivery = Delivery.objects.select_for_update().filter(pk=delivery_id).first()
    access.permit(by, "events.try_again", delivery)
    if delivery is None:
        raise NotFound("这条送达记录")
    if delivery.state == Delivery.State.DELIVERED:
        raise Refusal("events.already_delivered", "这条消息已经送达，不需要再送。", "请刷新页面查看最新情况。")
    delivery.state = Delivery.State.WAITING
    delivery.attempts = 0
    delivery.next_try_at = timezone.now()
    delivery.save(update_fields=["state", "attempts", "next_try_at"])
    log.info("events.tried_again", delivery=delivery.pk, by=by.person)
    return delivery


def _deliver_one(delivery_id: int, moment: datetime) -> bool | None:
    """Return True if heard, False if it failed, None if another process has it or has done it."""
    with transaction.atomic():
        waiting = Delivery.objects.select_for_update(skip_locked=True, of=("self",)).select_related("fact")
        delivery = waiting.filter(pk=delivery_id, state=Delivery.State.WAITING).first()
        if delivery is None:
            return None
        error = _heard(delivery.subscriber, delivery.fact)
        delivery.attempts += 1
        if error is None:
            delivery.state, delivery.delivered_at = Delivery.State.DELIVERED, moment
            delivery.error_class = delivery.error_trace = ""
        else:
            _note_failure(delivery, error, moment)
        delivery.save()
    return error is None


def _heard(subscriber: str, fact: Fact) -> Exception | None:
    """Return None once the subscriber has done its work, else the error; its work is rolled back."""
    try:
        if subscriber not in registry.subscribers_of(fact.name):
            raise registry.NotInstalled(f"{subscriber} hears {fact.name} no longer.")
        with transaction.atomic():
            registry.resolve(subscriber)(fact)
    # Whatever a subscriber raises must not stop the others: it is kept, shown and tried again.
    except Exception as error:
        return error
    return None


def _note_failure(delivery: Delivery, error: Exception, moment: datetime) -> None:
    kind = type(error)
    code = f" {error.code}" if isinstance(error, Refusal) else ""
    delivery.error_class = f"{kind.__module__}.{kind.__qualname__}{code}"[:200]
    delivery.error_trace = "\n".join(_places(error))
    if delivery.attempts > len(NEXT_TRY_AFTER):
        delivery.state = Delivery.State.PARKED
    else:
        delivery.next_try_at = moment + NEXT_TRY_AFTER[delivery.attempts - 1]
    log.warning(
        "events.not_heard",
        fact=delivery.fact_id,
        subscriber=delivery.subscriber,
        error=delivery.error_class,
        attempts=delivery.attempts,
        parked=delivery.state == Delivery.State.PARKED,
    )


def _places(error: Exception) -> list[str]:
    """Return file, line and function of each frame: no message and no source line, which could name a person."""
    return [f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in traceback.extract_tb(error.__traceback__)]
