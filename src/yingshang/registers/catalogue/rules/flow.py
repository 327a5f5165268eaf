"""The way of an application as steps, and as a small drawing that fits a telephone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from yingshang.registers.catalogue.rules.elements import Content
from yingshang.registers.catalogue.rules.wording import INSTANT, limit_words

WIDTH, GAP, LINE, ROOM = 320, 26, 22, 16  # units of the drawing; characters in a line of a box


@dataclass(frozen=True)
class Stage:
    """One step as the applicant sees it. who: ``你`` or the unit's code, empty for the item's own unit."""

    title: str
    who: str = ""
    time: str = ""
    visit: bool = False
    note: str = ""
    basis: str = ""


APPLICANT = "申请人"


def stages(content: Content) -> list[Stage]:
    """Return the steps from handing in to the result; a filing takes effect on receipt and is not decided."""
    visits = content.where.visits > 0
    result = content.basics.result.title
    found = [Stage("提交申请", APPLICANT, visit=visits and "3" not in content.where.channels)]
    found.append(Stage("收到材料，备案生效" if content.kind == "filing" else "受理"))
    for step in content.steps:
        time = f"{step.days}个工作日" if step.days else "当场"
        basis = content.basis_text(step.basis) if step.basis else ""
        found.append(Stage(step.title, step.unit, time, step.visit, step.note, basis))
    if content.kind != "filing":
        whole = limit_words(content.limits.committed, instant=content.choices.instant)
        found.append(Stage("作出决定", time=whole if whole in ("", INSTANT) else f"从受理算起{whole}内"))
    ways = "快递寄送或者到窗口领" if content.where.courier else "到窗口领取"
    digital = "7" in content.where.online_depth or "6" in content.where.online_depth
    if result:
        found.append(Stage(f"拿到{result}", APPLICANT, note="网上领取" if digital else ways))
    return found


def drawing(steps: Sequence[Stage]) -> str:
    """Return the steps as SVG, one box under another; colors in attributes, so that it prints and passes the policy."""
    boxes, top = [], 4
    for place, step in enumerate(steps):
        lines = [step.title[at : at + ROOM] for at in range(0, len(step.title), ROOM)]
        height = LINE * len(lines) + (LINE if step.time or step.visit else 0) + 14
        if place:
            boxes.append(_arrow(top - GAP, top))
        boxes.append(_box(step, lines, top, height))
        top += height + GAP
    height = top - GAP + 4
    words = escape("办理流程：" + "，".join(step.title for step in steps), quote=True)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="ml-flow" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}" role="img" aria-label="{words}">{"".join(boxes)}</svg>'
    )


def _box(step: Stage, lines: Sequence[str], top: int, height: int) -> str:
    own = step.who == APPLICANT
    fill, edge = ("#eef4fb", "#134a8e") if own else ("#ffffff", "#5b6b7d")
    middle, said = WIDTH // 2, []
    for at, line in enumerate(lines):
        said.append(_text(line, middle, top + 24 + at * LINE, 16, "#1b2733", "bold"))
    below = "，".join(part for part in (step.time, "需要到场" if step.visit else "") if part)
    if below:
        said.append(_text(below, middle, top + 24 + len(lines) * LINE, 14, "#4a5968", "normal"))
    frame = f'<rect x="4" y="{top}" width="{WIDTH - 8}" height="{height}" rx="6" fill="{fill}" stroke="{edge}"/>'
    return frame + "".join(said)


def _text(words: str, x: int, y: int, size: int, color: str, weight: str) -> str:
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" text-anchor="middle" '
        f'fill="{color}">{escape(words)}</text>'
    )


def _arrow(start: int, end: int) -> str:
    middle = WIDTH // 2
    tip = f"{middle - 6},{end - 9} {middle + 6},{end - 9} {middle},{end - 1}"
    return (
        f'<line x1="{middle}" y1="{start}" x2="{middle}" y2="{end - 9}" stroke="#134a8e" stroke-width="2"/>'
        f'<polygon points="{tip}" fill="#134a8e"/>'
    )
