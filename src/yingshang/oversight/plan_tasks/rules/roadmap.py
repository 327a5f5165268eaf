"""The roadmap (路线图) of a plan as a drawing: rows are stages, arrows say what follows what.

Colors and sizes stand in attributes, so that the content policy of pages and
the typesetter of papers both take it. A table of the same stages stands
beside it wherever it is shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from yingshang.oversight.plan_tasks.rules.stages import StagePlan

WIDTH, HEAD, ROW, BAR, PAD = 760, 44, 58, 16, 12
LONGEST_TITLE = 30
MOST_TICKS = 13
INK, MUTED, LINE, BLUE = "#1c1c1c", "#4d5156", "#c9ced6", "#134a8e"
COLORS = {"red": "#b3161c", "yellow": "#8a5a00", "green": "#1f6b3a", "gray": "#4d5156"}
"""Dark enough to be read as text on white; the shape says the same without color."""


@dataclass(frozen=True)
class Light:
    """How a stage stands today: the color of its lamp and the word beside it, e.g. ``已销号``."""

    color: str
    word: str


def roadmap_svg(
    stages: Sequence[StagePlan], *, lights: Mapping[int, Light] | None = None, today: date | None = None
) -> str:
    """Return the drawing. lights: by place. today: draws the line of this day where it lies within the span."""
    lights = lights or {}
    if not stages:
        return ""
    first = min(stage.starts_on for stage in stages).replace(day=1)
    last = max(stage.finish_on for stage in stages)
    days = max((last - first).days + 1, 1)
    rows = {stage.place: number for number, stage in enumerate(stages)}
    height = HEAD + ROW * len(stages) + PAD

    def x_of(day: date) -> float:
        return PAD + (WIDTH - 2 * PAD) * (day - first).days / days

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img" aria-label="路线图，共{len(stages)}个阶段，{first}至{last}，详见旁边的表格" '
        f'font-family="sans-serif" font-size="14" fill="{INK}">',
        f'<rect x="0" y="0" width="{WIDTH}" height="{height}" fill="#ffffff"/>',
    ]
    parts += [_tick(x_of(day), words, height) for day, words in _ticks(first, last)]
    if today is not None and first <= today <= last:
        parts.append(_today(x_of(today), height))
    parts += [
        _arrow(
            x_of(before.finish_on + timedelta(days=1)),
            _bar_y(rows[before.place]),
            x_of(stage.starts_on),
            rows[stage.place],
        )
        for stage in stages
        for before in stages
        if before.place in stage.follows
    ]
    parts += [
        _bar(stage, x_of(stage.starts_on), x_of(stage.finish_on + timedelta(days=1)), rows[stage.place], lights)
        for stage in stages
    ]
    return "".join([*parts, "</svg>"])


def _ticks(first: date, last: date) -> list[tuple[date, str]]:
    """Return the first days of months, thinned out to what fits; January carries the year."""
    months = []
    day = first
    while day <= last:
        months.append(day)
        day = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    step = -(-len(months) // MOST_TICKS)
    shown = months[::step]
    return [
        (
            each,
            f"{each.year}年{each.month}月" if place == 0 or each.year != shown[place - 1].year else f"{each.month}月",
        )
        for place, each in enumerate(shown)
    ]


def _tick(x: float, words: str, height: int) -> str:
    line = f'<line x1="{x:.1f}" y1="{HEAD - 14}" x2="{x:.1f}" y2="{height}" stroke="{LINE}" stroke-width="1"/>'
    return f'{line}<text x="{x + 3:.1f}" y="{HEAD - 20}" font-size="13" fill="{MUTED}">{words}</text>'


def _today(x: float, height: int) -> str:
    left = x > WIDTH - 60
    words = f'<text x="{x + (-4 if left else 4):.1f}" y="12" font-size="13" fill="{COLORS["red"]}"'
    anchor = ' text-anchor="end"' if left else ""
    line = (
        f'<line x1="{x:.1f}" y1="2" x2="{x:.1f}" y2="{height}" stroke="{COLORS["red"]}" '
        'stroke-width="1.5" stroke-dasharray="5 3"/>'
    )
    return f"{line}{words}{anchor}>今天</text>"


def _bar_y(row: int) -> float:
    return HEAD + ROW * row + 24


def _bar(stage: StagePlan, start: float, end: float, row: int, lights: Mapping[int, Light]) -> str:
    light = lights.get(stage.place)
    color = COLORS.get(light.color, COLORS["gray"]) if light else BLUE
    top, y = HEAD + ROW * row, _bar_y(row)
    title = stage.title if len(stage.title) <= LONGEST_TITLE else f"{stage.title[:LONGEST_TITLE]}……"
    width = max(end - start, 4)
    ends_left = start > WIDTH / 2
    x = min(start + width, WIDTH - PAD) if ends_left else start
    anchor = ' text-anchor="end"' if ends_left else ""
    words = escape(f"{stage.place}．{title}")
    state = f'　<tspan fill="{color}" font-weight="700">{_shape_word(light)}</tspan>' if light else ""
    return (
        f'<text x="{x:.1f}" y="{top + 17}"{anchor}>{words}{state}</text>'
        f'<rect x="{start:.1f}" y="{y:.1f}" width="{width:.1f}" height="{BAR}" rx="3" fill="{color}"/>'
    )


def _shape_word(light: Light) -> str:
    shape = {"red": "■", "yellow": "▲", "green": "●"}.get(light.color, "○")
    return f"{shape}{escape(light.word)}"


def _arrow(x1: float, y1: float, x2: float, row: int) -> str:
    """Draw from the end of the first bar, down its side, to the start of the later one."""
    middle, target = y1 + BAR / 2, _bar_y(row) + BAR / 2
    bend = x1 + 6
    tip = max(x2 - 1, 7)
    path = f"M{x1:.1f} {middle:.1f} H{bend:.1f} V{target - BAR / 2 - 4:.1f} H{tip - 6:.1f} V{target:.1f} H{tip:.1f}"
    head = f"M{tip:.1f} {target:.1f} l-6 -4 v8 z"
    return f'<path d="{path}" fill="none" stroke="{INK}" stroke-width="1.5"/><path d="{head}" fill="{INK}"/>'
