"""Tables of bulletins."""

from yingshang.oversight.bulletins.models.bulletins import Bulletin
from yingshang.oversight.bulletins.models.figures import Figure, Taking
from yingshang.oversight.bulletins.models.outlines import Outline

__all__ = ["Bulletin", "Figure", "Outline", "Taking"]
