"""A party says that something is wrong, asks who read, and sees the answers."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yingshang.kernel import access, clock
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.web import ActorRequest
from yingshang.registers.profiles import operations, queries, rules
from yingshang.registers.profiles.forms import CorrectionForm, InquiryForm
from yingshang.registers.profiles.models import Objection
from yingshang.registers.profiles.views.standing import own_party


@require_http_methods(["GET", "POST"])
def correct(request: ActorRequest, field: str) -> HttpResponse:
    """Say that a held value is wrong."""
    party = own_party(request)
    if field not in rules.FIELDS or field not in queries.held_fields(party, [field]):
        raise NotFound(_("这个项目"))
    title = _("纠错：%(title)s") % {"title": rules.FIELDS[field].title}
    form = CorrectionForm(request.POST or None)
    if form.is_valid():
        try:
            operations.ask_correction(party, field=field, **form.cleaned_data, by=request.actor, at=clock.now())
        except Refusal as refusal:
            form.add_error("wanted", refusal.reason + refusal.remedy)
        else:
            messages.success(request, _("已收到。保存这项信息的单位要在期限内核实、答复。"))
            return redirect("profiles:objections")
    page = {"form": form, "title": title, "button": _("提交纠错"), "caption": _("我的信息")}
    return render(request, "profiles/deed.html", page, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def ask(request: ActorRequest, reading_id: UUID) -> HttpResponse:
    """Ask who read and why."""
    reading = queries.readings_seen(request.actor).filter(public_id=reading_id).first()
    if reading is None:
        raise NotFound(_("这条读取记录"))
    form = InquiryForm(request.POST or None)
    if form.is_valid():
        operations.ask_who(reading_id, **form.cleaned_data, by=request.actor, at=clock.now())
        messages.success(request, _("已收到。读取的单位要在期限内答复您。"))
        return redirect("profiles:objections")
    page = {"form": form, "title": _("追问谁看过"), "button": _("提交追问"), "caption": queries.reader_of(reading)}
    return render(request, "profiles/deed.html", page, status=422 if form.is_bound else 200)


@require_safe
def objections(request: ActorRequest) -> HttpResponse:
    """Show what one objected to and what came of it. Queries: 3."""
    party = own_party(request)
    access.permit(request.actor, "profiles.object", party)
    rows = [
        {
            "title": f"{row.get_kind_display()}：{_about(row)}",
            "who": row.unit.short_name,
            "at": row.answered_at or row.raised_at,
            "state": "done" if row.answered_at else "open",
            "text": f"{row.get_outcome_display()}。{words}" if row.answered_at else _due(row.obligation.due_date),
        }
        for row, words in queries.objections_of(party)
    ]
    return render(request, "profiles/objections.html", {"rows": rows})


def _about(row: Objection) -> str:
    return queries.reader_of(row.reading) if row.reading else rules.titles([row.field])


def _due(day: object) -> str:
    return _("等待答复，最迟%(day)s。") % {"day": day} if day else _("等待答复。")
