"""A unit's desk: objections that it owes an answer to."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yingshang.kernel import clock
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.web import ActorRequest, Column, keyset, table, xlsx_out
from yingshang.registers.profiles import operations, queries, rules
from yingshang.registers.profiles.forms import AnswerForm
from yingshang.registers.profiles.models import Objection


@require_safe
def desk(request: ActorRequest) -> HttpResponse:
    """List the objections to one's unit, newest first; no name of a party. Queries: 2."""
    if not request.actor.holds("profiles.answer"):
        raise NotFound(_("这一页"))
    rows = queries.objections_to(request.actor)
    columns = [
        Column(title=_("提出时间"), value="raised_at", kind="moment"),
        Column(title=_("异议"), value=_named, heads=True, href=_address, width=40),
        Column(title=_("最迟答复"), value="obligation.due_date", kind="date"),
        Column(title=_("结果"), value=lambda row: row.get_outcome_display() or _("待答复")),
    ]
    options: dict[str, Any] = {"request": request, "name": "对信息的异议", "empty": _("没有要答复的异议。")}
    if request.GET.get("format") == "xlsx":
        return xlsx_out(table(columns, rows, **options))
    page = {"heading": _("对个人和企业信息的异议"), "table": table(columns, keyset(rows, request), **options)}
    return render(request, "profiles/listing.html", page)


@require_http_methods(["GET", "POST"])
def answer(request: ActorRequest, objection_id: int) -> HttpResponse:
    """Lay an objection open and answer it. Opening a held value is recorded."""
    laid = operations.lay_open(objection_id, by=request.actor, at=clock.now())
    found = laid.objection
    form = AnswerForm(request.POST or None, kind=found.kind)
    if form.is_valid():
        try:
            operations.answer(objection_id=objection_id, **form.cleaned_data, by=request.actor, at=clock.now())
        except Refusal as refusal:
            form.add_error(None, refusal.reason + refusal.remedy)
        else:
            messages.success(request, _("已答复，当事人在“我的异议”里看到。"))
            return redirect("profiles:desk")
    page = {"laid": laid, "title": _named(found), "form": None if found.answered_at else form, "facts": _facts(laid)}
    return render(request, "profiles/answer.html", page, status=422 if form.is_bound else 200)


def _facts(laid: operations.Laid) -> list[tuple[str, object]]:
    found = laid.objection
    if found.kind == Objection.Kind.CORRECTION:
        about: list[tuple[str, object]] = [(_("现在的内容"), laid.held), (_("当事人说应当是"), laid.wanted)]
    else:
        assert found.reading is not None  # held by a constraint of the table
        when = found.reading.at.astimezone(clock.BEIJING)
        about = [
            (_("读取时间"), f"{when:%Y-%m-%d %H:%M}"),
            (_("读取人"), laid.reader),
            (_("用途"), found.reading.purpose.title),
            (_("事项"), found.reading.matter or "—"),
        ]
    return [*about, (_("说明"), laid.said), (_("最迟答复"), found.obligation.due_date)]


def _named(row: Objection) -> str:
    return f"{row.get_kind_display()}：{rules.titles([row.field])}" if row.field else row.get_kind_display()


def _address(row: Objection) -> str:
    return reverse("profiles:answer", args=[row.pk])
