"""Whether the person who asks works at a desk, and which case they mean."""

from __future__ import annotations

from django.utils.translation import gettext as _

from yingshang.casework.cases import queries
from yingshang.casework.cases.models import Case
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import ActorRequest

NO_KEYS = "desk-keys-off"
"""Cookie of whoever switched the keys off (WCAG 2.2, 2.1.4)."""


def need_desk(request: ActorRequest) -> None:
    """Raise NotFound for whoever works at no desk and watches none."""
    actor = request.actor
    if not actor.unit or not (actor.holds("cases.work_desk") or actor.holds("cases.see_all")):
        raise NotFound(_("这个页面"))


def case_of(request: ActorRequest, number: str) -> Case:
    """Return the case of a number that the person may see at a desk. Raises NotFound. Queries: 1."""
    need_desk(request)
    return queries.case_at_the_desk(number, request.actor)


def keys_on(request: ActorRequest) -> bool:
    """Whether the keys of the desk are on."""
    return request.COOKIES.get(NO_KEYS) != "1"
