"""The scheduled work that packages declare, and how it is kept in rhythm.

A job is a dotted name called without arguments; it must be safe to run twice.
Duties and clocks are rows, never jobs: a job that is late makes a warning
late, it never loses a deadline.

Work that is due every minute or less often goes through procrastinate's queue.
The worker itself keeps the quicker rhythms: a row in a queue every two seconds
would cost ten times what looking costs.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import structlog
from django.db import close_old_connections
from django.utils import timezone

from yingshang.kernel import registry
from yingshang.kernel.registry import Daily, Every

MINUTE, HOUR, DAY = 60, 3600, 86400
BEIJING_IS_AHEAD = 8  # hours; China has one time zone and no summer time
NOTED_EVERY = timedelta(seconds=15)  # a quick rhythm needs no note of every single beat
LONGEST_PAUSE = 60.0  # seconds between tries of a quick job that keeps failing
STALLED_AFTER = 15  # seconds without a sign of life from the worker that took a job
RETRY_STALLED = "site.retry_stalled"


def register(app: Any) -> None:
    """Tell procrastinate about every declared job, and about our own: retry what a killed worker had begun.

    A job waits at most once and runs at most once at a time, so a slow worker
    never faces a pile of the same work.
    """
    for job in registry.jobs():
        if is_quick(job):
            continue
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


def is_quick(job: Daily | Every) -> bool:
    """Return whether the worker keeps this job's rhythm itself."""
    return seconds_between(job) < MINUTE


async def keep_rhythm(job: Daily | Every, stop: asyncio.Event) -> None:
    """Run a quick job again and again until asked to stop; slower while it fails, and never gone for good."""
    pause = rhythm = float(seconds_between(job))
    while not stop.is_set():
        try:
            await asyncio.to_thread(_fresh, job)
            pause = rhythm
        except Exception:
            structlog.get_logger("jobs").exception("job_failed", job=job.name)
            pause = min(max(pause, 1) * 2, LONGEST_PAUSE)
        try:
            await asyncio.wait_for(stop.wait(), pause)
        except TimeoutError:
            continue


def _fresh(job: Daily | Every) -> None:
    """Run a job as a request would: with a connection that works, given back afterwards."""
    close_old_connections()
    try:
        run_noted(job)
    finally:
        close_old_connections()


def cron(job: Daily | Every) -> str:
    """Return the schedule as procrastinate reads it: UTC, with seconds last where there are any.

    Raises ValueError for a rhythm that divides neither an hour nor a day: cron
    would quietly run it at another one.

    >>> cron(Daily("a", run="b.c", at="08:30"))
    '30 0 * * *'
    >>> cron(Every("a", run="b.c", seconds=600))
    '*/10 * * * *'
    """
    if isinstance(job, Daily):
        hour, minute = (int(part) for part in job.at.split(":"))
        return f"{minute} {(hour - BEIJING_IS_AHEAD) % 24} * * *"
    seconds = job.seconds
    if MINUTE <= seconds < HOUR and seconds % MINUTE == 0 and HOUR % seconds == 0:
        return f"*/{seconds // MINUTE} * * * *"
    if HOUR <= seconds <= DAY and seconds % HOUR == 0 and DAY % seconds == 0:
        return f"0 */{seconds // HOUR} * * *" if seconds < DAY else "0 0 * * *"
    raise ValueError(f"{job.name}: every {seconds} s divides neither an hour nor a day.")


def _call(job: Daily | Every) -> Callable[[int], None]:
    def run(timestamp: int) -> None:
        run_noted(job)

    return run


def run_noted(job: Daily | Every) -> None:
    """Run a job and note in its row that it succeeded or failed. Raises what the job raises."""
    from yingshang.site.models import JobRun

    begun = time.perf_counter()
    try:
        registry.resolve(job.run)()
    except Exception as error:
        failed = {"failed_at": timezone.now(), "error": type(error).__name__}
        JobRun.objects.update_or_create(name=job.name, defaults=failed)
        raise
    seconds = time.perf_counter() - begun
    noted = JobRun.objects.filter(name=job.name, error="", succeeded_at__gt=timezone.now() - NOTED_EVERY)
    if not (is_quick(job) and noted.exists()):
        done = {"succeeded_at": timezone.now(), "seconds": seconds, "error": ""}
        JobRun.objects.update_or_create(name=job.name, defaults=done)
    if seconds > 1:
        structlog.get_logger("jobs").info("job_done", job=job.name, seconds=round(seconds, 3))
