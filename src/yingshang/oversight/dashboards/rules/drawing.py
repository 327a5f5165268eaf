"""Charts as SVG text: shapes before colors, no style attributes, every number also in a table beside.

Each function returns a whole ``<svg>`` element. What people typed is escaped.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from yingshang.oversight.dashboards.rules.duties import Month

STEP, HEIGHT = 14, 16
WORDS = {"red": "红灯", "yellow": "黄灯", "green": "绿灯", "gray": "未定期限", "": "无事项"}

SHAPES = {
    "red": '<rect class="c-red" x="{x}" y="2" width="12" height="12"/>',
    "yellow": '<path class="c-yellow" d="M{x} 14h12l-6-12z"/>',
    "green": '<circle class="c-green" cx="{cx}" cy="8" r="5"/>',
    "gray": '<circle class="c-gray" cx="{cx}" cy="8" r="4.5"/>',
    "": '<path class="c-none" d="M{x2} 8h4"/>',
}
STRUCK = '<path class="c-struck" d="M{x} 14l12-12"/>'


def strip(months: Sequence[Month], label: str) -> str:
    """Draw one shape for each month, oldest first; a lateness that was proved wrong is hollow and struck through."""
    width = STEP * len(months)
    drawn = "".join(_shape(place * STEP + 1, month) for place, month in enumerate(months))
    return _svg("ml-months", width, HEIGHT, f"{label}：{months_in_words(months)}", drawn)


def months_in_words(months: Sequence[Month]) -> str:
    """Say what a strip shows: runs of months with the same lamp, ``2026年1月至2026年3月绿灯，2026年4月红灯``."""
    runs: list[tuple[Month, Month]] = []
    for month in months:
        if runs and (runs[-1][0].color, runs[-1][0].struck) == (month.color, month.struck):
            runs[-1] = (runs[-1][0], month)
        else:
            runs.append((month, month))
    return "，".join(f"{_span(first, last)}{lamp_in_words(first)}" for first, last in runs)


def lamp_in_words(month: Month) -> str:
    """Say one month's lamp; a struck one says so."""
    return f"{WORDS[month.color]}（已更正）" if month.struck else WORDS[month.color]


def bars(rows: Sequence[tuple[str, int]], label: str, *, color: str = "blue") -> str:
    """Draw one bar for each row, name on the left, number on its end; the longest fills the width."""
    most = max((count for _, count in rows), default=0) or 1
    drawn = []
    for place, (name, count) in enumerate(rows):
        top, width = place * 26, round(240 * count / most)
        drawn.append(
            f'<text x="118" y="{top + 17}" class="c-name">{escape(name)}</text>'
            f'<rect class="c-{color}" x="126" y="{top + 4}" width="{width}" height="18"/>'
            f'<text x="{132 + width}" y="{top + 17}">{count}</text>'
        )
    said = "，".join(f"{name}{count}" for name, count in rows)
    return _svg("ml-bars", 420, 26 * len(rows) or 26, f"{label}：{said}", "".join(drawn))


def line(points: Sequence[tuple[str, int]], label: str) -> str:
    """Draw numbers month by month as a line with a mark and the number at each."""
    most = max((count for _, count in points), default=0) or 1
    spots = [
        (30 + place * 44, 84 - round(60 * count / most), name, count) for place, (name, count) in enumerate(points)
    ]
    path = " ".join(f"{x},{y}" for x, y, _, _ in spots)
    marks = "".join(
        f'<rect class="c-blue" x="{x - 3}" y="{y - 3}" width="6" height="6"/>'
        f'<text x="{x}" y="{y - 8}" class="c-mid">{count}</text>'
        f'<text x="{x}" y="104" class="c-mid">{escape(name)}</text>'
        for x, y, name, count in spots
    )
    said = "，".join(f"{name}{count}" for name, count in points)
    drawn = f'<polyline class="c-line" points="{path}"/>{marks}'
    return _svg("ml-line", 60 + 44 * max(len(points) - 1, 0), 112, f"{label}：{said}", drawn)


def _shape(x: int, month: Month) -> str:
    drawn = SHAPES[month.color].format(x=x, cx=x + 6, x2=x + 4)
    if month.struck:
        return f'<g class="c-wrong">{drawn}{STRUCK.format(x=x)}</g>'
    return drawn


def _span(first: Month, last: Month) -> str:
    begin, end = first.month, last.month
    if begin == end:
        return f"{begin.year}年{begin.month}月"
    return f"{begin.year}年{begin.month}月至{end.year}年{end.month}月"


def _svg(css: str, width: int, height: int, label: str, drawn: str) -> str:
    return (
        f'<svg class="{css}" role="img" aria-label="{escape(label, quote=True)}" '
        f'viewBox="0 0 {width} {height}" width="{width}" height="{height}">{drawn}</svg>'
    )
