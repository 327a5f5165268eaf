"""A question into a tsquery."""

from __future__ import annotations

import re

from yingshang.kernel.search.synonyms import synonyms
from yingshang.kernel.search.words import index_words, pairs, plain, query_words, quoted

LONGEST_QUESTION = 100
MOST_WORDS = 12


def all_of(question: str) -> str:
    """Return the tsquery of things that hold every word, or a name or number with every pair; empty for no words."""
    words = " & ".join(_terms(question))
    near = pairs(question[:LONGEST_QUESTION])
    named = " & ".join(f"{quoted(pair)}:B" for pair in near) if near else ""
    return " | ".join(f"({part})" for part in (words, named) if part)


def any_of(question: str) -> str:
    """Return the tsquery of things that hold at least one of the words, or a part of one, or a synonym."""
    words = [word for word in index_words(question[:LONGEST_QUESTION]) if len(word) > 1 or word.isascii()]
    near = [quoted(word) for word in dict.fromkeys(words)]
    return " | ".join([*_terms(question), *near])


def _terms(question: str) -> list[str]:
    """Return one term for each word; a word with synonyms is found by any of them."""
    text, known = plain(question[:LONGEST_QUESTION]), synonyms()
    if not known:
        return [_word(word) for word in query_words(text)[:MOST_WORDS]]
    # Longest first, so that 个体工商户营业执照 is not taken for 营业执照.
    pattern = "|".join(re.escape(word) for word in sorted(known, key=len, reverse=True))
    terms: list[str] = []
    for part in re.split(f"({pattern})", text):
        if part in known:
            terms.append("(" + " | ".join(_all(word) for word in known[part]) + ")")
        else:
            terms += [_word(word) for word in query_words(part)]
    return list(dict.fromkeys(terms))[:MOST_WORDS]


def _all(phrase: str) -> str:
    return "(" + " & ".join(_word(word) for word in query_words(phrase)) + ")"


def _word(word: str) -> str:
    """Return the term of a word: letters and digits may begin a longer one, a long word may stand in its parts.

    One letter alone is no sound: it would begin half of all names.
    """
    if word.isascii():
        return f"{quoted(word)}:*" if len(word) > 1 else f"{quoted(word)}:*ABC"
    parts = [part for part in dict.fromkeys(index_words(word)) if part != word]
    if len(parts) < 2:
        return quoted(word)
    return f"({quoted(word)} | ({' & '.join(quoted(part) for part in parts)}))"
