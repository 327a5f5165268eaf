"""Checks that the procedures of items ask for, for many cases at once."""

from __future__ import annotations

from collections.abc import Iterable

from yingshang.casework.cases import queries
from yingshang.casework.cases.models import CorrectionNotice
from yingshang.kernel.errors import Refusal


def not_corrected_before(dossier_ids: Iterable[int]) -> dict[int, Refusal | None]:
    """Passed when the applicant was not asked to correct before: everything is said at once. Queries: 1."""
    ids = list(dossier_ids)
    told = set(CorrectionNotice.objects.filter(case__dossier__in=ids).values_list("case__dossier_id", flat=True))
    refusal = Refusal(
        "cases.corrected_before",
        "本件已经告知过一次补正，不能再次要求补正。",
        "请受理，或者依法作出不予受理的决定并说明理由。",
        source="《行政许可法》第三十二条第一款第四项",
    )
    return {pk: refusal if pk in told else None for pk in ids}


def keeps_promises(dossier_ids: Iterable[int]) -> dict[int, Refusal | None]:
    """Passed when the applicant has no broken promise that is not repaired yet. Queries: 2."""
    return queries.promises_refused_in(dossier_ids)
