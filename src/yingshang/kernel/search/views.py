"""The page of search, and the list of what was looked for in vain."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yingshang.kernel import access, clock, org, web
from yingshang.kernel.errors import NotFound
from yingshang.kernel.search.asking import LONGEST_QUESTION
from yingshang.kernel.search.finding import Found, find
from yingshang.kernel.search.forms import GiveForm, SettleForm
from yingshang.kernel.search.missing import frequent_misses, note_miss
from yingshang.kernel.search.models import SearchMiss
from yingshang.kernel.search.settling import give_miss, settle_miss
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
    """Show the questions asked in vain five times or more, who looks into each, and what became of it."""
    access.permit(request.actor, "search.read_misses")
    names = dict(org.Unit.objects.values_list("code", "name"))
    columns = [
        Column(title=_("词"), value="words", heads=True, href=lambda miss: reverse("search:miss", args=[miss.digest])),
        Column(title=_("次数"), value="times", kind="number"),
        Column(title=_("最近一次"), value="last_date", kind="date"),
        Column(title=_("谁负责"), value=lambda miss: names.get(miss.owner, ""), width=24),
        Column(title=_("怎么处理的"), value=outcome_words, width=30),
    ]
    shown = web.table(columns, frequent_misses(), request=request, name="搜不到的词", empty="没有反复搜不到的词。")
    if request.GET.get("format") == "xlsx":
        return web.xlsx_out(shown)
    return render(request, "search/misses.html", {"table": shown})


@require_http_methods(["GET", "POST"])
def miss(request: ActorRequest, digest: str) -> HttpResponse:
    """Show one question that found nothing; give it to a unit, or say what became of it."""
    found = frequent_misses().filter(pk=digest).first()
    if found is None:
        raise NotFound(_("这个搜不到的词"))
    access.permit(request.actor, "search.settle_miss", found)
    today = clock.today()
    giving = GiveForm(request.POST if "give" in request.POST else None, day=today, initial={"unit": found.owner})
    settling = SettleForm(request.POST if "settle" in request.POST else None)
    if giving.is_bound and giving.is_valid():
        give_miss(digest=digest, **giving.cleaned_data, by=request.actor, at=clock.now(), on=today)
        return redirect("search:misses")
    if settling.is_bound and settling.is_valid():
        settle_miss(digest=digest, **settling.cleaned_data, by=request.actor, at=clock.now(), on=today)
        return redirect("search:misses")
    faulty = next((form for form in (giving, settling) if form.is_bound), None)
    context = {"miss": found, "giving": giving, "settling": settling, "faulty": faulty, "became": outcome_words(found)}
    return render(request, "search/miss.html", context, status=422 if faulty else 200)


def outcome_words(found: SearchMiss) -> str:
    """Return what became of a question, in words."""
    if found.settled_on is None:
        return ""
    words = f"{found.get_outcome_display()}：{found.note}"
    return _("%(words)s（以后又有人搜不到）") % {"words": words} if found.is_open else words
