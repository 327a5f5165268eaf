"""Read one YAML file, or a folder of them, against a JSON Schema (2020-12)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema_rs
import yaml

from yingshang.methods.county_files.problem import DataProblem, Key, dotted, nearest, nearest_in_chinese

Schema = Mapping[str, Any]
NO_YAML = "不是完整的 YAML，请核对缩进、冒号和括号。"
LONGEST_SHOWN = 60
DEEPEST = 60
MOST_VALUES = 200_000


@dataclass(frozen=True)
class CountyFile:
    """A file that passed its schema. ``data`` is plain; dates are ``datetime.date``."""

    path: Path
    data: dict[str, Any]
    lines: Mapping[Key, int]

    def line(self, key: Key) -> int:
        """Return the line of a key, or of its nearest parent that has one."""
        while key and key not in self.lines:
            key = key[:-1]
        return self.lines.get(key, 1)

    def problem(self, key: Key, found: str, expected: str = "", hint: str = "", chinese: str = "") -> DataProblem:
        """Return the complaint about a key, ready to raise."""
        return DataProblem(self.path, self.line(key), key, found, expected, hint, chinese)

    def unknown(
        self, key: Key, what: str, name: str, known: Mapping[str, object] | set[str], hint: str = ""
    ) -> DataProblem:
        """Return the complaint that a name is not among the known ones."""
        chinese = f"没有“{name}”。{nearest_in_chinese(name, known)}"
        return self.problem(key, f"“{name}” is not a known {what}.", nearest(name, known), hint, chinese)


def read(path: Path, schema: Schema) -> CountyFile:
    """Return the file's content. Raises DataProblem for anything but a mapping that fits the schema."""
    node = _compose(path)
    lines: dict[Key, int] = {}
    data = _plain(path, node, (), lines)
    if not isinstance(data, dict):
        expected = "Expected “key: value” lines at the top level."
        raise DataProblem(path, 1, (), "the file holds no mapping.", expected, chinese="顶层应是“键: 值”的行。")
    file = CountyFile(path, data, lines)
    _check(file, schema)
    return file


def plain(name: str, data: Mapping[str, Any], schema: Schema) -> CountyFile:
    """Return data that were made, not read, as a file of a given name; every line is 1. Raises DataProblem."""
    file = CountyFile(Path(name), dict(data), {})
    _check(file, schema)
    return file


def read_folder(folder: Path, schema: Schema) -> Iterator[CountyFile]:
    """Yield every ``*.yaml`` file of a folder in the order of their names; nothing where there is no folder."""
    for path in sorted(folder.glob("*.yaml")):
        yield read(path, schema)


def _compose(path: Path) -> yaml.Node:
    try:
        text = path.read_text(encoding="utf-8")
        _refuse_depths(path, text)
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except (FileNotFoundError, IsADirectoryError):
        raise DataProblem(path, 1, (), "there is no such file.", chinese="没有这个文件。") from None
    except UnicodeDecodeError:
        chinese = "文件不是 UTF-8 编码，请另存为 UTF-8。"
        raise DataProblem(
            path, 1, (), "the file is not UTF-8.", "Save it as UTF-8 and try again.", "", chinese
        ) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        found = f"not readable as YAML: {error.problem or error.context}."
        raise DataProblem(path, line, (), found, chinese=NO_YAML) from None
    except yaml.YAMLError as error:
        raise DataProblem(path, 1, (), f"not readable as YAML: {error}.", chinese=NO_YAML) from None
    if node is None:
        raise DataProblem(path, 1, (), "the file is empty.", chinese="文件是空的。")
    return node


