"""From a YAML file to a definition, or to the first complaint about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from yingshang.kernel.procedures.course import faults
from yingshang.kernel.procedures.definition import Definition, definition_of
from yingshang.kernel.procedures.names import Known, unknown_names
from yingshang.kernel.procedures.schema import PROCEDURE_SCHEMA
from yingshang.methods import county_files
from yingshang.methods.county_files import CountyFile, DataProblem


def read(path: Path, known: Known | None = None) -> Definition:
    """Return the procedure in a file.

    known: names of the county; without it only the file itself is checked.
    Raises DataProblem, the first one found, with file, line, key, what was
    found, what was expected and the nearest valid name.
    """
    file = county_files.read(path, PROCEDURE_SCHEMA)
    return checked(file, known or Known())


def read_data(data: Mapping[str, Any], known: Known | None = None) -> Definition:
    """Return the procedure that plain data describe, such as one that an item generates.

    Raises the first DataProblem, with the name ``<id>`` for a file.
    """
    return checked(county_files.plain(f"<{data.get('id', 'procedure')}>", data, PROCEDURE_SCHEMA), known or Known())


def checked(file: CountyFile, known: Known) -> Definition:
    """Return the definition in a file that passed the schema. Raises the first DataProblem."""
    definition = definition_of(file.data)
    problem = next(unknown_names(file, definition, known), None) or next(faults(file, definition), None)
    if problem is not None:
        raise problem
    return definition


def read_folder(folder: Path, known: Known | None = None) -> list[Definition]:
    """Return the procedures of a county's folder; versions of one id follow each other without overlap or gap.

    Raises the first DataProblem.
    """
    found = [(file, checked(file, known or Known())) for file in county_files.read_folder(folder, PROCEDURE_SCHEMA)]
    succession(found)
    return [definition for _, definition in found]


def succession(found: Iterable[tuple[CountyFile, Definition]]) -> None:
    """Raise DataProblem where versions of one procedure overlap, leave a gap, or stand twice."""
    by_id: dict[str, list[tuple[CountyFile, Definition]]] = {}
    for file, definition in found:
        by_id.setdefault(definition.id, []).append((file, definition))
    for versions in by_id.values():
        versions.sort(key=lambda pair: pair[1].version)
        for (_, earlier), (file, later) in pairwise(versions):
            complaint = misfit(earlier, later)
            if complaint:
                raise DataProblem(file.path, file.line(("effective",)), ("effective",), complaint)


def misfit(earlier: Definition, later: Definition) -> str:
    """Return why one version cannot follow another, or an empty string.

    A version without an end ends on the day before its successor begins.
    """
    if later.version == earlier.version:
        return f"version {later.version} stands twice."
    if later.effective_from <= earlier.effective_from:
        return f"version {later.version} begins on {later.effective_from}, not after version {earlier.version}."
    if earlier.effective_to is None:
        return ""
    days = (later.effective_from - earlier.effective_to).days
    if days <= 0:
        return f"version {later.version} overlaps version {earlier.version}, which ends on {earlier.effective_to}."
    return "" if days == 1 else f"there is a gap of {days - 1} days after version {earlier.version}."
