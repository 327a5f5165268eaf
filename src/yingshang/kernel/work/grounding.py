"""Which sentence of which document is behind an obligation: asked of whoever knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from yingshang.kernel import registry
from yingshang.kernel.parties import Actor


@dataclass(frozen=True, slots=True)
class Ground:
    """The sentence that an obligation rests on.

    section_place, section: the chapter of the document; place 0 where it has
    none. task_place, task_no: the task, by its order and as printed. sentence:
    as printed. address: of the page that shows it.
    """

    section_place: int
    section: str
    task_place: int
    task_no: str
    sentence: str
    address: str


def grounds(actor: Actor, obligation_ids: Sequence[int]) -> dict[int, Ground]:
    """Return the ground of each obligation that has one, by id; the first provider that knows it says it.

    Providers fill the slot ``work.grounds``: ``(actor, ids) → {id: Ground}``,
    with a fixed number of queries each.
    """
    found: dict[int, Ground] = {}
    for provider in registry.slot("work.grounds"):
        missing = [each for each in obligation_ids if each not in found]
        if missing:
            found |= provider(actor, missing)
    return found
