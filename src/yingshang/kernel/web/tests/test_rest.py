"""The REST base: strict bodies, one envelope, sessions with form tokens, writes that happen once."""

import json

import pytest
from django.test import Client, override_settings
from django.urls import path
from pydantic import Field

from yingshang.kernel.errors import Refusal
from yingshang.kernel.web import rest
from yingshang.kernel.web.models import AnsweredWrite
from yingshang.kernel.web.rest.api import new_api
from yingshang.site import urls as site_urls

pytestmark = pytest.mark.django_db

probe = new_api("probe")
DONE: list[str] = []


class NoteIn(rest.Bounded):
    text: rest.Text
    count: rest.Count = 0
    parts: list[rest.Text] = Field(default_factory=list, max_length=10)


class NoteOut(rest.Bounded):
    text: str
    by: str


@probe.post("/notes", response=rest.answers(NoteOut, status=201))
def write(request: rest.ActorRequest, note: NoteIn):
    if note.text == "refuse":
        raise Refusal("web.sheet_empty", "不收。", "请核对。")
    DONE.append(note.text)
    return rest.Status(201, {"text": note.text, "by": request.actor.person})


@probe.get("/notes/{number}", response=rest.answers(NoteOut))
def read(request: rest.ActorRequest, number: rest.Id):
    return {"text": str(number), "by": request.actor.person}


urlpatterns = [path("api/probe/", probe.urls), *site_urls.urlpatterns]


@pytest.fixture(autouse=True)
def site():
    DONE.clear()
    with override_settings(ROOT_URLCONF=__name__):
        yield


def post(client, body, **headers):
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return client.post("/api/probe/notes", content, content_type="application/json", headers=headers)


def test_a_good_write_is_done_by_the_actor(client):
    answer = post(client, {"text": "好"})
    assert answer.status_code == 201
    assert answer.json() == {"text": "好", "by": "anonymous"}


@pytest.mark.parametrize(
    "body",
    [
        b'{"text": "a\\u0000b"}',
        b'{"text": "\\ud800"}',
        b'{"te\\u0000xt": 1}',
        b'{"text": "x", "parts": ["\\udfff"]}',
        b"\xff\xfe{}",
        '{"text": "x"}'.encode("utf-16"),
        b'{"text": NaN}',
        b"{",
        b"[" * 100_000,
    ],
)
def test_a_body_that_is_no_clean_json_is_a_bad_request(client, body):
    answer = post(client, body)
    assert answer.status_code == 400
    assert answer.json()["code"] == "web.bad_request"
    assert DONE == []


@pytest.mark.parametrize(
    "body",
    [
        {"text": "a" * 5_000},
        {"text": "x", "count": 10**30},
        {"text": "x", "count": -1},
        {"text": "x", "other": 1},
        {},
        [],
        1,
        b"",
    ],
)
def test_a_body_out_of_bounds_is_invalid_and_says_where(client, body):
    answer = post(client, body)
    assert answer.status_code == 422
    assert answer.json()["code"] == "web.invalid"
    assert DONE == []


@pytest.mark.parametrize("number", ["0", "9223372036854775808", "x", "1" * 5_00, "%F0%9F%98%80"])
def test_a_number_out_of_bounds_is_invalid(client, number):
    assert client.get(f"/api/probe/notes/{number}").status_code == 422


def test_a_form_where_json_belongs_is_a_bad_request(client):
    answer = client.post("/api/probe/notes", {"text": "x"})
    assert answer.status_code == 400
    assert DONE == []


def test_a_refusal_is_one_envelope(client):
    answer = post(client, {"text": "refuse"})
    assert answer.status_code == 409
    assert answer.json() | {"trace": ""} == {
        "code": "web.sheet_empty",
        "reason": "不收。",
        "remedy": "请核对。",
        "source": "",
        "trace": "",
    }


def test_a_write_with_a_session_needs_the_form_token(wang_min):
    strict = Client(enforce_csrf_checks=True)
    answer = post(strict, {"text": "x"})
    assert answer.status_code == 403
    assert DONE == []
    strict.get("/account/login/")
    answer = post(strict, {"text": "x"}, **{"X-CSRFToken": strict.cookies["ys-form"].value})
    assert answer.status_code == 201


KEY = {"Idempotency-Key": "0192f0c1-7d1a-7e7e-8a53-2f6a1e1b7c55"}


def test_a_write_with_a_key_happens_once_and_answers_the_same(client):
    first, second = post(client, {"text": "once"}, **KEY), post(client, {"text": "once"}, **KEY)
    assert DONE == ["once"]
    assert (first.status_code, first.content) == (second.status_code, second.content)


def test_the_same_key_with_another_content_is_refused(client):
    post(client, {"text": "once"}, **KEY)
    answer = post(client, {"text": "other"}, **KEY)
    assert answer.status_code == 409
    assert answer.json()["code"] == "web.key_used_otherwise"
    assert DONE == ["once"]


def test_what_failed_may_be_sent_again_under_its_key(client):
    assert post(client, {"text": "refuse"}, **KEY).status_code == 409
    assert AnsweredWrite.objects.count() == 0
    assert post(client, {"text": "now"}, **KEY).status_code == 201


@pytest.mark.parametrize("key", ["short", "x" * 101, "käse" * 5])
def test_a_key_that_is_none_is_a_bad_request(client, key):
    assert post(client, {"text": "x"}, **{"Idempotency-Key": key}).status_code == 400
    assert DONE == []


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options"])
def test_another_method_is_not_allowed_and_no_defect(client, method):
    assert getattr(client, method)("/api/probe/notes").status_code == 405
