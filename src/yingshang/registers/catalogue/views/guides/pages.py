"""The guide as a page, in short, and as it was."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yingshang.kernel import clock, typesetting
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.web import ActorRequest, xlsx_out
from yingshang.registers.catalogue import queries
from yingshang.registers.catalogue.queries.guides import Guide, guide_of, numbered, versions_of_item
from yingshang.registers.catalogue.rules.flow import drawing
from yingshang.registers.catalogue.rules.wording import FREE, must_bring
from yingshang.registers.catalogue.views.guides import showing


@require_safe
def guide(request: ActorRequest, slug: str) -> HttpResponse:
    """Show the guide of the version in force; an item that has ended says where to go. Queries: at most 12."""
    today = clock.today()
    stopped = queries.stopped(slug, today)
    if stopped is not None:
        return _stopped(request, slug, stopped)
    return _shown(request, guide_of(queries.version_on(slug, today), today))


@require_safe
def edition(request: ActorRequest, slug: str, number: int) -> HttpResponse:
    """Show one version by its number, marked when it is not the one in force."""
    return _shown(request, guide_of(numbered(slug, number), clock.today()))


@require_safe
def short(request: ActorRequest, slug: str) -> HttpResponse:
    """Show the guide on one screen of a telephone: who, what to bring, how long, how much, where."""
    today = clock.today()
    shown = guide_of(queries.version_on(slug, today), today)
    always = [each.title for each in shown.content.materials if must_bring(each) and not each.applies]
    context = {
        **_around(request, shown),
        "bring": always,
        "depends": sum(1 for each in shown.content.materials if must_bring(each) and each.applies),
        "spared": sum(1 for each in shown.content.materials if each.source_kind in FREE),
    }
    return render(request, "catalogue/guides/short.html", context)


def _shown(request: ActorRequest, guide: Guide) -> HttpResponse:
    content = guide.content
    materials = showing.materials_table(content, content.materials, request, name=f"{guide.version.title}：申请材料")
    if request.GET.get("format") == "xlsx":
        return xlsx_out(materials)
    context = {
        **_around(request, guide),
        "facts": showing.facts(guide),
        "materials": materials,
        "drawing": drawing(guide.stages),
        "steps": showing.steps_table(guide),
        "fees": showing.fees_table(guide.fees) if guide.fees else None,
        "others": [row for row in versions_of_item(guide.version.slug) if row.pk != guide.version.pk],
    }
    return render(request, "catalogue/guides/guide.html", context)


def _around(request: ActorRequest, guide: Guide) -> dict[str, Any]:
    own = reverse("catalogue:guide", args=[guide.version.slug])
    here = (
        own
        if guide.is_in_force
        else reverse("catalogue:guide_edition", args=[guide.version.slug, guide.version.number])
    )
    address = request.build_absolute_uri(here)
    return {
        "guide": guide,
        "content": guide.content,
        "version": guide.version,
        "apply_links": showing.apply_links(request, guide.version) if guide.is_in_force else [],
        "asks": reverse("catalogue:situation", args=[guide.version.slug]) if guide.content.situations else "",
        "own": own,
        "address": address,
        "code": typesetting.qr_svg(address),
    }


def _stopped(request: ActorRequest, slug: str, refusal: Refusal) -> HttpResponse:
    """Answer for an item that takes no applications: why, where to go, and the versions that were."""
    rows = list(versions_of_item(slug))
    if not rows:
        raise NotFound(_("这份办事指南"))
    context = {"refusal": refusal, "title": rows[0].title, "rows": rows, "slug": slug}
    return render(request, "catalogue/guides/stopped.html", context)
