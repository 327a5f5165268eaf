"""Official numbers without gaps."""

from __future__ import annotations

from django.db import transaction

from yingshang.kernel import registry
from yingshang.kernel.work.models import NumberSeries, NumberYear


@transaction.atomic
def next_number(series: str, year: int) -> str:
    """Return the next number of a series in a year, written as the county writes it, e.g. ``〔2026〕1号``.

    Call it inside the deed that uses the number, as late as possible: the
    year's row stays locked until that deed commits, and a deed that fails
    gives its number back. Raises LookupError for an unknown series.
    """
    known = NumberSeries.objects.filter(code=series).first()
    if known is None:
        codes = NumberSeries.objects.values_list("code", flat=True)
        raise LookupError(f"no numbers.yaml has the series “{series}”.{registry.nearest(series, codes)}")
    NumberYear.objects.get_or_create(series=known, year=year)
    row = NumberYear.objects.select_for_update().get(series=known, year=year)
    row.last += 1
    row.save(update_fields=["last"])
    return known.wording.format(year=year, n=row.last)
