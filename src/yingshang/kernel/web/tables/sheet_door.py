"""The way of a sheet into the platform: upload, preview or faults, confirm, done.

A package opens a door once and includes its addresses::

    UNITS_IN = web.SheetDoor(
        name="org.units", title="导入单位", wanted=[...], check=..., store=..., back="org:units"
    )
    urlpatterns = [path("units/import/", include((UNITS_IN.urls, "org"), namespace="units_in"))]
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import ANONYMOUS, Actor
from yingshang.kernel.web.errors import refuse_request
from yingshang.kernel.web.request import ActorRequest
from yingshang.kernel.web.tables.declare import Column, table
from yingshang.kernel.web.tables.sheet_in import Fault, Sheet, Wanted, faults_workbook, read_sheet, template_of
from yingshang.kernel.web.tables.sheet_out import MEDIA_TYPE
from yingshang.kernel.web.tables.workbook_in import LARGEST_FILE, rows_of

SHOWN = 50


class SheetForm(forms.Form):
    """The file."""

    sheet = forms.FileField(label="表格文件", help_text="Excel的.xlsx格式，或者.csv；不超过10MB。", max_length=200)


@dataclass(frozen=True, kw_only=True)
class SheetDoor:
    """One kind of sheet that may come in.

    check: (rows, by) → faults, looking only; a row number that is not named is good.
    store: (rows, by, at) → one sentence for the person. Runs in one transaction
        and permits, checks, records like any deed; what it refuses is not stored.
    back: name of the address to return to.
    keeps_rows: False empties the rows once they are stored; what is left says only that it was done.
    """

    name: str
    title: str
    wanted: Sequence[Wanted]
    store: Callable[[list[dict[str, Any]], Actor, datetime], str]
    check: Callable[[list[dict[str, Any]], Actor], list[Fault]] = lambda rows, by: []
    back: str = "web:workbench"
    keeps_rows: bool = True

    @property
    def urls(self) -> list[URLPattern]:
        """The addresses: upload, template, one pending sheet, its confirmation."""
        return [
            path("", require_http_methods(["GET", "HEAD", "POST"])(self.upload), name="upload"),
            path("template.xlsx", require_safe(self.template), name="template"),
            path("<str:token>/", require_safe(self.preview), name="preview"),
            path("<str:token>/confirm/", require_POST(self.confirm), name="confirm"),
        ]

    def upload(self, request: ActorRequest) -> HttpResponse:
        """Read and check the file; nothing is stored but the rows that wait for confirmation."""
        actor = _insider(request)
        if actor is None:
            return refuse_request(request, 404)
        form = SheetForm(request.POST or None, request.FILES or None)
        if request.method != "POST" or not form.is_valid():
            status = 422 if request.method == "POST" else 200
            return render(request, "web/sheets/upload.html", {"door": self, "form": form}, status=status)
        file = form.cleaned_data["sheet"]
        try:
            if file.size > LARGEST_FILE:
                rows_of(file.name, b"\0" * (LARGEST_FILE + 1))
            sheet = read_sheet(rows_of(file.name, file.read()), self.wanted)
        except Refusal as refusal:
            form.add_error("sheet", f"{refusal.reason}{refusal.remedy}")
            return render(request, "web/sheets/upload.html", {"door": self, "form": form}, status=422)
        sheet = self._checked(sheet, actor)
        if sheet.faults:
            return self._return_faults(request, sheet)
        token = self._keep(sheet, actor, file.name)
        return redirect(f"{request.path}{token}/")

    def _checked(self, sheet: Sheet, actor: Actor) -> Sheet:
        found = sheet.faults + self.check(sheet.rows, actor)
        faults = sorted(found, key=lambda fault: fault.row)
        return Sheet(rows=sheet.rows, faults=faults, head=sheet.head, body=sheet.body)

    def _return_faults(self, request: ActorRequest, sheet: Sheet) -> HttpResponse:
        """Show the first faults, or hand back the workbook of all of them when the person asked for it."""
        if "workbook" in request.POST:
            response = HttpResponse(faults_workbook(self.title, sheet), content_type=MEDIA_TYPE, status=422)
            response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(self.title + '（错误）.xlsx')}"
            return response
        columns = [
            Column(title="行", value="row", kind="number"),
            Column(title="列", value="column"),
            Column(title="问题", value="words"),
        ]
        context = {
            "door": self,
            "form": SheetForm(),
            "faulty_rows": len({fault.row for fault in sheet.faults}),
            "all_rows": len(sheet.body),
            "faults": table(columns, sheet.faults[:SHOWN], caption="需要改正的地方"),
            "left_out": max(len(sheet.faults) - SHOWN, 0),
        }
        return render(request, "web/sheets/faults.html", context, status=422)

    def _keep(self, sheet: Sheet, actor: Actor, name: str) -> str:
        from yingshang.kernel.web.models import PendingSheet

        token = secrets.token_urlsafe(32)
        PendingSheet.objects.create(
            token=token,
            door=self.name,
            person=actor.person,
            unit=actor.unit,
            name=name[-200:],
            rows=sheet.rows,
            uploaded_at=timezone.now(),
        )
        return token

    def template(self, request: ActorRequest) -> HttpResponse:
        """Hand out the empty workbook."""
        response = HttpResponse(template_of(self.title, self.wanted), content_type=MEDIA_TYPE)
        response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(self.title + '（模板）.xlsx')}"
        return response

    def preview(self, request: ActorRequest, token: str) -> HttpResponse:
        """Show what would be stored."""
        pending = self._pending(request, token)
        columns = [Column(title=column.title, value=column.name) for column in self.wanted]
        rows = table(columns, pending.rows[:SHOWN], caption="将要存入的内容")
        context = {"door": self, "pending": pending, "rows": rows, "count": len(pending.rows), "shown": SHOWN}
        return render(request, "web/sheets/preview.html", context)

    @transaction.atomic
    def confirm(self, request: ActorRequest, token: str) -> HttpResponse:
        """Store everything or nothing; a second confirmation shows what the first one did."""
        pending = self._pending(request, token, lock=True)
        if pending.stored_at is None:
            now = timezone.now()
            pending.outcome = self.store(pending.rows, request.actor, now)[:500]
            pending.stored_at = now
            if not self.keeps_rows:
                pending.rows = []
            pending.save(update_fields=["stored_at", "outcome", "rows"])
        return redirect("../")

    def _pending(self, request: ActorRequest, token: str, *, lock: bool = False) -> Any:
        """Return the person's own pending sheet. Raises NotFound for any other."""
        from yingshang.kernel.web.models import PendingSheet

        actor = _insider(request)
        rows = PendingSheet.objects.select_for_update() if lock else PendingSheet.objects
        mine = {"token": token, "door": self.name}
        pending = rows.filter(**mine, person=actor.person, unit=actor.unit).first() if actor else None
        if pending is None:
            raise NotFound("这份表格")
        return pending

    def back_address(self) -> str:
        """Return where the person came from."""
        return reverse(self.back)


def _insider(request: ActorRequest) -> Actor | None:
    actor: Actor = request.actor
    return None if actor == ANONYMOUS else actor
