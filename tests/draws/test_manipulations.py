"""Every fraud, played by somebody who does it well, is told by its name by both verifiers.

Whoever changes a sealed part draws again with it, so that the rest fits; the
first finding must be the cause.
"""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from random import Random
from typing import Any

import pytest
from tests.draws.javascript import Page
from tests.draws.making import AFTER, BEFORE, KEY, Case, Ledger, credit_code, example, filler, proven, published

from yingshang.methods import draw
from yingshang.methods.draw import commitment, tables, tickets

Json = Any
FRAUDS: dict[str, list[Callable[[], Json]]] = {}


def fraud(name: str) -> Callable[[Callable[[], Json]], Callable[[], Json]]:
    def keep(deed: Callable[[], Json]) -> Callable[[], Json]:
        FRAUDS.setdefault(name, []).append(deed)
        return deed

    return keep


@pytest.fixture(scope="module")
def page() -> Page:
    return Page()


def test_every_name_has_its_fraud():
    names = [line.split()[0] for line in tables.SAID.strip().split("\n")]
    assert sorted(FRAUDS) == sorted(names)


@pytest.mark.parametrize("name", [line.split()[0] for line in tables.SAID.strip().split("\n")])
def test_both_verifiers_name_the_fraud(name, page):
    for deed in FRAUDS[name]:
        text = draw.canonical(deed())
        findings = draw.verify(text, key=KEY)
        assert findings, deed
        assert findings[0].name == name, (deed, findings)
        assert page.verify(text, KEY) == draw.as_json(findings)


def redrawn(**changes: Any) -> Json:
    """Return the file of somebody who changed the plan after it was sealed and drew again."""
    honest = example()
    cheat = Case(dataclasses.replace(honest.plan, **changes), honest.rule, serial=3, seed=4, reveals=REVEALS)
    cheat.commitment, cheat.substitutions = honest.commitment, []
    return published(cheat)


REVEALS = [sha256(b"party 1").hexdigest(), ""]


def edited(*path: Any, to: Any = None, by: Callable[[Any], Any] | None = None) -> Json:
    """Return the honest file with one value replaced."""
    file = published(example())
    place = file
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = by(place[path[-1]]) if by else to
    return file


def recorded(change: Callable[[Case, list[tuple[str, Json]]], None]) -> Json:
    """Return the file of somebody who did it in front of the ledger: all proofs hold."""
    return published(example(), change)


def in_ledger_order(order: Callable[[list[Any]], list[Any]]) -> Json:
    """Return a file whose steps stand in the ledger in another order than they say."""
    case, ledger = example(), Ledger()
    numbered = list(enumerate(case.contents(), 1))
    steps: dict[int, Json] = {}
    for moment, (number, (does, content)) in enumerate(order(numbered)):
        facts = {"serial": 3, "step": number, "digest": draw.digest(content)}
        index = ledger.add(does, facts, BEFORE if does == "committed" else AFTER + timedelta(minutes=moment))
        steps[number] = {"does": does, "content": content, "index": index}
    return case.file(proven(ledger, [steps[number] for number in sorted(steps)]))


@fraud("malformed")
def a_fraction():
    return edited("plan", "strata", 0, "num", to=0.5)


@fraud("malformed")
def an_extra_key():
    return edited("result", by=lambda result: {**result, "seed": 1})


@fraud("malformed")
def a_plan_without_its_code():
    return edited("steps", by=lambda steps: steps[:-1])


@fraud("malformed")
def targets_drawn_with_the_tickets_of_inspectors():
    case = example()
    seal = commitment.section_digest(case.salt, "role", "inspector")
    case.commitment = {**case.commitment, "sections": {**case.commitment["sections"], "role": seal}}
    file = published(case)
    file["plan"]["role"] = "inspector"
    return file


@fraud("late_commitment")
def commitment_behind_the_dice():
    return in_ledger_order(lambda steps: [steps[1], steps[2], steps[0], *steps[3:]])


@fraud("late_commitment")
def commitment_as_second_step():
    return recorded(lambda _, steps: steps.insert(0, steps.pop(1)))


