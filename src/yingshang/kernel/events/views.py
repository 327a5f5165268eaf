"""The operator's page of facts that could not be delivered."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yingshang.kernel import access, web
from yingshang.kernel.events import queries
from yingshang.kernel.events.delivering import redeliver
from yingshang.kernel.web.request import ActorRequest


@require_GET
def deliveries(request: ActorRequest) -> HttpResponse:
    """Show what failed or was parked, and the events that nobody installed tells."""
    access.permit(request.actor, "events.see_deliveries")
    context = {
        "page": web.keyset(queries.troubled(), request, order=("state", "pk")),
        "waiting": queries.waiting_count(),
        "missing": queries.not_installed(),
        "may_try_again": access.may(request.actor, "events.try_again") is None,
    }
    return render(request, "events/deliveries.html", context)


@require_POST
def try_again(request: ActorRequest, delivery_id: int) -> HttpResponse:
    """Put one delivery back in the queue."""
    redeliver(delivery_id, request.actor)
    messages.success(request, _("已重新排队，几秒钟内会再送一次。"))
    return redirect("events:deliveries")
