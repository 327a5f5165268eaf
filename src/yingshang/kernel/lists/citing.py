"""Cite a row of a list as it stood on a date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.lists.models import Edition, PublishedList, Row


@dataclass(frozen=True)
class Citation:
    """A row as cited: keep it with the deed that rests on it.

    digest: of the whole edition, which the ledger entry of its publication names.
    """

    list_code: str
    title: str
    edition: int
    key: str
    values: dict[str, Any]
    source: str
    digest: str

    def __str__(self) -> str:
        return f"《{self.title}》第{self.edition}版“{self.key}”"


def edition_on(list_code: str, day: date) -> Edition | None:
    """Return the edition in effect on a day; None when none was. Queries: 1."""
    in_effect = Q(effective_from__lte=day) & (Q(effective_to=None) | Q(effective_to__gte=day))
    public = [Edition.State.PUBLISHED, Edition.State.SUPERSEDED]
    editions = Edition.objects.filter(in_effect, of__code=list_code, state__in=public)
    return editions.select_related("of").order_by("-effective_from").first()


def row_on(list_code: str, key: str, day: date) -> Row | None:
    """Return the row in effect on a day; None when there is none. Queries: 2."""
    edition = edition_on(list_code, day)
    row = edition.rows.filter(key=key).first() if edition else None
    return row if row and _is_in_effect(row, day) else None


def cite(list_code: str, key: str, day: date) -> Citation:
    """Return a citation of the row in effect on a day. Queries: 2.

    Raises NotFound for an unknown list; Refusal ``lists.not_in_effect`` when no
    edition was in effect, ``lists.no_such_row``, ``lists.row_not_in_effect``.
    """
    edition = edition_on(list_code, day)
    if edition is None:
        raise _no_edition(list_code, day)
    row = edition.rows.filter(key=key).first()
    if row is None:
        raise Refusal(
            "lists.no_such_row",
            f"{edition}里没有“{key}”。",
            "请核对编号；清单里没有的，不能作为依据。",
            source=edition.source,
        )
    if not _is_in_effect(row, day):
        raise Refusal(
            "lists.row_not_in_effect",
            f"{edition}的“{key}”{_span(row.effective_from, row.effective_to)}，在{day:%Y年%m月%d日}不适用。",
            "请改用当日有效的行；如清单有误，请联系" + edition.of.owner.short_name + "。",
            source=edition.source,
        )
    return Citation(list_code, edition.of.title, edition.number, key, row.values, edition.source, edition.digest)


def _no_edition(list_code: str, day: date) -> Refusal:
    of = PublishedList.objects.select_related("owner").filter(code=list_code).first()
    if of is None:
        raise NotFound(f"代码为“{list_code}”的清单")
    return Refusal(
        "lists.not_in_effect",
        f"《{of.title}》在{day:%Y年%m月%d日}没有生效的版次。",
        f"请联系{of.owner.short_name}发布当日适用的版次。",
    )


def _is_in_effect(row: Row, day: date) -> bool:
    return (row.effective_from is None or row.effective_from <= day) and (
        row.effective_to is None or day <= row.effective_to
    )


def _span(first: date | None, last: date | None) -> str:
    begins = f"自{first:%Y年%m月%d日}起" if first else ""
    ends = f"至{last:%Y年%m月%d日}止" if last else ""
    return f"{begins}{ends}有效"
