"""Drafting, wording, taking the numbers again, correcting."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction

from yingshang.kernel import access, clock, ledger, org
from yingshang.kernel.errors import Refusal, Stale
from yingshang.kernel.parties import Actor
from yingshang.oversight.bulletins import queries
from yingshang.oversight.bulletins.models import Bulletin, Outline
from yingshang.oversight.bulletins.operations.locking import locked, must_be
from yingshang.oversight.bulletins.operations.taking import take
from yingshang.oversight.bulletins.rules import drafted_text, first_working_day, month_of, unknown_places

DRAFT, ISSUED = Bulletin.State.DRAFT, Bulletin.State.ISSUED


@transaction.atomic
def draft(*, month: date, by: Actor, at: datetime) -> Bulletin:
    """Draft the bulletin of a month that is over, from the records, and return it.

    month: its first day. Raises whatever the policy refuses, Refusal
    ``bulletins.month_not_over``, ``bulletins.drafted_already`` and
    ``bulletins.no_outline``. Records ``bulletins.drafted``.
    """
    access.permit(by, "bulletins.edit")
    first, _last = month_of(clock.beijing_date(at))
    if month > first:
        raise Refusal("bulletins.month_not_over", f"{month:%Y年%m月}还没有结束。", "请在月底以后再起草。")
    outline = _outline(month)
    unit = org.unit(outline.unit)
    title = f"关于{month.year}年{month.month}月重点任务办理情况的通报"
    bulletin = Bulletin(month=month.replace(day=1), title=title, text="", unit=unit, drafted_at=at, edited_by=by.person)
    try:
        with transaction.atomic():
            bulletin.save()
    except IntegrityError:
        raise Refusal(
            "bulletins.drafted_already",
            f"{month:%Y年%m月}的通报已经起草过了。",
            "请打开已有的那一份；印发以后请办理更正。",
        ) from None
    _fill(bulletin, outline, by, at)
    return _recorded("bulletins.drafted", bulletin, by, at)


def draft_if_due(*, by: Actor, at: datetime) -> Bulletin | None:
    """Draft last month's bulletin from the first working day of a month on, once; return it, or None.

    A month in which nothing was owed gets none.
    """
    today = clock.beijing_date(at)
    first, last = month_of(today)
    if today < first_working_day(today, clock.calendar()) or queries.outline_on(first) is None:
        return None
    if Bulletin.objects.filter(month=first, corrects=None).exists() or not queries.lines_of(first, last):
        return None
    return draft(month=first, by=by, at=at)


@transaction.atomic
def edit(*, bulletin_id: int, title: str, text: str, version: int, by: Actor, at: datetime) -> Bulletin:
    """Word a draft and return it. Numbers stand in the text as places.

    version: that the editor saw. Raises NotFound, Stale, whatever the policy
    refuses, Refusal ``bulletins.not_now``, ``bulletins.text_missing`` and
    ``bulletins.unknown_place``. Records ``bulletins.edited``.
    """
    bulletin = locked(bulletin_id)
    access.permit(by, "bulletins.edit")
    must_be(bulletin, DRAFT)
    if bulletin.version != version:
        raise Stale
    if not title.strip() or not text.strip():
        raise Refusal("bulletins.text_missing", "标题和正文都不能空着。", "请写好标题和正文再保存。")
    places = queries.values_of(queries.figures_shown(bulletin))
    if unknown := unknown_places(text, places):
        raise Refusal(
            "bulletins.unknown_place",
            f"正文中的“{{{unknown[0]}}}”没有对应的数字。",
            f"可以用的有：{'、'.join(places)}。不需要的请删掉大括号。",
        )
    bulletin.title, bulletin.text, bulletin.edited_by = title.strip()[:120], text.strip(), by.person
    bulletin.version += 1
    bulletin.save(update_fields=["title", "text", "edited_by", "version"])
    return _recorded("bulletins.edited", bulletin, by, at)


@transaction.atomic
def take_again(*, bulletin_id: int, by: Actor, at: datetime) -> Bulletin:
    """Take the numbers of a draft again, as of the same day, and return it; the text stays.

    Raises NotFound, whatever the policy refuses, Refusal ``bulletins.not_now``
    and ``bulletins.no_outline``. Records ``bulletins.taken_again``.
    """
    bulletin = locked(bulletin_id)
    access.permit(by, "bulletins.edit")
    must_be(bulletin, DRAFT)
    take(bulletin, _outline(bulletin.month), by=by, at=at)
    bulletin.version += 1
    bulletin.save(update_fields=["taking", "version"])
    return _recorded("bulletins.taken_again", bulletin, by, at)


@transaction.atomic
def correct(*, bulletin_id: int, reason: str, by: Actor, at: datetime) -> Bulletin:
    """Draft a correction of an issued bulletin: a new one that names it, with numbers taken now. Return the new one.

    Raises NotFound, whatever the policy refuses, Refusal ``bulletins.not_now``,
    ``bulletins.reason_missing`` and ``bulletins.corrected_already``. Records
    ``bulletins.drafted``.
    """
    old = locked(bulletin_id)
    access.permit(by, "bulletins.edit")
    must_be(old, ISSUED)
    if not reason.strip():
        raise Refusal("bulletins.reason_missing", "更正通报必须写明原因。", "请写清哪里错了、怎样发现的。")
    if Bulletin.objects.filter(corrects=old).exists():
        raise Refusal("bulletins.corrected_already", f"{old.number}已经更正过。", "请在更正后的那一份上再更正。")
    bulletin = Bulletin.objects.create(
        month=old.month,
        title=f"{old.title.removesuffix('（更正）')}（更正）",
        text="",
        unit=old.unit,
        drafted_at=at,
        edited_by=by.person,
        corrects=old,
        reason=reason.strip()[:400],
    )
    _fill(bulletin, _outline(old.month), by, at)
    said = f"{old.number}有误，现予更正。原因：{bulletin.reason}"
    bulletin.text = f"{said}\n{bulletin.text}"
    bulletin.save(update_fields=["text"])
    return _recorded("bulletins.drafted", bulletin, by, at)


def _fill(bulletin: Bulletin, outline: Outline, by: Actor, at: datetime) -> None:
    taking = take(bulletin, outline, by=by, at=at)
    places = queries.values_of(queries.figures_shown(bulletin))
    bulletin.text = drafted_text(places, last=taking.as_of, bureau=bulletin.unit.short_name)
    bulletin.save(update_fields=["taking", "text"])


def _outline(day: date) -> Outline:
    found = queries.outline_on(day)
    if found is None:
        raise Refusal("bulletins.no_outline", "县里还没有规定通报写什么。", "请在县级数据的bulletins.yaml中写明提纲。")
    return found


def _recorded(kind: str, bulletin: Bulletin, by: Actor, at: datetime) -> Bulletin:
    facts = {"title": bulletin.title, "digest": bulletin.taking.digest if bulletin.taking else ""}
    ledger.record(kind, subject=f"bulletin:{bulletin.pk}", by=by, at=at, facts=facts)
    return bulletin
