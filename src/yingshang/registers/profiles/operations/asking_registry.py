"""Take what an outside registry knows of an enterprise, so that the enterprise need not type it."""

from __future__ import annotations

from datetime import datetime

from yingshang.kernel import access
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor, Party
from yingshang.registers.profiles.adapters import registry
from yingshang.registers.profiles.operations.holding import hold
from yingshang.registers.profiles.operations.reading import read

CODE = "enterprise.credit_code"


def take_from_registry(party: Party, *, by: Actor, at: datetime) -> tuple[str, ...]:
    """Ask the registry about an enterprise at its own wish and keep the answer; return the fields that are new.

    Not one transaction: the registry is asked between reading the code and
    keeping the answer, so that no lock waits for an outside system. Raises
    Unavailable when the registry does not answer (the enterprise then types),
    Refusal ``profiles.no_registry``, ``profiles.no_code_held``,
    ``profiles.not_in_registry`` and what the policy refuses. Records
    ``profiles.read`` of the code and ``profiles.held``.
    """
    access.permit(by, "profiles.object", party)
    asked = registry()
    if asked is None:
        raise Refusal("profiles.no_registry", "本县没有接入登记库。", "请自己填写。")
    held = read(by, party, [CODE], purpose="own", at=at).get(CODE)
    if held is None:
        raise Refusal("profiles.no_code_held", "还没有您的统一社会信用代码。", "请先填写统一社会信用代码。")
    found = asked.look_up(held.value)
    if found is None:
        raise Refusal(
            "profiles.not_in_registry", f"{asked.title}里没有查到您的信用代码。", "请核对代码，或者自己填写。"
        )
    return hold(party, found, source=asked.title, by=by, at=at, from_registry=True, holder=asked.holder)
