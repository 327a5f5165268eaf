"""For everybody: the purposes for which personal and enterprise data may be read."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yingshang.kernel import clock
from yingshang.kernel.web import ActorRequest, Column, table, xlsx_out
from yingshang.registers.profiles import queries, rules

UNSOURCED = "尚无出处"


@require_safe
def purposes(request: ActorRequest) -> HttpResponse:
    """Show each purpose with its basis, who may use it and which fields it covers. Queries: 1."""
    columns = [
        Column(title=_("用途"), value="title", heads=True, width=30),
        Column(title=_("谁可以用"), value=lambda row: row.get_reader_display(), width=24),
        Column(title=_("可以读取的项目"), value=lambda row: rules.titles(row.fields), width=60),
        Column(title=_("合法性基础"), value="basis", width=40),
        Column(title=_("出处"), value=lambda row: row.source or UNSOURCED, width=40),
    ]
    listing = table(columns, queries.purposes_on(clock.today()), request=request, name="读取信息的用途")
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listing)
    intro = [
        _("没有列在这里的用途，任何单位都读不出个人和企业的信息。每次读取，当事人在“谁看过我的数据”里马上看得到。")
    ]
    page = {"heading": _("个人和企业信息的用途"), "intro": intro, "table": listing}
    return render(request, "profiles/listing.html", page)
