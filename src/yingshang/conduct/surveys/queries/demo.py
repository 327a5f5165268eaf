"""Cards that a visitor of the demo may take. Nobody is behind them, so anybody may work them out from here."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date

from django.db.models import Sum

from yingshang.conduct.surveys import rules
from yingshang.conduct.surveys.models import Survey, Token


def demo_code(survey: str, number: int) -> str:
    """Return a code of a demo survey. It follows from the name and the number: nothing has to be stored.

    >>> demo_code("demo-open", 1) == demo_code("demo-open", 1) != demo_code("demo-open", 2)
    True
    """
    digest = hashlib.sha256(f"{survey}/{number}".encode()).digest()
    return rules.checked("".join(rules.LETTERS[byte % len(rules.LETTERS)] for byte in digest[: rules.RANDOM_LENGTH]))


def demo_survey(on: date) -> Survey | None:
    """Return the demo survey that collects on a day, or None. Queries: 1."""
    rows = Survey.objects.filter(is_demo=True, state=Survey.State.OPEN, opened_on__lte=on, last_day__gte=on)
    return rows.select_related("unit").order_by("-opened_on", "-pk").first()


def demo_card(one: Survey) -> str:
    """Return a code of a demo survey that nobody has used, any one, as it is printed; empty when there is none.

    Queries: 2. Who took it is not noted, as with cards of paper.
    """
    count = one.strata.aggregate(count=Sum("invited"))["count"] or 0
    codes = {rules.code_digest(code): code for code in (demo_code(one.code, place) for place in range(count))}
    unused = Token.objects.filter(stratum__survey=one, digest__in=list(codes)).values_list("digest", flat=True)
    left = [codes[bytes(digest)] for digest in unused]
    return rules.grouped(secrets.choice(left)) if left else ""
