"""Tables of a draw. All of them are only ever added to; what state a draw is in follows from which steps it has."""

from yingshang.kernel.draws.models.draw import Draw, Revealed, Sealed, Step
from yingshang.kernel.draws.models.randomness import Invitation, Pledge, Seat, Throw

__all__ = ["Draw", "Invitation", "Pledge", "Revealed", "Sealed", "Seat", "Step", "Throw"]
