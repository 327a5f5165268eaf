"""The public pages: all lists, and one list in any of its editions."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yingshang.kernel import web
from yingshang.kernel.errors import NotFound
from yingshang.kernel.lists.comparing import diff
from yingshang.kernel.lists.models import Edition, Row
from yingshang.kernel.lists.queries import public_editions_of, published_lists
from yingshang.kernel.web import Column


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show every list that has a published edition, its owner, and what has no source."""
    columns = [
        Column(
            title=_("清单"), value="of.title", href=lambda row: reverse("lists:detail", args=[row.of.code]), heads=True
        ),
        Column(title=_("负责单位"), value="of.owner.short_name"),
        Column(title=_("版次"), value="number", kind="number"),
        Column(title=_("起始日"), value="effective_from", kind="date"),
        Column(title=_("依据"), value=lambda row: row.source or "尚无出处"),
    ]
    shown = web.table(columns, published_lists(), request=request, name="清单目录", empty="还没有发布过清单。")
    if request.GET.get("format") == "xlsx":
        return web.xlsx_out(shown)
    return render(request, "lists/index.html", {"table": shown})


@require_GET
def detail(request: HttpRequest, code: str, number: int | None = None) -> HttpResponse:
    """Show the rows of an edition, the newest unless one is named, and what it changed."""
    editions = public_editions_of(code)
    place = next((place for place, edition in enumerate(editions) if number in {None, edition.number}), None)
    if place is None:
        raise NotFound(f"《{editions[0].of.title}》的第{number}版")
    edition = editions[place]
    shown = web.table(columns_of(edition), edition.rows.all(), request=request, name=str(edition))
    if request.GET.get("format") == "xlsx":
        return web.xlsx_out(shown)
    before = editions[place + 1] if place + 1 < len(editions) else None
    return render(
        request,
        "lists/detail.html",
        {
            "edition": edition,
            "editions": editions,
            "table": shown,
            "before": before,
            "changes": diff(before, edition) if before else None,
        },
    )


def _address(edition: Edition) -> str:
    return reverse("lists:detail", args=[edition.of.code])


def columns_of(edition: Edition) -> list[Column]:
    """Return the columns of an edition's table: those of its list."""
    schema: dict[str, dict[str, Any]] = edition.of.row_schema["properties"]
    return [
        Column(title=title, value=_value_of(name), kind=_kind_of(schema[name]), heads=name == edition.of.key_column)
        for name, title in edition.of.columns.items()
    ]


def _value_of(name: str) -> Any:
    def value(row: Row) -> Any:
        return row.values.get(name, "")

    return value


def _kind_of(part: dict[str, Any]) -> str:
    return "number" if part.get("type") in {"integer", "number"} else "text"
