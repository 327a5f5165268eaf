"""Where a case stands, in the fifteen official codes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from yingshang.casework.cases.models import Case
from yingshang.casework.cases.rules import OfficialCode, Passed, codes_of
from yingshang.kernel import lists
from yingshang.kernel.work import Move

STATES_LIST = "case-states"


def official_code(case: Case) -> OfficialCode:
    """Return the official code of where a case stands, derived from its moves and pauses. Queries: 1."""
    return official_codes([case])[case.pk][-1]


def official_codes(cases: Iterable[Case]) -> dict[int, list[OfficialCode]]:
    """Return the codes that each case went through, oldest first. Queries: 1 for all."""
    by_dossier = {case.dossier_id: case for case in cases}
    moves = Move.objects.filter(dossier__in=by_dossier).order_by("pk")
    passed: dict[int, list[Passed]] = {dossier: [] for dossier in by_dossier}
    for dossier, kind, do, before in moves.values_list("dossier_id", "kind", "do", "from_state"):
        passed[dossier].append(Passed(kind, do, before))
    filings = {dossier for dossier, case in by_dossier.items() if _is_filing(case)}
    return {by_dossier[dossier].pk: codes_of(done, is_filing=dossier in filings) for dossier, done in passed.items()}


def _is_filing(case: Case) -> bool:
    procedure = case.dossier.procedure
    return procedure is not None and procedure.kind == "filing"


def code_words(code: OfficialCode, day: date) -> str:
    """Return the wording of a code in the edition of the list in force on a day; the number where there is none."""
    row = lists.row_on(STATES_LIST, str(int(code)), day)
    return row.values["words"] if row else str(int(code))
