"""No address, whatever stands where a name or number belongs, is a defect: neither to open nor to send to."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from yingshang.kernel import org

HOSTILE = {
    "int": ["0", "32768", "2147483648", "9223372036854775808", "9" * 40],
    "str": ["x", "%00", "%FF", "%ED%A0%80", "a" * 300, "𠮷", "'", "..%2f", "%25", "1"],
    "slug": ["x", "a" * 300, "-", "1"],
    "uuid": ["00000000-0000-0000-0000-000000000000"],
    "path": ["x", "a/" * 50, "..%2f..%2f", "%00"],
    "regex": ["x", "1", "9" * 40],
}
PLACE = re.compile(r"<(?:(\w+):)?\w+>|\(\?P<\w+>[^)]*\)")
QUERIES = ["", "?after=%00", "?q=" + "9" * 50, "?page=-1&unit=%F0%9F%98%80&on=2026-13-45&day=0000-00-00&year=99999"]
FORM = {"a": "b", "on": "2026-13-45", "unit": "x" * 500, "number": "9" * 40}
STEPS = ("logout",)  # would end the session in the middle of the walk


def routes(resolver, before=""):
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from routes(one, before + str(one.pattern))
        elif isinstance(one, URLPattern):
            yield before + str(one.pattern).replace("\\Z", "").strip("^$")


def addresses():
    for route in routes(get_resolver()):
        if any(step in route for step in STEPS) or "(?" in PLACE.sub("", route):
            continue
        kinds = [
            found.group(1) or ("str" if found.group(0).startswith("<") else "regex") for found in PLACE.finditer(route)
        ]
        for turn in range(max([1, *(len(HOSTILE.get(kind, HOSTILE["str"])) for kind in kinds)])):
            filled = route
            for kind in kinds:
                values = HOSTILE.get(kind, HOSTILE["str"])
                filled = PLACE.sub(values[turn % len(values)].replace("\\", ""), filled, count=1)
            yield "/" + filled.replace("^", "").replace("$", "")


@pytest.mark.parametrize("face", ["", "zhou"])
def test_nothing_that_stands_in_an_address_is_a_defect(face, example_county):
    client = Client(raise_request_exception=False)
    if face:
        client.post(f"/demo/{org.demo_pseudonym(face)}/")
    broken = []
    for number, address in enumerate(addresses()):
        query = QUERIES[number % len(QUERIES)]
        answers = {"GET": client.get(address + query)}
        if number % 3 == 0:
            answers["POST"] = client.post(address, FORM)
        for method, answer in answers.items():
            if answer.status_code >= 500 and answer.status_code != 503:
                broken.append(f"{method} {address[:100]}{query} {answer.status_code}")
    assert broken == []
