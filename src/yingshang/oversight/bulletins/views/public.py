"""What everybody sees: the bulletins that are out. The rows behind a number are for officials."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from yingshang.kernel import access
from yingshang.kernel.errors import NotFound
from yingshang.kernel.parties import Actor
from yingshang.kernel.web import ActorRequest, keyset, table, xlsx_out
from yingshang.oversight.bulletins import queries
from yingshang.oversight.bulletins.models import Bulletin, Figure
from yingshang.oversight.bulletins.rules import pieces_of
from yingshang.oversight.bulletins.rules.wording import is_heading, plain
from yingshang.oversight.bulletins.views.tables import bulletin_columns, figure_table, row_columns

LATEST_FIRST = ("-month", "-pk")


@dataclass(frozen=True)
class Said:
    """One paragraph or heading; pieces are text and, for a number, the address of its rows."""

    is_heading: bool
    pieces: list[tuple[str, str]]


def listing(request: ActorRequest) -> HttpResponse:
    """List the bulletins that are out, the latest month first."""
    page = keyset(queries.issued(), request, order=LATEST_FIRST)
    listed = table(bulletin_columns("one"), page, request=request, name="通报", empty="还没有印发过通报。")
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listed.with_rows(queries.issued()))
    return render(request, "bulletins/list.html", {"listing": listed})


def one(request: ActorRequest, bulletin_id: int) -> HttpResponse:
    """Show an issued bulletin: its text, its table, its papers, what corrects it. Queries: fixed."""
    bulletin = queries.bulletin(bulletin_id, only_issued=True)
    figures = queries.figures_shown(bulletin)
    if request.GET.get("format") == "xlsx":
        return xlsx_out(figure_table(bulletin, figures))
    return render(request, "bulletins/one.html", shown(bulletin, figures, request.actor))


def rows(request: ActorRequest, bulletin_id: int, place: int) -> HttpResponse:
    """List the duties behind one number as they stood on that day; for officials."""
    bulletin = queries.bulletin(bulletin_id)
    if bulletin.state != Bulletin.State.ISSUED and access.may(request.actor, "bulletins.see_drafts") is not None:
        raise NotFound("这份通报")
    access.permit(request.actor, "bulletins.see_rows")
    figure = queries.figure(bulletin, place)
    name = f"{bulletin.month:%Y-%m} {figure.about}{figure.title}"
    listed = table(row_columns(), figure.rows, request=request, name=name)
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listed)
    back = "one" if bulletin.state == Bulletin.State.ISSUED else "draft"
    context = {
        "bulletin": bulletin,
        "figure": figure,
        "listing": listed,
        "back": reverse(f"bulletins:{back}", args=[bulletin.pk]),
    }
    return render(request, "bulletins/rows.html", context)


def shown(bulletin: Bulletin, figures: list[Figure], actor: Actor) -> dict[str, object]:
    """Return what a page about one bulletin shows; numbers lead to their rows for those who may see them."""
    may_see_rows = access.may(actor, "bulletins.see_rows") is None
    values = queries.values_of(figures)
    said = []
    for pieces in pieces_of(bulletin.text, {name: words for name, (words, _) in values.items()}):
        drawn = []
        for piece in pieces:
            figure = values.get(piece.place, ("", None))[1]
            leads = may_see_rows and figure is not None and not figure.key.startswith("measure.")
            drawn.append(
                (piece.text, reverse("bulletins:rows", args=[bulletin.pk, figure.place]) if leads and figure else "")
            )
        said.append(Said(is_heading(plain(pieces)), drawn))
    head, lines = queries.section_table(figures)
    return {
        "bulletin": bulletin,
        "said": said,
        "head": head,
        "lines": lines,
        "figures": figure_table(bulletin, figures) if may_see_rows else None,
        "named": [figure for figure in figures if figure.key in ("worst", "best")],
    }
