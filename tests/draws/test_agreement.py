"""Two verifiers that share no line agree on every byte they say: honest draws, and draws changed at random."""

from __future__ import annotations

import copy
import json
import re
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

from tests.draws.javascript import FOLDER, Page
from tests.draws.making import BEFORE, KEY, ROUND, Case, Ledger, credit_code, proven

from yingshang.methods import draw
from yingshang.methods.draw import beacons, tables, verifier

SEED, PLANS, WITH_PROOFS = 20261122, 1000, 40
Json = Any


def test_a_thousand_random_plans_are_judged_alike():
    page, chance, ledger = Page(), Random(SEED), Ledger()
    ledger.add("elsewhere", {}, BEFORE)
    cases = [random_case(chance, number) for number in range(PLANS)]
    recorded = {case.seed: case.record(ledger) for case in cases[:WITH_PROOFS]}
    told: set[str] = set()
    for case in cases:
        if case.seed in recorded:
            steps = proven(ledger, recorded[case.seed])
        else:
            steps = [{"does": does, "content": content, "proof": ""} for does, content in case.contents()]
        file = case.file(steps)
        if case.seed % 8:
            file["register"].pop()  # nothing after it yet: quicker
        honest = {one.name for one in draw.verify(draw.canonical(file), key=KEY)}
        assert honest == (set() if case.seed in recorded else {"unproven"}), case.seed
        file = changed(chance, file) if case.seed % 2 else file
        text = draw.canonical(file)
        findings = draw.verify(text, key=KEY)
        assert page.verify(text, KEY) == draw.as_json(findings), text.decode()
        told.update(one.name for one in findings)
    assert len(told) >= 20, told


def test_the_two_verifiers_read_the_same_tables():
    javascript = (FOLDER / "tables.js").read_text(encoding="utf-8").replace("\\\n", "")
    for name in ("SHAPE", "CHANGED", "SAID"):
        assert f"export const {name} = `{getattr(tables, name)}`;" in javascript
    signatures = (FOLDER / "signatures.js").read_text(encoding="utf-8").replace('" +\n      "', "")
    for name, chain in beacons.CHAINS.items():
        figures = re.search(
            rf"{name}: \{{\s*key:\s*\"(\w+)\",\s*genesis: (\d+), period: (\d+), isChained: (\w+)", signatures
        )
        assert figures
        found = (figures[1], int(figures[2]), int(figures[3]), figures[4] == "true")
        assert found == (chain.public_key, chain.genesis, chain.period, chain.is_chained)


def test_each_verifier_can_be_read_in_one_sitting():
    for path in (Path(verifier.__file__), FOLDER / "verify.js"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 300, path.name


def test_what_is_not_ours_in_the_page_is_named_and_unchanged():
    (entry,) = json.loads((FOLDER / "licenses" / "manifest.json").read_text(encoding="utf-8"))
    assert sha256((FOLDER / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]
    assert "Permission is hereby granted" in (FOLDER / entry["license_file"]).read_text(encoding="utf-8")


def random_case(chance: Random, number: int) -> Case:
    """Return a small draw of any kind."""
    start, strata, targets = number * 50, [], {}
    for name in ("A", "乙", "c.3")[: chance.randint(1, 3)]:
        members = chance.randint(1, 5)
        targets[name] = [credit_code(start + place) for place in range(members)]
        start += members
        field = chance.choice(["", "", "food"])
        if chance.random() < 0.5:
            den = chance.randint(1, 12)
            strata.append(draw.Stratum(name, chance.randint(1, den), den, field=field))
        else:
            strata.append(draw.Stratum(name, count=chance.randint(1, members), field=field))
    pool = [one for ids in targets.values() for one in ids]
    largest = max(targets, key=lambda name: len(targets[name]))
    excluded = {targets[largest][0]: "new"} if len(targets[largest]) == 5 else {}
    pairs = chance.random() < 0.85
    units = ["scjgj", "yjglj", "wjj"][: chance.randint(2, 3)]
    people = [
        draw.Inspector(f"P{place}", units[place % len(units)], tuple({"food", "fire"} if place % 2 else {"food"}))
        for place in range(chance.randint(2, 6))
    ]
    conflicts = [
        draw.Conflict(one.id, target, f"{chance.getrandbits(128):032x}")
        for one in people
        for target in pool
        if chance.random() < 0.1
    ]
    plan = draw.Plan(
        {"title": f"第{number}次“抽查”\n{chance.choice(['', '🎲', '/'])}"},
        [
            draw.Stratum(one.name, one.num, one.den, min(one.count, len(targets[one.name]) - 1 or 1), one.field)
            for one in strata
        ],
        targets,
        excluded,
        inspectors=people if pairs else (),
        pairs=pairs,
        different_units=chance.random() < 0.3,
        conflicts=conflicts if pairs else (),
        role=chance.choice(["target", "person"]),
    )
    beacon = draw.Beacon("quicknet", ROUND) if chance.random() < 0.3 else None
    case = Case(
        plan,
        draw.Rule(beacon, 20 if beacon is None else chance.choice([0, 20])),
        serial=chance.choice([1, 1, 1, 2]),
        seed=number,
    )
    for _ in range(chance.choice([0, 0, 1, 3])):
        now = draw.current(case.result, case.substitutions)
        one = chance.choice(now) if now else None
        if one and one.team and chance.random() < 0.5:
            case.substitute("inspector", one.target, chance.choice(one.team))
        elif one:
            case.substitute("target", one.target, one.target)
    return case


def changed(chance: Random, file: Json) -> Json:
    """Return the file with one thing changed somewhere."""
    file = copy.deepcopy(file)
    place: Json = file
    keys = sorted(set(file) - {"key"})
    key: Json = chance.choice([*keys, "steps", "result", "plan", "result"])
    while isinstance(place[key], dict | list) and place[key] and chance.random() < 0.9:
        place = place[key]
        key = chance.choice(sorted(place)) if isinstance(place, dict) else chance.randrange(len(place))
    value = place[key]
    if isinstance(value, bool) or value is None:
        place[key] = not value
    elif isinstance(value, int):
        place[key] = value + chance.choice([-1, 1, 2**53])
    elif isinstance(value, str):
        at = chance.randrange(len(value) + 1)
        place[key] = value[:at] + chance.choice("0aZ甲|\u2028😀") + value[at + 1 :]
    elif isinstance(place, list):
        deed = chance.choice([place.pop, lambda _: place.append(value), lambda _: place.reverse()])
        deed(key)
    elif isinstance(value, list) and len(value) > 1:
        chance.shuffle(value)
    else:
        del place[key]
    return file
