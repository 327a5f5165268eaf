"""Who sees what the desk sees."""

from __future__ import annotations

from yingshang.conduct.surveys import queries
from yingshang.conduct.surveys.models import Survey
from yingshang.conduct.surveys.policies import NEEDED
from yingshang.kernel.errors import NotFound
from yingshang.kernel.parties import Actor


def refuse_strangers(actor: Actor) -> None:
    """Raise NotFound for whoever has nothing to do with surveys in their unit."""
    if not actor.unit or not any(actor.holds(action) for action in NEEDED):
        raise NotFound("这个地址")


def seen(actor: Actor, code: str) -> Survey:
    """Return a survey of the actor's unit. Raises NotFound, also for one of others."""
    refuse_strangers(actor)
    one = queries.survey(code)
    if actor.unit != one.unit.code:
        raise NotFound("这次调查")
    return one