@fraud("late_commitment")
def commitment_after_the_beacon_was_due():
    case, ledger = example(), Ledger()
    steps = []
    for number, (does, content) in enumerate(case.contents(), 1):
        facts = {"serial": 3, "step": number, "digest": draw.digest(content)}
        steps.append({"does": does, "content": content, "index": ledger.add(does, facts, AFTER)})
    return case.file(proven(ledger, steps))


@fraud("early_reveal")
def code_before_the_draw():
    return recorded(lambda _, steps: steps.insert(3, steps.pop()))


@fraud("early_reveal")
def code_in_the_ledger_before_the_draw():
    return in_ledger_order(lambda steps: [steps[0], steps[-1], *steps[1:-1]])


@fraud("re_run")
def dice_rolled_twice():
    def again(case, steps):
        steps.insert(3, ("randomness_added", {"source": "dice", "digits": "7" * 20}))

    return recorded(again)


@fraud("re_run")
def a_first_draw_is_not_shown():
    case, ledger = example(), Ledger()
    contents = case.contents()
    contents.insert(3, ("drawn", {"root": "0" * 64, "size": 9}))
    steps = case.record(ledger, contents)
    return case.file(proven(ledger, steps[:3] + steps[4:]))


@fraud("dropped_serial")
def a_serial_is_left_out():
    return edited("register", by=lambda rows: [rows[0], *rows[2:]])


@fraud("dropped_serial")
def a_serial_is_left_out_and_the_rest_moves_up():
    def renumber(rows):
        rows = copy.deepcopy([rows[0], *rows[2:]])
        for serial, row in enumerate(rows, 1):
            row["serial"] = row["commitment"]["serial"] = serial
        return rows

    return edited("register", by=renumber)


@fraud("dropped_serial")
def the_commitment_before_was_another_one():
    return edited("register", 1, "commitment", "head", to="0" * 64)


@fraud("reused_code")
def a_code_used_before():
    case = example()
    case.before = []
    for _ in range(2):
        previous = draw.digest(case.before[-1]["commitment"]) if case.before else draw.FIRST_PREVIOUS
        case.before.append(filler(len(case.before) + 1, previous))
        case.before[-1]["commitment"]["head"] = case.commitment["head"]
    case.commitment["previous"] = draw.digest(case.before[-1]["commitment"])
    return published(case)


@fraud("forged_commitment")
def another_round_in_the_commitment():
    return edited("steps", 0, "content", "rule", "drand", "round", by=lambda number: number + 1)


@fraud("forged_commitment")
def a_commitment_that_was_never_recorded():
    case, other = example(), example()
    other.commitment = {**other.commitment, "head": "0" * 64}
    ledger = Ledger()
    steps = proven(ledger, other.record(ledger))
    steps[0]["content"] = case.commitment
    return case.file(steps)


@fraud("false_outcome")
def an_end_that_was_not():
    return edited("register", 2, "outcome", to="drawn")


@fraud("false_outcome")
def an_end_that_is_none():
    return edited("register", 0, "outcome", to="forgotten")


@fraud("unexplained_void")
def void_for_no_reason():
    return edited("register", 0, by=lambda row: {**row, "outcome": "void"})


@fraud("unexplained_void")
def void_for_another_reason():
    case, ledger = example(), Ledger()
    contents = [case.contents()[0], ("voided", {"reason": "beacon_missing", "note": ""})]
    steps = proven(ledger, case.record(ledger, contents))
    steps[1]["content"] = {"reason": "plan_mistaken", "note": ""}
    return case.file(steps, "void")


@fraud("unproven")
def a_step_without_proof():
    return edited("steps", 2, "proof", to="")


@fraud("foreign_key")
def another_ledger():
    return edited("key", to=KEY.replace("example.org", "example.com"))


@fraud("forged_proof")
def a_proof_of_something_else():
    file = published(example())
    file["steps"][1]["proof"] = file["steps"][2]["proof"].replace("\nindex 3", "\nindex 2")
    return file


