"""A mistake in a procedure is answered with file, line, key, what was found and the nearest right name."""

from pathlib import Path

import pytest
import yaml
from django.conf import settings

from yingshang.kernel import procedures
from yingshang.kernel.procedures import Known
from yingshang.methods.county_files import DataProblem

EXAMPLE = Path(settings.YS_COUNTIES_DIR) / "example" / "procedures"
LICENSE = (EXAMPLE / "restaurant-opening.yaml").read_text(encoding="utf-8")
FILING = (EXAMPLE / "signboard-filing.yaml").read_text(encoding="utf-8")
KNOWN = Known(
    units=frozenset({"scjgj", "zjj", "dhz"}),
    posts=frozenset({"window-clerk", "reviewer", "chief-representative", "unit-head"}),
    limits=frozenset(
        {"LIC.NOTICE", "LIC.DECIDE", "LIC.DECIDE.EXTENSION", "RESTAURANT.COMMITTED", "RESTAURANT.REVIEW"}
        | {"TOL.SUPPLY", "SIGNBOARD.VERIFY"}
    ),
    conditions=frozenset({"all_materials_in", "no_open_pause"}),
)


def complaint(tmp_path, text, old, new):
    assert old in text, old
    path = tmp_path / "counties" / "example" / "procedures" / "broken.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataProblem) as problem:
        procedures.read(path, KNOWN)
    said = str(problem.value)
    line = new.partition("\n")[0].strip()
    assert said.startswith("counties/example/procedures/broken.yaml:")
    return said, line


def test_a_wrong_condition_is_answered_in_full(tmp_path):
    said, _ = complaint(tmp_path, LICENSE, "when: [all_materials_in,", "when: [all_material_in,")
    number = 1 + LICENSE[: LICENSE.index("when: [all_materials_in")].count("\n")
    assert said == (
        f"counties/example/procedures/broken.yaml:{number}\n"
        "  moves[14].when: “all_material_in” is not a known condition.\n"
        "  Known: all_materials_in, no_open_pause. Did you mean all_materials_in?\n"
        "  Conditions are Python functions; see docs/procedures.md#conditions."
    )


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("lead_unit: scjgj", "lead_unit: scjg", "Did you mean scjgj?"),
        ("limit: LIC.NOTICE", "limit: LIC.NOTISE", "Did you mean LIC.NOTICE?"),
        ("by: window-clerk}", "by: window-clark}", "Did you mean window-clerk?"),
        ("approved_by: unit-head", "approved_by: unit-haed", "Did you mean unit-head?"),
        ("until: [granted, refused]", "until: [grantet, refused]", "Did you mean granted?"),
        ("on_miss: deem_accepted", "on_miss: accept", "“accept” is not a known move by the clock."),
        ("on_miss: lapse", "on_miss: laps", "Did you mean lapse?"),
        ("extends: decision", "extends: decison", "Did you mean decision?"),
        ("material: floor-plan", "material: application", "not a known material with tolerable_days"),
        ("source: licensing-law-45", "source: licensing-law-54", "Did you mean licensing-law-45?"),
        ("unit: zjj", "unit: zj", "Did you mean zjj?"),
        ("quorum: all_agree", "quorum: all_agre", "Did you mean all_agree?"),
        ("waits_for: [fire, waste]", "waits_for: [fire, wast]", "Did you mean waste?"),
        ("stops: [decision, committed]", "stops: [decision, comitted]", "Did you mean committed?"),
        ("walk: [accept, start_review, pass_waste", "walk: [acept, start_review, pass_waste", "Did you mean accept?"),
        ("opens: [supply_floor_plan]", "opens: [supply_plan]", "Did you mean supply_floor_plan?"),
        ("item_code: null", "item_code: null\nitem_cod: null", "Did you mean item_code?"),
        ("kind: license", "kind: licence", "Did you mean license?"),
        ("version: 1", "version: one", "is not of type"),
    ],
)
def test_a_wrong_name_is_answered_with_the_nearest(tmp_path, old, new, found):
    said, _ = complaint(tmp_path, LICENSE, old, new)
    assert found in said


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("  deciding: 待决定\n", "  deciding: 待决定\n  forgotten: 没人来的一步\n", "no move leads to “forgotten”"),
        (
            "until: [fire_passed, fire_failed]}",
            "until: [fire_passed], extends: decision}",
            "either “from” or “extends”",
        ),
        ("approved_by: unit-head, ", "", "“approved_by” is missing"),
        ("waits_for: [fire, waste]", "waits_for: [fire]", "0 joins wait for the branch “waste”"),
        ("    during: in_review\n    unit: dhz", "    during: accepted\n    unit: dhz", "It would never complete."),
        ("    final: [waste_passed, waste_failed]", "    final: [waste_failed]", "can never complete"),
        ("by: [reviewer, chief-representative]}", "by: clock}", "only the clock makes “pass_fire”, but no limit names"),
        (
            "from: submitted, to: accepted, by: clock}",
            "from: submitted, to: accepted, by: [clock, reviewer]}",
            "Keep do",
        ),
        ("on_opinion: agreed}", "on_opinion: not_agreed}", "when the units agree"),
        ("by: window-clerk}", "by: window-clerk, on_opinion: agreed}", "has no joint step"),
        ("    limit: TOL.SUPPLY\n", "", "cites no limit"),
        (
            "{do: fail_waste, title: 油烟",
            "{do: pass_waste, title: 油烟",
            "“pass_waste” already leads out of “waste_asked”",
        ),
        ("from: deciding, to: granted", "from: deciding, to: fire_passed", "from one line into another"),
        ("  lapsed: 逾期未补，已终止\n", "  lapsed: 逾期未补，已终止\n  fire_asked: 重名\n", "stands in two lines"),
        (
            "from: accepted, until: [granted, refused]}\n  committed",
            "from: accepted}\n  committed",
            "“until” is missing",
        ),
    ],
)
def test_a_course_that_cannot_be_run_is_refused(tmp_path, old, new, found):
    said, _ = complaint(tmp_path, LICENSE, old, new)
    assert found in said


