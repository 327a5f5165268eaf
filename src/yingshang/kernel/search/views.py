"""The page of search, and the list of what was looked for in vain."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yingshang.kernel import access, clock, web
from yingshang.kernel.search.asking import LONGEST_QUESTION
from yingshang.kernel.search.finding import Found, find
from yingshang.kernel.search.missing import frequent_misses, note_miss
from yingshang.kernel.web import Column
from yingshang.kernel.web.request import ActorRequest


@require_GET
def search(request: ActorRequest) -> HttpResponse:
    """Show what the actor may find; count a question that finds nothing."""
    question, after = request.GET.get("q", "").strip()[:LONGEST_QUESTION], request.GET.get("after", "")
    found = find(request.actor, question, after=after) if question else Found([])
    if question and not after and not found.rows:
        note_miss(question, on=clock.today())
    return render(request, "search/search.html", {"question": question, "found": found, "after": after})


@require_GET
def misses(request: ActorRequest) -> HttpResponse:
    """Show the questions asked in vain five times or more."""
    access.permit(request.actor, "search.read_misses")
    columns = [
        Column(title=_("词"), value="words", heads=True),
        Column(title=_("次数"), value="times", kind="number"),
        Column(title=_("最近一次"), value="last_date", kind="date"),
    ]
    shown = web.table(columns, frequent_misses(), request=request, name="搜不到的词", empty="没有反复搜不到的词。")
    if request.GET.get("format") == "xlsx":
        return web.xlsx_out(shown)
    return render(request, "search/misses.html", {"table": shown})
