"""Which version of a procedure holds."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache

from django.db.models import Q, QuerySet

from yingshang.kernel import clock
from yingshang.kernel.errors import NotFound
from yingshang.kernel.procedures.definition import Definition, definition_of
from yingshang.kernel.procedures.models import ProcedureVersion


def version_for(procedure_id: str, day: date) -> ProcedureVersion:
    """Return the version in force on a day. Raises NotFound. One query."""
    version = in_force(day).filter(procedure_id=procedure_id).first()
    if version is None:
        raise NotFound(f"{day:%Y年%m月%d日}有效的程序“{procedure_id}”")
    return version


def in_force(day: date) -> QuerySet[ProcedureVersion]:
    """Return the version of each procedure that is in force on a day, by id.

    The newest that has begun counts, unless it has ended: a version without
    an end ends where its successor begins.
    """
    begun = ProcedureVersion.objects.filter(effective_from__lte=day)
    newest = begun.order_by("procedure_id", "-effective_from").distinct("procedure_id").values("pk")
    standing = Q(effective_to=None) | Q(effective_to__gte=day)
    return ProcedureVersion.objects.filter(standing, pk__in=newest).order_by("procedure_id")


def frozen(version: ProcedureVersion) -> Definition:
    """Return the definition of a published version. No query when this process has read it before."""
    held = _held(version.sha256)
    if not held:
        held.append(definition_of(json.loads(version.canonical)))
    return held[0]


@lru_cache(maxsize=512)
def _held(sha256: str) -> list[Definition]:
    """Return the place in memory of one version: a version never changes, so neither does its place."""
    return []


def version_for_page(procedure_id: str) -> ProcedureVersion:
    """Return the version in force today, or the newest where none is. Raises NotFound."""
    try:
        return version_for(procedure_id, clock.today())
    except NotFound:
        newest = versions_of(procedure_id).first()
        if newest is None:
            raise NotFound(f"程序“{procedure_id}”") from None
        return newest


def version_numbered(procedure_id: str, version: int) -> ProcedureVersion:
    """Return one version by its number. Raises NotFound."""
    found = ProcedureVersion.objects.filter(procedure_id=procedure_id, version=version).first()
    if found is None:
        raise NotFound(f"程序“{procedure_id}”第{version}版")
    return found


def versions_of(procedure_id: str) -> QuerySet[ProcedureVersion]:
    """Return the versions of a procedure, newest first."""
    return ProcedureVersion.objects.filter(procedure_id=procedure_id).order_by("-version")
