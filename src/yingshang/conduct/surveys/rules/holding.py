"""What may be published: never a figure on too few answers, nor one from which such a figure would follow."""

from __future__ import annotations

from collections.abc import Mapping


def held_back(answers: Mapping[str, int], least: int, *, silent: int = 0) -> set[str]:
    """Return the parts of a whole that are not published: those below ``least``, and more until these hide each other.

    With the whole and the other parts published, the parts held back can be
    worked out together; so together they are as many as ``least``, the next
    smallest part joining them until they are. silent: answers of the whole that
    belong to no part, which nobody publishes.

    >>> sorted(held_back({"enterprise": 30, "household": 12, "cooperative": 4}, 10))
    ['cooperative', 'household']
    >>> sorted(held_back({"a": 30, "b": 20, "c": 3, "d": 4}, 10)), sorted(held_back({"a": 30, "b": 0}, 10))
    (['b', 'c', 'd'], ['b'])
    """
    hidden = {key for key, count in answers.items() if count < least}
    unseen = silent + sum(answers[key] for key in hidden)
    others = sorted((count, key) for key, count in answers.items() if key not in hidden)
    for count, key in others:
        if unseen == 0 or unseen >= least:
            break
        hidden.add(key)
        unseen += count
    return hidden


def nested(both: Mapping[tuple[str, str], int], strata: Mapping[str, int], domains: Mapping[str, int], least: int,
           hidden: set[str]) -> set[str]:  # fmt: skip
    """Return the domains that give away a few answers together with a stratum of which they are part, or the reverse.

    both: answers by stratum and domain. Where all answers of one lie in the
    other, the difference of the two published figures is that of the answers
    between them; if these are fewer than ``least`` the domain is held back. hidden: what is held back already.
    """
    found = set()
    for domain, inside in domains.items():
        for stratum, there in strata.items():
            shared = both.get((stratum, domain), 0)
            if {stratum, domain} & hidden or not shared or shared not in (inside, there):
                continue
            if 0 < inside + there - 2 * shared < least:
                found.add(domain)
    return found
