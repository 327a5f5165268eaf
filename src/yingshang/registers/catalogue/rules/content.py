"""Reading the content of a service item, and writing it back.

``elements`` holds what it is made of; this is the door: ``read`` and ``plain``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import jsonschema_rs

from yingshang.registers.catalogue.rules.elements import (
    SECTIONS,
    Answer,
    Applies,
    Basics,
    Basis,
    Choices,
    Condition,
    Content,
    Exemption,
    Extension,
    Faq,
    Fault,
    Fee,
    Intermediary,
    Limit,
    Limits,
    Material,
    MaterialForm,
    Place,
    Result,
    Situation,
    Special,
    Step,
    Unreadable,
    Where,
)
from yingshang.registers.catalogue.rules.shape import CONTENT

__all__ = [
    "SECTIONS",
    "Answer",
    "Applies",
    "Basics",
    "Basis",
    "Choices",
    "Condition",
    "Content",
    "Exemption",
    "Extension",
    "Faq",
    "Fault",
    "Fee",
    "Intermediary",
    "Limit",
    "Limits",
    "Material",
    "MaterialForm",
    "Place",
    "Result",
    "Situation",
    "Special",
    "Step",
    "Unreadable",
    "Where",
    "applies",
    "digest",
    "plain",
    "read",
    "shape_faults",
]


def read(data: Mapping[str, Any]) -> Content:
    """Return the content that plain data describe. Raises Unreadable with every fault of shape at once.

    A content may be unfinished and still be read; ``checks.faults`` says what
    keeps it from being published.
    """
    faults = shape_faults(data)
    if faults:
        raise Unreadable(faults)
    built: Content = _built(Content, data)
    return built


def shape_faults(data: Mapping[str, Any]) -> list[Fault]:
    """Return every place that has not the shape of a content, in the order of the sections."""
    found = [_said(error) for error in _validator().iter_errors(dict(data))]
    places = {section: place for place, section in enumerate(SECTIONS)}
    return sorted(found, key=lambda fault: (places.get(fault.section, len(places)), fault.path))


def plain(content: Content) -> dict[str, Any]:
    """Return the content as plain data without what is merely the default; ``read`` gives it back unchanged."""
    left: dict[str, Any] = _without_defaults(content)
    return left


def digest(data: Mapping[str, Any]) -> str:
    """Return the SHA-256 (hex) of plain content as canonical JSON."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def applies(to: Applies, answers: Mapping[str, str]) -> bool:
    """Return whether something applies: each question it names was answered with one of the answers it names."""
    return all(answers.get(question) in wanted for question, wanted in to.items())


@cache
def _validator() -> Any:
    return jsonschema_rs.validator_for(CONTENT)


@cache
def _parts(of: type) -> dict[str, Any]:
    return get_type_hints(of)


def _built(of: Any, value: Any) -> Any:
    """Return a value of the annotated kind from plain data: a dataclass, a tuple, a mapping or the value itself."""
    origin, inner = get_origin(of), get_args(of)
    if value is None:
        return None
    if origin in (Union, UnionType):
        return _built(next(kind for kind in inner if kind is not type(None)), value)
    if is_dataclass(of) and isinstance(of, type):
        kinds = _parts(of)
        return of(**{name: _built(kinds[name], part) for name, part in value.items()})
    if origin is tuple:
        return tuple(_built(inner[0], each) for each in value)
    if isinstance(value, Mapping) and inner and get_origin(inner[1]) is tuple:
        return {name: tuple(wanted) for name, wanted in value.items()}
    return value


def _without_defaults(part: Any) -> Any:
    if isinstance(part, tuple | list):
        return [_without_defaults(each) for each in part]
    if isinstance(part, Mapping):
        return {name: _without_defaults(each) for name, each in part.items()}
    if not is_dataclass(part) or isinstance(part, type):
        return part
    kept = {}
    for each in fields(part):
        value = getattr(part, each.name)
        factory = each.default_factory
        default = factory() if factory is not MISSING else each.default
        if default is MISSING or value != default:
            kept[each.name] = _without_defaults(value)
    return kept


def _said(error: Any) -> Fault:
    """Return what the shape complains of, in the words of the person who fills it in."""
    path = _dotted(error.instance_path)
    kind, kinds = error.kind, jsonschema_rs.ValidationErrorKind
    if isinstance(kind, kinds.AdditionalProperties):
        return Fault(path or "content", f"没有“{'、'.join(kind.unexpected)}”这一栏。", "请核对栏目名称。")
    if isinstance(kind, kinds.Required):
        return Fault(f"{path}.{kind.property}".lstrip("."), "没有填写。", "请补上。")
    if isinstance(kind, kinds.Enum):
        options = "、".join(str(option) for option in kind.options)
        return Fault(path, f"“{error.instance}”不在可选范围内。", f"可选：{options}。")
    if isinstance(kind, kinds.Pattern):
        return Fault(path, f"“{error.instance}”的写法不对。", "代码用小写字母、数字和连字符，以字母开头。")
    return Fault(path or "content", f"填写的内容不符合要求（{error.message}）。", "请按栏目说明改正。")


def _dotted(path: Iterable[str | int]) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")
