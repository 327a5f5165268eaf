"""What state a draw is in, and what it waits for: derived from its steps, never stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from yingshang.kernel import ledger
from yingshang.kernel.draws.models import Draw, Step


class State(StrEnum):
    """Where a draw stands, with the word for people as ``label``."""

    SEALED = "sealed"
    GATHERING = "gathering"
    READY = "ready"
    DRAWN = "drawn"
    REVEALED = "revealed"
    VOID = "void"

    @property
    def label(self) -> str:
        """The state in Chinese."""
        return LABELS[self]

    @property
    def color(self) -> str:
        """The color of its tag."""
        return COLORS[self]

    @property
    def is_over(self) -> bool:
        """Whether nothing can follow."""
        return self in (State.REVEALED, State.VOID)


LABELS = {
    State.SEALED: "方案已封存，等待写入检查点",
    State.GATHERING: "等待随机数",
    State.READY: "随机数已齐，等待抽取",
    State.DRAWN: "已抽取，结果尚未公布",
    State.REVEALED: "结果已公布",
    State.VOID: "已作废",
}
COLORS = {
    State.SEALED: "grey",
    State.GATHERING: "blue",
    State.READY: "blue",
    State.DRAWN: "yellow",
    State.REVEALED: "green",
    State.VOID: "red",
}
ENDS = {Step.Does.REVEALED: State.REVEALED, Step.Does.VOIDED: State.VOID}


@dataclass(frozen=True)
class Standing:
    """A draw's state with what it waits for. missing: sources in the order of the rule that have not given yet."""

    state: State
    missing: tuple[str, ...] = ()


def standings_of(draws: Sequence[Draw]) -> dict[int, Standing]:
    """Return where each draw stands. The draws come with their steps prefetched. Queries: 2 for all."""
    newest = ledger.latest()
    signed = set(
        ledger.Entry.objects.filter(
            pk__in=[draw.steps.all()[0].entry_id for draw in draws],
            leaf__index__lt=newest.size if newest else 0,
        ).values_list("pk", flat=True)
    )
    return {draw.serial: _standing(draw, signed) for draw in draws}


def standing_of(draw: Draw) -> Standing:
    """Return where a draw stands now. Queries: 2, the steps not counted."""
    return standings_of([draw])[draw.serial]


def _standing(draw: Draw, signed: set[UUID]) -> Standing:
    steps = list(draw.steps.all())
    is_signed = steps[0].entry_id in signed
    if steps[-1].does in ENDS:
        return Standing(ENDS[Step.Does(steps[-1].does)])
    if any(step.does == Step.Does.DRAWN for step in steps):
        return Standing(State.DRAWN)
    given = {step.source for step in steps}
    missing = tuple(source for source in draw.sources if source not in given)
    if not missing:
        return Standing(State.READY)
    return Standing(State.GATHERING if is_signed else State.SEALED, missing)
