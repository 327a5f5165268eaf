"""A filter kept under a name, for oneself or for the unit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from yingshang.casework.cases.models import SavedFilter
from yingshang.kernel import access, org
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor

MOST_OF_ONE = 30


@transaction.atomic
def save_filter(*, name: str, query: Mapping[str, str], is_shared: bool, by: Actor, at: datetime) -> SavedFilter:
    """Keep a filter under a name and return it; the same name again keeps the newer one.

    Raises what the policy refuses, Refusal ``cases.filter_without_a_name`` and
    ``cases.too_many_filters``. Records nothing: it is a note of the person.
    """
    unit = org.unit(by.unit)
    access.permit(by, "cases.work_desk", unit)
    if not name.strip():
        raise Refusal("cases.filter_without_a_name", "这个筛选还没有名称。", "请写一个自己认得的名称，例如“本周到期”。")
    own = SavedFilter.objects.filter(unit=unit, person=by.person)
    if own.exclude(name=name.strip()).count() >= MOST_OF_ONE:
        raise Refusal("cases.too_many_filters", "常用筛选已经存满了。", "请先删掉不用的，再保存。")
    row, _ = SavedFilter.objects.update_or_create(
        unit=unit,
        person=by.person,
        name=name.strip()[:40],
        defaults={"query": dict(query), "is_shared": is_shared, "saved_at": at},
    )
    return row


@transaction.atomic
def forget_filter(*, filter_id: int, by: Actor) -> None:
    """Remove a filter that the actor saved. Raises NotFound for another's, and what the policy refuses."""
    access.permit(by, "cases.work_desk", org.unit(by.unit))
    removed, _ = SavedFilter.objects.filter(pk=filter_id, person=by.person, unit__code=by.unit).delete()
    if not removed:
        raise NotFound("这个常用筛选")
