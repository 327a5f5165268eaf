"""A credential as a page: what is printed, what it is kept as, what its template is known by."""

from __future__ import annotations

import hashlib
import io
import json
import secrets
from collections.abc import Mapping
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse

from yingshang.kernel import documents, org, typesetting
from yingshang.kernel.audience import Audience
from yingshang.kernel.parties import Actor
from yingshang.registers.credentials.models import Credential, Kind

PDF = "application/pdf"
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U to misread
CODE_LENGTH = 16  # 80 random bits


def new_code() -> str:
    """Return a verification code that nobody guesses."""
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


def grouped(code: str) -> str:
    """Return a verification code as it is read aloud.

    >>> grouped("7K4M20QX9TBE1234")
    '7K4M-20QX-9TBE-1234'
    """
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def template_of(kind: Kind) -> str:
    """Return the SHA-256 of all that shapes the page of a kind: its title, its fields and the layout."""
    shape = {"title": kind.title, "fields": kind.fields, "layout": typesetting.layout_digest(typesetting.Certificate)}
    return hashlib.sha256(json.dumps(shape, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def valid_words(valid_from: date, valid_to: date | None) -> str:
    """Return the days of validity as a certificate prints them."""
    end = f"{valid_to.year}年{valid_to.month}月{valid_to.day}日" if valid_to else "长期"
    return f"{valid_from.year}年{valid_from.month}月{valid_from.day}日至{end}"


def labelled(kind: Kind, values: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return label and value of each field that a credential holds, in the order of its kind."""
    return [(field["label"], values[field["key"]]) for field in kind.fields if field["key"] in values]


def paper_of(one: Credential, kind: Kind, unit: org.Unit, on: date) -> typesetting.Certificate:
    """Return the page of a credential. on: the day printed under the issuer's name."""
    address = f"{settings.YS_PUBLIC_ADDRESS}{reverse('credentials:verify')}?code={one.code}"
    return typesetting.Certificate(
        title=one.title,
        number=one.number,
        fields=[*labelled(kind, one.fields), ("有效期限", valid_words(one.valid_from, one.valid_to))],
        code=address,
        code_words=f"扫码核验这本证照现在是否有效\n核验码：{grouped(one.code)}",
        issuer=unit.name,
        issued_on=on,
        # Drawn for a demonstration only: a picture of a real seal is the county's to give.
        stamp=unit.name if settings.YS_DEMO else "",
        stamp_mark="演示章",
        foot=f"电子证照标识：{one.identifier}",
        note="演示，不具有法律效力" if settings.YS_DEMO else "",
    )


def sealed(
    one: Credential, paper: typesetting.Certificate, *, holder: str, by: Actor, at: datetime
) -> documents.Document:
    """Keep the page for the holder and whoever issued it, have it sealed, and return the sealed file.

    holder: public id of the party. Raises what ``documents.keep`` and ``documents.seal`` raise.
    """
    plain = documents.keep(
        io.BytesIO(typesetting.pdf(paper)),
        name=f"{one.title}{one.number}.pdf",
        media_type=PDF,
        subject=f"credential:{one.pk}",
        by=by,
        at=at,
        audience=Audience(party=holder, handlers=frozenset({by.person})),
    )
    return documents.seal(plain.pk, by=by, at=at, reason=f"颁发{one.title}，{one.identifier}")
