"""The fee list, as it stood on a day."""

from __future__ import annotations

from datetime import date

from yingshang.kernel import lists
from yingshang.registers.fees.rules import LIST, FeeRow, row_of

PUBLIC = (lists.Edition.State.PUBLISHED, lists.Edition.State.SUPERSEDED)


def current_edition(day: date) -> lists.Edition | None:
    """Return the edition of the fee list in effect on a day. Queries: 1."""
    return lists.edition_on(LIST, day)


def newest_edition() -> int:
    """Return the number of the edition published last; 0 when there is none. Queries: 1."""
    found = lists.Edition.objects.filter(of__code=LIST, state__in=PUBLIC).order_by("-number")
    return found.values_list("number", flat=True).first() or 0


def fee_row(code: str, day: date) -> FeeRow | None:
    """Return the row in effect on a day; None when the list had none. Queries: 2."""
    return fee_rows(day).get(code)


def fee_rows(day: date) -> dict[str, FeeRow]:
    """Return every row in effect on a day, by code, in the order of the list. Queries: 2."""
    edition = current_edition(day)
    if edition is None:
        return {}
    return {row.key: as_fee_row(row, edition) for row in edition.rows.all() if _is_in_effect(row, day)}


def ended_rows(day: date) -> list[tuple[FeeRow, date]]:
    """Return the rows of the edition in effect that ended before a day, each with its last day. Queries: 2."""
    edition = current_edition(day)
    if edition is None:
        return []
    over = edition.rows.filter(effective_to__lt=day).order_by("position")
    return [(as_fee_row(row, edition), row.effective_to) for row in over if row.effective_to]


def last_row_before(code: str, day: date) -> tuple[FeeRow, date | None] | None:
    """Return the row as it last stood in an edition begun by this day, and its last day; None for one never listed.

    Queries: 1.
    """
    rows = lists.Row.objects.filter(
        key=code, edition__of__code=LIST, edition__state__in=PUBLIC, edition__effective_from__lte=day
    )
    row = rows.select_related("edition").order_by("-edition__effective_from").first()
    if row is None:
        return None
    ends = [each for each in (row.effective_to, row.edition.effective_to) if each is not None]
    return as_fee_row(row, row.edition), min(ends) if ends else None


def as_fee_row(row: lists.Row, edition: lists.Edition | None = None) -> FeeRow:
    """Return a row of the list as a fee row; its edition is fetched unless given."""
    edition = edition or row.edition
    return row_of(row.values, edition=edition.number, digest=edition.digest, source=edition.source)


def _is_in_effect(row: lists.Row, day: date) -> bool:
    return (row.effective_from or day) <= day <= (row.effective_to or day)
