"""Text into tokens: words by rjieba, pairs of characters for names and numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

import rjieba

from yingshang.kernel.search.sounds import sounds

LONGEST_TOKEN = 60
MOST_TOKENS = 5_000
MOST_POSITIONS = 16_383  # of a tsvector
ASIDE = {  # words of asking, not of things
    *("的", "了", "吗", "呢", "啊", "我", "想", "要", "我要", "我想", "请问"),
    *("怎么", "怎样", "如何", "哪里", "哪儿", "什么", "多少"),
}
_LETTERS = re.compile(r"[^\W_]+")


def plain(text: str) -> str:
    """Return the text as it is compared: full-width letters and digits narrowed, case folded."""
    return unicodedata.normalize("NFKC", text.replace("\x00", " ")).casefold()


def index_words(text: str) -> Iterator[str]:
    """Yield the words of a text, long words also in their parts, so that either is found."""
    return _kept(rjieba.cut_for_search(plain(text)))


def query_words(text: str) -> list[str]:
    """Return the words of a question, each once and in order, without the words of asking."""
    words = list(dict.fromkeys(_kept(rjieba.cut(plain(text)))))
    return [word for word in words if word not in ASIDE] or words


def pairs(text: str) -> list[str]:
    """Return the pairs of neighboring characters: how names and document numbers are found in any part.

    A word list splits 木环组发〔2019〕1号 badly; pairs do not mind.
    """
    letters = "".join(_LETTERS.findall(plain(text)))
    return list(dict.fromkeys(letters[i : i + 2] for i in range(len(letters) - 1)))


def vector(*, title: str, names: Iterable[str], body: str) -> str:
    """Return a tsvector literal: words of the title A, pairs of title and names B, words of the body C.

    How title and names sound is D: the weakest ground, so that it never stands before what was meant in characters.
    """
    named = list(names)
    parts = [(word, "A") for word in index_words(title)]
    parts += [(pair, "B") for text in (title, *named) for pair in pairs(text)]
    parts += [(sound, "D") for text in (title, *named) for sound in sounds(plain(text))]
    parts += [(word, "C") for text in (*named, body) for word in index_words(text)]
    return " ".join(
        f"{quoted(token)}:{min(place, MOST_POSITIONS)}{weight}"
        for place, (token, weight) in enumerate(parts[:MOST_TOKENS], start=1)
    )


def quoted(token: str) -> str:
    """Return a token as PostgreSQL reads it in a tsvector or tsquery literal."""
    inside = token.replace("\\", "\\\\").replace("'", "''")
    return f"'{inside}'"


def _kept(words: Iterable[str]) -> Iterator[str]:
    return (word[:LONGEST_TOKEN] for word in words if _LETTERS.search(word))
