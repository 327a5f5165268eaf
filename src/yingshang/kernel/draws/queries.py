"""Reads: the register, one draw, what was thrown."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from yingshang.kernel import org
from yingshang.kernel.draws.models import Draw, Invitation, Seat, Step, Throw
from yingshang.kernel.errors import NotFound
from yingshang.methods import draw as method


def draws() -> QuerySet[Draw]:
    """Return every draw, newest first, with its steps. Queries: 2."""
    return Draw.objects.select_related("unit").prefetch_related(Prefetch("steps", Step.objects.order_by("number")))


def draw_of(serial: int) -> Draw:
    """Return one draw with its steps. Raises NotFound. Queries: 2."""
    found = draws().filter(serial=serial).first()
    if found is None:
        raise NotFound("这次摇号")
    return found


def seats_of(draw: Draw) -> list[Seat]:
    """Return who was invited to a draw, in the order of the rule. Queries: 1."""
    return list(draw.seats.select_related("pledge__invitation__unit").order_by("place"))


def dice_of(draw: Draw) -> dict[int, list[Throw]]:
    """Return what was entered for each die, place → takes, the last of which counts. Queries: 1."""
    found: dict[int, list[Throw]] = {}
    for throw in draw.throws.order_by("place", "take"):
        found.setdefault(throw.place, []).append(throw)
    return found


def invitation_of(invitation_id: int) -> Invitation:
    """Return one invitation. Raises NotFound. Queries: 1."""
    rows = Invitation.objects.select_related("unit", "host", "pledge", "pledge__seat")
    found = rows.filter(pk=invitation_id).first()
    if found is None:
        raise NotFound("这份邀请")
    return found


def invitations() -> QuerySet[Invitation]:
    """Return every invitation, newest first."""
    return Invitation.objects.select_related("unit", "host", "pledge", "pledge__seat")


def invitations_open_to(host: org.Unit) -> QuerySet[Invitation]:
    """Return the host's invitations that can take part in a draw: pledged, and not used yet; newest first."""
    return invitations().filter(host=host, pledge__isnull=False, pledge__seat=None).order_by("-pk")


def rule_of(draw: Draw) -> method.Rule:
    """Return the rule that was fixed with the commitment. No query."""
    return method.Rule.of(draw.commitment["rule"])


def randomness_of(draw: Draw) -> str:
    """Return the string that the randomness of all sources makes; all of it is in. No query."""
    parts = [step.content for step in draw.steps.all() if step.does == Step.Does.RANDOMNESS and step.content]
    return method.randomness_string(rule_of(draw), parts)
