"""No address, whatever stands where a name or number belongs, is a defect: neither to open nor to send to."""

from __future__ import annotations

import re
from urllib.parse import unquote

import jsonschema_rs
import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from yingshang.kernel import org
from yingshang.site import urls

HOSTILE = {
    "int": ["0", "32768", "2147483648", "9223372036854775808", "9" * 40],
    "str": ["x", "%00", "%FF", "%ED%A0%80", "a" * 300, "𠮷", "'", "..%2f", "%25", "1"],
    "slug": ["x", "a" * 300, "-", "1"],
    "uuid": ["00000000-0000-0000-0000-000000000000"],
    "path": ["x", "a/" * 50, "..%2f..%2f", "%00"],
    "regex": ["x", "1", "9" * 40],
}
PLACE = re.compile(r"<(?:(\w+):)?\w+>|\(\?P<\w+>[^)]*\)")
ANYWHERE = {"%00", "%FF", "%ED%A0%80"}  # refused before it is asked whose address it is
OPEN = re.compile(r"{(\w+)}")
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
    """Yield (method, address) for every page, and for every operation of the API."""
    number = 0
    for route in routes(get_resolver()):
        if route.startswith("api/v1/") or any(step in route for step in STEPS) or "(?" in PLACE.sub("", route):
            continue
        kinds = [
            found.group(1) or ("str" if found.group(0).startswith("<") else "regex") for found in PLACE.finditer(route)
        ]
        for turn in range(max([1, *(len(HOSTILE.get(kind, HOSTILE["str"])) for kind in kinds)])):
            filled = route
            for kind in kinds:
                values = HOSTILE.get(kind, HOSTILE["str"])
                filled = PLACE.sub(values[turn % len(values)].replace("\\", ""), filled, count=1)
            address = "/" + filled.replace("^", "").replace("$", "")
            yield "GET", address
            if number % 3 == 0:
                yield "POST", address
            number += 1
    for path, methods in urls.rest.api.get_openapi_schema()["paths"].items():
        for method, operation in methods.items():
            in_path = [field for field in operation["parameters"] if field["in"] == "path"]
            given = {field["name"]: values_for(field["schema"]) for field in in_path}
            # A body that is lacking is noticed before anything is looked up.
            turns = 1 if operation.get("requestBody", {}).get("required") else max(map(len, given.values()), default=1)
            for turn in range(turns):
                yield method.upper(), OPEN.sub(lambda found, at=turn, of=given: in_turn(of[found.group(1)], at), path)


def values_for(schema):
    """Return the values that the description of a field lets in, and one that it refuses.

    What it refuses never reaches the operation, and what no address may hold never the API.
    """
    values = [*HOSTILE["int"], "1"] if schema.get("type") == "integer" else [*HOSTILE["str"], *HOSTILE["uuid"]]
    read = int if schema.get("type") == "integer" else unquote
    let_in = jsonschema_rs.validator_for(schema).is_valid
    values = [value for value in values if value not in ANYWHERE]
    fitting = [value for value in values if let_in(read(value))]
    return fitting + [value for value in values if value not in fitting][:1]


def in_turn(values, turn):
    return values[turn % len(values)]


@pytest.mark.parametrize("face", ["", "zhou"])
def test_nothing_that_stands_in_an_address_is_a_defect(face, example_county):
    client = Client(raise_request_exception=False)
    if face:
        client.post(f"/demo/{org.demo_pseudonym(face)}/")
    broken = []
    for number, (method, address) in enumerate(addresses()):
        query = QUERIES[number % len(QUERIES)]
        if address.startswith("/api/") and method != "GET":
            answer = client.generic(method, address + query, "{}", content_type="application/json")
        elif method == "POST":
            answer = client.post(address, FORM)
        else:
            answer = client.get(address + query)
        if answer.status_code >= 500 and answer.status_code != 503:
            broken.append(f"{method} {address[:100]}{query} {answer.status_code}")
    assert broken == []
