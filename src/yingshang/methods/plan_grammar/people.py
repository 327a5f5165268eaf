"""Persons named as 责任领导, 分管领导 and the like; never units."""

from __future__ import annotations

import itertools
import re

from yingshang.methods.plan_grammar.shadow import Shadow

# 陈卫东(县委副书记): the post in brackets is no name.
_SEPARATOR = re.compile(r"\([^()]*\)|[、,;/\n]")
_PHONE = re.compile(r"[\d\- ]{7,}")


def read(listed: Shadow) -> list[Shadow]:
    """Return the persons of a list as printed.

    A space inside a name (杨　帆) is part of its print; between two names it
    separates. Run-together names from a wrapped cell (杨 帆韩 雪) are parted
    where the spaces show how.
    """
    found: list[Shadow] = []
    begin = 0
    for separator in [*(m.span() for m in _SEPARATOR.finditer(listed.text)), (len(listed), len(listed))]:
        piece = listed.part(begin, separator[0]).strip(" 。:()")
        begin = separator[1]
        if piece.text and not _PHONE.fullmatch(piece.text):
            found += _spaced(piece)
    return found


def _spaced(piece: Shadow) -> list[Shadow]:
    places = [0, *sorted(piece.soft), len(piece)]
    words = [piece.part(a, b) for a, b in itertools.pairwise(places)]
    sizes = [len(word) for word in words]
    if len(words) == 1 or (len(words) == 2 and sizes[0] == 1 and sizes[1] <= 2):
        return [piece]
    if sizes[0] == 1 and sizes[-1] <= 2 and all(size in (2, 3) for size in sizes[1:-1]):
        cuts = [0]
        reached = 0
        for size in sizes[:-1]:
            reached += size
            if size > 1:
                cuts.append(reached - 1)
        cuts.append(len(piece))
        return [piece.part(a, b) for a, b in itertools.pairwise(cuts)]
    if all(2 <= size <= 4 for size in sizes):
        return words
    if all(size == 1 for size in sizes) and len(sizes) % 2 == 0:
        return [piece.part(n, n + 2) for n in range(0, len(piece), 2)]
    return [piece]
