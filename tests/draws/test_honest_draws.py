"""An honest draw holds; whatever cannot be drawn from is refused before it begins."""

import pytest
from tests.draws.javascript import Page
from tests.draws.making import KEY, SIGNATURE, Case, Ledger, credit_code, example, proven, published

from yingshang.methods import draw

STRATA = [draw.Stratum("A", 1, 2)]
POOL = {"A": [credit_code(1), credit_code(2)]}
PEOPLE = [draw.Inspector("P1", "scjgj", ("food",)), draw.Inspector("P2", "yjglj")]
DICE = draw.Rule(dice=20)


def test_the_example_holds_for_every_reader():
    case = example()
    text = draw.canonical(published(case))
    assert draw.verify(text, key=KEY) == []
    assert draw.verify(text) == []
    assert case.result.opened, "the example shows a conflict that caused a skip"
    assert draw.Plan.of(case.plan.sections(), case.plan.openings()) == case.plan
    now = draw.current(case.result, case.substitutions)
    assert len(now) == len(case.result.assignments)
    assert case.substitutions[0]["in"] in {one.target for one in now}


def test_one_visit_opens_before_the_reveal_and_shows_no_other():
    result = example().result
    root = result.root_content()["root"]
    for one in result.assignments:
        opening = result.opening(one.target)
        assert draw.check_opening(opening, root)
        assert not draw.check_opening({**opening, "leaf": {**opening["leaf"], "team": ["P1", "P2"]}}, root)
    assert not draw.check_opening({}, root)
    with pytest.raises(draw.NothingToReplace):
        result.opening(credit_code(999))


def test_unfinished_and_void_draws_verify_without_showing_the_plan():
    case = example()
    ledger = Ledger()
    committed, *rest = case.contents()
    steps = case.record(ledger, [committed, rest[0], ("voided", {"reason": "beacon_missing", "note": "信标没有到"})])
    assert draw.verify(draw.canonical(case.file(proven(ledger, steps), "void")), key=KEY) == []
    assert draw.verify(draw.canonical(case.file(proven(ledger, steps)[:2], "committed")), key=KEY) == []


def test_substitutions_stay_sealed_until_the_reveal_and_in_a_void_draw():
    case, ledger, page = example(), Ledger(), Page()
    *steps, _ = case.contents()
    steps = proven(ledger, case.record(ledger, [*steps, ("voided", {"reason": "plan_mistaken", "note": ""})]))
    for step in steps:
        step["content"] = None if step["does"] == "substituted" else step["content"]
    for shown, outcome, names in (
        (steps, "void", []),
        (steps[:-1], "drawn", []),
        ([*steps[:-2], steps[-1]], "void", ["re_run"]),
        ([steps[0], {**steps[1], "content": None}, *steps[2:]], "void", ["malformed"]),
    ):
        text = draw.canonical(case.file(shown, outcome))
        assert [one.name for one in draw.verify(text, key=KEY)] == names
        assert page.verify(text, KEY) == draw.as_json(draw.verify(text, key=KEY))


def test_without_a_checkpoint_the_file_says_so_and_is_checked_all_the_same():
    file = published(example())
    for step in file["steps"]:
        step["proof"] = ""
    assert {one.name for one in draw.verify(draw.canonical(file))} == {"unproven"}
    file["result"]["drawn"]["A"].reverse()
    assert [one.name for one in draw.verify(draw.canonical(file))][-1] == "reordered_results"


def test_people_are_drawn_without_pairs():
    plan = draw.Plan(
        {"title": "抽取专家"}, [draw.Stratum("all", count=2)], {"all": ["E1", "E2", "E3"]}, pairs=False, role="person"
    )
    case = Case(plan, DICE)
    assert [len(one.team) for one in case.result.assignments] == [0, 0]
    assert draw.verify(draw.canonical(published(case)), key=KEY) == []


