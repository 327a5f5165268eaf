"""One material at a time: how it is given, and its files."""

from __future__ import annotations

from typing import BinaryIO, cast
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yingshang.casework.cases import operations, queries
from yingshang.casework.cases.models import Upload
from yingshang.casework.cases.queries import WAYS, Course, MaterialStand
from yingshang.casework.cases.views.apply.drafts import address_of, around, on_a_draft, onward
from yingshang.kernel import clock
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.web import ActorRequest


@require_http_methods(["GET", "POST"])
@on_a_draft
def material(request: ActorRequest, course: Course, key: str) -> HttpResponse:
    """Ask how one material is given; files that came with the page are taken, refused ones say why."""
    stand = course.stand_of(key)
    if stand is None or not stand.is_asked:
        raise NotFound(_("这份材料"))
    errors: list[str] = []
    if request.method == "POST":
        errors = _take_files(request, course, key) + _take_way(request, course, stand)
        course = queries.course_of(queries.draft_of(request.actor, course.draft.public_id), on=clock.today())
        stand = course.stand_of(key) or stand
        if not errors and "more" in request.POST:
            return redirect(_here(request, course, key))
        if not errors and stand.is_settled:
            return onward(request, course, f"material:{key}")
        if not errors:
            errors = [_unsettled(stand)]
    values = {
        **around(course, f"material:{key}"),
        "stand": stand,
        "ways": [(way, WAYS[way]) for way in stand.ways],
        "errors": [(error, "way-0") for error in errors],
        "largest": settings.YS_DOCUMENT_MAX_BYTES >> 20,
        "then": request.GET.get("then", ""),
    }
    return render(request, "cases/apply/material.html", values, status=422 if errors else 200)


@require_POST
@on_a_draft
def remove_file(request: ActorRequest, course: Course, key: str, upload: UUID) -> HttpResponse:
    """Take a file back."""
    operations.remove(upload=upload, by=request.actor)
    return redirect(_here(request, course, key))


def _take_files(request: ActorRequest, course: Course, key: str) -> list[str]:
    errors = []
    for file in request.FILES.getlist("files"):
        try:
            operations.take(
                stream=cast("BinaryIO", file.file),
                material=key,
                name=file.name or "",
                size=file.size or 0,
                media_type=file.content_type or "",
                draft=course.draft.public_id,
                by=request.actor,
                at=clock.now(),
            )
        except Refusal as refusal:
            errors.append(f"“{file.name}”：{refusal.reason}{refusal.remedy}")
    return errors


def _take_way(request: ActorRequest, course: Course, stand: MaterialStand) -> list[str]:
    way = request.POST.get("way", "file" if stand.ways[:1] == ("file",) and len(stand.ways) == 1 else "")
    if request.FILES.getlist("files"):
        way = "file"
    if not way:
        return [_("请选择怎样提交《%(title)s》。") % {"title": stand.material.title}]
    try:
        operations.choose_way(
            draft=course.draft.public_id, material=stand.material.key, way=way, by=request.actor, at=clock.now()
        )
    except Refusal as refusal:
        return [f"{refusal.reason}{refusal.remedy}"]
    return []


def _unsettled(stand: MaterialStand) -> str:
    if any(not file.is_whole for file in stand.files):
        return _("还有文件没有传完，请等它传完，或者删去它。")
    return _("请上传《%(title)s》，或者选择别的提交方式。") % {"title": stand.material.title}


def _here(request: ActorRequest, course: Course, key: str) -> str:
    then = "?then=check" if "check" in (request.POST.get("then"), request.GET.get("then")) else ""
    return address_of(course, f"material:{key}") + then


def shown_upload(upload: Upload) -> dict[str, object]:
    """Return an upload as the page's script reads it."""
    return {
        "address": reverse("cases:apply_upload", args=[upload.public_id]),
        "name": upload.name,
        "size": upload.size,
        "offset": upload.received,
        "is_whole": upload.is_whole,
    }
