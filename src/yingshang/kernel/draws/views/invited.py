"""Pages of invitations: the host asks, the invited one pledges."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from yingshang.kernel import access, clock, org, web
from yingshang.kernel.draws import inviting
from yingshang.kernel.draws.forms import InviteForm, PledgeForm
from yingshang.kernel.draws.models import Invitation
from yingshang.kernel.draws.queries import invitation_of, invitations
from yingshang.kernel.draws.sealing import host_of
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import ActorRequest, Column


def invite(request: ActorRequest) -> HttpResponse:
    """Show the invitations of the host's unit, and ask another one."""
    host = host_of(request.actor)
    others = org.Unit.objects.on(clock.today()).exclude(pk=host.pk).order_by("pk")
    form = InviteForm(request.POST or None, units=[(unit.code, unit.short_name) for unit in others])
    if form.is_valid():
        made = inviting.invite(unit=form.cleaned_data["unit"], by=request.actor, at=clock.now())
        messages.success(request, _("已邀请%(name)s。对方提交承诺后，就可以在封存方案时选上。") % {"name": made.name})
        return redirect("draws:invitations")
    page = web.keyset(invitations().filter(host=host), request)
    columns = [
        Column(title=_("受邀方"), value="name", heads=True),
        Column(title=_("邀请时间"), value="invited_at", kind="moment"),
        Column(title=_("承诺"), value=_pledged),
    ]
    shown = web.table(columns, page, request=request, name="邀请", empty=_("还没有邀请过谁。"))
    if request.GET.get("format") == "xlsx":
        return web.xlsx_out(shown.with_rows(invitations().filter(host=host)))
    context = {"form": form, "table": shown}
    return render(request, "draws/invitations.html", context, status=422 if form.is_bound else 200)


def pledge(request: ActorRequest, invitation_id: int) -> HttpResponse:
    """Hand in the digest of one's random value."""
    invitation = invitation_of(invitation_id)
    if access.may(request.actor, "draws.take_part", invitation) is not None:
        raise NotFound("这份邀请")
    form = PledgeForm(request.POST or None)
    if form.is_valid():
        inviting.pledge(
            invitation_id=invitation_id, commitment=form.cleaned_data["commitment"], by=request.actor, at=clock.now()
        )
        messages.success(request, _("承诺已提交，并写入存证账本。请保存好您的随机数，摇号时揭示。"))
        return redirect(reverse("draws:pledge", args=[invitation_id]))
    context = {"invitation": invitation, "form": form, "is_pledged": hasattr(invitation, "pledge")}
    return render(request, "draws/pledge.html", context, status=422 if form.is_bound else 200)


def _pledged(row: Invitation) -> str:
    if not hasattr(row, "pledge"):
        return _("等待对方提交")
    if hasattr(row.pledge, "seat"):
        return _("已用于第%(serial)d号摇号") % {"serial": row.pledge.seat.draw_id}
    return _("已提交，可以使用")
