"""Appoint and dismiss the three separated administrators."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q

from yingshang.kernel import access, ledger, org
from yingshang.kernel.administration.operations.locked import locked
from yingshang.kernel.administration.policies import SEPARATION
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor


@transaction.atomic
def appoint_administrator(*, person_id: int, duty: str, on: date, by: Actor) -> org.Administrator:
    """Make a person one of the three administrators from a day on.

    Raises Refusal ``administration.one_duty_each`` when the person is one of
    the three then or later; the lock on the person makes two such deeds wait
    for each other, and an exclusion constraint stands behind it. Records
    ``administration.administrator_appointed`` (strict).
    """
    person = locked(org.Person, person_id)
    access.permit(by, "administration.appoint_administrator", person)
    made = give_duty(person, duty, on)
    _record("administrator_appointed", made, on, by)
    return made


def give_duty(person: org.Person, duty: str, on: date) -> org.Administrator:
    """Return the new row for a person whose row is locked. Raises Refusal ``administration.one_duty_each``."""
    held = org.Administrator.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), person=person).first()
    if held is not None:
        raise Refusal(
            "administration.one_duty_each",
            f"{person.name}已经是{held.get_duty_display()}。三员由三个人分别担任，一个人不能兼任。",
            "请另选一个人，或者先免去现在的职责。",
            source=SEPARATION,
        )
    return org.Administrator.objects.create(person=person, duty=duty, valid_from=on)


@transaction.atomic
def end_administrator(*, administrator_id: int, on: date, by: Actor) -> org.Administrator:
    """End a duty: ``on`` is the first day the person no longer has it.

    Raises Refusal ``administration.already_ended``,
    ``administration.ends_before_it_begins``, and
    ``administration.last_of_its_kind`` when nobody else has that duty on that
    day: the three always stand. Records ``administration.administrator_ended`` (strict).
    """
    # All rows of the duty are locked, in one order, so that two of two cannot be dismissed at once.
    same_duty = org.Administrator.objects.filter(pk=administrator_id).values("duty")
    rows = {
        row.pk: row
        for row in org.Administrator.objects.select_for_update(of=("self",))
        .select_related("person")
        .filter(duty__in=same_duty)
        .order_by("pk")
    }
    if administrator_id not in rows:
        raise NotFound("这项职责")
    held = rows.pop(administrator_id)
    access.permit(by, "administration.appoint_administrator", held.person)
    if held.valid_to is not None:
        raise Refusal(
            "administration.already_ended", f"这项职责已于{held.valid_to:%Y年%m月%d日}结束。", "不需要再办理免职。"
        )
    if held.valid_from is not None and on <= held.valid_from:
        raise Refusal(
            "administration.ends_before_it_begins",
            f"这项职责自{held.valid_from:%Y年%m月%d日}开始，免职日期要在那以后。",
            "请核对免职日期。",
        )
    if not any(other.holds(on) and other.valid_to is None for other in rows.values()):
        raise Refusal(
            "administration.last_of_its_kind",
            f"{held.person.name}是唯一的{held.get_duty_display()}。",
            "请先任命接任的人，再办理免职。",
            source=SEPARATION,
        )
    held.valid_to = on
    held.save(update_fields=["valid_to"])
    _record("administrator_ended", held, on, by)
    return held


def _record(deed: str, row: org.Administrator, on: date, by: Actor) -> None:
    facts = {"duty": row.get_duty_display(), "on": on.isoformat()}
    ledger.record(f"administration.{deed}", subject=f"person:{row.person.pseudonym}", by=by, facts=facts)
