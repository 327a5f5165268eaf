"""The portal's home and the workbench."""

from __future__ import annotations

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yingshang.kernel import registry
from yingshang.kernel.web.frame import is_elder
from yingshang.kernel.web.workbench import Card


def home(request: HttpRequest) -> HttpResponse:
    """What this is, and the ways in."""
    return render(request, "web/home_elder.html" if is_elder(request) else "web/home.html")


def workbench(request: HttpRequest) -> HttpResponse:
    """What the actor has to do: the cards that packages put into the slot ``workbench.cards``."""
    actor = request.actor  # type: ignore[attr-defined]
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    cards: list[Card] = [card for make in registry.slot("workbench.cards") for card in make(actor, None)]
    return render(request, "web/workbench.html", {"cards": sorted(cards, key=lambda card: card.place)})
