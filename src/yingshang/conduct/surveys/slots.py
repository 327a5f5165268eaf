"""What this package puts on shared pages."""

from __future__ import annotations

from typing import Any

from yingshang.conduct.surveys.models import Terms
from yingshang.kernel import clock
from yingshang.kernel.parties import Actor


def unsourced(_actor: Actor, _subject: Any) -> list[clock.Unsourced]:
    """Return the terms of asking that have no source. Queries: 1."""
    return [
        clock.Unsourced(kind="问卷调查", title="每户每年问卷份数、公布的最少份数、误差目标", todo=terms.todo, source="")
        for terms in Terms.objects.filter(source="")
    ]
