"""What may be published: never a figure on too few answers, nor one from which such a figure would follow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def held_back(answers: Mapping[str, int], least: int, *, silent: int = 0, also: Iterable[str] = ()) -> set[str]:
    """Return the parts of a whole that are not published: those below ``least``, and more until these hide each other.

    With the whole and the other parts published, the parts held back can be
    worked out together; so together they are as many as ``least``, the next
    smallest part joining them until they are. silent: answers of the whole that
    belong to no part, which nobody publishes. also: parts held back for another
    reason; they never stay alone, for then they would follow from the rest.

    >>> sorted(held_back({"enterprise": 30, "household": 12, "cooperative": 4}, 10))
    ['cooperative', 'household']
    >>> sorted(held_back({"a": 30, "b": 20, "c": 3, "d": 4}, 10)), sorted(held_back({"a": 30, "b": 0}, 10))
    (['b', 'c', 'd'], ['b'])
    """
    hidden = {key for key, count in answers.items() if count < least} | set(also)
    unseen = silent + sum(answers[key] for key in hidden)
    others = sorted((count, key) for key, count in answers.items() if key not in hidden)
    for count, key in others:
        alone = bool(set(also)) and not silent and sum(answers[each] > 0 for each in hidden) < 2
        if unseen == 0 or (unseen >= least and not alone):
            break
        hidden.add(key)
        unseen += count
    return hidden


def nested(
    both: Mapping[tuple[str, str], int],
    strata: Mapping[str, int],
    domains: Mapping[str, int],
    least: int,
) -> set[str]:
    """Return the domains that give away a few answers together with a stratum of which they are part, or the reverse.

    both: answers by stratum and domain; strata, domains: answers of those that
    are published. Where all answers of one lie in the other, the difference of
    the two figures is that of the answers between them: fewer than ``least`` are too few.

    >>> nested({("household", "yes"): 20, ("enterprise", "no"): 30}, {"household": 24}, {"yes": 20, "no": 30}, 10)
    {'yes'}
    """
    found = set()
    for (stratum, domain), shared in both.items():
        if stratum not in strata or domain not in domains or shared not in (strata[stratum], domains[domain]):
            continue
        if 0 < strata[stratum] + domains[domain] - 2 * shared < least:
            found.add(domain)
    return found
