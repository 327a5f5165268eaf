"""The issuing unit's desk: what it issued, deeds on one, templates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yingshang.kernel import access, clock, org
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import ActorRequest, keyset, table, xlsx_out
from yingshang.registers.credentials import operations, queries
from yingshang.registers.credentials.forms import IssuedFilter, Renewal, Replacement, TakeAway, today_first
from yingshang.registers.credentials.models import Credential
from yingshang.registers.credentials.views.tables import credential_columns, release_columns, sheet_columns, shown

MOST_RELEASES = 500  # those of years; a template seldom changes
DEEDS = {
    "renew": gettext_lazy("延续证照"),
    "replace": gettext_lazy("换发、补发证照"),
    "revoke": gettext_lazy("撤销证照"),
    "cancel": gettext_lazy("注销证照"),
}
"""What may be done to a credential from its page; the name is that of the action."""


@require_safe
def issued(request: ActorRequest) -> HttpResponse:
    """List what the unit issued, the latest first. Queries: fixed."""
    if not request.actor.unit or not request.actor.holds("credentials.see_issued"):
        raise NotFound(_("这个页面"))
    form = IssuedFilter(request.GET or None, kinds=list(queries.kinds_on(clock.today())))
    wanted = form.cleaned_data if form.is_bound and form.is_valid() else {}
    rows = queries.issued_by(request.actor, **wanted)
    page = keyset(rows, request, order=queries.LATEST_FIRST)
    columns = credential_columns("issued_one", clock.today(), is_own=False)
    if request.GET.get("format") == "xlsx":
        return xlsx_out(table(sheet_columns(columns), rows, name=_("颁发的证照")))
    listed = table(columns, page, request=request, name=_("颁发的证照"), empty=_("没有符合条件的证照。"))
    return render(request, "credentials/issued.html", {"listing": listed, "form": form})


@require_safe
def issued_one(request: ActorRequest, credential_id: UUID) -> HttpResponse:
    """Show one with its history and what may be done to it. Queries: fixed."""
    one = _seen(request, credential_id)
    deeds = []
    if one.state == Credential.State.IN_FORCE:
        deeds = [(name, title, access.may(request.actor, f"credentials.{name}", one)) for name, title in DEEDS.items()]
    return render(request, "credentials/issued_one.html", shown(one, clock.today(), "issued_one") | {"deeds": deeds})


@require_http_methods(["GET", "POST"])
def do(request: ActorRequest, credential_id: UUID, deed: str) -> HttpResponse:
    """Ask for what a deed needs, do it, and show what became of it."""
    if deed not in DEEDS:
        raise NotFound(_("这项办理"))
    one = _seen(request, credential_id)
    access.permit(request.actor, f"credentials.{deed}", one)
    form = _form(deed, one, request)
    if request.method == "POST" and form.is_valid():
        made = _done(deed, one, form, request)
        messages.success(request, f"{DEEDS[deed]}：{made.title}{made.number}")
        return redirect("credentials:issued_one", made.pk)
    context = {"one": one, "form": form, "title": DEEDS[deed], "is_hard": deed in ("revoke", "cancel")}
    return render(request, "credentials/deed.html", context)


@require_safe
def templates(request: ActorRequest) -> HttpResponse:
    """List the kinds that the unit issues, and whether two people released their template. Queries: fixed."""
    unit = _own_unit(request)
    on = clock.today()
    releases = list(queries.releases_of(unit)[:MOST_RELEASES])
    rows = [(kind, operations.present_release(kind, releases)) for kind in queries.kinds_issued_by(unit, on)]
    waiting = [each for each in releases if each.released_at is None]
    listed = table(release_columns(), releases, request=request, name=_("模板启用记录"), empty=_("还没有提请过。"))
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listed)
    may_propose = access.may(request.actor, "credentials.propose_template", unit)
    waiting_rows = [(each, access.may(request.actor, "credentials.release_template", each)) for each in waiting]
    context = {"rows": rows, "waiting": waiting_rows, "listing": listed, "no_propose": may_propose}
    return render(request, "credentials/templates.html", context)


@require_safe
def specimen(request: ActorRequest, code: str) -> HttpResponse:
    """Send the specimen of a kind as the unit would issue it."""
    unit = _own_unit(request)
    made = operations.specimen(kind=queries.kind_on(code, clock.today()), unit=unit, at=clock.now())
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="specimen-{code}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
def propose(request: ActorRequest, code: str) -> HttpResponse:
    """Propose the present template of a kind."""
    operations.propose_template(kind=code, unit=_own_unit(request).code, by=request.actor, at=clock.now())
    messages.success(request, _("已提请，请另一位同事核对样张后启用。"))
    return redirect("credentials:templates")


@require_POST
def release(request: ActorRequest, release_id: int) -> HttpResponse:
    """Release a proposed template as the second person."""
    operations.release_template(release_id=release_id, by=request.actor, at=clock.now())
    messages.success(request, _("模板已启用，可以颁发证照了。"))
    return redirect("credentials:templates")


def _own_unit(request: ActorRequest) -> org.Unit:
    if not request.actor.unit or not request.actor.holds("credentials.see_issued"):
        raise NotFound(_("这个页面"))
    return org.unit(request.actor.unit)


def _seen(request: ActorRequest, credential_id: UUID) -> Credential:
    one = queries.credential(credential_id)
    if access.may(request.actor, "credentials.see_issued", one) is not None:
        raise NotFound(_("这本证照"))
    return one


def _form(deed: str, one: Credential, request: HttpRequest) -> forms.Form:
    posted = request.POST if request.method == "POST" else None
    if deed == "replace":
        return Replacement(posted, credential=one)
    if deed == "renew":
        return Renewal(posted, initial=today_first(clock.today()))
    return TakeAway(posted)


def _done(deed: str, one: Credential, form: Any, request: ActorRequest) -> Credential:
    parts: dict[str, Any] = {"credential_id": one.pk, "by": request.actor, "at": clock.now()}
    if deed == "replace":
        changed = form.cleaned_data["cause"] == "changed"
        return operations.replace(cause=form.cleaned_data["cause"], fields=form.values() if changed else None, **parts)
    deeds: dict[str, Callable[..., Credential]] = {
        "renew": operations.renew,
        "revoke": operations.revoke,
        "cancel": operations.cancel,
    }
    return deeds[deed](**parts, **form.cleaned_data)
