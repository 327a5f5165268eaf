"""The BPMN file holds together, every element of it is drawn, and the picture shows the same."""

from pathlib import Path

import pytest
from django.conf import settings
from lxml import etree

from yingshang.kernel import procedures
from yingshang.kernel.procedures.chart import chart_of
from yingshang.kernel.procedures.placing import placed

FILES = sorted(Path(settings.YS_COUNTIES_DIR).glob("*/procedures/*.yaml"))
NS = {
    "b": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "di": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "dd": "http://www.omg.org/spec/DD/20100524/DI",
}
EVENTS = ["startEvent", "endEvent", "boundaryEvent"]
FLOW_NODES = [*EVENTS, "userTask", "exclusiveGateway", "parallelGateway", "subProcess"]
# The schema of BPMN 2.0 (Semantic.xsd) fixes this order of children in a flow node.
ORDER = ["documentation", "incoming", "outgoing"]


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def definition(request):
    return procedures.read(request.param)


@pytest.fixture
def root(definition):
    return etree.fromstring(procedures.bpmn(definition))


def local(element):
    return etree.QName(element).localname


def nodes(root):
    return [element for element in root.iter() if local(element) in FLOW_NODES]


def test_every_id_is_used_once_and_is_a_name(root):
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert all(name[0].isalpha() and name.replace("_", "").replace("-", "").isalnum() for name in ids)


def test_every_flow_leads_from_a_node_to_a_node_of_the_same_scope(root):
    for flow in root.iterfind(".//b:sequenceFlow", NS):
        siblings = {element.get("id"): element for element in flow.getparent()}
        source, target = siblings[flow.get("sourceRef")], siblings[flow.get("targetRef")]
        assert flow.get("id") in [out.text for out in source.iterfind("b:outgoing", NS)]
        assert flow.get("id") in [into.text for into in target.iterfind("b:incoming", NS)]


def test_nodes_have_their_ways_in_and_out(root):
    for node in nodes(root):
        ways_in, ways_out = len(node.findall("b:incoming", NS)), len(node.findall("b:outgoing", NS))
        kind = local(node)
        assert (ways_in == 0) == (kind in {"startEvent", "boundaryEvent"}), node.get("id")
        assert (ways_out == 0) == (kind == "endEvent"), node.get("id")


def test_children_stand_in_the_order_of_the_schema(root):
    for node in nodes(root):
        places = [ORDER.index(local(child)) for child in node if local(child) in ORDER]
        assert places == sorted(places)


def test_everything_is_drawn_once(root):
    drawn = [shape.get("bpmnElement") for shape in root.iterfind(".//di:BPMNShape", NS)]
    assert sorted(drawn) == sorted(node.get("id") for node in nodes(root))
    lines = [edge.get("bpmnElement") for edge in root.iterfind(".//di:BPMNEdge", NS)]
    assert sorted(lines) == sorted(flow.get("id") for flow in root.iterfind(".//b:sequenceFlow", NS))
    for edge in root.iterfind(".//di:BPMNEdge", NS):
        assert len(edge.findall("dd:waypoint", NS)) >= 2
    assert root.find(".//di:BPMNPlane", NS).get("bpmnElement") == root.find("b:process", NS).get("id")


def test_boxes_of_one_chart_do_not_lie_on_each_other(definition):
    chart = chart_of(definition)
    plan = placed(chart)
    charts = [chart, *(node.inner for node in chart.nodes if node.inner)]
    for each in charts:
        boxes = [plan.boxes[node.id] for node in each.nodes]
        for place, one in enumerate(boxes):
            for other in boxes[place + 1 :]:
                apart = one.right <= other.x or other.right <= one.x or one.bottom <= other.y or other.bottom <= one.y
                assert apart


def test_the_license_shows_its_parallel_work_its_silence_and_its_joint_step():
    license_path = next(path for path in FILES if path.stem == "restaurant-opening")
    root = etree.fromstring(procedures.bpmn(procedures.read(license_path)))

    def count(name):
        return len(root.findall(f".//b:{name}", NS))

    assert (count("subProcess"), count("parallelGateway"), count("multiInstanceLoopCharacteristics")) == (1, 2, 1)
    assert count("timerEventDefinition") == 5
    assert [end.get("name") for end in root.findall("b:process/b:endEvent", NS)] == [
        "准予许可",
        "不予许可",
        "不予受理",
        "申请人撤回",
        "逾期未补，已终止",
    ]


def test_equal_versions_are_drawn_equally(definition):
    assert procedures.bpmn(definition) == procedures.bpmn(definition)
    assert procedures.svg(definition) == procedures.svg(definition)


def test_the_picture_carries_no_style_and_names_every_state(definition):
    picture = procedures.svg(definition)
    assert "style" not in picture
    words = "".join(etree.fromstring(picture).itertext())
    assert all(title in words for title in definition.states.values())
