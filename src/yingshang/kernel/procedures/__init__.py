"""Procedures as data: states, moves, limits, materials, sources; versions frozen under their hash.

Definitions only. What runs a matter through one is ``kernel.work``. Owns the
words: procedure, move rule, branch, join, joint step, scenario.
"""

from typing import TYPE_CHECKING

from yingshang.kernel.registry import door

if TYPE_CHECKING:
    from yingshang.kernel.procedures.county import known_names, load
    from yingshang.kernel.procedures.definition import (
        APPLICANT,
        CLOCK,
        HOLDER,
        LEAD,
        MAIN,
        Branch,
        Definition,
        Join,
        JointStep,
        LimitRule,
        MoveRule,
        PauseRule,
        Scenario,
        definition_of,
    )
    from yingshang.kernel.procedures.export_bpmn import bpmn
    from yingshang.kernel.procedures.export_svg import svg
    from yingshang.kernel.procedures.models import ProcedureVersion
    from yingshang.kernel.procedures.names import Known
    from yingshang.kernel.procedures.publishing import publish
    from yingshang.kernel.procedures.queries import frozen, in_force, version_for
    from yingshang.kernel.procedures.quorum import QUORUMS
    from yingshang.kernel.procedures.reading import read, read_data, read_folder
    from yingshang.kernel.procedures.scenarios import Miss, misses, outcome

__all__ = [
    "APPLICANT",
    "CLOCK",
    "HOLDER",
    "LEAD",
    "MAIN",
    "QUORUMS",
    "Branch",
    "Definition",
    "Join",
    "JointStep",
    "Known",
    "LimitRule",
    "Miss",
    "MoveRule",
    "PauseRule",
    "ProcedureVersion",
    "Scenario",
    "bpmn",
    "definition_of",
    "frozen",
    "in_force",
    "known_names",
    "load",
    "misses",
    "outcome",
    "publish",
    "read",
    "read_data",
    "read_folder",
    "svg",
    "version_for",
]

__getattr__ = door(
    __name__,
    {
        "county": "known_names load",
        "definition": "APPLICANT CLOCK HOLDER LEAD MAIN Branch Definition Join JointStep LimitRule MoveRule "
        "PauseRule Scenario definition_of",
        "export_bpmn": "bpmn",
        "export_svg": "svg",
        "models": "ProcedureVersion",
        "names": "Known",
        "publishing": "publish",
        "queries": "frozen in_force version_for",
        "quorum": "QUORUMS",
        "reading": "read read_data read_folder",
        "scenarios": "Miss misses outcome",
    },
)
