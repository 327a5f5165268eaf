"""Every item brings along a procedure that a county can load and whose own scenarios hold."""

from datetime import date

import pytest

from yingshang.kernel import clock, procedures
from yingshang.registers.catalogue.rules.content import read
from yingshang.registers.catalogue.rules.procedure import procedure_of

EFFECTIVE = (date(2026, 1, 1), None)
LATER = {"key": "plan", "title": "平面图", "tolerable_days": 30}
STEPS = [
    {"key": "read", "title": "书面审查", "days": 2},
    {"key": "fire", "title": "消防意见", "unit": "zjj", "days": 3},
    {"key": "site", "title": "现场核查"},
]
STATUTORY = {"days": 20, "limit": "LIC.DECIDE"}


def made(kind="license", **parts):
    content = read({"basics": {"title": "试办事项", "kind": kind}, **parts})
    return content, procedure_of(content, item="trial", version=1, effective=EFFECTIVE)


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"limits": {"committed": {"days": 8}}, "choices": {"instant": True}},
        {"limits": {"statutory": STATUTORY, "committed": {"days": 8}}, "steps": STEPS},
        {
            "limits": {"statutory": STATUTORY, "committed": {"days": 25}},
            "steps": STEPS,
            "materials": [LATER],
            "special": [{"key": "testing", "title": "检验检测", "days": 10}],
            "choices": {
                "tolerant": True,
                "commitment": "license",
                "extension": {"limit": "LIC.DECIDE.EXTENSION", "days": 10},
            },
        },
        {"kind": "filing", "materials": [LATER], "choices": {"tolerant": True}},
        {"kind": "service", "limits": {"statutory": {"days": 30, "unit": "d"}}},
    ],
)
def test_the_procedure_of_an_item_loads_and_its_scenarios_hold(example_county, parts):
    _, data = made(**parts)
    definition = procedures.read_data(data, procedures.known_names())
    assert procedures.misses(definition, clock.limit_on, clock.calendar()) == []
    bpmn, svg = procedures.bpmn(definition), procedures.svg(definition)
    assert bpmn and svg


def test_what_comes_later_is_never_owed_longer_than_what_was_promised():
    _, data = made(limits={"committed": {"days": 8}}, materials=[LATER], choices={"tolerant": True})
    assert [material["tolerable_days"] for material in data["materials"]] == [8]


def test_a_filing_knows_no_refusing_move():
    _, data = made(kind="filing")
    assert {"refuse", "decline", "revoke"}.isdisjoint(move["do"] for move in data["moves"])
    assert data["takes_effect"] == data["start"]