@fraud("forged_proof")
def a_draw_of_another_serial():
    case, ledger = example(), Ledger()
    steps = case.record(ledger)
    case.serial = 2
    other = case.record(ledger)
    case.serial = 3
    return case.file(proven(ledger, [steps[0], other[1], *steps[2:]]))


@fraud("other_randomness")
def a_source_left_out():
    return recorded(lambda _, steps: steps.pop(2))


@fraud("other_randomness")
def a_party_nobody_invited():
    part = {"source": "party", "name": "路人", "value": ""}
    return recorded(lambda _, steps: steps.insert(2, ("randomness_added", part)))


@fraud("forged_beacon")
def a_made_up_signature():
    def made_up(_, steps):
        steps[1][1]["signature"] = "8" + steps[1][1]["signature"][1:]

    return recorded(made_up)


@fraud("forged_beacon")
def another_signature_than_recorded():
    return edited("steps", 1, "content", "signature", by=lambda text: "8" + text[1:])


@fraud("forged_dice")
def other_dice_than_recorded():
    case = example()
    file = published(case)
    file["steps"][2]["content"]["digits"] = "0" * 20
    return file


@fraud("forged_dice")
def nineteen_dice():
    return recorded(lambda _, steps: steps[2][1].update(digits="1" * 19))


@fraud("forged_reveal")
def a_value_nobody_committed_to():
    return recorded(lambda _, steps: steps[3][1].update(value="1" * 64))


@fraud("forged_reveal")
def a_refusal_that_was_none():
    return edited("steps", 3, "content", "value", to="")


@fraud("wrong_code")
def a_code_that_does_not_fit():
    return recorded(lambda _, steps: steps[-1][1].update(code="2" * 64))


@fraud("wrong_code")
def another_code_than_recorded():
    return edited("steps", -1, "content", "code", to="2" * 64)


@fraud("changed_purpose")
def another_purpose():
    return redrawn(purpose={"title": "专项检查"})


@fraud("changed_ratio")
def a_lower_ratio():
    return redrawn(strata=[draw.Stratum("A", 1, 40), *example().plan.strata[1:]])


@fraud("changed_ratio")
def a_count_for_a_ratio():
    return redrawn(strata=[draw.Stratum("A", count=2), *example().plan.strata[1:]])


@fraud("replaced_pool")
def a_friend_taken_out():
    targets = dict(example().plan.targets)
    return redrawn(targets={**targets, "B": targets["B"][:4] + targets["B"][5:]})


@fraud("hidden_exclusion")
def a_friend_excluded_later():
    plan = example().plan
    return redrawn(exclusions={**plan.exclusions, plan.targets["B"][4]: "new_business"})


@fraud("hidden_exclusion")
def somebody_excluded_is_visited_all_the_same():
    return edited("result", "drawn", "A", 0, to=example().plan.targets["A"][3])


@fraud("replaced_inspectors")
def somebody_joins_the_inspectors():
    people = example().plan.inspectors
    return redrawn(inspectors=[*people, draw.Inspector("230127099", "scjgj", ("food",))])


@fraud("changed_pairing")
def units_no_longer_apart():
    return redrawn(different_units=False)


@fraud("padded_conflicts")
def a_conflict_thought_of_later():
    plan = example().plan
    extra = draw.Conflict(plan.inspectors[0].id, example().result.assignments[0].target, "e" * 32)
    return redrawn(conflicts=[*plan.conflicts, extra])


@fraud("padded_conflicts")
def a_conflict_nobody_committed_to():
    return edited("result", "opened", 0, "salt", to="e" * 32)


@fraud("padded_conflicts")
def a_conflict_opened_that_stood_in_nobodys_way():
    case = example()
    told = {(one[0], one[1]) for one in case.result.opened}
    drawn = {one.target for one in case.result.assignments}
    spare = next(
        one for one in case.plan.conflicts if (one.inspector, one.target) not in told and one.target not in drawn
    )
    opening = {"inspector": spare.inspector, "target": spare.target, "salt": spare.salt}
    return edited("result", "opened", by=lambda opened: [*opened, opening])


