"""Find one address of every page that a visitor or a member of the cast can reach by links."""

from __future__ import annotations

import re
from collections import Counter, deque

from django.test import Client
from django.urls import Resolver404, resolve

from yingshang.kernel import org

LINK = re.compile(r'href="(/[^"#]*)"')
LEFT_OUT = (
    "/static/",
    "/api/",
    "/language/",
    "/elder/",
    "/account/2fa/recovery-codes/download",
    "/draws/verify/offline.html",
)
MOST_PAGES = 300
MOST_TRIES = 5  # of one route: where one address is no page, another may be


def pages_of(face: str) -> dict[str, str]:
    """Return route → one address that answers it with a page, for a face of the cast or (empty) a visitor."""
    client = Client()
    starts = ["/", "/components/", "/demo/", "/account/login/", "/help/accessibility/"]
    if face:
        client.post(f"/demo/{org.demo_pseudonym(face)}/")
        starts = ["/workbench/", "/account/standings/", "/account/2fa/", "/account/sessions/"]
    waiting, seen, found = deque(starts), set(starts), {}
    tries: Counter[str] = Counter()
    while waiting and tries.total() < MOST_PAGES:
        address = waiting.popleft()
        route = route_of(address)
        if route in found or tries[route] == MOST_TRIES:
            continue
        tries[route] += 1
        answer = client.get(address)
        if answer.streaming:
            for _ in answer.streaming_content:  # a file is closed by whoever reads it to its end
                pass
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        found[route] = address
        for link in LINK.findall(answer.content.decode()):
            link = link.replace("&amp;", "&")
            if link not in seen and not link.startswith(LEFT_OUT) and "format=xlsx" not in link:
                seen.add(link)
                waiting.append(link)
    return found


def route_of(address: str) -> str:
    """Return the route that answers an address; the address itself where none does."""
    try:
        return resolve(address.partition("?")[0]).route
    except Resolver404:
        return address