@pytest.mark.mission("13m")
@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (
            "verified: done, corrected: done",
            "verified: done, corrected: refused",
            "a filing is not refused, but this move ends in “corrected”",
        ),
        ("takes_effect: received\n", "", "takes effect on receipt"),
        ("takes_effect: received\n", "takes_effect: verified\n", "must be “received”"),
    ],
)
def test_a_filing_takes_effect_on_receipt_and_is_never_refused(tmp_path, old, new, found):
    said, _ = complaint(tmp_path, FILING, old, new)
    assert found in said
    assert "docs/procedures.md#filings" in said


def test_a_dead_end_is_named(tmp_path):
    text = FILING.replace("corrected: 已告知更正,", "corrected: 已告知更正, waiting: 等待,")
    said, _ = complaint(tmp_path, text, "from: received, to: verified,", "from: received, to: waiting,")
    assert "no move leads to “verified”" in said
    path = tmp_path / "waiting.yaml"
    path.write_text(text.replace("from: received, to: corrected,", "from: received, to: waiting,"), encoding="utf-8")
    with pytest.raises(DataProblem, match="no move leads to “corrected”"):
        procedures.read(path)
    into = "{do: wait, title: 等待, from: received, to: waiting, by: reviewer}"
    path.write_text(text.replace("moves:", f"moves:\n  - {into}"), encoding="utf-8")
    with pytest.raises(DataProblem, match="“waiting” is a dead end"):
        procedures.read(path)


@pytest.mark.parametrize(
    ("second", "found"),
    [
        ("version: 2\neffective: {from: 2026-07-01, to: null}", ""),
        ("version: 1\neffective: {from: 2026-07-01, to: null}", "version 1 stands twice"),
        ("version: 2\neffective: {from: 2026-06-30, to: null}", "overlaps version 1"),
        ("version: 2\neffective: {from: 2026-07-03, to: null}", "a gap of 2 days"),
        ("version: 2\neffective: {from: 2025-07-01, to: null}", "not after version 1"),
    ],
)
def test_versions_follow_each_other_without_overlap_or_gap(tmp_path, second, found):
    head = "version: 1\neffective: {from: 2026-01-01, to: null}"
    (tmp_path / "one.yaml").write_text(FILING.replace(head, head.replace("null", "2026-06-30")), encoding="utf-8")
    (tmp_path / "two.yaml").write_text(FILING.replace(head, second), encoding="utf-8")
    if not found:
        assert [one.version for one in procedures.read_folder(tmp_path)] == [1, 2]
        return
    with pytest.raises(DataProblem, match=found):
        procedures.read_folder(tmp_path)


def test_every_page_of_the_manual_that_a_complaint_names_is_there():
    manual = Path("docs/procedures.md").read_text(encoding="utf-8")
    for name in ("names", "course"):
        source = Path(f"src/yingshang/kernel/procedures/{name}.py").read_text(encoding="utf-8")
        for anchor in {part.split(".")[0].strip('"') for part in source.split("docs/procedures.md#")[1:]}:
            if "{" not in anchor:
                assert f"## {anchor.replace('-', ' ')}" in manual.lower(), anchor


def test_a_procedure_made_by_a_program_is_checked_like_a_file():
    made = yaml.safe_load((EXAMPLE / "signboard-filing.yaml").read_text(encoding="utf-8"))
    assert procedures.read_data(made) == procedures.read(EXAMPLE / "signboard-filing.yaml")
    made["moves"][0]["to"] = "verfied"
    with pytest.raises(DataProblem, match="Did you mean verified"):
        procedures.read_data(made)
