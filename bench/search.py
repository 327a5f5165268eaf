"""What it costs to keep rows from those who may not know them: a page of results, nine rows in ten hidden."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from statistics import median
from time import perf_counter

from figure import Figure

DATABASE = True
ROWS = 10_000
ROUNDS = 40
QUESTIONS = ("营业执照", "食品经营 许可", "木环组发", "第9870号公告")
TYPED = ("shipin", "spjyxk", "qiyesheli", "qysldj")
OPEN = """
    SELECT subject, ts_rank(tokens, %(q)s::tsquery) AS score FROM bench_open
    WHERE tokens @@ %(q)s::tsquery ORDER BY score DESC, subject LIMIT 21
"""


def main() -> list[Figure]:
    """Return the median time of one page, and of the bare ranking of all rows without protection."""
    from django.db import connection, transaction

    from yingshang.kernel import search
    from yingshang.kernel.audience import PUBLIC, Audience
    from yingshang.kernel.parties import Actor
    from yingshang.kernel.search.asking import all_of
    from yingshang.kernel.search.words import vector

    at = datetime(2026, 3, 2, tzinfo=UTC)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE bench_open (subject text PRIMARY KEY, tokens tsvector)")
        for number in range(ROWS):
            title = f"第{number}号公告：{'食品经营许可' if number % 7 == 0 else '企业设立登记'}"
            body = "办理营业执照，三个工作日办结。" if number % 50 == 0 else "由窗口受理，五个工作日办结。"
            audience = PUBLIC if number % 10 == 0 else Audience(unit="sfj")
            subject = f"bench:{number}"
            search.put(subject=subject, kind="公告", title=title, address="/", audience=audience, at=at, body=body)
            tokens = vector(title=title, names=[], body=body)
            cursor.execute("INSERT INTO bench_open VALUES (%s, %s::tsvector)", [subject, tokens])
    with connection.cursor() as cursor:
        cursor.execute("CREATE INDEX ON bench_open USING gin (tokens)")
        cursor.execute("ANALYZE bench_open")

    def bare(question: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(OPEN, {"q": all_of(question)})
            cursor.fetchall()

    visitor = Actor(person="bench", name="测量")
    figures = []
    for asked, words in (("in characters", QUESTIONS), ("in pinyin", TYPED)):
        ours, base = [], []
        for turn in range(ROUNDS):
            question = words[turn % len(words)]
            base.append(seconds(partial(bare, question)))
            ours.append(seconds(partial(search.find, visitor, question)))
        figures.append(
            Figure(
                f"a page of results asked {asked}, {ROWS:,} rows, nine in ten hidden",
                median(ours) * 1000,
                "ms",
                baseline=median(base) * 1000,
                baseline_is="one bare statement over the same rows, unprotected",
                ratio_at_most=12,
            )
        )
    return figures


def seconds(deed: Callable[[], object]) -> float:
    """Return how long a call takes."""
    start = perf_counter()
    deed()
    return perf_counter() - start
