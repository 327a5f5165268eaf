"""Scores as bars: SVG text without style attributes, every number also in a table beside."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from html import escape

ROW, WIDTH, LONGEST = 44, 340, 270
ON_PAPER = {"ink": ' font-size="13" fill="#111"', "bar": ' fill="#134a8e"', "frame": ' fill="none" stroke="#888"'}


def bars(rows: Sequence[tuple[str, Decimal | None, str]], label: str, *, full: Decimal, on_paper: bool = False) -> str:
    """Draw one bar for each (title, score or None, score in words); a frame shows the full score.

    on_paper: colors stand in attributes, because no style sheet of a page reaches a paper.
    """
    ink, bar, frame = (ON_PAPER[name] if on_paper else "" for name in ("ink", "bar", "frame"))
    drawn = []
    for place, (title, score, words) in enumerate(rows):
        top = place * ROW
        length = round(LONGEST * score / full) if score is not None and full else 0
        drawn.append(
            f'<text x="0" y="{top + 15}"{ink}>{escape(title)}</text>'
            f'<rect class="c-gray" x="0.5" y="{top + 21}" width="{LONGEST}" height="16"{frame}/>'
            f'<rect class="c-blue" x="0.5" y="{top + 21}" width="{length}" height="16"{bar}/>'
            f'<text x="{LONGEST + 8}" y="{top + 35}"{ink}>{escape(words[:8])}</text>'
        )
    said = "，".join(f"{title}{words}" for title, _, words in rows)
    height = ROW * len(rows) or ROW
    role = "" if on_paper else f' class="ml-bars" role="img" aria-label="{escape(f"{label}：{said}", quote=True)}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg"{role} viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}">{"".join(drawn)}</svg>'
    )


def ranges(rows: Sequence[tuple[str, int, int, str]], label: str) -> str:
    """Draw one range for each (title, from, to, words), longest the largest; SVG text with every number in its name."""
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
    height = ROW * len(rows) or ROW
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="ml-bars" role="img" '
        f'aria-label="{escape(f"{label}：{said}", quote=True)}" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}">{"".join(drawn)}</svg>'
    )
