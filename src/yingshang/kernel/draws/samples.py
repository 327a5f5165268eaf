"""Sheets to fill in, with made-up rows (演示), so that a newcomer can hold a ceremony at once."""

from __future__ import annotations

from functools import cache, partial

from yingshang.kernel import web
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import Column
from yingshang.methods.identifiers import org_code, uscc

SHEETS = {
    "targets": ("检查对象（演示）", ("统一社会信用代码", "类别", "排除原因")),
    "inspectors": ("检查人员（演示）", ("执法证号", "单位", "领域")),
    "conflicts": ("回避关系（演示）", ("执法证号", "统一社会信用代码")),
}


def sample_table(name: str) -> web.Table:
    """Return the made-up sheet ``targets``, ``inspectors`` or ``conflicts``. Raises NotFound."""
    if name not in SHEETS:
        raise NotFound("这份样表")
    title, heads = SHEETS[name]
    columns = [
        Column(title=head, value=partial(_cell, place), kind="code", width=24) for place, head in enumerate(heads)
    ]
    return web.table(columns, _rows(name), name=title)


def _cell(place: int, row: tuple[str, ...]) -> str:
    return row[place]


def _rows(name: str) -> list[tuple[str, ...]]:
    if name == "inspectors":
        return [(f"2399010{n:02d}", "scjgj" if n % 2 else "zjj", "食品" if n % 3 else "食品 建筑") for n in range(1, 9)]
    if name == "conflicts":
        return [("239901001", _codes()[0]), ("239901002", _codes()[30])]
    classes = ["A"] * 30 + ["B"] * 12 + ["C"] * 6 + ["D"] * 2
    out = {3: "inspected_this_year", 35: "newly_founded"}
    return [(code, classes[n], out.get(n, "")) for n, code in enumerate(_codes())]


@cache
def _codes() -> tuple[str, ...]:
    """Return fifty made-up codes with true check characters."""
    bodies = [f"MA9DEM{n:02d}" for n in range(50)]
    firsts = [f"91239901{body}{org_code.check_character(body)}" for body in bodies]
    return tuple(first + uscc.check_character(first) for first in firsts)
