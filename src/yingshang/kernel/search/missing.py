"""Questions that found nothing, without remembering who asked or what only one person asked."""

from __future__ import annotations

import hmac
import re
from datetime import date
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, Q, QuerySet, When

from yingshang.kernel.search.models import SearchMiss
from yingshang.kernel.search.words import query_words

ASKED_OFTEN = 5
LONGEST = 20  # words of a question that are kept; longer questions are stories
NUMBERS = re.compile(r"\d{5,}")


@transaction.atomic
def note_miss(question: str, *, on: date) -> None:
    """Count a question that found nothing.

    A question with a run of five or more digits (an identity, telephone or
    license number) is not counted at all; the words of any other are told only
    from the fifth time.
    """
    words = " ".join(query_words(question))
    if not words or len(words) > LONGEST * 2 or NUMBERS.search(words):
        return
    digest = hmac.digest(settings.SECRET_KEY.encode(), words.encode(), sha256).hex()
    _, is_new = SearchMiss.objects.get_or_create(digest=digest, defaults={"last_date": on})
    if not is_new:
        SearchMiss.objects.filter(pk=digest).update(times=F("times") + 1, last_date=on)
        SearchMiss.objects.filter(pk=digest, times__gte=ASKED_OFTEN, words="").update(words=words)


def frequent_misses() -> QuerySet[SearchMiss]:
    """Return the questions asked in vain five times or more: those still open first, most frequent first."""
    still_open = Case(When(Q(settled_on=None) | Q(last_date__gt=F("settled_on")), then=0), default=1)
    return SearchMiss.objects.exclude(words="").annotate(place=still_open).order_by("place", "-times", "words")
