"""Forget what was kept for a day."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone

from yingshang.kernel.web.models import AnsweredWrite, PendingSheet

KEPT = timedelta(days=1)


def forget() -> None:
    """Delete sheets and answers older than a day, and sessions that have ended."""
    before = timezone.now() - KEPT
    PendingSheet.objects.filter(uploaded_at__lt=before).delete()
    AnsweredWrite.objects.filter(answered_at__lt=before).delete()
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
