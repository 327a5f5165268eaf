"""Whether answers fit a schema: the validator, kept per schema, and its errors as sentences for people."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any

import jsonschema_rs

from yingshang.kernel.forms.faults import Fault
from yingshang.kernel.forms.formats import FORMATS, fits
from yingshang.kernel.forms.rare import private, private_words
from yingshang.kernel.forms.schema import Field, Schema, all_fields, is_asked

Kind = jsonschema_rs.ValidationErrorKind

# The engine without look-around and back references: no pattern of an officer can make it run for minutes.
PATTERNS = jsonschema_rs.RegexOptions()

QUESTION_MARKS = ("？", "?")


def judge(schema: Schema, values: Mapping[str, Any]) -> list[Fault]:
    """Return what is wrong with answers, at most one fault a field, in the order of the fields.

    A required field that the other answers rule out is not missed; an answer
    to it, or to a field the form does not have, is a fault.
    """
    faults: dict[str, Fault] = {}
    for path, character in _private_characters("", values):
        faults[path] = Fault(path, private_words(character))
    fields = {one.name: one for one in all_fields(schema)}
    for name in values:
        if name not in fields:
            faults[name] = Fault(name, f"表单里没有“{name}”这一项。", "请删去它。")
        elif not is_asked(fields[name], values):
            faults[name] = Fault(
                name, f"按前面的回答，不用填写{fields[name].title}。", "请删去它，或者改正前面的回答。"
            )
    wanted = [name for name in schema.get("required", ()) if name not in fields or is_asked(fields[name], values)]
    for error in _validator({**schema, "required": wanted}).iter_errors(dict(values)):
        fault = _fault(schema, fields, error)
        faults.setdefault(fault.path, fault)
    # A group or a table that is missing as a whole says so once.
    shown = [fault for path, fault in faults.items() if not any(path.startswith(f"{other}.") for other in faults)]
    places = {name: place for place, name in enumerate(fields)}
    return sorted(shown, key=lambda fault: places.get(fault.path.split(".")[0], len(places)))


def _validator(schema: Schema) -> jsonschema_rs.Validator:
    return _built(json.dumps(schema, ensure_ascii=False, sort_keys=True))


@lru_cache(maxsize=512)
def _built(text: str) -> jsonschema_rs.Validator:
    return jsonschema_rs.Draft202012Validator(
        json.loads(text),
        validate_formats=True,
        formats={word: partial(fits, word) for word in FORMATS},
        pattern_options=PATTERNS,
        offline=True,
    )


def _fault(schema: Schema, fields: Mapping[str, Field], error: jsonschema_rs.ValidationError) -> Fault:
    path = [str(step) for step in error.instance_path]
    if isinstance(error.kind, Kind.Required):
        path.append(error.kind.property)
    said = _own_words(schema, error.schema_path)
    one = _field_at(fields, path)
    if one is None:
        return Fault(".".join(path), said or "填写的内容前后对不上，请核对。")
    if said and not isinstance(error.kind, Kind.Required):
        return Fault(".".join(path), said)
    return Fault(".".join(path), _sentence(one, error))


def _own_words(schema: Schema, steps: Sequence[str | int]) -> str:
    """Return ``x-fault`` of the schema object that was not met, else of the nearest around it below the form."""
    around: Any = schema
    said = ""
    for step in steps:
        around = around[step] if not isinstance(around, Mapping) or step in around else {}
        if isinstance(around, Mapping):
            said = around.get("x-fault", said)
    return said


def _field_at(fields: Mapping[str, Field], path: Sequence[str]) -> Field | None:
    found: Field | None = None
    inside: Mapping[str, Field] = fields
    for step in path:
        if step.isdigit():
            continue
        if step not in inside:
            return found
        found = inside[step]
        inside = {part.name: part for part in found.parts}
    return found


def _sentence(one: Field, error: jsonschema_rs.ValidationError) -> str:
    kind, title = error.kind, one.title
    choosing = one.kind in ("radios", "select", "checkboxes")
    match kind:
        case Kind.Required():
            return missing(one)
        case Kind.Constant() if one.kind == "tick":
            return missing(one)
        case Kind.Type() if one.kind == "number":
            return f"{title}应为{'整数' if one.shape.get('type') == 'integer' else '数字'}，例如12。"
        case Kind.Enum() | Kind.Constant() | Kind.OneOfNotValid() | Kind.Type() if choosing:
            return f"请从所列的答案里选择{_named(title)}。"
        case Kind.Format():
            return _format_sentence(one, error)
        case Kind.MinLength():
            return f"{title}至少{kind.limit}个字，现在是{len(str(error.instance))}个字。"
        case Kind.MaxLength():
            return f"{title}最多{kind.limit}个字，现在是{len(str(error.instance))}个字，请缩短。"
        case Kind.Minimum():
            return f"{title}不能小于{_number(kind.limit)}{one.unit}。"
        case Kind.Maximum():
            return f"{title}不能大于{_number(kind.limit)}{one.unit}。"
        case Kind.ExclusiveMinimum():
            return f"{title}应大于{_number(kind.limit)}{one.unit}。"
        case Kind.ExclusiveMaximum():
            return f"{title}应小于{_number(kind.limit)}{one.unit}。"
        case Kind.MultipleOf():
            return f"{title}应为{_number(kind.multiple_of)}的倍数。"
        case Kind.MinItems():
            return f"{title}至少{'选' if choosing else '填'}{kind.limit}{'个' if choosing else '行'}。"
        case Kind.MaxItems():
            return f"{title}最多{'选' if choosing else '填'}{kind.limit}{'个' if choosing else '行'}。"
        case Kind.UniqueItems():
            return f"{title}里有重复的内容，请删去重复的一行。"
        case Kind.FalseSchema():
            return f"按前面的回答，不用填写{title}。"
    return f"{title}的写法不对，请照提示填写。"


def missing(one: Field) -> str:
    """Return the sentence for an answer that is needed and not given."""
    if one.kind == "tick":
        return f"请勾选“{one.title}”。"
    if one.title.endswith(QUESTION_MARKS):
        return f"请回答：{one.title}"
    return f"请{'选择' if one.kind in ('radios', 'select', 'checkboxes') else '填写'}{one.title}。"


def _named(title: str) -> str:
    """Return a title as a part of a sentence: a question keeps its mark within quotes."""
    return f"“{title}”" if title.endswith(QUESTION_MARKS) else title


def _format_sentence(one: Field, error: jsonschema_rs.ValidationError) -> str:
    value = str(error.instance)
    word = getattr(error.kind, "format", one.format)
    try:
        right = FORMATS[word].check(value)
    except ValueError as reason:
        said = str(reason)
        return said if FORMATS[word].title[:2] in said or one.title[:2] in said else f"{one.title}：{said}"
    return f"{one.title}应写为“{right}”。"


def _number(limit: Any) -> str:
    return f"{limit:g}" if isinstance(limit, float) else str(limit)


def _private_characters(path: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, str) and (character := private(value)):
        yield path, character
    pairs = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in pairs:
        yield from _private_characters(f"{path}.{step}" if path else str(step), inner)
