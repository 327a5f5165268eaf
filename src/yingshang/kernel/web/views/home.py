"""The portal's home and the workbench."""

from __future__ import annotations

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yingshang.kernel import registry
from yingshang.kernel.parties import Actor
from yingshang.kernel.web.frame import is_elder
from yingshang.kernel.web.identity import CHOSEN, people
from yingshang.kernel.web.request import ActorRequest
from yingshang.kernel.web.workbench import Card


@require_safe
def home(request: ActorRequest) -> HttpResponse:
    """What to do here, from the slot ``home.lead``; then what the site is, with cards from ``home.cards``.

    Elders get the slot ``home.elder`` alone. Without a portal the page begins with what the site is.
    """
    if is_elder(request):
        return render(request, "web/home_elder.html", {"lead": cards_of("home.elder", request.actor)})
    cards, lead = cards_of("home.cards", request.actor), cards_of("home.lead", request.actor)
    return render(request, "web/home.html", {"cards": cards, "lead": lead})


@require_safe
def workbench(request: ActorRequest) -> HttpResponse:
    """What the actor has to do: the cards that packages put into the slot ``workbench.cards``."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    actor: Actor = request.actor
    cards = cards_of("workbench.cards", actor)
    context = {"cards": cards, "idle": [card for card in cards if card.is_idle], "standing": standing_title(request)}
    return render(request, "web/workbench.html", context)


def cards_of(place: str, actor: Actor) -> list[Card]:
    """Return the cards that installed packages put in a place for an actor, in their order."""
    cards: list[Card] = [card for make in registry.slot(place) for card in make(actor, None)]
    return sorted(cards, key=lambda card: card.place)


def standing_title(request: ActorRequest) -> str:
    """Return the words of the capacity in which this session acts."""
    having = people().standings_of(request.user)
    chosen = request.session.get(CHOSEN)
    return next((one.title for one in having if one.key == chosen), having[0].title if having else "")
