"""Find what an actor may find."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQueryField, SearchRank
from django.db.models import BigIntegerField, F, Q, Value
from django.db.models.functions import Cast

from yingshang.kernel.audience import reading_as
from yingshang.kernel.parties import Actor
from yingshang.kernel.search.asking import all_of, any_of
from yingshang.kernel.search.models import SearchRow

WORDS = "ys.search_words"
MARK = "~"
PER_MILLION = 1_000_000  # a rank as a whole number, so that a page ends exactly where the next begins


@dataclass(frozen=True)
class Found:
    """One page of what was found, best first. next: the mark of the next page; empty on the last."""

    rows: Sequence[SearchRow]
    next: str = ""
    is_loose: bool = False


def find(actor: Actor, question: str, *, after: str = "", limit: int = 20) -> Found:
    """Return what holds all words of the question; if nothing does, what holds any of them.

    The words are part of the table's row-level security: the rows a person may
    not know are sorted out together with those that do not match, by the same
    index, before anything is ranked or counted.
    after: ``Found.next`` of the page before; a mark that is not ours is page
    one. Queries: 3 for a page, 6 where nothing holds all words, whatever the size.
    """
    exact = all_of(question)
    if not exact:
        return Found([])
    mark = _read(after)
    if mark and mark[0]:
        return _page(actor, any_of(question), mark, limit, is_loose=True)
    found = _page(actor, exact, mark, limit, is_loose=False)
    loose = any_of(question)
    if found.rows or mark or loose == exact:
        return found
    return _page(actor, loose, None, limit, is_loose=True)


Mark = tuple[bool, int, str]  # loose, score, subject


def _page(actor: Actor, words: str, mark: Mark | None, limit: int, *, is_loose: bool) -> Found:
    asked = Cast(Value(words), SearchQueryField())
    score = Cast(SearchRank(F("tokens"), asked) * PER_MILLION, BigIntegerField())
    rows = SearchRow.objects.annotate(score=score).defer("tokens")
    if mark:
        rows = rows.filter(Q(score__lt=mark[1]) | Q(score=mark[1], subject__gt=mark[2]))
    with reading_as(actor, {WORDS: words}):
        found = list(rows.order_by("-score", "subject")[: limit + 1])
    page = found[:limit]
    return Found(page, _mark(is_loose, page[-1]) if len(found) > limit else "", is_loose)


def _mark(is_loose: bool, last: SearchRow) -> str:
    return MARK.join((str(int(is_loose)), str(last.score), last.subject))  # type: ignore[attr-defined]


def _read(after: str) -> Mark | None:
    loose, _, rest = after.partition(MARK)
    score, _, subject = rest.partition(MARK)
    if loose not in {"0", "1"} or not (score.isascii() and score.isdigit() and len(score) < 12) or "\x00" in subject:
        return None
    return loose == "1", int(score), subject
