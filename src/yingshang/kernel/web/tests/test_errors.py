"""Errors on the screen and in the envelope: what is so, why, what to do, and no more."""

import logging

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DataError
from django.http import Http404
from django.test import Client, override_settings
from django.urls import path

from yingshang.kernel.errors import NotFound, Refusal, Stale, Unavailable
from yingshang.site import urls as site_urls

pytestmark = pytest.mark.django_db

RAISED = {
    "refusal": Refusal("web.sheet_empty", "还没有填写。", "请先填写。", "《示例规定》第一条"),
    "not-found": NotFound("这件事"),
    "http404": Http404("secret detail"),
    "forbidden": PermissionDenied("secret detail"),
    "stale": Stale(),
    "unavailable": Unavailable("省政务服务平台"),
    "data": DataError("value too long for type character varying(40)"),
    "defect": RuntimeError("secret detail"),
}


def fail(request, kind):
    raise RAISED[kind]


urlpatterns = [path("fail/<slug:kind>/", fail), path("api/v1/fail/<slug:kind>/", fail), *site_urls.urlpatterns]
handler400, handler403 = site_urls.handler400, site_urls.handler403
handler404, handler500 = site_urls.handler404, site_urls.handler500


@pytest.fixture
def visitor():
    with override_settings(ROOT_URLCONF=__name__):
        yield Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("kind", "status", "words"),
    [
        ("refusal", 409, "还没有填写。"),
        ("not-found", 404, "您要找的内容不存在，或者您无权查看。"),
        ("stale", 409, "刚才有人先改动了这条记录。"),
        ("unavailable", 503, "省政务服务平台暂时连接不上。"),
        ("data", 400, "无法识别"),
        ("defect", 500, "系统出了问题"),
    ],
)
def test_each_error_has_its_page_and_its_envelope(visitor, kind, status, words):
    page = visitor.get(f"/fail/{kind}/")
    assert page.status_code == status
    assert words in page.content.decode()
    envelope = visitor.get(f"/api/v1/fail/{kind}/")
    assert envelope.status_code == status
    assert set(envelope.json()) == {"code", "reason", "remedy", "source", "trace"}
    assert envelope.json()["trace"] == envelope["X-Trace"]


def test_a_refusal_names_its_source(visitor):
    assert "《示例规定》第一条" in visitor.get("/fail/refusal/").content.decode()


def test_htmx_gets_a_fragment(visitor):
    fragment = visitor.get("/fail/refusal/", headers={"HX-Request": "true"}).content.decode()
    assert "还没有填写。" in fragment
    assert "<html" not in fragment


def test_what_may_not_be_seen_looks_like_what_is_not_there(visitor):
    def body(address):
        answer = visitor.get(address)
        return answer.status_code, answer.content.decode().replace(answer["X-Trace"], "").replace(address, "")

    pages = [body("/fail/forbidden/"), body("/fail/not-found/"), body("/fail/http404/")]
    strip = [
        (status, words.replace("%2Ffail%2Fforbidden%2F", "").replace("%2Ffail%2Fnot-found%2F", ""))
        for status, words in pages[:2]
    ]
    assert strip[0] == strip[1]
    assert pages[0][0] == 404


def test_a_defect_tells_its_number_to_the_person_and_the_traceback_to_the_operator_only(visitor, caplog):
    with caplog.at_level(logging.ERROR):
        answer = visitor.get("/fail/defect/")
    words = answer.content.decode()
    assert answer["X-Trace"] in words
    assert "secret detail" not in words
    assert "Traceback" not in words
    assert any(
        "secret detail" in record.getMessage() + str(record.exc_info) + str(record.__dict__)
        for record in caplog.records
    )


def test_a_form_that_waited_too_long_says_so():
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/demo/anybody/")
    assert answer.status_code == 403
    assert "页面停留太久了" in answer.content.decode()
