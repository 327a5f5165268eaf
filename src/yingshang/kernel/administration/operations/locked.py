"""Rows locked before they are judged, always in the order person, unit, post, appointment."""

from __future__ import annotations

from typing import TypeVar

from django.db import models

from yingshang.kernel import org
from yingshang.kernel.errors import NotFound

Row = TypeVar("Row", bound=models.Model)


def locked(model: type[Row], number: int, *join: str) -> Row:
    """Return the row with this id, locked until the transaction ends, with the rows in ``join`` read along.

    Raises NotFound.
    """
    row = model._default_manager.select_for_update(of=("self",)).select_related(*join).filter(pk=number).first()
    if row is None:
        raise NotFound(str(model._meta.verbose_name))
    return row


def locked_units(*codes: str) -> dict[str, org.Unit]:
    """Return the units with these codes, locked in the order of their ids so that two deeds cannot wait for each other.

    Raises NotFound for a code that no unit has.
    """
    rows = {unit.code: unit for unit in org.Unit.objects.select_for_update().filter(code__in=codes).order_by("pk")}
    for code in codes:
        if code not in rows:
            raise NotFound(f"代码为“{code}”的单位")
    return rows
