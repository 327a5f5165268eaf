"""What the editor offers to choose from: codes with their words, units, posts, rows of the county's lists."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from yingshang.kernel import lists, org
from yingshang.registers.catalogue.models import BasicItem, Code, Item, NamedList

Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Reference:
    """Lists of (code, words)."""

    codes: dict[str, Pairs]
    units: Pairs
    posts: Pairs
    certificates: Pairs
    fees: Pairs


def reference_on(day: date) -> Reference:
    """Return what may be chosen on a day. Queries: at most 8."""
    codes: dict[str, Pairs] = defaultdict(list)
    for of, code, words in Code.objects.order_by("of", "place").values_list("of", "code", "words"):
        codes[of].append((code, words))
    named = dict(NamedList.objects.values_list("part", "code"))
    units = org.Unit.objects.on(day).exclude(kind=org.Unit.Kind.COUNTY).order_by("path")
    return Reference(
        codes=dict(codes),
        units=list(units.values_list("code", "short_name")),
        posts=list(org.Post.objects.order_by("code").values_list("code", "title")),
        certificates=_rows(named.get("certificates", ""), day),
        fees=_rows(named.get("fees", ""), day),
    )


def words_of(of: str) -> dict[str, str]:
    """Return code → words of one code list."""
    return dict(Code.objects.filter(of=of).order_by("place").values_list("code", "words"))


def units_with_items() -> Pairs:
    """Return the units that have items, in the order of the tree."""
    ids = Item.objects.values("unit")
    return list(org.Unit.objects.filter(pk__in=ids).order_by("path").values_list("code", "short_name"))


def basic_items() -> Pairs:
    """Return the rows of the basic catalogue that stand, by code."""
    rows = BasicItem.objects.filter(canceled_on=None).order_by("code").values_list("code", "title")
    return [(code, f"{code} {title}") for code, title in rows]


def _rows(code: str, day: date) -> Pairs:
    edition = lists.edition_on(code, day) if code else None
    if edition is None:
        return []
    return [(row.key, f"{row.key} {row.values.get('name', '')}") for row in edition.rows.all()]
