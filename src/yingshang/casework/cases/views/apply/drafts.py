"""What every page of a draft does first: find it, see whether it can still be handed in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from yingshang.casework.cases import queries
from yingshang.casework.cases.queries import Course
from yingshang.kernel import clock
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import ActorRequest
from yingshang.registers.catalogue import api as catalogue

Page = Callable[..., HttpResponse]
CHECK = "check"


def on_a_draft(page: Page) -> Page:
    """Give the page the course of the draft; one handed in leads to its case, one whose item stopped says so.

    Somebody else's draft is not found. Queries before the page: 7.
    """

    @wraps(page)
    def shown(request: ActorRequest, public_id: UUID, **named: Any) -> HttpResponse:
        draft = queries.draft_of(request.actor, public_id)
        if draft.case is not None:
            return redirect("cases:mine_case", draft.case.number)
        day = clock.today()
        stopped = catalogue.takes_new_cases(draft.item_code, day)
        if stopped is not None:
            version = catalogue.version(draft.version_id)
            values = {"draft": draft, "version": version, "stopped": stopped}
            return render(request, "cases/apply/stopped.html", values, status=409)
        return page(request, queries.course_of(draft, on=day), **named)

    return shown


def address_of(course: Course, place: str) -> str:
    """Return the address of a place of the course; of the page of answers for ``check``."""
    name, _, key = place.partition(":")
    own = course.draft.public_id
    if name == "question":
        return reverse("cases:apply_question", args=[own, key])
    if name == "page":
        return reverse("cases:apply_page", args=[own, int(key)])
    if name == "material":
        return reverse("cases:apply_material", args=[own, key])
    return reverse("cases:apply_check", args=[own])


def around(course: Course, place: str) -> dict[str, Any]:
    """Return what the frame of a page shows: the way back, and how far one is."""
    keys = [one.key for one in course.places]
    before = course.before(place)
    back = address_of(course, before) if before else reverse("cases:apply_overview", args=[course.draft.public_id])
    number = keys.index(place) + 1 if place in keys else len(keys) + 1
    return {"course": course, "draft": course.draft, "back": back, "number": number, "total": len(keys) + 1}


def onward(request: ActorRequest, course: Course, place: str) -> HttpResponse:
    """Go on: back to the answers when the page was opened from there, else to what comes next."""
    if request.POST.get("then") == CHECK or request.GET.get("then") == CHECK:
        return redirect(address_of(course, CHECK))
    return redirect(address_of(course, course.next_after(place)))


def newer_of(course: Course) -> catalogue.Version | None:
    """Return the version that applies now, if it is not the one the draft is filled in under."""
    draft = course.draft
    try:
        now = catalogue.version_on(draft.item_code, clock.today(), draft.zone or None)
    except NotFound:
        return None
    return now if now.pk != draft.version_id else None
