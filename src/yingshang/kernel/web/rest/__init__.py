"""The REST base: one API at ``/api/v1``, one envelope for everything that is not a success.

A package's ``rest.py`` says ``router = Router()`` and declares each answer::

    @router.get("/tasks", response=rest.answers(rest.PageOf[TaskOut]))
    def tasks(request: rest.ActorRequest, after: rest.Mark = ""): ...

It is mounted under the package's own name.
"""

from ninja import Status

from yingshang.kernel.web.request import ActorRequest
from yingshang.kernel.web.rest.api import api, mount
from yingshang.kernel.web.rest.router import Router
from yingshang.kernel.web.rest.schemas import (
    Bounded,
    Code,
    Count,
    Id,
    Mark,
    Moment,
    PageOf,
    ProblemOut,
    Text,
    answers,
    page_of,
    stream_of,
)

__all__ = [
    "ActorRequest",
    "Bounded",
    "Code",
    "Count",
    "Id",
    "Mark",
    "Moment",
    "PageOf",
    "ProblemOut",
    "Router",
    "Status",
    "Text",
    "answers",
    "api",
    "mount",
    "page_of",
    "stream_of",
]
