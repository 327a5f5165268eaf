"""Which planned visits can be one: the same enterprise, and days that all of them share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from yingshang.conduct.inspections.rules.stops import ENTERPRISE_INSPECTION_NOTICE
from yingshang.kernel.errors import Refusal


@dataclass(frozen=True)
class Span:
    """A planned visit: which enterprise, by which unit, and the first and last day it may be paid."""

    visit: int
    target: int
    unit: str
    first: date
    last: date


def mergeable(spans: Iterable[Span]) -> list[list[Span]]:
    """Return the groups of visits that could be one, each of two or more at one enterprise that share a day.

    By enterprise, then by last day: the visit that ends first takes along all
    that have begun by then, so no enterprise is called on more often than it
    must be, and no visit stands in two groups (国办发〔2024〕54号: 能合并的不重复检查).
    """
    groups: list[list[Span]] = []
    by_target: dict[int, list[Span]] = {}
    for span in spans:
        by_target.setdefault(span.target, []).append(span)
    for _, waiting in sorted(by_target.items()):
        left = sorted(waiting, key=lambda span: (span.last, span.visit))
        while left:
            ends = left[0].last
            group = [span for span in left if span.first <= ends]
            left = [span for span in left if span.first > ends]
            if len(group) > 1:
                groups.append(group)
    return groups


def shared_days(spans: Sequence[Span]) -> tuple[date, date] | None:
    """Return the first and last day on which all of the visits could be paid; None when there is none."""
    first, last = max(span.first for span in spans), min(span.last for span in spans)
    return (first, last) if first <= last else None


def can_merge(spans: Sequence[Span], first: date) -> Refusal | None:
    """Refuse to merge fewer than two visits, visits to several enterprises, or on a day that one of them excludes."""
    if len({span.visit for span in spans}) < 2:
        return Refusal("inspections.nothing_to_merge", "合并至少要有两次检查。", "请再选一次同一企业的检查。")
    if len({span.target for span in spans}) > 1:
        return Refusal("inspections.merge_one_enterprise", "只能合并对同一家企业的检查。", "请只选同一家企业的检查。")
    days = shared_days(spans)
    if days is None:
        return Refusal(
            "inspections.merge_no_shared_day",
            "这几次检查的日期没有重合的一天，不能合并。",
            "请只选日期有重合的检查。",
            source=ENTERPRISE_INSPECTION_NOTICE,
        )
    if days[0] <= first <= days[1]:
        return None
    return Refusal(
        "inspections.merge_outside_days",
        f"合并后的检查应在{days[0]:%Y年%m月%d日}至{days[1]:%m月%d日}之间。",
        "请改正日期。",
    )
