"""The fifteen official codes of where a case stands, derived from what was done and never stored.

The codes and their wording are those of the national data exchange for project
approval; they stand with their source in the published list ``case-states``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum


class OfficialCode(IntEnum):
    """The codes by name. Their Chinese wording is data: the published list ``case-states``."""

    RECEIVED = 1
    TAKEN_BACK_BEFORE_ACCEPTANCE = 2
    ACCEPTED = 3
    NOT_NEEDED = 4
    DECLINED = 5
    CORRECTION_ASKED = 6
    CORRECTED = 7
    UNDER_REVIEW = 8
    SPECIAL_BEGUN = 9
    SPECIAL_ENDED = 10
    GRANTED = 11
    GRANTED_TOLERANTLY = 12
    REFUSED = 13
    WITHDRAWN = 14
    REVOKED = 15


@dataclass(frozen=True)
class Passed:
    """One thing that was done: its kind (``open``, ``move``, ``clock``, ``pause``, ``resume``, ``extend``) and name."""

    kind: str
    do: str
    from_state: str = ""


BY_MOVE = {
    "accept": OfficialCode.ACCEPTED,
    "accept_tolerantly": OfficialCode.ACCEPTED,
    "deem_accepted": OfficialCode.ACCEPTED,
    "not_needed": OfficialCode.NOT_NEEDED,
    "decline": OfficialCode.DECLINED,
    "ask_to_correct": OfficialCode.CORRECTION_ASKED,
    "correct": OfficialCode.CORRECTED,
    "advance": OfficialCode.UNDER_REVIEW,
    "refuse": OfficialCode.REFUSED,
    "lapse": OfficialCode.WITHDRAWN,
    "revoke": OfficialCode.REVOKED,
}
BY_KIND = {
    "open": OfficialCode.RECEIVED,
    "pause": OfficialCode.SPECIAL_BEGUN,
    "extend": OfficialCode.SPECIAL_BEGUN,
    "resume": OfficialCode.SPECIAL_ENDED,
}
BEFORE_ACCEPTANCE = {"submitted", "correcting"}


def codes_of(passed: Iterable[Passed], *, is_filing: bool = False) -> list[OfficialCode]:
    """Return the codes that a case went through, oldest first; the last one is where it stands.

    passed: what was done, oldest first. A filing takes effect when it comes
    in: received, accepted and completed at once. An extension is special
    procedure of kind 1, which does not stop the clock: it begins and ends with
    the deed. A delivery and a supplied paper have no code of their own.

    >>> codes_of([Passed("open", "open"), Passed("move", "accept_tolerantly"), Passed("move", "grant")])[-1].name
    'GRANTED_TOLERANTLY'
    """
    found: list[OfficialCode] = []
    tolerant = False
    for each in passed:
        tolerant = tolerant or each.do == "accept_tolerantly"
        if each.kind == "open" and found:
            continue  # a branch of the review opens
        if each.kind == "open" and is_filing:
            found += [OfficialCode.RECEIVED, OfficialCode.ACCEPTED, OfficialCode.GRANTED]
        elif each.kind in BY_KIND:
            found.append(BY_KIND[each.kind])
            if each.kind == "extend":
                found.append(OfficialCode.SPECIAL_ENDED)
        elif each.do == "grant":
            found.append(OfficialCode.GRANTED_TOLERANTLY if tolerant else OfficialCode.GRANTED)
        elif each.do == "accept_on_commitment":
            found += [OfficialCode.ACCEPTED, OfficialCode.GRANTED]
        elif each.do == "withdraw":
            early = each.from_state in BEFORE_ACCEPTANCE
            found.append(OfficialCode.TAKEN_BACK_BEFORE_ACCEPTANCE if early else OfficialCode.WITHDRAWN)
        elif each.do in BY_MOVE and not (is_filing and each.do == "deem_accepted"):
            found.append(BY_MOVE[each.do])
    return found
