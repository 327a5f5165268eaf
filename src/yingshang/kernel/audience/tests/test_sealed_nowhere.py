"""Every page, every API answer and every export, read by people who may not know: the canary stands in none."""

import io
import zipfile
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from yingshang.kernel import documents, ledger

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
CANARY = "金丝雀ZX81"
LEAVE_OUT = ("accounts/", "account/", "static/", "demo/")  # log-in, and files that are the same for everybody


@pytest.fixture
def sealed(zhou, settings, tmp_path):
    settings.YS_DATA_DIR = tmp_path
    return documents.keep_sealed(
        io.BytesIO(CANARY.encode()),
        name=f"{CANARY}.txt",
        media_type="text/plain",
        subject=f"report:{CANARY}",
        handlers=[zhou.person],
        at=AT,
    )


def addresses(patterns=None, before=""):
    """Yield every address of the site that needs nothing filled in."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, here)
        elif isinstance(pattern, URLPattern) and not set("<(^\\") & set(here.removesuffix("$")):
            yield "/" + here


def texts(answer):
    """Yield what an answer says, a workbook unpacked."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            yield from (book.read(name).decode("utf-8", "replace") for name in book.namelist())
    else:
        yield content.decode("utf-8", "replace")


@pytest.mark.parametrize("who", ["", "郑", "王敏"], ids=["a visitor", "the operator", "an official"])
def test_no_page_export_or_api_answer_holds_a_sealed_thing(sealed, zhou, client, who):
    if who:
        page = client.get("/demo/").content.decode()
        key = page.split(f"<h2>{who}")[1].split('action="/demo/')[1].split("/")[0]
        client.post(f"/demo/{key}/")
    needles = [CANARY, quote(CANARY), sealed.public_no, str(sealed.pk), sealed.digest, sealed.place, zhou.person]
    visited = sorted({address for address in addresses() if not address.lstrip("/").startswith(LEAVE_OUT)})
    asked = [*visited, *(f"{address}?format=xlsx" for address in visited if not address.startswith("/api/"))]
    asked += [f"/ledger/entry/{entry.pk}" for entry in ledger.Entry.objects.filter(kind__startswith="documents.")]
    asked += ["/search/?q=ZX81", f"/api/v1/search/?q={quote('金丝')}", f"/documents/{sealed.pk}/file"]
    assert len(visited) > 15
    for address in asked:
        answer = client.get(address)
        for text in texts(answer):
            found = [needle for needle in needles if needle in text]
            assert found == [] or (found == [str(sealed.pk)] and str(sealed.pk) in address), (address, found)
