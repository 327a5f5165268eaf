"""Begin, go on, throw away: the first page of an application, and its list of what is still to do."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yingshang.casework.cases import operations, queries
from yingshang.casework.cases.queries import Course
from yingshang.casework.cases.views.apply.drafts import address_of, newer_of, on_a_draft
from yingshang.kernel import access, clock
from yingshang.kernel.web import ActorRequest
from yingshang.registers.catalogue import api as catalogue


@require_http_methods(["GET", "POST"])
def start(request: ActorRequest, item: str) -> HttpResponse:
    """Say what an application takes, and begin it; somebody not logged in is told to log in first."""
    day, zone = clock.today(), request.GET.get("zone", request.POST.get("zone", ""))[:40]
    stopped = catalogue.takes_new_cases(item, day)
    if stopped is not None:
        return render(request, "cases/apply/stopped.html", {"stopped": stopped}, status=409)
    version = catalogue.version_on(item, day, zone or None)
    if request.method == "POST":
        draft = operations.start_draft(item=version.item_code, zone=zone, by=request.actor, at=clock.now())
        course = queries.course_of(draft, on=day)
        return redirect(address_of(course, course.next_after()))
    values = {
        "version": version,
        "item": item,
        "zone": zone,
        "is_online": queries.is_taken_online(version),
        "refusal": access.may(request.actor, "cases.apply", None),
        "begun": queries.open_draft_for(request.actor, version.item_code),
    }
    return render(request, "cases/apply/start.html", values)


@require_GET
@on_a_draft
def overview(request: ActorRequest, course: Course) -> HttpResponse:
    """List every part of the application with how far it is."""
    rows = [
        {
            "title": place.title,
            "href": address_of(course, place.key),
            "tag": "" if place.is_done else _("未填完"),
            "tag_color": "blue",
            "hint": _("已填好") if place.is_done else "",
        }
        for place in course.places
    ]
    parts = [(place.key.partition(":")[0], row) for place, row in zip(course.places, rows, strict=True)]
    values = {
        "course": course,
        "draft": course.draft,
        "questions": [row for kind, row in parts if kind == "question"],
        "pages": [row for kind, row in parts if kind == "page"],
        "materials": [row for kind, row in parts if kind == "material"],
        "free": [one for one in course.materials if not one.is_asked],
        "next": address_of(course, course.next_after()),
        "newer": newer_of(course),
    }
    return render(request, "cases/apply/overview.html", values)


@require_POST
def renew(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Go on under the version that applies now."""
    operations.move_to_newer(draft=public_id, by=request.actor, at=clock.now())
    messages.success(request, _("已换成现行版本。请从头看一遍，填过的内容都还在。"))
    return redirect("cases:apply_overview", public_id)


@require_POST
def refresh(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Read again what is held."""
    operations.refresh_prefilled(draft=public_id, by=request.actor, at=clock.now())
    messages.success(request, _("已重新读取您的信息。"))
    return redirect("cases:apply_overview", public_id)


@require_http_methods(["GET", "POST"])
def drop(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Throw a draft away, after asking once."""
    draft = queries.draft_of(request.actor, public_id)
    if request.method == "POST":
        operations.drop_draft(draft=public_id, by=request.actor)
        messages.success(request, _("草稿已删除。"))
        return redirect("cases:mine")
    return render(request, "cases/apply/drop.html", {"draft": draft, "version": catalogue.version(draft.version_id)})
