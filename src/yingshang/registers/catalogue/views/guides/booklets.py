"""Booklets (PDF), set once for the same content and kept on disk."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from yingshang.kernel import clock, org, typesetting
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import ActorRequest
from yingshang.registers.catalogue import queries
from yingshang.registers.catalogue.queries.guides import Guide, guide_of, guides_of_unit, numbered
from yingshang.registers.catalogue.views.guides.papers import chapter

MADE_UP = "演示：承诺时限、地点、电话和窗口是演示值"


@require_safe
def of_item(request: ActorRequest, slug: str) -> HttpResponse:
    """Give the booklet of the version in force."""
    today = clock.today()
    version = queries.version_on(slug, today)
    address = reverse("catalogue:guide", args=[slug])
    return _answer(request, version.title, [(guide_of(version, today), address)])


@require_safe
def of_edition(request: ActorRequest, slug: str, number: int) -> HttpResponse:
    """Give the booklet of one version by its number."""
    version = numbered(slug, number)
    address = reverse("catalogue:guide_edition", args=[slug, number])
    return _answer(request, version.title, [(guide_of(version, clock.today()), address)])


@require_safe
def of_unit(request: ActorRequest, unit: str) -> HttpResponse:
    """Give all guides of a unit as one booklet with a table of contents."""
    today = clock.today()
    versions = guides_of_unit(unit, today)
    if not versions:
        raise NotFound("这个单位的办事指南")
    guides = [(guide_of(each, today), reverse("catalogue:guide", args=[each.slug])) for each in versions]
    return _answer(request, f"{org.unit(unit).name}办事指南", guides)


def _answer(request: ActorRequest, title: str, guides: Sequence[tuple[Guide, str]]) -> HttpResponse:
    """Return the PDF of these guides: from disk when the same was made before."""
    with override("zh-hans"):  # a booklet is Chinese, whoever asks for it
        chapters = [chapter(guide, request.build_absolute_uri(address)) for guide, address in guides]
    paper = typesetting.Booklet(
        title,
        subtitle=[f"共{len(chapters)}个事项", "各事项的版本、施行日期和摘要写在各章开头"],
        chapters=chapters,
        note=MADE_UP if any(guide.version.is_demo for guide, _ in guides) else "",
    )
    answer = HttpResponse(_made(paper), content_type="application/pdf")
    answer["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(title)}.pdf"
    return answer


def _made(paper: typesetting.Booklet) -> bytes:
    """Return the PDF, set at most once for the same words and the same layout."""
    said = json.dumps([asdict(paper), typesetting.layout_digest(typesetting.Booklet)], ensure_ascii=False)
    kept = Path(settings.YS_DATA_DIR) / "booklets" / f"{hashlib.sha256(said.encode()).hexdigest()}.pdf"
    if kept.exists():
        return kept.read_bytes()
    content = typesetting.pdf(paper)
    kept.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=kept.parent, delete=False) as file:
        file.write(content)
    Path(file.name).replace(kept)  # whole or not at all, whoever else makes the same
    return content
