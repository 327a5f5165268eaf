"""Many values from a workbook: everything is stored or nothing, every fault by row and column."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from yingshang.kernel import access
from yingshang.kernel.parties import Actor
from yingshang.kernel.web import Fault, SheetDoor, Wanted
from yingshang.methods import scoring
from yingshang.oversight.evaluation import operations, queries, rules
from yingshang.oversight.evaluation.models import Evaluation, Method

TITLES = {
    "place": "地方",
    "series": "数据项",
    "value": "值",
    "unit": "单位",
    "part": "部分",
    "part_weight": "份额",
}
ENDS = {"low": "区间下端", "high": "区间上端"}
Source = tuple[str, str, str, str, str]


def _day(cell: str) -> str:
    try:
        return date.fromisoformat(cell).isoformat()
    except ValueError:
        raise ValueError("请写成2026-12-31这样的日期。") from None


def _method(cell: str) -> str:
    for code, title in Method.choices:
        if cell in (code, str(title)):
            return str(code)
    raise ValueError(f"请写{'、'.join(str(title) for title in Method.labels)}之一。")


def check(rows: list[dict[str, Any]], by: Actor) -> list[Fault]:
    """Return what is wrong: an evaluation that is not the actor's, and everything the edition cannot score."""
    found = _evaluations(rows, by)
    faults = [
        Fault(row=row["row"], column="评价编号", words="没有这次评价，或者不由您的机构开展，或者还没有指标版本。")
        for row in rows
        if row["evaluation"] not in found
    ]
    for source, group in _by_source(rows).items():
        if source[0] not in found:
            continue
        try:
            scoring.take([_plain(row) for row in group], queries.edition_of(found[source[0]]), whole=False)
        except scoring.WrongValues as wrong:
            faults += [
                Fault(
                    row=group[fault.row - 2]["row"] if fault.row >= 2 else 1,
                    column=TITLES.get(fault.column, fault.column),
                    words=f"{fault.found}{fault.remedy}",
                )
                for fault in wrong.faults
            ]
    return faults or [fault for row in rows for fault in _of_interval(row)]


def _of_interval(row: dict[str, Any]) -> list[Fault]:
    """Return what is wrong with the ends of a row's interval."""
    low, high = row["low"] or "", row["high"] or ""
    if (not low and not high) or rules.holds(low, row["value"] or "", high):
        return []
    words = "区间两端都要写数字，下端不大于值，上端不小于值。"
    return [Fault(row=row["row"], column=ENDS["low"], words=words)]


def store(rows: list[dict[str, Any]], by: Actor, at: datetime) -> str:
    """Import the rows, one deed for each source."""
    found = _evaluations(rows, by)
    for (code, method, source_ref, collector, collected_on), group in _by_source(rows).items():
        operations.import_values(
            evaluation_id=found[code].pk,
            rows=[_plain(row) for row in group],
            method=method,
            source_ref=source_ref,
            collector=collector,
            collected_on=date.fromisoformat(collected_on),
            by=by,
            at=at,
        )
    return f"已导入{len(rows)}个值。"


def _evaluations(rows: Iterable[dict[str, Any]], by: Actor) -> dict[str, Evaluation]:
    wanted = {row["evaluation"] for row in rows}
    mine = access.visible(by, "evaluation.see_working_papers").filter(code__in=wanted).exclude(edition_text="")
    return {one.code: one for one in mine}


def _by_source(rows: list[dict[str, Any]]) -> dict[Source, list[dict[str, Any]]]:
    grouped: dict[Source, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        source = (row["evaluation"], row["method"], row["source"], row["collector"], row["collected_on"])
        grouped[source].append(row)
    return grouped


def _plain(row: dict[str, Any]) -> dict[str, str]:
    return {name: row[name] or "" for name in (*TITLES, *ENDS)}


VALUES_IN = SheetDoor(
    name="evaluation.values",
    title="导入评价数据",
    wanted=[
        Wanted(title="评价编号", name="evaluation", example="mulan-2026"),
        Wanted(title="地方", name="place", example="木兰县"),
        Wanted(title="数据项", name="series", example="starting-days"),
        Wanted(title="值", name="value", required=False, example="3"),
        Wanted(title="单位", name="unit", required=False, example="天"),
        Wanted(title="部分", name="part", required=False, example=""),
        Wanted(title="份额", name="part_weight", required=False, example=""),
        Wanted(title="区间下端", name="low", required=False, example=""),
        Wanted(title="区间上端", name="high", required=False, example=""),
        Wanted(title="采集方式", name="method", read=_method, example="企业访谈"),
        Wanted(title="来源", name="source", example="访谈记录2026-3号"),
        Wanted(title="采集人", name="collector", example="顾平"),
        Wanted(title="采集日期", name="collected_on", read=_day, example="2026-03-02"),
    ],
    check=check,
    store=store,
    back="evaluation:desk",
)
