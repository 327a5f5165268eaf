"""No call of the API, however malformed, is a defect; every answer is one that the description declares."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cache
from importlib import import_module

import pytest
import schemathesis
from django.conf import settings as conf
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from yingshang.kernel import org
from yingshang.site import urls

import_module("schemathesis.specs.openapi.schemas")  # now, and not in the depth of a generated call

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
BOUNDED = settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
FORM_TOKEN = "t" * 32
DECLARED = {"400", "401", "403", "404", "409", "413", "422", "429", "503"}

# The routers are mounted when the addresses of the site are read.
OPERATIONS = [
    (path, method, operation)
    for path, methods in urls.rest.api.get_openapi_schema()["paths"].items()
    for method, operation in methods.items()
]


def cookies_of(face: str) -> dict[str, str]:
    """Log in as a member of the cast and return the cookies, with a form token: any is good that is sent twice."""
    client = Client()
    if face:
        client.post(f"/demo/{org.demo_pseudonym(face)}/")
    return {name: morsel.value for name, morsel in client.cookies.items()} | {conf.CSRF_COOKIE_NAME: FORM_TOKEN}


@contextmanager
def one_connection():
    """Keep the transaction of the test open: a request would otherwise close its connection when it ends."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


@cache
def description():
    """Return the API as it describes itself. Read once: it is long, and the same for everybody."""
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler())


@pytest.fixture(scope="module")
def jars(django_db_setup, django_db_blocker):
    """The cookies of a visitor and of a supervisor, who logs in once; the session is gone after the last test."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield [cookies_of(face) for face in ("", "zhou")]
        transaction.set_rollback(True)


@pytest.mark.parametrize(("path", "method"), [(path, method) for path, method, _ in OPERATIONS])
def test_every_call_has_a_declared_answer(path, method, jars, example_county):
    """Every call is thought out once, and made by a visitor and by a supervisor."""
    headers = {"X-CSRFToken": FORM_TOKEN, "Accept-Encoding": "identity"}
    with one_connection():

        @BOUNDED
        @given(case=description()[path][method].as_strategy())
        def call(case):
            for cookies in jars:
                case.call_and_validate(cookies=cookies, headers=headers, checks=CHECKS)

        call()


def test_there_is_something_to_call():
    assert OPERATIONS


def test_every_operation_declares_every_answer_that_the_platform_can_give():
    lacking = [
        f"{method.upper()} {path}: {sorted(DECLARED - set(map(str, operation['responses'])))}"
        for path, method, operation in OPERATIONS
        if DECLARED - set(map(str, operation["responses"]))
    ]
    assert lacking == [], "declare them with response=rest.answers(…)"


def unbounded(field: dict) -> bool:
    """Return whether a parameter lets in what no column can hold."""
    shapes = field.get("anyOf", [field])
    return any(
        (one.get("type") == "integer" and not ({"maximum", "exclusiveMaximum"} & set(one)))
        or (one.get("type") == "string" and not ({"maxLength", "format", "enum", "pattern", "const"} & set(one)))
        for one in shapes
    )


def test_every_number_and_text_that_comes_in_has_a_bound():
    loose = [
        f"{method.upper()} {path}: {field['name']}"
        for path, method, operation in OPERATIONS
        for field in operation.get("parameters", [])
        if unbounded(field["schema"])
    ]
    assert loose == [], "use rest.Id, rest.Code, rest.Text, rest.Mark or Field(max_length=…)"


def test_the_description_lets_visitors_call():
    assert all({} in operation["security"] for _, _, operation in OPERATIONS if "security" in operation)
