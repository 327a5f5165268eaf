"""The county's catalogue as a whole: items in force, and the implementation list against the basic catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from yingshang.kernel.errors import NotFound
from yingshang.registers.catalogue.models import BasicItem, Item, ItemVersion

COUNTY = "4"


@dataclass(frozen=True)
class Gap:
    """Where the two lists disagree. kind: missing, extra, canceled, level, kind."""

    kind: str
    code: str
    title: str
    unit: str
    slug: str
    words: str


def gaps_on(day: date) -> list[Gap]:
    """Return where the implementation list disagrees with the basic catalogue on a day. Queries: 2.

    missing: a row for the county's level that no unit implements. extra: a
    license without a row. canceled: still implemented. level: implemented at
    a level that the row does not name. kind: of another kind than the row.
    """
    rows = {row.code: row for row in BasicItem.objects.filter(effective_from__lte=day)}
    versions = (
        ItemVersion.objects.filter(
            Q(effective_to=None) | Q(effective_to__gte=day),
            Q(item__ended_on=None) | Q(item__ended_on__gt=day),
            effective_from__lte=day,
            state=ItemVersion.State.PUBLISHED,
            zone=None,
        )
        .select_related("item__unit", "item__basic")
        .order_by("item__code")
    )
    found, implemented = [], set()
    for version in versions:
        item = version.item
        implemented.add(item.basic_id)
        found += _gaps_of(version, rows.get(item.basic_id or ""), day)
    for row in rows.values():
        stands = row.canceled_on is None or row.canceled_on > day
        if stands and COUNTY in row.levels and row.code not in implemented:
            words = "县里应当实施，还没有单位列入实施清单。"
            found.append(Gap("missing", row.code, row.title, row.department, "", words))
    return sorted(found, key=lambda gap: (gap.kind, gap.code))


def _gaps_of(version: ItemVersion, row: BasicItem | None, day: date) -> list[Gap]:
    item, unit = version.item, version.item.unit.short_name
    if row is None:
        if version.kind != "license":
            return []
        return [Gap("extra", item.code, item.title, unit, item.slug, "行政许可不在基本目录中。")]
    found = []
    if row.canceled_on is not None and row.canceled_on <= day:
        words = f"基本目录已于{row.canceled_on:%Y年%m月%d日}取消（{row.canceled_by}），县里还在实施。"
        found.append(Gap("canceled", row.code, item.title, unit, item.slug, words))
    level = str(version.content.get("basics", {}).get("level", COUNTY))
    if level not in row.levels:
        words = f"行使层级与基本目录不同：这里是{level}，目录是{'、'.join(row.levels)}。"
        found.append(Gap("level", row.code, item.title, unit, item.slug, words))
    if version.kind != row.kind:
        found.append(Gap("kind", row.code, item.title, unit, item.slug, "事项类型与基本目录不同。"))
    return found


def public_item(slug: str) -> Item:
    """Return an item that was published at some time. Raises NotFound."""
    item = Item.objects.select_related("unit").filter(slug=slug, versions__published_at__isnull=False).first()
    if item is None:
        raise NotFound("这个事项")
    return item
