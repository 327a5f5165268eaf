"""Checks that procedures may name."""

from __future__ import annotations

from collections.abc import Sequence

from yingshang.kernel.errors import Refusal
from yingshang.registers.fees.models import Charge


def fees_paid(dossier_ids: Sequence[int]) -> dict[int, Refusal | None]:
    """Pass dossiers whose charges are paid, exempted or taken back. Queries: 1."""
    subjects = {f"dossier:{each}": each for each in dossier_ids}
    waiting = Charge.objects.filter(subject__in=subjects, paid_at=None, void_at=None, amount_fen__gt=0)
    names: dict[int, list[str]] = {}
    for subject, name in waiting.order_by("pk").values_list("subject", "name"):
        names.setdefault(subjects[subject], []).append(name)
    return {each: _unpaid(names[each]) if each in names else None for each in dossier_ids}


def _unpaid(names: list[str]) -> Refusal:
    return Refusal("fees.not_paid", f"还有费用没有缴纳：{'、'.join(names)}。", "请先缴纳，或者由收费单位作废。")
