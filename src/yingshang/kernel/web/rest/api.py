"""The API itself: who calls, how bodies are read, how errors are answered, what is mounted."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import RawPostDataException, UnreadablePostError
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser
from ninja.security import APIKeyCookie

from yingshang.kernel.errors import NotFound, Refusal, Stale, Unavailable
from yingshang.kernel.web.dirt import dirt_in
from yingshang.kernel.web.errors import WORDS, Problem, answer, answer_to, problem_of, refuse_request
from yingshang.kernel.web.rest.router import Description

MOST_FIELDS_NAMED = 5


class Session(APIKeyCookie):
    """The session cookie of the site. A visitor without one is ANONYMOUS; writes need the form token as well."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        return request.actor  # type: ignore[attr-defined]


class StrictJson(Parser):
    """JSON in UTF-8 with text that the database can hold, or 400."""

    def parse_body(self, request: HttpRequest) -> Any:
        try:
            parsed = json.loads(request.body.decode("utf-8"), parse_constant=_refuse_constant)
        except (ValueError, RecursionError) as error:
            raise HttpError(400, "") from error
        if dirt_in(parsed):
            raise HttpError(400, "")
        return parsed


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


class Api(NinjaAPI):
    """The API whose description says that visitors may call without a session.

    The description is made once in a process: it is long, it is public, and it
    is the same for everybody once the routers are mounted. Nobody changes it.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        self._described: dict[str, Any] = {}
        super().__init__(*args, **options)

    def add_router(self, *args: Any, **options: Any) -> Any:
        self._described.clear()
        return super().add_router(*args, **options)

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: Any = None) -> Any:
        asked_for = repr((path_prefix, path_params or {}))
        if asked_for not in self._described:
            prefix = self.get_root_path(path_params or {}) if path_prefix is None else path_prefix
            schema = Description(self, prefix)
            for path in schema.get("paths", {}).values():
                for operation in path.values():
                    if "security" in operation and {} not in operation["security"]:
                        operation["security"].append({})
            self._described[asked_for] = schema
        return self._described[asked_for]


Answer = Callable[[HttpRequest, Any], HttpResponse]


def _answer_known(request: HttpRequest, error: Exception) -> HttpResponse:
    response = answer_to(request, error)
    assert response is not None
    return response


def _not_found(request: HttpRequest, error: Exception) -> HttpResponse:
    return refuse_request(request, 404)


def _bad(request: HttpRequest, error: Exception) -> HttpResponse:
    return refuse_request(request, 413 if isinstance(error, RequestDataTooBig) else 400)


def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
    return refuse_request(request, error.status_code if error.status_code in WORDS else 400)


def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Name the first fields that do not fit, each with its place in the request."""
    plain = problem_of(request, 422)
    named = [
        f"{'.'.join(map(str, found['loc'][1:])) or found['loc'][0]}（{found['msg']}）"
        for found in error.errors[:MOST_FIELDS_NAMED]
    ]
    reason = _("这些内容不符合要求：") + "；".join(named).encode("utf-8", "replace").decode() + "。"
    return answer(request, 422, Problem(plain.code, reason, plain.remedy, trace=plain.trace))


HANDLERS: list[tuple[type[Exception], Answer]] = [
    *((kind, _answer_known) for kind in (Refusal, NotFound, Stale, Unavailable)),
    *((kind, _not_found) for kind in (Http404, PermissionDenied)),
    *((kind, _bad) for kind in (SuspiciousOperation, DataError, RawPostDataException, UnreadablePostError)),
    (HttpError, _http),
    (ValidationError, _invalid),
]


def new_api(namespace: str) -> Api:
    """Return an API without routers that behaves as every one here does."""
    made = Api(
        title="营商环境平台",
        version="v1",
        description=(
            "办理与查询的接口。出错时一律返回code、reason、remedy、source、trace。"
            "写入时带上登录会话和表单令牌（X-CSRFToken），并可带Idempotency-Key，同一个键只办理一次。"
        ),
        auth=Session(),
        parser=StrictJson(),
        docs_url=None,
        urls_namespace=namespace,
    )
    for kind, handler in HANDLERS:
        made.add_exception_handler(kind, handler)
    return made


api = new_api("api")


def mount(packages: Iterable[str]) -> None:
    """Mount the ``router`` of each package's ``rest.py`` under the package's last name; once per process."""
    for package in packages:
        if package != "yingshang.kernel.web" and find_spec(f"{package}.rest"):
            name = package.rpartition(".")[2]
            api.add_router(f"/{name}", import_module(f"{package}.rest").router, tags=[name])
