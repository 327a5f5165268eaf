"""Scores as bars with whiskers, and as two dots a year apart: SVG without style attributes, tables stand beside."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from html import escape
from typing import NamedTuple

ROW, WIDTH, LONGEST = 44, 340, 270
ON_PAPER = {
    "ink": ' font-size="13" fill="#111"',
    "bar": ' fill="#134a8e"',
    "frame": ' fill="none" stroke="#888"',
    "whisker": ' fill="none" stroke="#111" stroke-width="2"',
}
ON_SCREEN = dict.fromkeys(ON_PAPER, "")


class Bar(NamedTuple):
    """One bar: title, score or None, score in words, and the ends of its range where it has one."""

    title: str
    score: Decimal | None
    words: str
    low: Decimal | None = None
    high: Decimal | None = None


class Dots(NamedTuple):
    """One indicator before and now. is_broken: another method, so that the two must not be joined."""

    title: str
    before: Decimal | None
    now: Decimal | None
    words: str
    is_broken: bool


def bars(rows: Sequence[Bar], label: str, *, full: Decimal, on_paper: bool = False) -> str:
    """Draw one bar for each row in a frame that shows the full score; whiskers reach over its range.

    on_paper: colors stand in attributes, because no style sheet of a page reaches a paper.
    """
    look = ON_PAPER if on_paper else ON_SCREEN
    drawn = []
    for place, row in enumerate(rows):
        top = place * ROW
        length = _along(row.score, full)
        drawn.append(
            f'<text x="0" y="{top + 15}"{look["ink"]}>{escape(row.title)}</text>'
            f'<rect class="c-gray" x="0.5" y="{top + 21}" width="{LONGEST}" height="16"{look["frame"]}/>'
            f'<rect class="c-blue" x="0.5" y="{top + 21}" width="{length}" height="16"{look["bar"]}/>'
            f"{_whisker(row, top, full, look)}"
            f'<text x="{LONGEST + 8}" y="{top + 35}"{look["ink"]}>{escape(row.words[:8])}</text>'
        )
    said = "，".join(f"{row.title}{row.words}{_range_words(row)}" for row in rows)
    return _svg(drawn, f"{label}：{said}", len(rows), on_paper=on_paper)


def dots(rows: Sequence[Dots], label: str, *, full: Decimal, on_paper: bool = False) -> str:
    """Draw before (open) and now (filled) of each row on the scale of the full score, joined where comparable.

    A broken row has an upright bar between its dots instead of a line.
    """
    look = ON_PAPER if on_paper else ON_SCREEN
    drawn = []
    for place, row in enumerate(rows):
        top = place * ROW
        middle = top + 29
        drawn.append(
            f'<text x="0" y="{top + 15}"{look["ink"]}>{escape(row.title)}</text>'
            f'<path class="c-line" d="M0.5 {top + 38}h{LONGEST}"{look["frame"]}/>'
        )
        drawn.append(_joined(row, middle, full, look))
        for value, name, shape in ((row.before, "c-gray", "frame"), (row.now, "c-blue", "bar")):
            if value is not None:
                drawn.append(
                    f'<circle class="{name}" cx="{_along(value, full) + 6}" cy="{middle}" r="5"{look[shape]}/>'
                )
        drawn.append(f'<text x="{LONGEST + 8}" y="{middle + 5}"{look["ink"]}>{escape(row.words[:8])}</text>')
    said = "，".join(f"{row.title}{row.words}" for row in rows)
    return _svg(drawn, f"{label}：{said}", len(rows), on_paper=on_paper)


def _along(score: Decimal | None, full: Decimal) -> int:
    return round(LONGEST * score / full) if score is not None and full else 0


def _whisker(row: Bar, top: int, full: Decimal, look: dict[str, str]) -> str:
    if row.low is None or row.high is None or row.low == row.high:
        return ""
    left, right, middle = _along(row.low, full), _along(row.high, full), top + 29
    path = f"M{left} {middle}H{right}M{left} {middle - 5}v10M{right} {middle - 5}v10"
    return f'<path class="c-struck" d="{path}"{look["whisker"]}/>'


def _range_words(row: Bar) -> str:
    return f"（{row.low:.2f}至{row.high:.2f}）" if row.low is not None and row.high is not None else ""


def _joined(row: Dots, middle: int, full: Decimal, look: dict[str, str]) -> str:
    if row.before is None or row.now is None:
        return ""
    left, right = sorted((_along(row.before, full) + 6, _along(row.now, full) + 6))
    if row.is_broken:
        between, top = (left + right) // 2, middle - 8
        return f'<path class="c-struck" d="M{between - 2} {top}v16M{between + 2} {top}v16"{look["whisker"]}/>'
    return f'<path class="c-line" d="M{left} {middle}H{right}"{look["whisker"]}/>'


def _svg(drawn: Sequence[str], said: str, rows: int, *, on_paper: bool) -> str:
    height = ROW * rows or ROW
    role = "" if on_paper else f' class="ml-bars" role="img" aria-label="{escape(said, quote=True)}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg"{role} viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}">{"".join(drawn)}</svg>'
    )


def ranges(rows: Sequence[tuple[str, int, int, str]], label: str) -> str:
    """Draw one range for each (title, from, to, words), longest the largest; every number is in its name."""
    most = max((to for _, _, to, _ in rows), default=0) or 1
    drawn = []
    for place, (title, since, to, words) in enumerate(rows):
        top, begins, ends = place * ROW, LONGEST * since // most, LONGEST * to // most
        drawn.append(
            f'<text x="0" y="{top + 15}">{escape(title)}：{escape(words)}</text>'
            f'<rect class="c-gray" x="0.5" y="{top + 27}" width="{LONGEST}" height="4"/>'
            f'<rect class="c-blue" x="{begins}" y="{top + 21}" width="{max(ends - begins, 3)}" height="16"/>'
        )
    said = "；".join(f"{title}{words}" for title, _, _, words in rows)
    return _svg(drawn, f"{label}：{said}", len(rows), on_paper=False)