@fraud("duplicate_id")
def drawn_twice():
    return edited("result", "drawn", "C", by=lambda ids: [ids[0], ids[0], *ids[2:]])


@fraud("duplicate_id")
def twice_in_the_pool():
    def twice(case):
        sections = case.plan.sections()
        sections["targets"]["A"].insert(0, sections["targets"]["A"][0])
        return sections

    case = example()
    doubled = twice(case)
    seal = commitment.section_digest(case.salt, "targets", doubled["targets"])
    case.commitment = {**case.commitment, "sections": {**case.commitment["sections"], "targets": seal}}
    file = published(case)
    file["plan"] = doubled
    return file


@fraud("wrong_stratum")
def from_another_class():
    return edited("result", "drawn", "C", 0, to=example().plan.targets["A"][0])


@fraud("reordered_results")
def the_last_shall_be_first():
    return edited("result", "drawn", "C", by=lambda ids: ids[::-1])


@fraud("reordered_results")
def visits_in_another_order():
    return edited("result", "assignments", by=lambda teams: teams[::-1])


@fraud("undisclosed_skip")
def a_target_passed_over():
    case = example()
    following = draw.substitute(
        case.plan, serial=3, code=case.code, randomness=case.randomness, before=[], role="target",
        target=case.result.assignments[0].target, out=case.result.assignments[0].target, reason="closed",
        evidence="0" * 64,
    )["in"]  # fmt: skip
    return edited("result", "drawn", "A", by=lambda ids: [*ids[1:], following])


@fraud("undisclosed_skip")
def an_inspector_passed_over():
    return edited("result", "opened", by=lambda opened: opened[1:])


@fraud("changed_result")
def somebody_else():
    case = example()
    order = tickets.in_order(case.result.key, "3|target|A|", case.plan.eligible("A"), 40)
    return edited("result", "drawn", "A", 0, to=order[-1])


@fraud("changed_result")
def a_class_left_out():
    return edited("result", "drawn", by=lambda drawn: {name: drawn[name] for name in "ABC"})


@fraud("hidden_unassignable")
def nobody_is_said_to_fit():
    target = example().result.assignments[0].target
    return edited("result", "unassignable", to=[target])


@fraud("swapped_inspector")
def a_friend_goes():
    case = example()
    team = case.result.assignments[0].team
    friend = [one.id for one in case.plan.inspectors if one.id not in team][-1]
    return edited("result", "assignments", 0, "team", 1, to=friend)


@fraud("swapped_inspector")
def lead_and_companion_change_places():
    return edited("result", "assignments", 0, "team", by=lambda team: team[::-1])


@fraud("changed_after_draw")
def another_root_than_at_the_draw():
    return recorded(
        lambda case, steps: next(content for does, content in steps if does == "drawn").update(root="3" * 64)
    )


@fraud("forged_substitution")
def a_substitute_of_choice():
    case = example()
    case.substitutions[0] = {**case.substitutions[0], "in": credit_code(1)}
    return published(case)


@fraud("forged_substitution")
def a_substitution_nobody_recorded():
    return edited("steps", -2, "content", "reason", to="moved")


@fraud("forged_substitution")
def an_inspector_of_choice():
    case = example()
    case.substitutions[1] = {
        **case.substitutions[1],
        "in": "230127007",
        "team": ["230127007", case.substitutions[1]["team"][1]],
    }
    case.substitutions.pop()
    return published(case)


def test_one_changed_byte_anywhere_is_noticed():
    file = published(example())
    file["register"].pop()  # a later serial: only its own file proves its commitment
    text = draw.canonical(file)
    chance = Random(1)
    for place in chance.sample(range(len(text)), 400):
        other = chance.choice([one for one in b'0aA"} ' if one != text[place]])
        changed = text[:place] + bytes([other]) + text[place + 1 :]
        assert draw.verify(changed, key=KEY), changed[max(0, place - 40) : place + 40]
