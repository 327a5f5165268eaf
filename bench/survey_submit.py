"""Answer sheets laid down through the deed, beside a bare psycopg loop of the same statements."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from figure import Figure

DATABASE = True
SHEETS = 400
QUESTIONS = [
    {"title": "办事是否满意？", "kind": "scale"},
    {"title": "办过哪类事？", "kind": "single", "options": ["开办", "许可", "缴费"]},
    {"title": "从哪里知道政策？", "kind": "multiple", "options": ["窗口", "网站", "干部"]},
    {"title": "今年跑了几次？", "kind": "number"},
]
SHEET = {"q1": "4", "q2": "许可", "q3": ["窗口", "网站"], "q4": 2}


def main() -> Iterator[Figure]:
    import psycopg
    from django.db import connection

    from yingshang.conduct.surveys import operations, rules
    from yingshang.kernel import clock

    codes = opened()
    said: list[tuple[str, Any]] = []

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        said.append((sql, params))
        return execute(sql, params, many, context)

    first = codes.pop()
    with connection.execute_wrapper(listen):
        operations.answer(code=first, values=SHEET, on=clock.today())
    digest = rules.code_digest(first)
    statements = [
        (sql, [bytes(one) == digest if isinstance(one, bytes | memoryview) else one for one in params])
        for sql, params in said
        if params
    ]
    started = time.perf_counter()
    for code in codes[:SHEETS]:
        operations.answer(code=code, values=SHEET, on=clock.today())
    through = SHEETS / (time.perf_counter() - started)
    settings = connection.get_connection_params() | {"cursor_factory": None}
    plain = {name: settings[name] for name in ("dbname", "user", "password", "host", "port") if settings.get(name)}
    with psycopg.connect(**plain, autocommit=True) as bare:
        started = time.perf_counter()
        for code in codes[SHEETS : 2 * SHEETS]:
            own = rules.code_digest(code)
            with bare.transaction():
                for sql, params in statements:
                    bare.execute(sql, [own if one is True else one for one in params]).fetchone()
        loop = SHEETS / (time.perf_counter() - started)
    yield Figure(
        "answer sheets laid down",
        through,
        "a second",
        loop,
        "a bare psycopg loop of the same statements",
        ratio_at_least=0.4,
    )


def opened() -> list[str]:
    """Open a survey of enough enterprises and return the codes of its cards."""
    from yingshang.conduct.surveys import operations
    from yingshang.kernel import clock, org, parties

    parties.Party.objects.bulk_create(
        parties.Party(kind="enterprise", display_name=f"测量{number}", code_hash=f"bench-{number}", is_demo=True)
        for number in range(2 * SHEETS + 1)
    )
    person = org.Person.objects.get(pseudonym=org.demo_pseudonym("zhou"))
    level = parties.Level.SECOND_FACTOR
    zhou = parties.actor_for(person, unit=org.unit("ysj"), on=clock.today(), level=level)
    operations.start(code="bench", title="测量问卷", by=zhou)
    operations.write_questions(questionnaire="bench", questions=QUESTIONS, by=zhou)
    operations.publish_version(questionnaire="bench", by=zhou, at=clock.now())
    _, cards = operations.open_survey(
        code="bench",
        title="测量",
        questionnaire="bench",
        kinds=["enterprise"],
        last_day=clock.today() + timedelta(days=1),
        by=zhou,
        at=clock.now(),
    )
    return [card.code for card in cards]
