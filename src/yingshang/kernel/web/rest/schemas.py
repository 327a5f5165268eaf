"""Schemas that keep what the database cannot hold outside, and the shape of every answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, BinaryIO, Generic, TypeVar, cast

from django.utils import timezone
from ninja import Schema
from ninja.files import UploadedFile
from pydantic import AfterValidator, ConfigDict, Field

from yingshang.kernel.web.paging import LONGEST_MARK, Page

LARGEST_ID = 2**63 - 1
LARGEST_COUNT = 2**31 - 1


def in_beijing(moment: datetime) -> datetime:
    """Return a moment with its zone: that of the installation, Beijing, for one that names none."""
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment, timezone.get_default_timezone())


Id = Annotated[int, Field(ge=1, le=LARGEST_ID, description="编号")]
Count = Annotated[int, Field(ge=0, le=LARGEST_COUNT, description="个数")]
Text = Annotated[str, Field(max_length=4_000)]
Code = Annotated[str, Field(max_length=80, pattern=r"^[\w.:\-]*$")]
Moment = Annotated[datetime, AfterValidator(in_beijing), Field(description="时刻；没有写时区的按北京时间")]
Mark = Annotated[str, Field(max_length=LONGEST_MARK, description="上一页末尾的位置，取自next；空为第一页")]

Out = TypeVar("Out")

ERRORS = (400, 401, 403, 404, 409, 413, 422, 429, 503)


def stream_of(file: UploadedFile) -> BinaryIO:
    """Return the open stream of an upload, as a deed takes it."""
    if file.file is None:
        raise ValueError("the upload has been closed")
    return cast(BinaryIO, file.file)


class Bounded(Schema):
    """Base of what comes in: unknown fields are refused, text is at most 4,000 characters."""

    model_config = ConfigDict(extra="forbid", str_max_length=4_000)


class ProblemOut(Schema):
    """The one envelope of everything that is not a success."""

    code: str = Field(description="稳定的代码，见docs/errors.md")
    reason: str = Field(description="情况和原因")
    remedy: str = Field("", description="现在可以怎么办")
    source: str = Field("", description="依据的条文，没有则为空")
    trace: str = Field("", description="这次请求的编号，报告问题时请一并告知")


class PageOf(Schema, Generic[Out]):
    """One page of a list."""

    rows: list[Out]
    next: str = Field("", description="下一页的位置，作为after传回；空则没有下一页")


def answers(success: Any, *, status: int = 200) -> dict[int, Any]:
    """Return ``response=`` of an operation: the success and every error that the platform can answer."""
    return {status: success, **dict.fromkeys(ERRORS, ProblemOut)}


def page_of(page: Page[Any], draw: Callable[[Any], Any]) -> dict[str, Any]:
    """Return a keyset page as ``PageOf``; ``draw`` turns a row into its schema or mapping."""
    return {"rows": [draw(row) for row in page.rows], "next": page.next_mark}
