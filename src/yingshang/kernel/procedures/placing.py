"""Where each box of a chart stands and how its arrows run: columns from left to right, no library.

Units are those of BPMN drawings and of SVG alike: pixels, y downward.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from yingshang.kernel.procedures.chart import CHOICE, END, JOINT, PARALLEL, START, STRETCH, TASK, Chart, Node

SIZES = {START: (36, 36), END: (36, 36), TASK: (130, 64), JOINT: (130, 64), CHOICE: (42, 42), PARALLEL: (42, 42)}
COLUMN_GAP, ROW_GAP = 112, 44
MARGIN, HEADING = 40, 28
EDGE = 28
LANE = 18

Point = tuple[float, float]


@dataclass(frozen=True)
class Box:
    """Left, top, width and height."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """The y of the middle line."""
        return self.y + self.height / 2

    @property
    def right(self) -> float:
        """The x of the right side."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of the lower side."""
        return self.y + self.height


@dataclass(frozen=True)
class Plan:
    """A placed chart: boxes and lines by id, those of parallel stretches included, and its outer size."""

    boxes: Mapping[str, Box]
    lines: Mapping[str, tuple[Point, ...]]
    width: float
    height: float


def placed(chart: Chart) -> Plan:
    """Return where everything stands. Equal charts are placed equally."""
    inner = {node.id: placed(node.inner) for node in chart.nodes if node.inner is not None}
    columns = _columns(chart)
    sizes = {node.id: _size(node, inner) for node in chart.nodes}
    over = _long_ways(chart, columns)
    boxes = _boxes(columns, sizes, top=MARGIN + LANE * len(over))
    for node in chart.nodes:
        boxes |= _on_the_border(node, boxes[node.id])
    lines = _lines(chart, boxes, over)
    for holder, plan in inner.items():
        x, y = boxes[holder].x, boxes[holder].y + HEADING
        boxes |= {key: Box(b.x + x, b.y + y, b.width, b.height) for key, b in plan.boxes.items()}
        lines |= {key: tuple((px + x, py + y) for px, py in line) for key, line in plan.lines.items()}
    width = max([b.right for b in boxes.values()] + [x for line in lines.values() for x, _ in line]) + MARGIN
    height = max([b.bottom for b in boxes.values()] + [y for line in lines.values() for _, y in line]) + MARGIN
    return Plan(boxes, lines, width, height)


def _columns(chart: Chart) -> list[list[str]]:
    """Return node ids by column: each as far right as the longest way to it that never turns back."""
    forward = _without_turning_back(chart)
    depth = {node.id: 0 for node in chart.nodes}
    for _ in chart.nodes:
        for source, target in forward:
            depth[target] = max(depth[target], depth[source] + 1)
    last = max(depth.values())
    # Ends stand in the last column, so that a reader finds them in one place.
    for node in chart.nodes:
        if node.kind == END:
            depth[node.id] = last
    return [[node.id for node in chart.nodes if depth[node.id] == column] for column in range(last + 1)]


def _without_turning_back(chart: Chart) -> list[tuple[str, str]]:
    leads: dict[str, list[str]] = {}
    for flow in chart.flows:
        leads.setdefault(chart.holder_of(flow.source), []).append(flow.target)
    forward: list[tuple[str, str]] = []
    seen: set[str] = set()
    on_the_way: set[str] = set()

    def visit(node: str) -> None:
        seen.add(node)
        on_the_way.add(node)
        for target in leads.get(node, []):
            if target in on_the_way:
                continue
            forward.append((node, target))
            if target not in seen:
                visit(target)
        on_the_way.discard(node)

    visit(chart.nodes[0].id)
    return forward


def _size(node: Node, inner: Mapping[str, Plan]) -> tuple[float, float]:
    if node.kind == STRETCH:
        plan = inner[node.id]
        return plan.width, plan.height + HEADING + EDGE
    return SIZES[node.kind]


def _long_ways(chart: Chart, columns: list[list[str]]) -> list[str]:
    """Return the flows that pass over other columns, and so run above everything."""
    column_of = {node: place for place, column in enumerate(columns) for node in column}
    inside = [flow for flow in chart.flows if flow.source in column_of]
    return [flow.id for flow in inside if column_of[flow.target] - column_of[flow.source] > 1]


def _boxes(columns: list[list[str]], sizes: Mapping[str, tuple[float, float]], top: float) -> dict[str, Box]:
    tallest = max(_height(column, sizes) for column in columns)
    found: dict[str, Box] = {}
    x: float = MARGIN
    for column in columns:
        width = max(sizes[node][0] for node in column)
        y = top + (tallest - _height(column, sizes)) / 2
        for node in column:
            own_width, own_height = sizes[node]
            found[node] = Box(x + (width - own_width) / 2, y, own_width, own_height)
            y += own_height + ROW_GAP
        x += width + COLUMN_GAP
    return found


def _height(column: list[str], sizes: Mapping[str, tuple[float, float]]) -> float:
    return sum(sizes[node][1] for node in column) + ROW_GAP * (len(column) - 1)


def _on_the_border(node: Node, box: Box) -> dict[str, Box]:
    """Return the circles on the lower side of a box, from the left."""
    return {
        edge.id: Box(box.x + 10 + place * (EDGE + 8), box.bottom - EDGE / 2, EDGE, EDGE)
        for place, edge in enumerate(node.edges)
    }


def _lines(chart: Chart, boxes: Mapping[str, Box], over: list[str]) -> dict[str, tuple[Point, ...]]:
    lowest = max(box.bottom for box in boxes.values())
    found: dict[str, tuple[Point, ...]] = {}
    borders = {edge.id for node in chart.nodes for edge in node.edges}
    below = 0
    for flow in chart.flows:
        source, target = boxes[flow.source], boxes[flow.target]
        if flow.source in borders or target.x <= source.right:
            below += 1
            found[flow.id] = _below(source, target, lowest + LANE * below, flow.source in borders)
        elif flow.id in over:
            found[flow.id] = _above(source, target, MARGIN / 2 + LANE * over.index(flow.id))
        else:
            found[flow.id] = _across(source, target)
    return found


def _across(source: Box, target: Box) -> tuple[Point, ...]:
    """Right out of the source, up or down just before the target, into its left side."""
    start, end = (source.right, source.middle), (target.x, target.middle)
    if source.middle == target.middle:
        return start, end
    turn = target.x - COLUMN_GAP / 2
    return start, (turn, source.middle), (turn, target.middle), end


def _above(source: Box, target: Box, lane: float) -> tuple[Point, ...]:
    """Up out of the source, along a lane over everything, and down to the target's left side."""
    out, turn = source.x + source.width / 2, target.x - COLUMN_GAP / 2
    return (out, source.y), (out, lane), (turn, lane), (turn, target.middle), (target.x, target.middle)


def _below(source: Box, target: Box, lane: float, from_border: bool) -> tuple[Point, ...]:
    """Down out of the source, along a lane under everything, and up into the target from below."""
    across = source.x + source.width / 2 if from_border else source.right + COLUMN_GAP / 4
    into = target.x + target.width / 2
    start = ((across, source.bottom),) if from_border else ((source.right, source.middle), (across, source.middle))
    return *start, (across, lane), (into, lane), (into, target.bottom)
