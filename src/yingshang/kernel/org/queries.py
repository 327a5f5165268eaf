"""Questions about units and groups."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from yingshang.kernel.errors import NotFound
from yingshang.kernel.org.dated import DatedQuerySet, holds_on
from yingshang.kernel.org.models import Group, GroupMember, Unit, UnitName


def unit(code: str) -> Unit:
    """Return the unit with this code, closed ones included. Raises NotFound."""
    try:
        return Unit.objects.get(code=code)
    except Unit.DoesNotExist:
        raise NotFound(f"代码为“{code}”的单位") from None


def group(code: str) -> Group:
    """Return the group with this code. Raises NotFound."""
    try:
        return Group.objects.get(code=code)
    except Group.DoesNotExist:
        raise NotFound(f"代码为“{code}”的单位组") from None


def subtree_of(top: Unit) -> DatedQuerySet[Unit]:
    """Return the unit and all that stand under it, closed ones included, in path order. One index range."""
    return Unit.objects.filter(path__startswith=top.path).order_by("path")


def members_on(group_code: str, day: date) -> list[Unit]:
    """Return the units that a group means on a day, in path order.

    Members are the standing units of the group's kinds and those listed row
    by row for that day, without those excluded for it. A group of units
    *concerned* (有关) means nobody until a person names them: the answer is
    empty, and ``candidates_on`` holds those they may choose from.
    Queries: 2. Raises NotFound for an unknown group.
    """
    named = group(group_code)
    return list(_reached_by(named, day)) if named.rule == Group.Rule.ALL else []


def candidates_on(group_code: str, day: date) -> list[Unit]:
    """Return the units from which a person names the members of a group *concerned*; for ``all``, its members."""
    return list(_reached_by(group(group_code), day))


def _reached_by(named: Group, day: date) -> QuerySet[Unit]:
    rows = GroupMember.objects.filter(holds_on(day), group=named)
    listed = rows.filter(is_excluded=False).values("unit_id")
    excluded = rows.filter(is_excluded=True).values("unit_id")
    meant = Q(kind__in=named.kinds) | Q(pk__in=listed)
    return Unit.objects.filter(holds_on(day)).filter(meant).exclude(pk__in=excluded).order_by("path")


def heir_on(closed: Unit, day: date) -> Unit | None:
    """Return who stands in a unit's place on a day: itself, or the successor of its successor; None if abolished."""
    seen: set[int] = set()
    here: Unit | None = closed
    while here is not None and here.valid_to is not None and here.valid_to <= day:
        if here.pk in seen:
            return None
        seen.add(here.pk)
        here = here.successor
    return here


def name_on(bearer: Unit, day: date) -> str:
    """Return the short name that a unit bore on a day, for documents of that day."""
    former = UnitName.objects.filter(holds_on(day), unit=bearer).first()
    return former.short_name if former else bearer.short_name
