"""The scheduled work that packages declare, handed to procrastinate when the program starts.

A job is a dotted name called without arguments; it must be safe to run twice.
Duties and clocks are rows, never jobs: a job that is late makes a warning
late, it never loses a deadline.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import structlog
from django.utils import timezone

from yingshang.kernel import registry
from yingshang.kernel.registry import Daily, Every

MINUTE, HOUR, DAY = 60, 3600, 86400
BEIJING_IS_AHEAD = 8  # hours; China has one time zone and no summer time
STALLED_AFTER = 15  # seconds without a sign of life from the worker that took a job
RETRY_STALLED = "site.retry_stalled"


def register(app: Any) -> None:
    """Tell procrastinate about every declared job, and about our own: retry what a killed worker had begun.

    A job waits at most once and runs at most once at a time, so a slow worker
    never faces a pile of the same work.
    """
    for job in registry.jobs():
        options = {"name": job.name, "queueing_lock": job.name, "lock": job.name}
        app.periodic(cron=cron(job), periodic_id="site")(app.task(**options)(_call(job)))

    async def retry_stalled(timestamp: int) -> None:
        for stalled in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER):
            structlog.get_logger("jobs").warning("job_retried", job=stalled.task_name, id=stalled.id)
            await app.job_manager.retry_job(stalled)

    options = {"name": RETRY_STALLED, "queueing_lock": RETRY_STALLED}
    app.periodic(cron="* * * * * */30", periodic_id="site")(app.task(**options)(retry_stalled))


def seconds_between(job: Daily | Every) -> int:
    """Return how often a job runs."""
    return DAY if isinstance(job, Daily) else job.seconds


def cron(job: Daily | Every) -> str:
    """Return the schedule as procrastinate reads it: UTC, with seconds last where there are any.

    Raises ValueError for a rhythm that does not divide a minute, an hour or a
    day: cron would quietly run it at another one.

    >>> cron(Daily("a", run="b.c", at="08:30"))
    '30 0 * * *'
    >>> cron(Every("a", run="b.c", seconds=600))
    '*/10 * * * *'
    """
    if isinstance(job, Daily):
        hour, minute = (int(part) for part in job.at.split(":"))
        return f"{minute} {(hour - BEIJING_IS_AHEAD) % 24} * * *"
    seconds = job.seconds
    if seconds < MINUTE and MINUTE % seconds == 0:
        return f"* * * * * */{seconds}"
    if MINUTE <= seconds < HOUR and seconds % MINUTE == 0 and HOUR % seconds == 0:
        return f"*/{seconds // MINUTE} * * * *"
    if HOUR <= seconds <= DAY and seconds % HOUR == 0 and DAY % seconds == 0:
        return f"0 */{seconds // HOUR} * * *" if seconds < DAY else "0 0 * * *"
    raise ValueError(f"{job.name}: every {seconds} s divides neither a minute, an hour nor a day.")


def _call(job: Daily | Every) -> Callable[[int], None]:
    def run(timestamp: int) -> None:
        from yingshang.site.models import JobRun

        begun = time.perf_counter()
        try:
            registry.resolve(job.run)()
        except Exception as error:
            JobRun.objects.update_or_create(
                name=job.name, defaults={"failed_at": timezone.now(), "error": type(error).__name__}
            )
            raise
        seconds = time.perf_counter() - begun
        JobRun.objects.update_or_create(
            name=job.name, defaults={"succeeded_at": timezone.now(), "seconds": seconds, "error": ""}
        )
        if seconds > 1:
            structlog.get_logger("jobs").info("job_done", job=job.name, seconds=round(seconds, 3))

    return run
