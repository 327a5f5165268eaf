"""BPMN 2.0 with drawing data, for people who want to open a procedure in a modeler.

An export: nothing reads it back.
"""

from __future__ import annotations

from lxml import etree

from yingshang.kernel.procedures.chart import (
    CHOICE,
    END,
    JOINT,
    MESSAGE,
    PARALLEL,
    START,
    STRETCH,
    TASK,
    Chart,
    Node,
    chart_of,
)
from yingshang.kernel.procedures.definition import Definition
from yingshang.kernel.procedures.placing import Box, Plan, placed

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"
NAMESPACES = {None: BPMN, "bpmndi": BPMNDI, "dc": DC, "di": DI}

TAGS = {
    START: "startEvent",
    END: "endEvent",
    TASK: "userTask",
    JOINT: "userTask",
    CHOICE: "exclusiveGateway",
    PARALLEL: "parallelGateway",
    STRETCH: "subProcess",
}

Element = etree._Element


def bpmn(definition: Definition) -> bytes:
    """Return a procedure as a BPMN 2.0 file in UTF-8. Equal versions give equal bytes."""
    chart = chart_of(definition)
    plan = placed(chart)
    root = etree.Element(_tag(BPMN, "definitions"), nsmap=NAMESPACES)  # type: ignore[arg-type]
    root.set("id", f"definitions_{definition.id}")
    root.set("targetNamespace", f"urn:yingshang:procedure:{definition.id}")
    root.set("exporter", "yingshang")
    process = etree.SubElement(root, _tag(BPMN, "process"), id=_process_id(definition), isExecutable="false")
    process.set("name", f"{definition.title}（第{definition.version}版）")
    _document(process, [f"SHA-256 {definition.sha256}", *(source.text for source in definition.sources)])
    _write(process, chart)
    _draw(root, definition, chart, plan)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _write(parent: Element, chart: Chart) -> None:
    for node in chart.nodes:
        _write_node(parent, chart, node)
        for edge in node.edges:
            event = etree.SubElement(
                parent, _tag(BPMN, "boundaryEvent"), id=edge.id, name=edge.title, attachedToRef=node.id
            )
            event.set("cancelActivity", "true")
            _link(event, chart, edge.id)
            kind = "messageEventDefinition" if edge.kind == MESSAGE else "timerEventDefinition"
            etree.SubElement(event, _tag(BPMN, kind), id=f"{edge.id}_event")
    for flow in chart.flows:
        line = etree.SubElement(
            parent, _tag(BPMN, "sequenceFlow"), id=flow.id, sourceRef=flow.source, targetRef=flow.target
        )
        if flow.title:
            line.set("name", flow.title)


def _write_node(parent: Element, chart: Chart, node: Node) -> None:
    element = etree.SubElement(parent, _tag(BPMN, TAGS[node.kind]), id=node.id)
    if node.title:
        element.set("name", node.title)
    _document(element, node.notes)
    _link(element, chart, node.id)
    if node.kind == JOINT:
        etree.SubElement(element, _tag(BPMN, "multiInstanceLoopCharacteristics"), id=f"{node.id}_units")
    if node.inner is not None:
        _write(element, node.inner)


def _document(element: Element, lines: list[str] | tuple[str, ...]) -> None:
    for line in lines:
        etree.SubElement(element, _tag(BPMN, "documentation")).text = line


def _link(element: Element, chart: Chart, node_id: str) -> None:
    for flow in chart.flows:
        if flow.target == node_id:
            etree.SubElement(element, _tag(BPMN, "incoming")).text = flow.id
    for flow in chart.flows:
        if flow.source == node_id:
            etree.SubElement(element, _tag(BPMN, "outgoing")).text = flow.id


def _draw(root: Element, definition: Definition, chart: Chart, plan: Plan) -> None:
    diagram = etree.SubElement(root, _tag(BPMNDI, "BPMNDiagram"), id=f"diagram_{definition.id}")
    plane = etree.SubElement(
        diagram, _tag(BPMNDI, "BPMNPlane"), id=f"plane_{definition.id}", bpmnElement=_process_id(definition)
    )
    _draw_chart(plane, chart, plan)


def _draw_chart(plane: Element, chart: Chart, plan: Plan) -> None:
    for node in chart.nodes:
        shape = _shape(plane, node.id, plan.boxes[node.id])
        if node.kind == STRETCH:
            shape.set("isExpanded", "true")
        if node.inner is not None:
            _draw_chart(plane, node.inner, plan)
        for edge in node.edges:
            _shape(plane, edge.id, plan.boxes[edge.id])
    for flow in chart.flows:
        line = etree.SubElement(plane, _tag(BPMNDI, "BPMNEdge"), id=f"{flow.id}_di", bpmnElement=flow.id)
        for x, y in plan.lines[flow.id]:
            etree.SubElement(line, _tag(DI, "waypoint"), x=_number(x), y=_number(y))


def _shape(plane: Element, element_id: str, box: Box) -> Element:
    shape = etree.SubElement(plane, _tag(BPMNDI, "BPMNShape"), id=f"{element_id}_di", bpmnElement=element_id)
    etree.SubElement(
        shape,
        _tag(DC, "Bounds"),
        x=_number(box.x),
        y=_number(box.y),
        width=_number(box.width),
        height=_number(box.height),
    )
    return shape


def _process_id(definition: Definition) -> str:
    return f"process_{definition.id}"


def _tag(namespace: str, name: str) -> str:
    return f"{{{namespace}}}{name}"


def _number(value: float) -> str:
    return f"{value:g}"
