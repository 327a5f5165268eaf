"""Is the process alive (``/healthz``), and can it do its work (``/readyz``)?"""

from __future__ import annotations

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse


def healthz(request: HttpRequest) -> HttpResponse:
    """Answer ``ok`` as long as the process can answer at all. Queries: 0."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when everything the site needs is in order, else 503; the body says what is what."""
    checks = {"database": database(), "migrations": migrations()}
    ready = all(check["ok"] for check in checks.values())
    return JsonResponse({"ready": ready, "checks": checks}, status=200 if ready else 503)


def database() -> dict[str, object]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error as error:
        return {"ok": False, "why": type(error).__name__}
    return {"ok": True}


def migrations() -> dict[str, object]:
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error as error:
        return {"ok": False, "why": type(error).__name__}
    return {"ok": not missing, "missing": len(missing)}
