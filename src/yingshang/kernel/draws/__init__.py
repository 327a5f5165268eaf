"""Draws that nobody can rig (公开摇号): every draw in the platform is the sealed draw.

The plan is sealed and committed first, the randomness comes later and from
several sides, and everything is published so that anybody can verify it.
Owns the words: draw, serial, commitment, randomness, witness, reveal, void.
"""

from typing import TYPE_CHECKING

from yingshang.kernel.registry import door

if TYPE_CHECKING:
    from yingshang.kernel.draws.assigning import open_assignment, result_of, substitute
    from yingshang.kernel.draws.beacons import load
    from yingshang.kernel.draws.dice import add_dice, confirm_dice, throw_die
    from yingshang.kernel.draws.ending import give_up_beacons, reveal, void
    from yingshang.kernel.draws.forms import RandomnessForm
    from yingshang.kernel.draws.gathering import add_beacon, add_refusal, add_reveal
    from yingshang.kernel.draws.inviting import invite, pledge
    from yingshang.kernel.draws.models import Draw, Invitation, Pledge, Step
    from yingshang.kernel.draws.publishing import published
    from yingshang.kernel.draws.queries import draw_of, invitations_open_to
    from yingshang.kernel.draws.reasons import void_reasons
    from yingshang.kernel.draws.running import run
    from yingshang.kernel.draws.sealing import seal_plan
    from yingshang.kernel.draws.standing import Standing, State, standing_of

__all__ = [
    "Draw",
    "Invitation",
    "Pledge",
    "RandomnessForm",
    "Standing",
    "State",
    "Step",
    "add_beacon",
    "add_dice",
    "add_refusal",
    "add_reveal",
    "confirm_dice",
    "draw_of",
    "give_up_beacons",
    "invitations_open_to",
    "invite",
    "load",
    "open_assignment",
    "pledge",
    "published",
    "result_of",
    "reveal",
    "run",
    "seal_plan",
    "standing_of",
    "substitute",
    "throw_die",
    "void",
    "void_reasons",
]

__getattr__ = door(
    __name__,
    {
        "assigning": "open_assignment result_of substitute",
        "beacons": "load",
        "dice": "add_dice confirm_dice throw_die",
        "ending": "give_up_beacons reveal void",
        "forms": "RandomnessForm",
        "gathering": "add_beacon add_refusal add_reveal",
        "inviting": "invite pledge",
        "models": "Draw Invitation Pledge Step",
        "publishing": "published",
        "queries": "draw_of invitations_open_to",
        "reasons": "void_reasons",
        "running": "run",
        "sealing": "seal_plan",
        "standing": "Standing State standing_of",
    },
)
