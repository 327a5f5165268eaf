"""The picture of a procedure on its page: the same drawing as the BPMN file, as SVG.

Colors are attributes, never inline style (strict CSP), so the picture stands
by itself in a document too. The table beside it says the same in words.
"""

from __future__ import annotations

from itertools import pairwise

from lxml import etree

from yingshang.kernel.procedures.chart import CHOICE, END, PARALLEL, START, STRETCH, TIMER, Chart, Node, chart_of
from yingshang.kernel.procedures.definition import Definition
from yingshang.kernel.procedures.placing import Box, Plan, Point, placed

SVG = "http://www.w3.org/2000/svg"
LETTERS_PER_LINE = 8
INK, LINE, PAPER = "#1f2328", "#134a8e", "#ffffff"
LINE_HEIGHT = 18

Element = etree._Element


def svg(definition: Definition) -> str:
    """Return the picture as an SVG element to put into a page. Equal versions give equal text."""
    chart = chart_of(definition)
    plan = placed(chart)
    root = etree.Element("svg", nsmap={None: SVG})  # type: ignore[dict-item]
    root.set("viewBox", f"0 0 {plan.width:g} {plan.height:g}")
    root.set("width", f"{plan.width:g}")
    root.set("height", f"{plan.height:g}")
    root.set("font-size", "13")
    root.set("role", "img")
    root.set("aria-label", f"{definition.title}流程图，内容与旁边的表格相同")
    _arrowhead(root, definition)
    _draw(root, definition, chart, plan)
    return etree.tostring(root, encoding="unicode")


def _arrowhead(root: Element, definition: Definition) -> None:
    marker = etree.SubElement(
        etree.SubElement(root, "defs"), "marker", id=_arrow_id(definition), viewBox="0 0 10 10", refX="9", refY="5"
    )
    for key, value in {"markerWidth": "7", "markerHeight": "7", "orient": "auto-start-reverse"}.items():
        marker.set(key, value)
    etree.SubElement(marker, "path", d="M0 0 10 5 0 10z", fill="#5b6470")


def _draw(root: Element, definition: Definition, chart: Chart, plan: Plan) -> None:
    for node in chart.nodes:
        _draw_node(root, node, plan)
        if node.inner is not None:
            _draw(root, definition, node.inner, plan)
    for flow in chart.flows:
        points = plan.lines[flow.id]
        line = etree.SubElement(root, "polyline", points=" ".join(f"{x:g},{y:g}" for x, y in points))
        _paint(line, "none", "#5b6470")
        line.set("marker-end", f"url(#{_arrow_id(definition)})")
        if flow.title:
            x, y = _beside(points)
            _text(root, flow.title, x, y, size=11)
    for node in chart.nodes:
        for edge in node.edges:
            _circle(root, plan.boxes[edge.id], dashed=edge.kind == TIMER)


def _draw_node(root: Element, node: Node, plan: Plan) -> None:
    box = plan.boxes[node.id]
    if node.kind in {START, END}:
        _circle(root, box, heavy=node.kind == END)
        _text(root, node.title, box.x + box.width / 2, box.bottom + 16)
    elif node.kind in {CHOICE, PARALLEL}:
        _diamond(root, box, crossed=node.kind == PARALLEL)
    else:
        shape = etree.SubElement(root, "rect", x=f"{box.x:g}", y=f"{box.y:g}", rx="6")
        shape.set("width", f"{box.width:g}")
        shape.set("height", f"{box.height:g}")
        _paint(shape, PAPER, LINE)
        _title(root, node, box)


def _title(root: Element, node: Node, box: Box) -> None:
    if node.kind == STRETCH:
        _text(root, node.title, box.x + 12, box.y + 20, anchor="start")
        return
    lines = [node.title[at : at + LETTERS_PER_LINE] for at in range(0, len(node.title), LETTERS_PER_LINE)]
    first = box.middle - LINE_HEIGHT * (len(lines) - 1) / 2 + 5
    for place, line in enumerate(lines):
        middle = box.x + box.width / 2
        _text(root, line, middle, first + LINE_HEIGHT * place)


def _circle(root: Element, box: Box, *, heavy: bool = False, dashed: bool = False) -> None:
    circle = etree.SubElement(root, "circle", cx=f"{box.x + box.width / 2:g}", cy=f"{box.middle:g}")
    circle.set("r", f"{box.width / 2:g}")
    _paint(circle, PAPER, LINE, "3" if heavy else "1.5")
    if dashed:
        circle.set("stroke-dasharray", "4 3")


def _diamond(root: Element, box: Box, *, crossed: bool) -> None:
    x, y = box.x + box.width / 2, box.middle
    points = f"{x:g},{box.y:g} {box.right:g},{y:g} {x:g},{box.bottom:g} {box.x:g},{y:g}"
    _paint(etree.SubElement(root, "polygon", points=points), PAPER, LINE)
    if crossed:
        _paint(etree.SubElement(root, "path", d=f"M{x - 9:g} {y:g}h18M{x:g} {y - 9:g}v18"), "none", LINE, "3")


def _paint(element: Element, fill: str, stroke: str, width: str = "1.5") -> None:
    element.set("fill", fill)
    element.set("stroke", stroke)
    element.set("stroke-width", width)


def _text(root: Element, words: str, x: float, y: float, *, size: int = 13, anchor: str = "middle") -> None:
    text = etree.SubElement(root, "text", x=f"{x:g}", y=f"{y:g}", fill=INK)
    text.set("font-size", str(size))
    text.set("text-anchor", anchor)
    text.text = words


def _beside(points: tuple[Point, ...]) -> Point:
    """Return where the words of an arrow stand: over its longest level stretch."""
    level = [(abs(a[0] - b[0]), (a[0] + b[0]) / 2, a[1]) for a, b in pairwise(points) if a[1] == b[1]]
    _, x, y = max(level)
    return x, y - 5


def _arrow_id(definition: Definition) -> str:
    return f"arrow-{definition.id}"
