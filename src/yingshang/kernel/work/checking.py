"""What must hold before a move: its facts, its named conditions, and the opinions of a joint step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Count, Q

from yingshang.kernel import registry
from yingshang.kernel.errors import Refusal
from yingshang.kernel.procedures import QUORUMS, Definition, MoveRule
from yingshang.kernel.work.models import CheckResult, Move, Opinion, Step

AGREED, OPEN = "agreed", "open"


def check_facts(title: str, needs: Mapping[str, str], facts: Mapping[str, Any]) -> None:
    """Raise Refusal ``work.fact_missing`` when a fact that the procedure needs is missing or empty."""
    missing = [label for key, label in needs.items() if not facts.get(key)]
    if missing:
        raise Refusal(
            "work.fact_missing", f"办理“{title}”还缺：{'、'.join(missing)}。", "请补全后再提交，已填写的内容不会丢失。"
        )


def check_conditions(dossier_id: int, rule: MoveRule) -> list[Callable[[Move], CheckResult]]:
    """Ask each condition of a move; return what makes the rows of its passed checks.

    Raises the first refusal that a condition answers, and Refusal
    ``work.check_not_installed``: a check nobody provides is never passed.
    """
    return [_passed(name, dossier_id, rule) for name in rule.when]


def check_opinions(definition: Definition, step: Step, rule: MoveRule) -> None:
    """Raise Refusal when the opinions of a joint step do not lead to this move.

    ``work.opinions_missing``: the rule that counts them cannot say yet.
    ``work.opinions_differ``: it says otherwise.
    """
    if not rule.on_opinion:
        return
    joint = definition.joint_steps[step.state]
    said = Opinion.objects.filter(step=step, round=step.version).aggregate(
        yes=Count("pk", filter=Q(agrees=True)), no=Count("pk", filter=Q(agrees=False))
    )
    found = QUORUMS[joint.quorum](len(joint.units), said["yes"], said["no"])
    if found == OPEN:
        missing = len(joint.units) - said["yes"] - said["no"]
        raise Refusal(
            "work.opinions_missing",
            f"“{definition.title_of(step.state)}”还有{missing}个单位没有提出意见，不能办理“{rule.title}”。",
            "请等各单位提出意见后再办理，或提醒尚未提出意见的单位。",
        )
    if found != rule.on_opinion:
        result = "同意" if found == AGREED else "不同意"
        raise Refusal(
            "work.opinions_differ",
            f"各单位的意见汇总为“{result}”，不能办理“{rule.title}”。",
            "请按汇总的意见选择下一步。",
        )


def _passed(name: str, dossier_id: int, rule: MoveRule) -> Callable[[Move], CheckResult]:
    try:
        condition = registry.condition(name)
    except registry.NotInstalled:
        raise Refusal(
            "work.check_not_installed",
            f"办理“{rule.title}”要先通过审查“{name}”，但系统没有安装这项审查。",
            "请联系系统运行人员。没有安装的审查不能视为通过。",
        ) from None
    answer = condition([dossier_id])[dossier_id]
    if answer is not None:
        raise answer
    return lambda move: CheckResult(move=move, condition=name, passed=True)
