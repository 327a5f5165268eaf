"""Found, rename, merge and abolish units; what was stays readable."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Max

from yingshang.kernel import access, events, ledger, org
from yingshang.kernel.administration.operations.locked import locked_units
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor


@transaction.atomic
def found_unit(
    *, code: str, name: str, short_name: str, kind: str, parent: str, on: date, by: Actor, counts_only: bool = False
) -> org.Unit:
    """Found a unit under another from a day on.

    Raises Refusal ``administration.code_taken`` for a code that any unit has
    or had, ``administration.unit_closed`` for a parent that does not stand on
    that day. Records and tells ``administration.unit_founded``.
    """
    above = locked_units(parent)[parent]
    access.permit(by, "administration.keep_units", above)
    _refuse_closed(above, on)
    if org.Unit.objects.filter(code=code).exists():
        raise Refusal(
            "administration.code_taken", f"代码“{code}”已有单位使用。", "单位代码不能重复，撤销的单位也不能让出代码。"
        )
    unit = org.Unit.objects.create(
        code=code,
        name=name,
        short_name=short_name,
        kind=kind,
        parent=above,
        path=f"{above.path}{code}/",
        valid_from=on,
        counts_only=counts_only,
    )
    _record("unit_founded", unit, by, unit=short_name, on=on.isoformat())
    events.tell("administration.unit_founded", unit=code, on=on.isoformat())
    return unit


@transaction.atomic
def rename_unit(*, code: str, name: str, short_name: str, on: date, by: Actor) -> org.Unit:
    """Give a unit another name from a day on; the former one stays for documents of its time.

    Raises Refusal ``administration.unit_closed``, or
    ``administration.renamed_later`` when a name already holds from that day
    or later. Records and tells ``administration.unit_renamed``.
    """
    unit = locked_units(code)[code]
    access.permit(by, "administration.keep_units", unit)
    _refuse_closed(unit, on)
    since = org.UnitName.objects.filter(unit=unit).aggregate(last=Max("valid_to"))["last"] or unit.valid_from
    if since is not None and on <= since:
        raise Refusal(
            "administration.renamed_later",
            f"{unit.short_name}这个名称自{since:%Y年%m月%d日}起使用，更名日期要在那以后。",
            "请核对更名文件上的日期。",
        )
    former = unit.short_name
    org.UnitName.objects.create(unit=unit, name=unit.name, short_name=unit.short_name, valid_from=since, valid_to=on)
    unit.name, unit.short_name = name, short_name
    unit.save(update_fields=["name", "short_name"])
    _record("unit_renamed", unit, by, unit=former, name=short_name, on=on.isoformat())
    events.tell("administration.unit_renamed", unit=code, on=on.isoformat())
    return unit


@transaction.atomic
def merge_units(*, codes: Sequence[str], into: str, on: date, by: Actor) -> org.Unit:
    """Merge units into one that stands, from a day on: their rows close and name it as successor.

    Posts there are held by nobody from that day. What they owed stays theirs
    on record; ``org.heir_on`` says who answers for it. Raises Refusal
    ``administration.unit_closed``, ``administration.into_itself``,
    ``administration.units_below`` when a unit under one of them still stands.
    Records and tells ``administration.unit_merged`` for each.
    """
    units = locked_units(*codes, into)
    heir = units[into]
    for code in codes:
        access.permit(by, "administration.keep_units", units[code])
    if into in codes:
        raise Refusal("administration.into_itself", "单位不能并入自己。", "请选择另一个承接单位。")
    _refuse_closed(heir, on)
    for code in codes:
        _close(units[code], on, heir)
        _record("unit_merged", units[code], by, unit=units[code].short_name, into=heir.short_name, on=on.isoformat())
        events.tell("administration.unit_merged", unit=code, into=into, on=on.isoformat())
    return heir


@transaction.atomic
def abolish_unit(*, code: str, on: date, by: Actor) -> org.Unit:
    """Abolish a unit from a day on, without a successor.

    Raises Refusal ``administration.unit_closed`` and
    ``administration.units_below``. Records and tells
    ``administration.unit_abolished``.
    """
    unit = locked_units(code)[code]
    access.permit(by, "administration.keep_units", unit)
    _close(unit, on, None)
    _record("unit_abolished", unit, by, unit=unit.short_name, on=on.isoformat())
    events.tell("administration.unit_abolished", unit=code, on=on.isoformat())
    return unit


def _close(unit: org.Unit, on: date, heir: org.Unit | None) -> None:
    _refuse_closed(unit, on)
    if on == unit.valid_from:
        raise Refusal(
            "administration.closed_on_its_first_day",
            f"{unit.short_name}在那一天刚刚设立。",
            "请选择那以后的日期。",
        )
    below = org.subtree_of(unit).on(on).exclude(pk=unit.pk).first()
    if below is not None:
        raise Refusal(
            "administration.units_below",
            f"{unit.short_name}下面还有{below.short_name}。",
            "请先办理下级单位的合并或撤销。",
        )
    unit.valid_to, unit.successor = on, heir
    unit.save(update_fields=["valid_to", "successor"])


def _refuse_closed(unit: org.Unit, on: date) -> None:
    """Refuse a unit that does not stand on the day, or is closed already for a later one."""
    if unit.valid_to is not None:
        raise Refusal(
            "administration.unit_closed",
            f"{unit.short_name}自{unit.valid_to:%Y年%m月%d日}起不再是一个单位。",
            "请选择现有的单位。",
        )
    if unit.valid_from is not None and on < unit.valid_from:
        raise Refusal(
            "administration.unit_not_yet",
            f"{unit.short_name}自{unit.valid_from:%Y年%m月%d日}起才设立。",
            "请选择那以后的日期。",
        )


def _record(deed: str, changed: org.Unit, by: Actor, **facts: str) -> None:
    ledger.record(f"administration.{deed}", subject=f"unit:{changed.code}", by=by, facts=facts)
