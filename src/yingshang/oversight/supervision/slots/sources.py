"""What of the ladder has no source."""

from __future__ import annotations

from typing import Any

from yingshang.kernel import clock
from yingshang.kernel.parties import Actor
from yingshang.oversight.supervision.models import Authority
from yingshang.oversight.supervision.queries.ladders import ladder_on

PARTS = {
    "watches": "督办阶梯：管哪些事项",
    "caps": "督办阶梯：每个单位每天的上限",
    "correction": "督办阶梯：更正通知",
    "outside": "督办阶梯：平台以外的提醒",
}


def unsourced(_actor: Actor, _subject: Any) -> list[clock.Unsourced]:
    """Return the parts of the ladder in effect that have no source, and the authority of a demonstration."""
    found = []
    for ladder in filter(None, [ladder_on(clock.today())]):
        parts = [(title, ladder.content[name]) for name, title in PARTS.items() if name in ladder.content]
        parts += [(f"督办阶梯：{rung['title']}", rung) for rung in ladder.rungs]
        found += [
            clock.Unsourced(kind="督办阶梯", title=title, todo=part["todo"], source=part["source"] or "")
            for title, part in parts
            if "todo" in part
        ]
    return found + [
        clock.Unsourced(kind="督查授权", title=row.text, todo=row.todo)
        for row in Authority.objects.filter(is_demo=True, ended_on=None)
    ]
