"""A reform practice is put to units; each adopts, adapts or declines it with its reason, by a date it owes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from yingshang.kernel import access, clock, ledger, org, work
from yingshang.kernel.errors import NotFound, Refusal, Stale
from yingshang.kernel.parties import Actor
from yingshang.registers.catalogue.models import Adoption, Item, Practice

ANSWER = "catalogue.answer_practice"


@dataclass(frozen=True, kw_only=True)
class Tried:
    """A practice as it was tried. zone: code of the county's zone where it was, or empty for elsewhere."""

    title: str
    tried_in: str
    what: str
    effect: str
    source: str
    zone: str = ""


@transaction.atomic
def propose_practice(*, tried: Tried, units: Sequence[str], decide_by: date, by: Actor, at: datetime) -> Practice:
    """Put a practice to units, and return it; each owes an answer by a date.

    Raises NotFound for an unknown unit, Stale when two do it at once, whatever the policy refuses, Refusal
    ``catalogue.practice_incomplete`` and ``catalogue.begins_in_the_past``.
    Records ``catalogue.practice_proposed``, strict, and opens an obligation
    ``catalogue.answer_practice`` for each unit.
    """
    access.permit(by, "catalogue.coordinate")
    told = [tried.title, tried.tried_in, tried.what, tried.effect, tried.source]
    if not all(part.strip() for part in told) or not units:
        raise Refusal(
            "catalogue.practice_incomplete",
            "改革经验没有写全。",
            "请写明名称、在哪里试的、做了什么、效果和怎么得来的、出处，并选择要答复的单位。",
        )
    on = clock.beijing_date(at)
    if decide_by < on:
        raise Refusal("catalogue.begins_in_the_past", "答复期限早于今天。", "请改正期限。")
    newest = Practice.objects.order_by("-number").values_list("number", flat=True).first()
    try:
        with transaction.atomic():
            practice = Practice.objects.create(
                number=(newest or 0) + 1,
                title=tried.title.strip()[:120],
                tried_in=tried.tried_in.strip()[:120],
                zone=org.unit(tried.zone) if tried.zone else None,
                what=tried.what.strip(),
                effect=tried.effect.strip(),
                source=tried.source.strip()[:200],
                proposed_by=by.person,
                proposed_on=on,
                decide_by=decide_by,
            )
    except IntegrityError:
        raise Stale("刚才有人同时征询了另一条改革经验。") from None
    asked = [org.unit(code) for code in dict.fromkeys(units)]
    duties = [
        work.Owed(
            kind=ANSWER,
            title=f"答复改革经验“{practice.title}”",
            unit=unit,
            origin=f"catalogue.practice:{practice.number}",
            due_date=decide_by,
            source="木环组发〔2019〕1号 第10项",
        )
        for unit in asked
    ]
    owed = work.owe_all(duties, by=by, at=at)
    Adoption.objects.bulk_create(
        [
            Adoption(practice=practice, unit=unit, obligation=obligation)
            for unit, obligation in zip(asked, owed, strict=True)
        ]
    )
    facts = {"title": practice.title, "units": len(asked)}
    ledger.record(
        "catalogue.practice_proposed", subject=f"catalogue.practice:{practice.number}", by=by, at=at, facts=facts
    )
    return practice


@transaction.atomic
def answer_practice(
    *, adoption_id: int, decision: str, reason: str, items: Sequence[str] = (), by: Actor, at: datetime
) -> Adoption:
    """Say whether one's unit adopts, adapts or declines a practice, with the reason; return the answer.

    items: slugs of the unit's items that it changes. Raises NotFound, whatever
    the policy refuses, Refusal ``catalogue.answered_already``,
    ``catalogue.reason_missing``. Fulfills the obligation; records
    ``catalogue.practice_answered``, strict.
    """
    adoption = (
        Adoption.objects.select_for_update(of=("self",))
        .select_related("unit", "practice")
        .filter(pk=adoption_id)
        .first()
    )
    if adoption is None:
        raise NotFound("这条改革经验")
    access.permit(by, "catalogue.adopt", adoption)
    if adoption.decision:
        raise Refusal(
            "catalogue.answered_already",
            f"{adoption.unit.short_name}已经答复：{adoption.get_decision_display()}。",
            "答复以后不能改；情况变化的，请联系统筹单位重新征询。",
        )
    if decision not in (Adoption.Decision.ADOPTED, Adoption.Decision.ADAPTED, Adoption.Decision.DECLINED):
        raise NotFound("这种答复")
    if not reason.strip():
        raise Refusal("catalogue.reason_missing", "答复要写明怎么用，或者为什么不用。", "请填写理由。")
    adoption.decision, adoption.reason = decision, reason.strip()[:600]
    adoption.decided_by, adoption.decided_on = by.person, clock.beijing_date(at)
    adoption.save(update_fields=["decision", "reason", "decided_by", "decided_on"])
    adoption.items.set(Item.objects.filter(slug__in=items, unit=adoption.unit))
    work.fulfill(
        obligation_id=adoption.obligation_id, by=by, at=at, evidence=f"catalogue.practice:{adoption.practice.number}"
    )
    ledger.record(
        "catalogue.practice_answered",
        subject=f"catalogue.practice:{adoption.practice.number}",
        by=by,
        at=at,
        facts={
            "title": adoption.practice.title,
            "unit": adoption.unit.short_name,
            "decision": adoption.get_decision_display(),
        },
    )
    return adoption
