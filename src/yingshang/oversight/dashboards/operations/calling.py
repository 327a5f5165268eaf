"""Noting what was said on the telephone."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from yingshang.kernel import access, clock, ledger, org
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor
from yingshang.oversight.dashboards.models import Call


@transaction.atomic
def note_call(*, unit_code: str, answer: str, by: Actor, at: datetime, promised_on: date | None = None) -> Call:
    """Note a call to a unit and what it answered, and return it.

    promised_on: the day by which the unit says it will be done, if it named one.
    Raises NotFound for an unknown unit, whatever the policy refuses, Refusal
    ``dashboards.answer_missing`` and ``dashboards.promised_in_the_past``.
    Records ``dashboards.call_noted``.
    """
    unit = org.unit(unit_code)
    access.permit(by, "dashboards.note_call", unit)
    if not answer.strip():
        raise Refusal(
            "dashboards.answer_missing", "还没有写对方怎么答复。", "请写一两句，例如：“材料已备齐，周四报送”。"
        )
    if promised_on is not None and promised_on < clock.beijing_date(at):
        raise Refusal(
            "dashboards.promised_in_the_past", "答应办完的日期已经过去了。", "请填写今天或以后的日期，或者留空。"
        )
    call = Call.objects.create(
        unit=unit, called_at=at, called_by=by.person, answer=answer.strip()[:400], promised_on=promised_on
    )
    facts = {"unit": unit.short_name, "promised": promised_on.isoformat() if promised_on else ""}
    ledger.record("dashboards.call_noted", subject=f"unit:{unit.code}", by=by, at=at, facts=facts)
    return call
