"""What of a personal value may be shown in a list or on a page.

A mask leaves what tells two people apart and no more. The whole value is
shown by one deed only, ``administration.reveal``, which asks a policy and is
recorded (《中华人民共和国个人信息保护法》第六条、第二十八条: no more than the purpose needs;
GB/T 22239-2019 8.1.4.11).
"""

from __future__ import annotations

from collections.abc import Callable

from yingshang.kernel.parties import SYSTEM, Actor

STAR = "*"


def _ends(head: int, tail: int) -> Callable[[str], str]:
    def masked(value: str) -> str:
        if len(value) <= head + tail:
            return STAR * len(value)
        return value[:head] + STAR * (len(value) - head - tail) + value[len(value) - tail :]

    return masked


def _name(value: str) -> str:
    """Return the surname and stars: 欧阳 and the like keep one character, which is masked enough."""
    return value[:1] + STAR * max(len(value) - 1, 1) if value else ""


def _email(value: str) -> str:
    local, at, domain = value.partition("@")
    return f"{local[:1]}***{at}{domain}" if at else STAR * len(value)


def _address(value: str) -> str:
    """Return the first six characters, which reach to the county and seldom to the door."""
    return f"{value[:6]}******" if len(value) > 6 else STAR * len(value)


MASKS: dict[str, Callable[[str], str]] = {
    "resident_id": _ends(6, 4),
    "passport": _ends(1, 3),
    "phone": _ends(3, 4),
    "bank_account": _ends(0, 4),
    "plate": _ends(2, 2),
    "name": _name,
    "email": _email,
    "address": _address,
}
# An official has to know whom they are dealing with; a number tells them nothing more.
WHOLE_FOR_OFFICIALS = frozenset({"name"})


def mask(actor: Actor, kind: str, value: str) -> str:
    """Return what this actor may see of a personal value without asking further.

    kind: one of MASKS. An official acting for a unit sees names whole;
    everything else is masked for everybody. Raises KeyError for an unknown
    kind: what has no mask is not shown.
    """
    shown = MASKS[kind]
    if kind in WHOLE_FOR_OFFICIALS and (actor.unit or actor is SYSTEM):
        return value
    return shown(value)
