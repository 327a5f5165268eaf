"""The file of cards: seen once, stored nowhere."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from yingshang.conduct.surveys.models import Survey
from yingshang.conduct.surveys.operations import Card
from yingshang.kernel import typesetting
from yingshang.kernel.web import ActorRequest, Column, table, xlsx_out


def cards_file(request: ActorRequest, one: Survey, cards: list[Card], shape: str) -> HttpResponse:
    """Return the cards as a workbook or on paper. A card names its stratum and, if any, its cluster; never a party."""
    response = _workbook(one, cards) if shape == "xlsx" else _paper(request, one, cards)
    response["Cache-Control"] = "no-store"
    return response


def _workbook(one: Survey, cards: list[Card]) -> HttpResponse:
    columns = [
        Column(title=_("层"), value="stratum"),
        Column(title=_("答题码"), value="code", kind="code", width=26),
    ]
    if one.has_clusters:
        columns.append(Column(title=_("群"), value="cluster", width=24))
    return xlsx_out(table(columns, cards, name=_("答题卡")))


def _paper(request: ActorRequest, one: Survey, cards: list[Card]) -> HttpResponse:
    last_day = f"{one.last_day.year}年{one.last_day.month}月{one.last_day.day}日"
    address = request.build_absolute_uri(reverse("surveys:answer"))
    body: list[typesetting.Block] = []
    for card in cards:
        body += [
            # A grid and no heading: headings are numbered in Chinese, and there may be thousands of cards.
            typesetting.Grid(
                [],
                [
                    [f"{one.title}　答题卡", "　".join(filter(None, [card.stratum, card.cluster]))],
                    ["答题码", card.code],
                    ["怎么填", f"{last_day}以前扫码，或者打开{address}填写。卡上没有记名，一卡答一份。"],
                ],
            ),
            typesetting.Code(f"{address}#{card.code}"),
        ]
    paper = typesetting.Form(title=_("答题卡"), body=body, note="演示" if one.is_demo else "")
    response = HttpResponse(typesetting.pdf(paper), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="cards-{one.code}.pdf"'
    return response
