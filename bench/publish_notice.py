"""Publishing a notice to sixty units, delivered to each, beside the bare inserts of the same rows."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from figure import Figure

DATABASE = True
FEW, MANY = 10, 60
ON, AT = date(2026, 3, 30), datetime(2026, 3, 30, 1, 0, tzinfo=UTC)
HEAD = """关于印发《第{number}次测量方案》的通知

各测量单位：
现将《第{number}次测量方案》印发给你们。

第{number}次测量方案
"""
TASK = "{place}.公布第{place}份清单。（牵头单位：县司法局；责任单位：各测量单位）\n"
BARE = """
    INSERT INTO work_obligation (kind, title, unit_id, key, origin, source, is_watched, is_sealed, clock_id, due_date,
                                 state, opened_at, opened_by, closed_by, evidence, on_miss)
    SELECT kind, title, unit_id, key, origin, source, is_watched, is_sealed, NULL, NULL,
           state, opened_at, 'bench', closed_by, evidence, on_miss
    FROM work_obligation WHERE opened_by <> 'bench' ORDER BY id DESC LIMIT %(rows)s
"""


def main() -> Iterator[Figure]:
    from django.db import connection, transaction
    from django.test.utils import CaptureQueriesContext

    from yingshang.kernel import clock, org, parties

    person = org.Person.objects.get(pseudonym=org.demo_pseudonym("zhou"))
    level = parties.Level.SECOND_FACTOR
    zhou = parties.actor_for(person, unit=org.unit("ysj"), on=clock.today(), level=level)
    group = org.Group.objects.create(code="measured", name="各测量单位", rule=org.Group.Rule.ALL)
    statements, seconds = {}, {}
    for number, units in enumerate((FEW, MANY, MANY), 1):
        join(org, group, units)
        reading = confirmed(number, zhou)
        started = time.perf_counter()
        with CaptureQueriesContext(connection) as done:
            edition = publish(reading, f"measured-{number}", zhou)
        seconds[units], statements[units] = time.perf_counter() - started, len(done)
        assert edition.deliveries_count == units + 1, edition.deliveries_count
    rows = MANY * 4
    started = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(BARE, {"rows": rows})
    bare = time.perf_counter() - started
    yield Figure(
        f"a notice of 3 tasks published and delivered to {MANY} units (goal 2 s)",
        seconds[MANY],
        "s",
        bare,
        f"one INSERT of {rows} obligations",
        ratio_at_most=150,
    )
    yield Figure(
        f"statements more for {MANY} units than for {FEW}",
        statements[MANY] - statements[FEW],
        "statements",
        at_most=0,
    )


def join(org: Any, group: Any, units: int) -> None:
    """Let the group have so many members."""
    have = org.GroupMember.objects.filter(group=group).count()
    made = org.Unit.objects.bulk_create(
        org.Unit(code=f"m{n}", name=f"第{n}测量局", short_name=f"第{n}测量局", kind="enterprise", path=f"m{n}/")
        for n in range(have, units)
    )
    org.GroupMember.objects.bulk_create(org.GroupMember(group=group, unit=unit) for unit in made)


def confirmed(number: int, by: Any) -> Any:
    """Return a reading of another notice, confirmed."""
    from yingshang.oversight.plan_tasks import operations

    text = HEAD.format(number=number) + "".join(TASK.format(place=place) for place in (1, 2, 3))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "notice.txt"
        path.write_text(text, encoding="utf-8")
        reading = operations.read_notice(path=path, file_name="notice.txt", by=by, at=AT)
    operations.keep_findings(reading_id=reading.pk, by=by, at=AT)
    return operations.confirm_reading(reading_id=reading.pk, by=by, at=AT)


def publish(reading: Any, code: str, by: Any) -> Any:
    """Publish the reading and count whom it reached."""
    from yingshang.oversight.plan_tasks import operations, queries

    edition: Any = operations.publish_edition(reading_id=reading.pk, plan_code=code, by=by, on=ON, at=AT)
    edition.deliveries_count = queries.signed_of(edition).delivered
    return edition
