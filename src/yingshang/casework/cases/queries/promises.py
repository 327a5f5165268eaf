"""Who broke a promise that is not repaired yet."""

from __future__ import annotations

from collections.abc import Iterable

from yingshang.casework.cases.models import Case, Commitment
from yingshang.kernel.errors import Refusal


def promises_refused(parties: Iterable[int]) -> dict[int, Refusal | None]:
    """Return, for pks of parties, why no promise is taken from them now, or None. Queries: 1."""
    ids = list(parties)
    broken = Commitment.objects.filter(applicant__in=ids, result=Commitment.Result.BROKEN, repaired_on=None)
    since = dict(broken.order_by("-checked_at").values_list("applicant_id", "checked_at"))
    return {pk: _refusal() if pk in since else None for pk in ids}


def promises_refused_in(dossier_ids: Iterable[int]) -> dict[int, Refusal | None]:
    """Return the same for the applicants of cases, by dossier. Queries: 2."""
    ids = list(dossier_ids)
    applicants = dict(Case.objects.filter(dossier__in=ids).values_list("dossier_id", "applicant_id"))
    answers = promises_refused(set(applicants.values()))
    return {pk: answers[applicants[pk]] if pk in applicants else None for pk in ids}


def _refusal() -> Refusal:
    return Refusal(
        "cases.no_promises_now",
        "申请人以前的承诺经核查不实，信用修复之前不适用告知承诺和容缺受理。",
        "请按办事指南提交全部材料；信用修复后可以再用承诺方式办理。",
        source="国办发〔2020〕42号",
    )
