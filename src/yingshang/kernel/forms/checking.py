"""Whether a schema makes a form that somebody can fill in. Each fault names its place and what to do."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema_rs

from yingshang.kernel.forms.contradictions import contradictions
from yingshang.kernel.forms.faults import Fault
from yingshang.kernel.forms.formats import FORMATS
from yingshang.kernel.forms.judging import PATTERNS
from yingshang.kernel.forms.schema import Schema, choices_of

NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
HELD = re.compile(r"(person|enterprise)\.[a-z_]+")
OWN_KEYS = ("x-held", "x-unit", "x-lines", "x-when", "x-fault")
KINDS = ("string", "integer", "number", "boolean", "array", "object")
WORDS = ("$ref", "$dynamicRef", "$id", "$anchor", "$dynamicAnchor", "$defs", "contentSchema", "patternProperties")
LARGEST = 200_000  # bytes of a schema as JSON
FIELDS_AT_MOST = 300

META = jsonschema_rs.Draft202012Validator({"$ref": "https://json-schema.org/draft/2020-12/schema"})


def check(schema: Any) -> list[Fault]:
    """Return what keeps a schema from being a form: malformed, not drawable, or contradicting itself.

    An empty list means that ``pages``, ``fields``, ``read``, ``rows`` and
    ``paper`` take it, and that each field and each choice can be answered in
    some way that the whole form accepts.
    """
    if not isinstance(schema, Mapping) or schema.get("type") != "object" or not schema.get("properties"):
        return [Fault("", "表单应是“type: object”，并在properties里列出各项。", "请按表单的写法改正。")]
    try:
        size = len(json.dumps(schema, ensure_ascii=False, allow_nan=False).encode())
    except (TypeError, ValueError, RecursionError):
        return [Fault("", "表单里有不能写成JSON的内容。", "请只用文字、数字、true、false、列表和键值。")]
    if size > LARGEST:
        return [Fault("", f"表单有{size // 1000}KB，太大了。", f"请拆成几份，每份不超过{LARGEST // 1000}KB。")]
    return list(_malformed(schema)) or list(_undrawable(schema)) or list(contradictions(schema))


def _malformed(schema: Schema) -> Iterator[Fault]:
    for error in META.iter_errors(dict(schema)):
        path = ".".join(str(step) for step in error.instance_path)
        yield Fault(path, f"这里不合JSON Schema 2020-12的写法：{error.message}", "请对照标准改正。")
    for path, word in _words(schema, ""):
        yield Fault(path, f"表单里不用“{word}”。", "请把内容直接写在用到的地方。")


def _words(value: Any, path: str) -> Iterator[tuple[str, str]]:
    pairs = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        here = f"{path}.{key}".lstrip(".")
        if key in WORDS and not path.endswith("properties"):
            yield here, str(key)
        yield from _words(inner, here)


def _undrawable(schema: Schema) -> Iterator[Fault]:
    properties = schema["properties"]
    if len(properties) > FIELDS_AT_MOST:
        yield Fault("properties", f"表单有{len(properties)}项，太多了。", f"请拆成几份，每份不超过{FIELDS_AT_MOST}项。")
    yield from _order(schema)
    yield from _declared(schema, "", set(properties))
    for name, shape in properties.items():
        yield from _field(name, shape, f"properties.{name}", depth=0)
        if isinstance(shape, Mapping):
            yield from _when(name, shape, properties)


def _order(schema: Schema) -> Iterator[Fault]:
    listed = schema.get("order", list(schema["properties"]))
    if not isinstance(listed, list) or not listed:
        yield Fault("order", "order应是一列字段名，或者一列带title和fields的页。", "请改正，或者删去order。")
        return
    if all(isinstance(entry, Mapping) and isinstance(entry.get("fields"), list) for entry in listed):
        names = [(f"order.{i}.fields", name) for i, entry in enumerate(listed) for name in entry["fields"]]
        for i, entry in enumerate(listed):
            if not entry.get("title") and len(listed) > 1:
                yield Fault(f"order.{i}.title", f"第{i + 1}页没有标题。", "请写明这一页问的是什么。")
    elif all(isinstance(entry, str) for entry in listed):
        names = [("order", name) for name in listed]
    else:
        yield Fault("order", "order里字段名和页混在一起。", "请全部写成字段名，或者全部写成页。")
        return
    seen: set[str] = set()
    for path, name in names:
        if not isinstance(name, str) or name not in schema["properties"]:
            yield Fault(path, f"order里的“{name}”不在properties里。", _nearest(name, schema["properties"]))
        elif name in seen:
            yield Fault(path, f"“{name}”在order里出现了两次。", "请只留一处。")
        seen.add(str(name))
    for name in schema["properties"]:
        if name not in seen:
            yield Fault("order", f"“{name}”没有排进order，填表的人看不到它。", "请把它排进去，或者删去这一项。")


def _declared(part: Any, path: str, names: set[str]) -> Iterator[Fault]:
    """Names that a condition or ``required`` uses and no field bears."""
    if not isinstance(part, Mapping):
        return
    for name in part.get("required", ()):
        if name not in names:
            yield Fault(
                f"{path}.required".lstrip("."), f"必填的“{name}”不在properties里，没有地方可填。", _nearest(name, names)
            )
    for key in ("dependentRequired", "dependentSchemas"):
        for name, wanted in part.get(key, {}).items():
            for one in (name, *(wanted if isinstance(wanted, list) else ())):
                if one not in names:
                    yield Fault(f"{path}.{key}.{name}".lstrip("."), f"“{one}”不在properties里。", _nearest(one, names))
    for key in ("if", "then", "else", "not"):
        inner = part.get(key)
        if isinstance(inner, Mapping):
            here = f"{path}.{key}".lstrip(".")
            for name in inner.get("properties", {}):
                if name not in names:
                    yield Fault(f"{here}.properties.{name}", f"“{name}”不在properties里。", _nearest(name, names))
            yield from _declared(inner, here, names)
    if isinstance(part.get("if"), Mapping) and not path.endswith("if"):
        sure = set(part["if"].get("required", ())) | set(part.get("required", ()))
        for name in part["if"].get("properties", {}):
            if name in names and name not in sure:
                yield Fault(
                    f"{path}.if".lstrip("."),
                    f"还没有填写“{name}”时，这个条件也算成立。",
                    f"请在if里写明“required: [{name}]”。",
                )
    for key in ("allOf", "anyOf", "oneOf"):
        for i, inner in enumerate(part.get(key, ())):
            yield from _declared(inner, f"{path}.{key}.{i}".lstrip("."), names)
    for key in ("anyOf", "oneOf", "not"):
        if key in part and "x-fault" not in part:
            yield Fault(
                f"{path}.{key}".lstrip("."), f"不符合“{key}”时，填表的人不知道错在哪里。", "请用x-fault写一句话说明。"
            )


def _field(name: str, shape: Any, path: str, depth: int) -> Iterator[Fault]:
    if not NAME.fullmatch(name):
        yield Fault(path, f"字段名“{name}”不能用。", "请用小写字母开头，只用小写字母、数字和下划线，不超过60个字符。")
    if not isinstance(shape, Mapping):
        yield Fault(path, f"“{name}”应写明type和title。", "请补上。")
        return
    if not str(shape.get("title", "")).strip():
        yield Fault(f"{path}.title", f"“{name}”没有title，填表的人看不到要填什么。", "请写上中文名称。")
    for key in shape:
        if str(key).startswith("x-") and key not in OWN_KEYS:
            yield Fault(f"{path}.{key}", f"没有“{key}”这个写法。", _nearest(str(key), OWN_KEYS))
    said = shape.get("type")
    if said not in KINDS:
        yield Fault(f"{path}.type", f"“{name}”的type应是{'、'.join(KINDS)}之一。", "请选一种。")
        return
    if "pattern" in shape and not shape.get("x-fault"):
        yield Fault(f"{path}.pattern", f"“{name}”有pattern，填错的人不知道该怎么写。", "请用x-fault写一句话说明。")
    yield from _pattern(shape, path)
    word = shape.get("format")
    if word is not None and word not in FORMATS:
        yield Fault(f"{path}.format", f"没有“{word}”这种format。", _nearest(str(word), FORMATS))
    if word is not None and said != "string":
        yield Fault(f"{path}.format", "只有文字才有format。", "请把type改为string，或者删去format。")
    held = shape.get("x-held")
    if held is not None and not (isinstance(held, str) and HELD.fullmatch(held)):
        yield Fault(f"{path}.x-held", "x-held应写成“person.…”或者“enterprise.…”。", "请照档案的字段名改正。")
    if isinstance(shape.get("oneOf"), list) and not all("const" in one for one in shape["oneOf"]):
        yield Fault(f"{path}.oneOf", "oneOf在字段里用来列答案，每个答案要有const和title。", "请补上const和title。")
    yield from _inner(name, shape, path, depth)


def _inner(name: str, shape: Schema, path: str, depth: int) -> Iterator[Fault]:
    said = shape["type"]
    if said == "array":
        items = shape.get("items")
        if not isinstance(items, Mapping):
            yield Fault(f"{path}.items", f"“{name}”是一列，没有写每一个是什么。", "请写上items。")
        elif items.get("type") == "object":
            yield from _parts(name, items, f"{path}.items", depth)
        elif not choices_of(items):
            yield Fault(
                f"{path}.items", f"“{name}”的每一个既不是表格的一行，也不是列好的答案。", "请写成object或者列出enum。"
            )
    elif said == "object":
        yield from _parts(name, shape, path, depth)


def _parts(name: str, shape: Schema, path: str, depth: int) -> Iterator[Fault]:
    parts = shape.get("properties")
    if depth:
        yield Fault(path, f"“{name}”套了两层，页面上画不下。", "请拆成单独的一项。")
    elif not isinstance(parts, Mapping) or not parts:
        yield Fault(f"{path}.properties", f"“{name}”没有列出里面有什么。", "请写上properties。")
    else:
        yield from _declared(shape, path, set(parts))
        for part, inner in parts.items():
            yield from _field(part, inner, f"{path}.properties.{part}", depth + 1)


def _when(name: str, shape: Schema, properties: Mapping[str, Any]) -> Iterator[Fault]:
    when = shape.get("x-when", {})
    path = f"properties.{name}.x-when"
    if not isinstance(when, Mapping) or not all(isinstance(allowed, list) and allowed for allowed in when.values()):
        yield Fault(path, "x-when应写成“字段名: [答案, …]”。", "请改正。")
        return
    for other, allowed in when.items():
        if other not in properties or other == name:
            yield Fault(path, f"x-when里的“{other}”不是别的字段。", _nearest(other, set(properties) - {name}))
            continue
        if not isinstance(properties[other], Mapping):
            continue
        known = [choice for choice, _ in choices_of(properties[other])] or (
            [True, False] if properties[other].get("type") == "boolean" else []
        )
        for answer in allowed:
            if answer not in known:
                yield Fault(
                    path, f"“{other}”没有“{answer}”这个答案，所以“{name}”永远不会问到。", _nearest(str(answer), known)
                )


def _pattern(shape: Schema, path: str) -> Iterator[Fault]:
    if isinstance(shape.get("pattern"), str):
        try:
            jsonschema_rs.Draft202012Validator({"pattern": shape["pattern"]}, pattern_options=PATTERNS)
        except (ValueError, jsonschema_rs.ValidationError):
            yield Fault(f"{path}.pattern", "pattern写错了，或者用了前后查找、反向引用。", "请改写成简单的正则表达式。")


def _nearest(word: str, known: Any) -> str:
    near = difflib.get_close_matches(str(word), [str(one) for one in known], n=1, cutoff=0.5)
    return f"是不是“{near[0]}”？" if near else "请核对名称。"
