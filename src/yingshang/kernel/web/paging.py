"""Pages of a long list by the last row seen: no counting, no skipping, the same cost on every page."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

from yingshang.kernel.web.dirt import dirt_in

Row = TypeVar("Row", bound=Model)

PER_PAGE = 50
LONGEST_MARK = 600


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Rows of one page and the addresses of its neighbors; an empty address means there is none."""

    rows: list[Row]
    next_address: str = ""
    first_address: str = ""
    next_mark: str = ""


def keyset(
    queryset: QuerySet[Row], request: HttpRequest, *, order: Sequence[str] = ("-pk",), per_page: int = PER_PAGE
) -> Page[Row]:
    """Return the page that ``?after=`` asks for, in one query.

    order: non-null fields or annotations, ``-`` for descending; the primary key is
    added so that the order is total. A mark that is not ours shows page one.
    """
    after = request.GET.get("after", "")
    page = page_after(queryset, after, order=order, per_page=per_page)
    others = {key: value for key, value in request.GET.lists() if key != "after"}

    def address(mark: str) -> str:
        query = urlencode(others | ({"after": [mark]} if mark else {}), doseq=True)
        return f"{request.path}?{query}" if query else request.path

    return Page(
        page.rows,
        address(page.next_mark) if page.next_mark else "",
        address("") if after else "",
        page.next_mark,
    )


def page_after(
    queryset: QuerySet[Row], after: str, *, order: Sequence[str] = ("-pk",), per_page: int = PER_PAGE
) -> Page[Row]:
    """Return the page behind a mark, without addresses; what the API uses."""
    total = _total(queryset, order)
    start = _read(queryset, total, after)
    if start is not None:
        queryset = queryset.filter(_behind(total, start))
    rows = list(queryset.order_by(*total)[: per_page + 1])
    more, rows = len(rows) > per_page, rows[:per_page]
    return Page(rows, next_mark=_mark(total, rows[-1]) if more else "")


def _total(queryset: QuerySet[Any], order: Sequence[str]) -> list[str]:
    key = queryset.model._meta.pk.name
    named = [name.replace("pk", key) if name.lstrip("-") == "pk" else name for name in order]
    return (
        named
        if key in (name.lstrip("-") for name in named)
        else [*named, f"-{key}" if named[-1:] and named[-1].startswith("-") else key]
    )


def _behind(order: list[str], start: list[Any]) -> Q:
    """Return (a, b, c) > (x, y, z) written out, as directions may differ."""
    condition, equal = Q(), Q()
    for name, value in zip(order, start, strict=True):
        plain = name.lstrip("-")
        condition |= equal & Q(**{f"{plain}__{'lt' if name.startswith('-') else 'gt'}": value})
        equal &= Q(**{plain: value})
    return condition


def _mark(order: list[str], row: Model) -> str:
    values = []
    for name in order:
        value: Any = row
        for step in name.lstrip("-").split("__"):
            value = getattr(value, step)
        values.append(value)
    text = json.dumps(values, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read(queryset: QuerySet[Any], order: list[str], mark: str) -> list[Any] | None:
    """Return the values in a mark, each cleaned by its own field; None when the mark is not ours."""
    if not mark or len(mark) > LONGEST_MARK:
        return None
    try:
        values = json.loads(base64.urlsafe_b64decode(mark + "=" * (-len(mark) % 4)))
        if not isinstance(values, list) or len(values) != len(order) or dirt_in(values):
            return None
        start = [_field(queryset, name).clean(value, None) for name, value in zip(order, values, strict=True)]
        return None if None in start else start
    except (ValueError, TypeError, OverflowError, ValidationError, FieldDoesNotExist, RecursionError):
        return None


def _field(queryset: QuerySet[Any], name: str) -> Any:
    model: Any = queryset.model
    *steps, last = name.lstrip("-").split("__")
    if not steps and last in queryset.query.annotations:
        return queryset.query.annotations[last].output_field
    for step in steps:
        model = model._meta.get_field(step).related_model
    return model._meta.get_field(last)