def test_nobody_fits_is_listed_and_everybody_else_is_seen():
    conflicts = [draw.Conflict("P2", credit_code(1), "0" * 32)]
    plan = draw.Plan({}, [draw.Stratum("A", 1, 1, field="food")], POOL, inspectors=PEOPLE, conflicts=conflicts)
    case = Case(plan, DICE)
    assert case.result.unassignable == (credit_code(1),)
    assert [one.team for one in case.result.assignments if one.team] == [("P1", "P2")]
    assert draw.verify(draw.canonical(published(case)), key=KEY) == []


def test_loads_differ_by_one_when_nothing_stands_in_the_way():
    people = [draw.Inspector(f"P{number:02d}", "scjgj") for number in range(15)]
    pool = {"A": [credit_code(number) for number in range(400)]}
    result = Case(draw.Plan({}, [draw.Stratum("A", 1, 4)], pool, inspectors=people), DICE).result
    loads = [sum(one.id in each.team for each in result.assignments) for one in people]
    assert sum(loads) == 200
    assert max(loads) - min(loads) <= 1


PLANS = {
    "malformed_id": {"targets": {"A": ["A|B"]}},
    "duplicate_id": {"targets": {"A": ["a1", " A1"]}},
    "malformed_name": {"strata": [draw.Stratum("A B", 1, 2)]},
    "empty_stratum": {"targets": {"A": [credit_code(1)]}, "exclusions": {credit_code(1): "new"}},
    "unknown_stratum": {"targets": {**POOL, "B": ["B1"]}},
    "bad_ratio": {"strata": [draw.Stratum("A", 3, 2)]},
    "count_too_large": {"strata": [draw.Stratum("A", count=3)]},
    "unknown_exclusion": {"exclusions": {"X": "new"}},
    "unknown_conflict": {"conflicts": [draw.Conflict("P9", credit_code(1), "0" * 32)]},
    "too_few_inspectors": {"inspectors": PEOPLE[:1]},
    "no_lead": {"strata": [draw.Stratum("A", 1, 2, field="fire")]},
}


@pytest.mark.parametrize("code", PLANS)
def test_a_plan_nobody_could_draw_from_is_refused(code):
    given = {"purpose": {}, "strata": STRATA, "targets": POOL, "inspectors": PEOPLE, **PLANS[code]}
    with pytest.raises(draw.PlanProblem) as refused:
        draw.Plan(**given)
    assert refused.value.code == code
    assert refused.value.said.endswith("。")


def test_ids_have_one_spelling():
    assert draw.canonical_id(" 91230127ma00000001 ") == "91230127MA00000001"
    for bad in ("", "A" * 65, "A\u0301", "甲|乙", "Ａ"):
        with pytest.raises(draw.PlanProblem):
            draw.canonical_id(bad)


def test_randomness_comes_once_from_whom_it_was_asked():
    rule = example().rule
    with pytest.raises(draw.Missing) as missing:
        draw.randomness_string(rule, [])
    assert missing.value.sources == ("drand", "dice", "party 县商会", "party 人大代表")
    for code, deed in {
        "wrong_beacon": lambda: draw.beacon(rule, signature=SIGNATURE[:-1] + "0"),
        "malformed_dice": lambda: draw.dice(rule, "123"),
        "wrong_reveal": lambda: draw.reveal(rule, "县商会", "0" * 64),
        "not_in_rule": lambda: draw.reveal(rule, "路人", "0" * 64),
        "given_twice": lambda: draw.randomness_string(DICE, [draw.dice(DICE, "0" * 20)] * 2),
    }.items():
        with pytest.raises(draw.RandomnessProblem) as refused:
            deed()
        assert refused.value.code == code
    with pytest.raises(draw.PlanProblem):
        draw.Rule(parties=rule.parties)


def test_what_is_not_in_the_result_cannot_be_replaced():
    case = example()
    for role, target, out in (
        ("target", credit_code(999), credit_code(999)),
        ("inspector", case.result.assignments[2].target, "P9"),
    ):
        with pytest.raises(draw.NothingToReplace):
            case.substitute(role, target, out)
    assert len(case.substitutions) == 3
