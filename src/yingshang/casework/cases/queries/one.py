"""One case: by its id for who may see it, by number and secret for who holds the receipt."""

from __future__ import annotations

import secrets

from django.db.models import QuerySet

from yingshang.casework.cases.models import Case
from yingshang.casework.cases.policies import seen_cases
from yingshang.casework.cases.rules import secret_words
from yingshang.kernel.errors import NotFound
from yingshang.kernel.parties import Actor, code_hash

WITH_IT = ("dossier__procedure", "version__item", "applicant", "unit", "bureau")


def whole() -> QuerySet[Case]:
    """Return cases with what every page of one needs, read in the same query; the long texts left out."""
    return Case.objects.select_related(*WITH_IT).defer("version__content", "dossier__procedure__canonical")


def one_case(case_id: int, actor: Actor) -> Case:
    """Return a case that the actor may see. Raises NotFound, also where it is not theirs. Queries: 1."""
    case = whole().filter(pk=case_id, pk__in=seen_cases(actor).values("pk")).first()
    if case is None:
        raise NotFound("这件办件")
    return case


def case_at_the_desk(number: str, actor: Actor) -> Case:
    """Return the case of a number that the actor may see as an officer. Raises NotFound. Queries: 1."""
    case = whole().filter(number=number, pk__in=seen_cases(actor).values("pk")).first() if actor.unit else None
    if case is None:
        raise NotFound("这件办件")
    return case


def found(case_id: int) -> Case:
    """Return a case for a deed, which asks its own policy. Raises NotFound. Queries: 1."""
    case = whole().filter(pk=case_id).first()
    if case is None:
        raise NotFound("这件办件")
    return case


def case_by_number(number: str, secret: str) -> Case:
    """Return the case on a receipt. Raises NotFound for a wrong number and a wrong secret alike. Queries: 1.

    The same work is done whether the number exists or not, so that the time
    an answer takes says nothing.
    """
    plain = number.strip()
    case = whole().filter(number=plain).first()
    right = secrets.compare_digest(_plain(secret_of(plain)).encode(), _plain(secret).encode())
    if case is None or not right:
        raise NotFound("这件办件")
    return case


def secret_of(number: str) -> str:
    """Return the secret beside a number on the receipt: a keyed hash of it, which stands nowhere in the database."""
    return secret_words(code_hash(f"case receipt {number}"))


def _plain(secret: str) -> str:
    return "".join(secret.split()).replace("-", "").upper().replace("O", "0").replace("I", "1").replace("L", "1")
