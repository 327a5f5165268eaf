"""A filing knows no refusal: who tries is refused, and the attempt is kept for whoever supervises."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yingshang.casework.cases.models import Case, FilingViolation
from yingshang.casework.cases.queries.one import found
from yingshang.kernel import access, events, ledger
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor

ITEM_13 = "方案第13项；《优化营商环境条例》第三十九条"


def attempt_refusal(*, case_id: int, kind: str, what: str, by: Actor, at: datetime) -> None:
    """Refuse to return or refuse a filing, or to ask for more than its list; keep the attempt. Always raises.

    kind: of ``FilingViolation.Kind``. what: what the officer wanted, in words.
    Raises NotFound, what the policy refuses, Refusal ``cases.not_a_filing``,
    and always Refusal ``cases.filing_takes_effect``. The attempt is committed
    before the refusal is raised: it happened. Records
    ``cases.filing_violation``, strict; tells ``cases.filing_violation``.
    """
    _keep(case_id, FilingViolation.Kind(kind), what.strip()[:400], by, at)
    raise Refusal(
        "cases.filing_takes_effect",
        "备案自收到之日起生效，不能退回、拒绝，也不能要求清单以外的材料。",
        "材料有缺的，可以一次性告知补齐；备案的效力不受影响。这次操作已经记录，供监督统计。",
        source=ITEM_13,
    )


@transaction.atomic
def _keep(case_id: int, kind: FilingViolation.Kind, what: str, by: Actor, at: datetime) -> None:
    case = found(case_id)
    access.permit(by, "cases.ask_to_correct", case)
    if not is_filing(case):
        raise Refusal("cases.not_a_filing", "这件不是备案。", "请按程序办理下一步。")
    FilingViolation.objects.create(case=case, unit=case.unit, kind=kind, what=what or kind.label, at=at, by=by.person)
    subject, facts = f"case:{case.pk}", {"kind": kind.label}
    ledger.record("cases.filing_violation", subject=subject, by=by, at=at, facts=facts)
    events.tell("cases.filing_violation", at=at, case_id=case.pk, unit=case.unit.code)


def is_filing(case: Case) -> bool:
    """Return whether a case is a filing (备案)."""
    return case.dossier.procedure is not None and case.dossier.procedure.kind == "filing"
