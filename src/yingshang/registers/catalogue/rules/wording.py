"""An item in the words of a guide: limits, papers, fees."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from yingshang.registers.catalogue.rules.elements import Content, Limit, Material, MaterialForm

UNITS = {"wd": "个工作日", "d": "天", "h": "小时", "m": "个月"}
SOURCES = {
    "self": "自己准备",
    "issued": "找出具单位开",
    "shared": "不用交，由窗口查",
    "generated": "不用交，填表时自动生成",
}
INSTANT = "当场办结"
FREE = ("shared", "generated")
FEN = 100


def limit_words(limit: Limit | None, *, instant: bool = False) -> str:
    """Return a limit in words: ``8个工作日``, ``当场办结``; empty where none is written."""
    if instant or (limit is not None and limit.days == 0):
        return INSTANT
    return f"{limit.days}{UNITS[limit.unit]}" if limit is not None else ""


def committed_words(content: Content) -> str:
    """Return the committed limit in words; a filing takes effect on receipt and has none."""
    if content.kind == "filing" and content.limits.committed is None:
        return "收到就生效"
    return limit_words(content.limits.committed, instant=content.choices.instant)


def paper_words(form: MaterialForm) -> str:
    """Return how many of a paper are asked for."""
    parts = [f"原件{form.original}份"] if form.original else []
    parts += [f"复印件{form.copy}份"] if form.copy else []
    parts += ["电子版也可以" if parts else "电子版"] if form.electronic else []
    return "、".join(parts)


def must_bring(material: Material) -> bool:
    """Return whether the applicant has to hand the paper in: required, and not fetched or made by the office."""
    return material.required and material.source_kind not in FREE


def reliefs(content: Content, material: Material) -> list[str]:
    """Return by what a paper may come later or not at all: 免提交, 容缺, 承诺."""
    found = []
    if material.source_kind in FREE:
        found.append("免提交")
    elif material.held:
        found.append("系统里有的免提交")
    if content.choices.tolerant and material.tolerable_days:
        found.append(f"可容缺，{material.tolerable_days}个工作日内补交")
    if content.choices.commitment != "none" and material.commit_allowed:
        found.append("可用书面承诺代替")
    return found


def fee_words(row: Mapping[str, Any]) -> str:
    """Return the standard of a row of the fee list; of a range the lower bound is charged (方案第22项)."""
    per = f"元/{row.get('per') or '件'}"
    made_up = "（演示）" if row.get("demo") else ""
    lower, upper, amount = row.get("lower_fen"), row.get("upper_fen"), row.get("amount_fen")
    if lower is not None and upper is not None:
        return f"{_yuan(lower)}—{_yuan(upper)}{per}，按下限{_yuan(lower)}元收{made_up}"
    if amount is not None:
        return f"{_yuan(amount)}{per}{made_up}"
    return str(row.get("standard") or "标准没有核对到出处，暂不能收")


def _yuan(fen: int) -> str:
    return f"{Decimal(fen) / FEN:.2f}"
