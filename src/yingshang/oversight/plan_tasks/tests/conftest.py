"""A notice read, confirmed and published, for the tests of what follows from it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from yingshang.kernel import org
from yingshang.oversight.plan_tasks import operations

AT = datetime(2026, 3, 30, 1, 0, tzinfo=UTC)
ON = date(2026, 3, 30)  # a Monday


@pytest.fixture
def publish_text(tmp_path, zhou):
    """Return a function that reads, settles, confirms and publishes a text under a code, and returns the edition."""

    def publish(text: str, code: str = "special-2026", *, on: date = ON, at: datetime = AT):
        path = tmp_path / "notice.txt"
        path.write_text(text, encoding="utf-8")
        reading = operations.read_notice(path=path, file_name="专项行动方案.txt", by=zhou, at=at)
        for question in reading.questions.all():
            answer = "nobody" if question.kind == "unknown_unit" else "keep"
            operations.answer_question(question_id=question.pk, answer=answer, by=zhou, at=at)
        operations.confirm_reading(reading_id=reading.pk, by=zhou, at=at)
        return operations.publish_edition(reading_id=reading.pk, plan_code=code, by=zhou, on=on, at=at)

    return publish


@pytest.fixture
def log_in(client, example_county):
    """Choose a face on the demo page, as a visitor of a demo does."""

    def choose(key: str):
        client.post(f"/demo/{org.demo_pseudonym(key)}/")
        return client

    return choose
