"""The first load of a guide: bytes with style and scripts, requests, statements. The same on every machine."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

from figure import Figure

DATABASE = True
ITEM = "food-business"
ASKED = re.compile(rb'(?:<script[^>]+src|<link rel="(?:stylesheet|icon)"[^>]*href)="/static/([^"]+)"')
HASHED = re.compile(r"\.[0-9a-f]{12}\.")


def main() -> Iterator[Figure]:
    """Measure the guide of one item of the example county as a visitor without log-in gets it."""
    from django.contrib.staticfiles import finders
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    visitor = Client(headers={"host": "localhost"})
    address = f"/items/{ITEM}/"
    visitor.get(address)
    with CaptureQueriesContext(connection) as asked:
        answer = visitor.get(address)
    if answer.status_code != HTTPStatus.OK:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    page = answer.content
    names = [HASHED.sub(".", name.decode()) for name in ASKED.findall(page)]
    files = [Path(str(finders.find(name))).read_bytes() for name in names]
    whole = sum(len(gzip.compress(part)) for part in (page, *files))
    yield Figure("first load of a guide: HTML, style, scripts, packed", whole / 1024, "KiB", at_most=60)
    yield Figure("the page itself, packed", len(gzip.compress(page)) / 1024, "KiB", at_most=8)
    yield Figure("requests of the first load", 1 + len(names), "requests", at_most=10)
    yield Figure("statements for one guide", len(asked), "statements", at_most=12)
