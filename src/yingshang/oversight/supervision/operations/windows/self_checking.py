"""A window fills in its sheet, and puts right what was wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import BinaryIO

from django.db import transaction

from yingshang.kernel import access, clock, documents, ledger, org, work
from yingshang.kernel.audience import Audience
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor
from yingshang.oversight.supervision import queries
from yingshang.oversight.supervision.models import SelfCheck, SelfCheckItem
from yingshang.oversight.supervision.policies.authority import SEE_WORK
from yingshang.oversight.supervision.rules.periods import SELF_CHECK, origin_of

Paper = tuple[BinaryIO, str, str]


@transaction.atomic
def fill_self_check(
    *, period: str, wrong: Mapping[str, str], photos: Sequence[Paper] = (), by: Actor, at: datetime
) -> SelfCheck:
    """Fill in the sheet of the actor's unit for a period and return it; late ones are taken as well.

    wrong: code of an item → what is wrong; every other item of the county's
    sheet is in order. Raises NotFound where the unit owes none for the period,
    Refusal ``supervision.self_check_filled``, ``supervision.item_unknown``,
    ``supervision.reason_missing``, what ``documents.keep`` and the policy
    refuse. Records ``supervision.self_checked``.
    """
    duty = _owed(by.unit, period)
    access.permit(by, "supervision.fill_self_check", duty)
    if duty.state != work.Obligation.State.OPEN:
        raise Refusal("supervision.self_check_filled", "这张自查表已经填过。", "发现新的问题，请填下一张。")
    sheet = queries.rules_of_county().sheet
    if not wrong.keys() <= sheet.keys():
        raise Refusal("supervision.item_unknown", "有一项不在自查表上。", "请刷新页面重新填写。")
    empty = [sheet[code] for code, note in wrong.items() if not note.strip()]
    if empty:
        raise Refusal("supervision.reason_missing", f"“{empty[0]}”没有写明有什么问题。", "请写明后再提交。")
    filled = SelfCheck.objects.create(
        unit=org.unit(by.unit), period=period, duty=duty, filled_by=by.person, filled_at=at
    )
    SelfCheckItem.objects.bulk_create(
        SelfCheckItem(
            sheet=filled, code=code, title=title, in_order=code not in wrong, note=wrong.get(code, "").strip()[:400]
        )
        for code, title in sheet.items()
    )
    watchers = frozenset(queries.holders_of(SEE_WORK, clock.beijing_date(at)))
    readers = Audience(unit=by.unit, handlers=watchers)
    for stream, name, media_type in photos:
        subject = queries.self_check_subject(filled)
        documents.keep(stream, name=name, media_type=media_type, subject=subject, by=by, at=at, audience=readers)
    work.fulfill(obligation_id=duty.pk, by=by, at=at, evidence=f"self-check:{filled.pk}")
    ledger.record(
        "supervision.self_checked",
        subject=f"self_check:{filled.pk}",
        by=by,
        at=at,
        facts={"period": period, "wrong": len(wrong)},
    )
    return filled


@transaction.atomic
def fix_item(*, item_id: int, on: date, how: str, by: Actor, at: datetime) -> SelfCheckItem:
    """Say on which day and how an item that was wrong was put right; return it.

    Raises NotFound, Refusal ``supervision.nothing_to_fix``,
    ``supervision.fixed_in_the_future``, ``supervision.reason_missing`` and what
    the policy refuses. Records ``supervision.self_check_fixed``.
    """
    rows = SelfCheckItem.objects.select_for_update(of=("self",)).select_related("sheet__unit", "sheet__duty__unit")
    item = rows.filter(pk=item_id).first()
    if item is None:
        raise NotFound("自查表的这一项")
    access.permit(by, "supervision.fill_self_check", item.sheet.duty)
    if item.in_order or item.fixed_on is not None:
        raise Refusal("supervision.nothing_to_fix", f"“{item.title}”没有待整改的问题。", "不需要办理。")
    if on > clock.beijing_date(at) or on < clock.beijing_date(item.sheet.filled_at):
        raise Refusal("supervision.fixed_in_the_future", "整改日期应在自查以后、今天以前。", "请改正日期。")
    if not how.strip():
        raise Refusal("supervision.reason_missing", "还没有写明怎样整改的。", "请写明后再提交。")
    item.fixed_on, item.fixed_how, item.fixed_by = on, how.strip()[:400], by.person
    item.save(update_fields=["fixed_on", "fixed_how", "fixed_by"])
    ledger.record(
        "supervision.self_check_fixed",
        subject=f"self_check:{item.sheet_id}",
        by=by,
        at=at,
        facts={"item": item.code, "on": on.isoformat()},
    )
    return item


def _owed(unit: str, period: str) -> work.Obligation:
    rows = work.Obligation.objects.select_for_update(of=("self",)).select_related("unit")
    duty = rows.filter(kind=SELF_CHECK, origin=origin_of(SELF_CHECK, period), unit__code=unit).order_by("pk").first()
    if duty is None:
        raise NotFound("这一期的自查表")
    return duty
