"""Questions of the administrators' pages."""

from __future__ import annotations

import json
from datetime import date

from django.db.models import QuerySet

from yingshang.kernel import org, registry
from yingshang.kernel.ledger import Entry


def missing_duties(day: date) -> list[str]:
    """Return the duties of the three that nobody has on a day, in the order system, security, audit."""
    held = set(org.Administrator.objects.on(day).values_list("duty", flat=True))
    return [duty for duty in org.Administrator.Duty.values if duty not in held]


def access_log() -> QuerySet[Entry]:
    """Return the recorded grants and looks at personal values, newest first."""
    return Entry.objects.filter(kind__startswith="administration.").order_by("-at", "-pk")


def said(entry: Entry) -> str:
    """Return an entry in words, with its facts in their places."""
    facts = json.loads(bytes(entry.content))["facts"]
    return registry.ledger_wording(entry.kind).format_map(facts)
