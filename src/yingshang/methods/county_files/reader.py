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

from yingshang.methods.county_files.problem import DataProblem, Key, dotted, nearest

Schema = Mapping[str, Any]


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

    def problem(self, key: Key, found: str, expected: str = "", hint: str = "") -> DataProblem:
        """Return the complaint about a key, ready to raise."""
        return DataProblem(self.path, self.line(key), key, found, expected, hint)

    def unknown(
        self, key: Key, what: str, name: str, known: Mapping[str, object] | set[str], hint: str = ""
    ) -> DataProblem:
        """Return the complaint that a name is not among the known ones."""
        return self.problem(key, f"“{name}” is not a known {what}.", nearest(name, known), hint)


def read(path: Path, schema: Schema) -> CountyFile:
    """Return the file's content. Raises DataProblem for anything but a mapping that fits the schema."""
    node = _compose(path)
    lines: dict[Key, int] = {}
    data = _plain(path, node, (), lines)
    if not isinstance(data, dict):
        raise DataProblem(path, 1, (), "the file holds no mapping.", "Expected “key: value” lines at the top level.")
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
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except FileNotFoundError:
        raise DataProblem(path, 1, (), "there is no such file.") from None
    except UnicodeDecodeError:
        raise DataProblem(path, 1, (), "the file is not UTF-8.", "Save it as UTF-8 and try again.") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise DataProblem(path, line, (), f"not readable as YAML: {error.problem or error.context}.") from None
    except yaml.YAMLError as error:
        raise DataProblem(path, 1, (), f"not readable as YAML: {error}.") from None
    if node is None:
        raise DataProblem(path, 1, (), "the file is empty.")
    return node


def _plain(path: Path, node: yaml.Node, key: Key, lines: dict[Key, int]) -> Any:
    lines.setdefault(key, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        found: dict[str, Any] = {}
        for name_node, value_node in node.value:
            name, line = str(name_node.value), name_node.start_mark.line + 1
            if name in found:
                raise DataProblem(path, line, (*key, name), "the key stands twice.", "Remove one of the two.")
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
        raise DataProblem(path, line, key, f"“{node.value}” is not a value that YAML can read.") from None
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
        name = kind.unexpected[0]
        return file.problem((*key, name), f"“{name}” is not a known key here.", nearest(name, _allowed(schema, error)))
    if isinstance(kind, jsonschema_rs.ValidationErrorKind.Enum):
        options = [option for option in kind.options if isinstance(option, str)]
        return file.problem(key, f"“{error.instance}” is not allowed here.", nearest(str(error.instance), options))
    if isinstance(kind, jsonschema_rs.ValidationErrorKind.Required):
        return file.problem(
            key, f"the key “{kind.property}” is missing.", f"Add it under {dotted(key) or 'the top level'}."
        )
    return file.problem(key, f"{error.message}.")


def _allowed(schema: Schema, error: jsonschema_rs.ValidationError) -> list[str]:
    """Return the keys that the schema allows beside the unexpected one."""
    place: Any = schema
    for part in error.schema_path[:-1]:
        place = place[part]
        if part == "$ref":
            place = schema["$defs"][str(place).rpartition("/")[2]]
    return list(place.get("properties", {}))
