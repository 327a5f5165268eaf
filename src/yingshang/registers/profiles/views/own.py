"""One's own data: what is held, where it comes from, who read it, and taking it home."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yingshang.kernel import clock
from yingshang.kernel.errors import NotFound, Refusal, Unavailable
from yingshang.kernel.parties import Party
from yingshang.kernel.web import ActorRequest, Column, keyset, table, xlsx_out
from yingshang.registers.profiles import operations, queries, rules
from yingshang.registers.profiles.adapters import registry
from yingshang.registers.profiles.forms import ValueForm
from yingshang.registers.profiles.models import HeldValue, Reading
from yingshang.registers.profiles.queries import Held
from yingshang.registers.profiles.views.standing import own_party

OWN = HeldValue.Origin.SELF


@require_safe
def own(request: ActorRequest) -> HttpResponse:
    """Show every field with its source; what a unit or registry holds is corrected, what oneself wrote is changed."""
    party = own_party(request)
    held = operations.read(request.actor, party, _fields_of(party), purpose="own", at=clock.now())
    asked = registry() if party.kind != Party.Kind.PERSON else None
    page = {
        "party": party,
        "rows": [_row(name, held.get(name)) for name in _fields_of(party)],
        "registry": asked,
        "history": [
            {"title": rules.FIELDS[row.field].title, "at": row.held_since, "text": row.source}
            for row in queries.history_of(party)
        ],
    }
    return render(request, "profiles/own.html", page)


@require_safe
def readings(request: ActorRequest) -> HttpResponse:
    """Show who read one's data: unit and post, when, which fields, why, in which matter. Queries: 3."""
    own_party(request)
    everything = request.GET.get("own") == "1"
    rows = queries.readings_seen(request.actor, with_own=everything)
    columns = [
        Column(title=_("时间"), value="at", kind="moment", heads=True),
        Column(title=_("谁"), value=queries.reader_of, width=30),
        Column(title=_("看了什么"), value=lambda row: rules.titles(row.fields), width=40),
        Column(title=_("为什么"), value="purpose.title", width=24),
        Column(title=_("哪件事"), value=lambda row: row.matter or "—", width=30),
        Column(title=_("存证"), value=lambda row: str(row.entry_id)[-12:], kind="code", href=_entry_address),
        Column(
            title=_("有疑问"), value=lambda row: _("追问") if row.unit_id else "", href=_ask_address, in_sheet=False
        ),
    ]
    options: dict[str, Any] = {"request": request, "name": "谁看过我的数据"}
    options |= {"empty": _("还没有单位看过您的数据。"), "empty_hint": _("每次有单位读取，都会马上出现在这里。")}
    if request.GET.get("format") == "xlsx":
        return xlsx_out(table(columns, rows, **options))
    listing = table(columns, keyset(rows, request), **options)
    return render(request, "profiles/readings.html", {"table": listing, "everything": everything})


@require_http_methods(["GET", "POST"])
def change(request: ActorRequest, field: str) -> HttpResponse:
    """Give or change a field of one's own."""
    party = own_party(request)
    if field not in _fields_of(party):
        raise NotFound(_("这个项目"))
    title = rules.FIELDS[field].title
    form = ValueForm(request.POST or None, title=title)
    if form.is_valid():
        try:
            done = operations.hold(
                party, {field: form.cleaned_data["value"]}, source=_("本人填写"), by=request.actor, at=clock.now()
            )
        except Refusal as refusal:
            form.add_error("value", refusal.reason + refusal.remedy)
        else:
            messages.success(request, _("已保存，以后办事不用再填。") if done else _("没有变化。"))
            return redirect("profiles:own")
    page = {"form": form, "title": title, "button": _("保存"), "caption": _("我的信息")}
    return render(request, "profiles/deed.html", page, status=422 if form.is_bound else 200)


@require_POST
def ask_registry(request: ActorRequest) -> HttpResponse:
    """Take what the registry knows; when it does not answer, the person types instead."""
    party = own_party(request)
    try:
        done = operations.take_from_registry(party, by=request.actor, at=clock.now())
    except Unavailable as outage:
        messages.warning(request, _("%(system)s暂时连接不上，您可以先自己填写。") % {"system": outage.system})
    except Refusal as refusal:
        messages.warning(request, refusal.reason + refusal.remedy)
    else:
        messages.success(request, _("已取回：%(names)s。") % {"names": rules.titles(done)} if done else _("没有变化。"))
    return redirect("profiles:own")


@require_safe
def export_json(request: ActorRequest) -> HttpResponse:
    """Hand out everything held, for machines."""
    exported = operations.export_own(own_party(request), by=request.actor, at=clock.now())
    return _file(json.dumps(exported, ensure_ascii=False, indent=1).encode(), "application/json", "my-data.json")


@require_safe
def export_pdf(request: ActorRequest) -> HttpResponse:
    """Hand out everything held, on paper."""
    exported = operations.export_own(own_party(request), by=request.actor, at=clock.now())
    paper = operations.as_paper(exported, note="演示" if settings.YS_DEMO else "")
    return _file(paper, "application/pdf", "my-data.pdf")


def _fields_of(party: Party) -> list[str]:
    """A person has the fields of a person, an enterprise those of an enterprise."""
    return [name for name, field in rules.FIELDS.items() if field.is_of_person is (party.kind == Party.Kind.PERSON)]


def _row(name: str, held: Held | None) -> dict[str, Any]:
    is_own = held is None or held.origin == OWN
    view = "profiles:change" if is_own else "profiles:correct"
    return {
        "title": rules.FIELDS[name].title,
        "held": held,
        "address": reverse(view, args=[name]),
        "words": _("填写") if held is None else _("修改") if is_own else _("纠错"),
    }


def _entry_address(row: Reading) -> str:
    return reverse("ledger:entry", args=[row.entry_id])


def _ask_address(row: Reading) -> str:
    return reverse("profiles:ask", args=[row.public_id]) if row.unit_id else ""


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
