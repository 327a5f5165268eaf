"""Whether an indicator is measured alike in two editions, so that its scores can be compared over the years."""

from __future__ import annotations

from yingshang.methods.scoring.edition import Edition


def measured_alike(one: Edition, other: Edition, key: str) -> bool:
    """Whether an indicator has the same parts, marks, weights, gates and policies in both editions.

    Titles and dates may differ; what takes part in the arithmetic may not.
    False where either edition does not score it.
    """
    return key in one.by_key and key in other.by_key and _method(one, key) == _method(other, key)


def changed_parts(before: Edition, now: Edition, key: str) -> list[str]:
    """Return the titles of what is scored otherwise than before under an indicator: series, or indicators in the total.

    A part that only one of the two editions scores counts as changed.
    """
    keys = {child.key: child.title for edition in (before, now) for child in edition.children.get(key, ())}
    return [title for child, title in keys.items() if not measured_alike(before, now, child)]


def _method(edition: Edition, key: str) -> object:
    one = edition.by_key[key]
    gates = tuple((gate.score, gate.conditions) for gate in edition.gates if gate.indicator == key)
    if one.mark is not None:
        return (one.unit, one.mark, tuple(sorted(one.words.items())), gates, _policy(edition))
    parts = tuple(sorted((child.key, child.weight) for child in edition.children[key]))
    return (parts, one.is_geometric, gates, tuple(_method(edition, part) for part, _ in parts), _policy(edition))


def _policy(edition: Edition) -> object:
    return (edition.full, edition.when_missing, edition.rounding, tuple(sorted(edition.words.items())))
