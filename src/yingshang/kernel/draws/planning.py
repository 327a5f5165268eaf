"""A plan from plain rows, with what is wrong said for people."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from yingshang.kernel.errors import Refusal
from yingshang.methods import draw as method

SALT_BYTES = 16
BY_HAND = "by-hand"  # the purpose of a draw sealed on the page or over the API, not by a capability


def plan_from(
    *,
    title: str,
    strata: Sequence[method.Stratum],
    targets: Sequence[Sequence[str]],
    inspectors: Sequence[Sequence[str]] = (),
    conflicts: Sequence[Sequence[str]] = (),
    different_units: bool = False,
) -> method.Plan:
    """Return a plan. Without inspectors nobody is paired.

    targets: (id, class, reason of exclusion or empty). inspectors: (id, unit,
    fields apart by spaces). conflicts: (inspector, target); each gets a salt.
    Raises Refusal ``draws.plan_does_not_fit`` that says what and where.
    """
    pool: dict[str, list[str]] = {stratum.name: [] for stratum in strata}
    exclusions: dict[str, str] = {}
    for row in targets:
        id, name, why = _cells(row)
        pool.setdefault(name, []).append(id)
        if why:
            exclusions[id] = why
    try:
        return method.Plan(
            purpose={"title": title},
            strata=strata,
            targets=pool,
            exclusions=exclusions,
            inspectors=[
                method.Inspector(id, unit, tuple(fields.split())) for id, unit, fields in map(_cells, inspectors)
            ],
            pairs=bool(inspectors),
            different_units=different_units,
            conflicts=[
                method.Conflict(inspector, target, secrets.token_hex(SALT_BYTES))
                for inspector, target, _ in map(_cells, conflicts)
            ],
        )
    except method.PlanProblem as problem:
        raise Refusal(
            "draws.plan_does_not_fit", problem.said, "请改正表格后重新上传；封存以前什么都没有保存。"
        ) from None


def _cells(row: Sequence[str]) -> tuple[str, str, str]:
    first, second, third = [*row, "", "", ""][:3]
    return first, second, third
