"""Search that shows each person what is theirs to find, and nothing of the rest.

A row carries an audience; PostgreSQL applies it before it ranks or counts, so
that neither order nor number nor time gives anything away. Owns the words:
search row, synonym, miss.
"""

from typing import TYPE_CHECKING

from yingshang.kernel.registry import door

if TYPE_CHECKING:
    from yingshang.kernel.search.finding import Found, find
    from yingshang.kernel.search.missing import frequent_misses, note_miss
    from yingshang.kernel.search.models import SearchMiss, SearchRow
    from yingshang.kernel.search.putting import drop, put
    from yingshang.kernel.search.settling import give_miss, settle_miss

__all__ = [
    "Found",
    "SearchMiss",
    "SearchRow",
    "drop",
    "find",
    "frequent_misses",
    "give_miss",
    "note_miss",
    "put",
    "settle_miss",
]

__getattr__ = door(
    __name__,
    {
        "finding": "Found find",
        "missing": "frequent_misses note_miss",
        "models": "SearchMiss SearchRow",
        "putting": "drop put",
        "settling": "give_miss settle_miss",
    },
)
