"""How many reports a browser has sent today. A browser that keeps no cookies is not counted; see the docs."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest

SENT = "reports_sent"


def sent_on(request: HttpRequest, day: date) -> int:
    """Return how many reports this browser has sent on a day."""
    on, sent = request.session.get(SENT, ["", 0])
    return int(sent) if on == day.isoformat() else 0


def note_sent(request: HttpRequest, day: date) -> None:
    """Count one more."""
    request.session[SENT] = [day.isoformat(), sent_on(request, day) + 1]