def _refuse_depths(path: Path, text: str) -> None:
    """Raise DataProblem where brackets stand deeper than anyone writes: the YAML library would end the process."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            line = event.start_mark.line + 1 if event.start_mark else 1
            raise DataProblem(path, line, (), "nested too deeply.", chinese="层层套得太深。")


def _plain(path: Path, node: yaml.Node, key: Key, lines: dict[Key, int]) -> Any:
    lines.setdefault(key, node.start_mark.line + 1)
    if len(key) > DEEPEST or len(lines) > MOST_VALUES:  # an alias of itself, or one of many of many
        endless = f"more than {MOST_VALUES} values, or an alias of itself."
        raise DataProblem(path, node.start_mark.line + 1, key[:2], endless, chinese="引用自己，或者内容太多。")
    if isinstance(node, yaml.MappingNode):
        found: dict[str, Any] = {}
        for name_node, value_node in node.value:
            name, line = str(name_node.value), name_node.start_mark.line + 1
            if name in found:
                found_twice, chinese = "the key stands twice.", "这个键写了两次，请删去一个。"
                raise DataProblem(path, line, (*key, name), found_twice, "Remove one of the two.", "", chinese)
            lines[(*key, name)] = line
            found[name] = _plain(path, value_node, (*key, name), lines)
        return found
    if isinstance(node, yaml.SequenceNode):
        return [_plain(path, item, (*key, place), lines) for place, item in enumerate(node.value)]
    return _scalar(path, node, key)


def _scalar(path: Path, node: yaml.Node, key: Key) -> Any:
    loader = yaml.SafeLoader("")
    try:
        value = loader.construct_object(node)
    except (ValueError, yaml.YAMLError):
        line = node.start_mark.line + 1
        found, chinese = f"“{node.value}” is not a value that YAML can read.", f"“{node.value}”读不懂，请核对。"
        raise DataProblem(path, line, key, found, chinese=chinese) from None
    return value


def _check(file: CountyFile, schema: Schema) -> None:
    validator = jsonschema_rs.validator_for(dict(schema))
    instance = json.loads(json.dumps(file.data, default=_as_text))
    errors = sorted(validator.iter_errors(instance), key=lambda error: file.line(tuple(error.instance_path)))
    if errors:
        raise _said(file, schema, errors[0])


def _as_text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _said(file: CountyFile, schema: Schema, error: jsonschema_rs.ValidationError) -> DataProblem:
    key: Key = tuple(error.instance_path)
    kind = error.kind
    if isinstance(kind, jsonschema_rs.ValidationErrorKind.AdditionalProperties):
        name, allowed = kind.unexpected[0], _allowed(schema, error)
        chinese = f"这里没有“{name}”这个键。{nearest_in_chinese(name, allowed)}"
        found = f"“{name}” is not a known key here."
        return file.problem((*key, name), found, nearest(name, allowed), chinese=chinese)
    if isinstance(kind, jsonschema_rs.ValidationErrorKind.Enum):
        options = [option for option in kind.options if isinstance(option, str)]
        chinese = f"这里不能写“{error.instance}”。{nearest_in_chinese(str(error.instance), options)}"
        found = f"“{error.instance}” is not allowed here."
        return file.problem(key, found, nearest(str(error.instance), options), chinese=chinese)
    if isinstance(kind, jsonschema_rs.ValidationErrorKind.Required):
        found, expected = f"the key “{kind.property}” is missing.", f"Add it under {dotted(key) or 'the top level'}."
        return file.problem(key, found, expected, chinese=f"缺少“{kind.property}”这个键，请补上。")
    if isinstance(kind, jsonschema_rs.ValidationErrorKind.Constant):
        chinese = f"应写“{kind.expected_value}”，现在是“{error.instance}”。"
        return file.problem(key, f"{error.message}.", chinese=chinese)
    written = str(error.instance)
    chinese = f"“{written[:LONGEST_SHOWN]}{'……' if len(written) > LONGEST_SHOWN else ''}”不合这里的格式，请核对。"
    return file.problem(key, f"{error.message}.", chinese=chinese)


def _allowed(schema: Schema, error: jsonschema_rs.ValidationError) -> list[str]:
    """Return the keys that the schema allows beside the unexpected one."""
    place: Any = schema
    for part in error.schema_path[:-1]:
        place = place[part]
        if part == "$ref":
            place = schema["$defs"][str(place).rpartition("/")[2]]
    return list(place.get("properties", {}))
