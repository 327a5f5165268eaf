"""Is the process alive (``/healthz``), and can it do its work (``/readyz``)?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob

from yingshang.kernel import registry
from yingshang.site.jobs import seconds_between
from yingshang.site.models import JobRun

PATIENCE = timedelta(minutes=5)  # a job may be this late before anybody should worry
Check = dict[str, Any]
_complete: list[bool] = []  # filled once: a program's migrations don't leave the database again


def healthz(request: HttpRequest) -> HttpResponse:
    """Answer ``ok`` as long as the process can answer at all. Queries: 0."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when everything the site needs is in order, else 503; the body says what is what.

    Public, so it tells names of jobs and ages in seconds, nothing more.
    """
    checks = {name: answer(check) for name, check in CHECKS.items()}
    ready = all(check["ok"] for check in checks.values())
    return JsonResponse({"ready": ready, "checks": checks}, status=200 if ready else 503)


def answer(check: Callable[[], Check]) -> Check:
    """Return what a check found; a database that refuses is an answer too."""
    try:
        return check()
    except Error as error:
        return {"ok": False, "why": type(error).__name__}


def database() -> Check:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return {"ok": True}


def migrations() -> Check:
    """Whether every migration of this program is in the database. Asked once more only while some are missing."""
    if not _complete:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if missing:
            return {"ok": False, "missing": len(missing)}
        _complete.append(True)
    return {"ok": True, "missing": 0}


def queue() -> Check:
    """How long the oldest job that could run has been waiting."""
    now = timezone.now()
    waiting = ProcrastinateJob.objects.filter(status="todo").exclude(scheduled_at__gt=now)
    oldest = (
        ProcrastinateEvent.objects.filter(type="deferred", job__in=waiting).order_by("at").values_list("at", flat=True)
    ).first()
    lag = (now - oldest) if oldest else timedelta()
    return {"ok": lag < PATIENCE, "oldest_seconds": round(lag.total_seconds()), "waiting": waiting.count()}


def jobs() -> Check:
    """How old the last success of each scheduled job is, the overdue sweep and the ledger's numbering among them.

    A job that has not had its first turn yet is not late; one that has failed and never succeeded is.
    """
    now = timezone.now()
    runs = {run.name: run for run in JobRun.objects.all()}
    ages, late = {}, []
    for job in registry.jobs():
        run = runs.get(job.name)
        if run is None or run.succeeded_at is None:
            if run is not None:
                late.append(job.name)
            continue
        age = now - run.succeeded_at
        ages[job.name] = round(age.total_seconds())
        if age > timedelta(seconds=seconds_between(job)) + PATIENCE:
            late.append(job.name)
    return {"ok": not late, "late": late, "seconds_since_success": ages}


CHECKS: dict[str, Callable[[], Check]] = {
    "database": database,
    "migrations": migrations,
    "queue": queue,
    "jobs": jobs,
}
