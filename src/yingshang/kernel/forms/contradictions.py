"""Whether a schema contradicts itself: a field nobody can fill in, a choice that leads nowhere.

The proof is the validator's own: it brings a schema to a canonical form in
which what admits no value is plainly empty. It errs on the silent side only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema_rs
from jsonschema_rs.canonical import CanonicalizationError, Satisfiability, UnsatisfiableReason, find_unsatisfiable

from yingshang.kernel.forms.faults import Fault
from yingshang.kernel.forms.judging import PATTERNS, judge
from yingshang.kernel.forms.schema import Schema, all_fields

CONDITIONS_AT_MOST = 200  # choices and branches looked into, so that a huge form is still checked in a second


def contradictions(schema: Schema) -> Iterator[Fault]:
    """Yield the places of a well-formed schema that no answer satisfies."""
    asked_sometimes = {one.name for one in all_fields(schema) if one.when}
    whole = {**schema, "required": [name for name in schema.get("required", ()) if name not in asked_sometimes]}
    empty = find_unsatisfiable(whole, offline=True, pattern_options=PATTERNS)
    places = {place for place, reason in empty.items() if not isinstance(reason, UnsatisfiableReason.Literal)}
    deepest = sorted(
        place for place in places if not any(other != place and other.startswith(f"{place}/") for other in places)
    )
    for place in deepest:
        yield _impossible(schema, place, empty[place])
    if deepest:
        return
    yield from _traps(whole)
    yield from _misfits(schema)


def _impossible(schema: Schema, place: str, reason: Any) -> Fault:
    steps = [step.replace("~1", "/").replace("~0", "~") for step in place.split("/")[1:]]
    causes = list(reason.causes) if hasattr(reason, "causes") else [reason.cause]
    keys = [key for cause in causes for key in cause.keywords if key != "type"] or ["type"]
    told = "、".join(dict.fromkeys(keys))
    title = _title(schema, steps)
    if not steps:
        return Fault("", f"必填的各项和条件（{told}）合在一起，怎么填都不对。", "请改正其中一处。")
    many = "互相矛盾，" if len(keys) > 1 else "写成这样，"
    return Fault(".".join(steps), f"“{title}”的{told}{many}没有一个答案能填。", "请改正其中一处。")


def _title(schema: Any, steps: list[str]) -> str:
    found = steps[-1] if steps else ""
    for step in steps:
        schema = schema[int(step)] if isinstance(schema, list) else schema.get(step, {})
        if isinstance(schema, Mapping) and isinstance(schema.get("title"), str):
            found = schema["title"]
    return found


def _traps(whole: dict[str, Any]) -> Iterator[Fault]:
    """Choices, and branches of conditions, after which nothing can be handed in any more."""
    told = False
    looked = 0
    for one in all_fields(whole):
        for choice, words in one.choices if one.kind in ("radios", "select") else ():
            looked += 1
            if looked <= CONDITIONS_AT_MOST and _is_impossible(
                whole, {"properties": {one.name: {"const": choice}}, "required": [one.name]}
            ):
                told = True
                yield Fault(
                    f"properties.{one.name}",
                    f"“{one.title}”选了“{words}”以后，其他各项怎么填都不对。",
                    "请改正与它有关的条件，或者删去这个答案。",
                )
    if told:
        return
    branches = [("", whole), *((f"allOf.{i}.", part) for i, part in enumerate(whole.get("allOf", ())))]
    plain = {key: value for key, value in whole.items() if key not in ("if", "then", "else", "allOf")}
    for path, part in branches[:CONDITIONS_AT_MOST]:
        if not isinstance(part, Mapping) or "if" not in part:
            continue
        if _is_impossible(plain, part["if"]):
            yield Fault(f"{path}if", "这个条件永远不会成立。", "请核对if里的答案。")
        elif _is_impossible(whole, part["if"]):
            yield Fault(f"{path}then", "条件成立以后，其他各项怎么填都不对。", "请改正then，或者删去这个条件。")


def _is_impossible(whole: dict[str, Any], and_also: Any) -> bool:
    try:
        joined = jsonschema_rs.canonicalize({"allOf": [whole, and_also]}, offline=True, pattern_options=PATTERNS)
    except CanonicalizationError:
        return False
    return joined.satisfiability() == Satisfiability.NO


def _misfits(schema: Schema) -> Iterator[Fault]:
    """A format word, which the canonical form does not look into, may still rule every choice out; so may a default."""
    for one in all_fields(schema):
        bare = {"type": "object", "properties": {one.name: {**one.shape, "x-when": {}}}}
        if one.kind in ("radios", "select") and one.format:
            for choice, words in one.choices:
                if judge(bare, {one.name: choice}):
                    yield Fault(
                        f"properties.{one.name}", f"答案“{words}”不合这一项的format。", "请改正答案，或者删去format。"
                    )
        if "default" in one.shape and judge(bare, {one.name: one.shape["default"]}):
            yield Fault(
                f"properties.{one.name}.default", f"“{one.title}”的default自己就填得不对。", "请改正，或者删去它。"
            )
