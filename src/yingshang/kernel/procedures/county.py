"""Loading the procedures of all China and of one county from their files."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from yingshang.kernel import clock, org, registry
from yingshang.kernel.parties import SYSTEM
from yingshang.kernel.procedures.models import ProcedureVersion
from yingshang.kernel.procedures.names import Known
from yingshang.kernel.procedures.publishing import publish
from yingshang.kernel.procedures.reading import read_folder

NATIONAL = "_national"


@transaction.atomic
def load(county_folder: Path) -> int:
    """Publish the procedures in ``_national`` and in a county's folder; return how many versions were new.

    Units, posts and limits must be loaded before. Safe to repeat. Raises the
    first DataProblem, or Refusal when a file says something else about a
    version that was published; nothing is loaded then.
    """
    known = known_names()
    before = _count()
    for folder in (county_folder.parent / NATIONAL, county_folder):
        for definition in sorted(read_folder(folder / "procedures", known), key=lambda d: (d.id, d.version)):
            publish(definition, by=SYSTEM, at=clock.now())
    return _count() - before


def known_names() -> Known:
    """Return the names that a procedure of this county may use."""
    return Known(
        units=frozenset(org.Unit.objects.values_list("code", flat=True)),
        posts=frozenset(org.Post.objects.values_list("code", flat=True)),
        limits=frozenset(clock.Limit.objects.values_list("code", flat=True)),
        conditions=frozenset(name for manifest in registry.capabilities() for name in manifest.conditions),
    )


def _count() -> int:
    return ProcedureVersion.objects.count()
