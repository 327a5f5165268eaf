"""What was found, in the words of the two national code lists, and what must follow it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from yingshang.kernel.errors import Refusal

CLEAN = "nothing"


@dataclass(frozen=True)
class Code:
    """A row of a code list. ``follow`` is what it brings; ``is_clean`` says that nothing was found."""

    scheme: str
    code: str
    words: str
    follow: str
    is_clean: bool = False


def codes_fit(codes: Sequence[Code], faults: int) -> Refusal | None:
    """Refuse results that contradict each other or the check sheet.

    codes: what the inspectors chose; several may stand. faults: points of the
    sheet answered *no*. *Nothing found* stands alone and not beside a fault.
    """
    if not codes:
        return Refusal("inspections.no_result", "还没有选检查结果。", "请至少选一项检查结果。")
    clean = [each for each in codes if each.is_clean]
    if clean and len(codes) > 1:
        return Refusal(
            "inspections.results_contradict",
            f"“{clean[0].words}”不能和其他结果一起选。",
            "发现了问题的，请去掉“未发现问题”。",
        )
    if clean and faults:
        return Refusal(
            "inspections.results_contradict",
            f"检查表上有{faults}项不符合，不能选“{clean[0].words}”。",
            "请改选与检查表相符的结果，或者更正检查表。",
        )
    return None


def follows(codes: Sequence[Code]) -> list[Code]:
    """Return the codes that something must follow, each kind of follow-up once, in the order chosen."""
    first: dict[str, Code] = {}
    for each in codes:
        if each.follow != CLEAN:
            first.setdefault(each.follow, each)
    return list(first.values())
