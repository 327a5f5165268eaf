"""What this package puts on shared pages."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from yingshang.kernel import clock
from yingshang.kernel.parties import Actor
from yingshang.kernel.procedures.definition import Definition
from yingshang.kernel.procedures.queries import frozen, in_force

KIND = "办理程序"


def unsourced(_actor: Actor, _subject: Any) -> list[clock.Unsourced]:
    """Return the texts that procedures in force cite and nobody has confirmed, and materials without any."""
    return [row for version in in_force(clock.today()) for row in _weak(frozen(version))]


def _weak(definition: Definition) -> list[clock.Unsourced]:
    href = reverse("procedures:detail", args=[definition.id])
    texts = [
        clock.Unsourced(
            kind=KIND,
            title=definition.title,
            todo=source.todo or "请写明所引版本的日期。",
            source=source.text,
            href=href,
        )
        for source in definition.sources
        if source.edition is None or source.todo
    ]
    parts = [(material.title, material.source) for material in definition.materials]
    parts += [(pause.title, pause.source) for pause in definition.pauses.values()]
    todo = "请写明要求它的依据。"
    return texts + [
        clock.Unsourced(kind=KIND, title=f"{definition.title}：{title}", todo=todo, href=href)
        for title, source in parts
        if not source
    ]
